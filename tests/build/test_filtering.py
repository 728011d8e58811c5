"""Which documents a build passes over, and that it does not matter in which order they come."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.build import forget, run
from kg.build.filtering import Selection
from kg.build.forget import remove_document
from kg.build.run import BuildReport, run_build
from kg.build.toolchain import Toolchain
from kg.errors import DocumentRefusedError, ParameterInvalidError
from kg.model.annotation import Annotation
from kg.model.document import Document
from kg.read.filters import is_in_languages, read_languages
from kg.settings import Settings
from kg.store.difference import find_differences
from kg.store.embedded import Store
from kg.store.reader import open_reader
from kg.store.skipped import SkippedTables

STORY = (
    "Foreign Minister Aino Hallakorpi said on Tuesday that Finland would expel four diplomats after the cable under the gulf "
    "had been cut for the third time in a year. She told reporters in Helsinki that the repair ship would sail in the morning "
    "and that the government had informed its neighbours. Opposition leader Torvald Bekkhaug said that the answer came too late "
    "and demanded an inquiry into the harbour police, whose boats had stayed in port on the night of the damage."
)
OTHER = (
    "The ferry company said that its winter timetable would begin a week early because the ice had come early this year. Mayor "
    "Edda Strand told the town council that the school bus would wait for the last boat, and that nobody would be left on the "
    "quay. Fishermen said that they had asked for the same thing two years ago and had been told to buy warmer coats instead."
)
GERMAN = (
    "Die Regierung teilte am Dienstag mit, dass die Fähre im Winter nicht fahren wird, weil das Eis in diesem Jahr sehr früh "
    "gekommen ist. Der Bürgermeister sagte, dass niemand am Ufer zurückgelassen werde und die Schule offen bleibe."
)
SKIP = Selection(skips_copies=True)


class Reader(Toolchain):
    """A toolchain that reads each text once, whatever store it goes into.

    Attributes:
        converted: paths of the documents that it was asked for.
        refused: those that it cannot read.
    """

    def __init__(self) -> None:
        super().__init__(Settings(profile="fast"))
        self._read: dict[str, Annotation] = {}
        self.converted: list[str] = []
        self.refused: set[str] = set()

    def annotate_in_full(self, document: Document) -> Annotation:
        self.converted.append(document.path)
        if document.path in self.refused:
            raise DocumentRefusedError(document.path, "cannot be read")
        key = document.model_dump_json()
        if key not in self._read:
            self._read[key] = super().annotate_in_full(document)
        return self._read[key]


@pytest.fixture(scope="module")
def one_reader() -> Reader:
    return Reader()


@pytest.fixture(autouse=True)
def reader(one_reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reader:
    monkeypatch.chdir(tmp_path)
    for module in (run, forget):
        monkeypatch.setattr(module, "Toolchain", lambda _: one_reader)
    one_reader.converted.clear()
    one_reader.refused.clear()
    return one_reader


def write(name: str, text: str, published: str = "") -> str:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"Cable cut again\n\nharbour-post.example\n{published}\n\n{text}\n" if published else f"{text}\n", "utf-8")
    return name


def build(*inputs: str, store: str = "s", selection: Selection = SKIP, prune: bool = False) -> BuildReport:
    settings = Settings(store=store, profile="fast")
    return run_build(inputs, settings, selection=selection, is_pruning=prune)


def list_paths(store: str = "s") -> set[str]:
    with open_reader(store) as opened:
        return {record.path for record in opened.documents().values()}


def is_equal(one: str, other: str) -> bool:
    return not list(find_differences(one, other))


@pytest.fixture
def copies() -> list[str]:
    """A story, three near copies of it of other days, and one text of its own."""
    return [
        write("n/a.txt", STORY, "4 June 2026"),
        write("n/b.txt", STORY + " It was windy.", "3 June 2026"),
        write("n/c.txt", STORY.replace("Tuesday", "Wednesday"), "5 June 2026"),
        write("n/d.txt", STORY),
        write("n/e.txt", OTHER, "4 June 2026"),
    ]


def test_by_default_every_copy_is_kept(copies: list[str]) -> None:
    report = build(*copies, selection=Selection())
    assert (len(report.added), report.skipped) == (5, [])


def test_the_earliest_published_of_near_duplicates_stays(copies: list[str]) -> None:
    report = build(*copies)
    assert list_paths() == {"n/b.txt", "n/e.txt"}
    assert {skipped.path for skipped in report.skipped} == {"n/a.txt", "n/c.txt", "n/d.txt"}
    assert all("'n/b.txt'" in skipped.reason for skipped in report.skipped)


def test_of_equal_days_the_first_iri_stays() -> None:
    first, second = write("n/a.txt", STORY, "4 June 2026"), write("n/b.txt", STORY, "4 June 2026")
    build(second)
    build(first)
    assert list_paths() == {"n/a.txt"}


@pytest.mark.parametrize("order", [(2, 3, 0, 4, 1), (3, 1, 4, 2, 0)])
def test_the_order_of_files_and_of_runs_does_not_count(copies: list[str], order: tuple[int, ...]) -> None:
    names = [copies[place] for place in order]
    for one_run in (names[:1], names[1:3], names[3:]):
        build(*one_run)
    build(*copies, store="whole")
    assert is_equal("s", "whole")


def test_a_copy_that_is_read_after_its_original_is_not_parsed(reader: Reader) -> None:
    build(write("n/a.txt", STORY, "4 June 2026"))
    report = build(write("n/b.txt", STORY + " So it was.", "5 June 2026"))
    assert reader.converted == ["n/a.txt"]
    assert report.added == []
    assert [(skipped.path, skipped.is_new) for skipped in report.skipped] == [("n/b.txt", True)]


def test_a_skipped_document_is_not_read_again_and_is_not_new(copies: list[str], reader: Reader) -> None:
    build(*copies)
    reader.converted.clear()
    report = build(*copies)
    assert (reader.converted, report.added, report.changed, len(report.unchanged)) == ([], [], [], 2)
    assert [skipped.is_new for skipped in report.skipped] == [False] * 3


def test_a_copy_comes_back_when_its_original_is_removed(copies: list[str]) -> None:
    build(*copies)
    remove_document("n/b.txt", Settings(store="s", profile="fast"))
    build(*(name for name in copies if name != "n/b.txt"), store="clean")
    assert list_paths() == {"n/a.txt", "n/e.txt"}
    assert is_equal("s", "clean")


def test_a_copy_comes_back_when_its_original_is_pruned(copies: list[str]) -> None:
    build(*copies)
    left = [name for name in copies if name != "n/b.txt"]
    report = build(*left, prune=True)
    build(*left, store="clean")
    assert len(report.added) == len(report.removed) == 1
    assert is_equal("s", "clean")


def test_a_copy_comes_back_when_its_original_is_rewritten(copies: list[str]) -> None:
    build(*copies)
    write("n/b.txt", OTHER.replace("ferry", "tram"), "3 June 2026")
    report = build(*copies)
    build(*copies, store="clean")
    assert "n/a.txt" in list_paths()
    assert is_equal("s", "clean")
    assert len(report.changed) == 1


def test_a_document_that_becomes_a_copy_goes(copies: list[str]) -> None:
    build(*copies)
    write("n/e.txt", STORY, "6 June 2026")
    build(*copies)
    assert list_paths() == {"n/b.txt"}


def test_a_skipped_copy_can_be_removed_itself(copies: list[str]) -> None:
    build(*copies)
    remove_document("n/a.txt", Settings(store="s", profile="fast"))
    remove_document("n/b.txt", Settings(store="s", profile="fast"))
    assert list_paths() == {"n/c.txt", "n/e.txt"}


def test_a_copy_stays_where_its_original_cannot_be_annotated(copies: list[str], reader: Reader) -> None:
    reader.refused.add("n/b.txt")
    report = build("n/b.txt", *copies[:1], *copies[2:])
    assert list_paths() == {"n/a.txt", "n/e.txt"}
    assert [error.path for error in report.refused] == ["n/b.txt"]


def test_copies_that_were_kept_go_when_they_are_not_wanted_any_more(copies: list[str]) -> None:
    build(*copies, selection=Selection())
    report = build(*copies)
    build(*copies, store="clean")
    assert is_equal("s", "clean")
    assert (len(report.unchanged), len(report.skipped)) == (2, 3)


def test_copies_come_back_when_they_are_wanted_again(copies: list[str]) -> None:
    build(*copies)
    report = build(*copies, selection=Selection())
    build(*copies, selection=Selection(), store="clean")
    assert len(report.added) == 3
    assert is_equal("s", "clean")


def test_a_chain_of_likenesses_does_not_lose_its_far_end() -> None:
    words = STORY.split()
    names = []
    for number in range(6):  # each keeps all but a tenth of the one before it
        begin = number * 6
        names.append(write(f"n/{number}.txt", " ".join([*words[begin:], *OTHER.split()[:begin]]), f"{number + 1} June 2026"))
    build(*names)
    kept = list_paths()
    assert "n/0.txt" in kept
    assert 1 < len(kept) < len(names)


def test_texts_too_short_to_compare_are_all_kept() -> None:
    text = "Hallakorpi said that the ship would sail."
    build(write("n/a.txt", text), write("n/b.txt", text))
    assert list_paths() == {"n/a.txt", "n/b.txt"}


class Kill(BaseException):
    pass


@pytest.mark.parametrize("method", ["remove_document", "replace_subjects"])
def test_a_build_that_is_killed_while_it_takes_copies_out_is_finished_by_the_next(
    copies: list[str], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    build(copies[0], copies[2])

    def die(*_: object) -> None:
        raise Kill

    with monkeypatch.context() as patch:
        patch.setattr(Store, method, die)
        with pytest.raises(Kill):
            build(*copies)
    build(*copies)
    build(*copies, store="clean")
    assert is_equal("s", "clean")


def test_a_build_that_is_killed_while_copies_come_back_is_finished_by_the_next(
    copies: list[str], monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    build(*copies)
    left = [name for name in copies if name != "n/b.txt"]
    forget_skipped = SkippedTables.forget_skipped

    def die_when_one_came_back(tables: SkippedTables, documents: Iterable[str]) -> None:
        named = list(documents)
        if named and "n/a.txt" in reader.converted:
            raise Kill
        forget_skipped(tables, named)

    reader.converted.clear()
    with monkeypatch.context() as patch:
        patch.setattr(SkippedTables, "forget_skipped", die_when_one_came_back)
        with pytest.raises(Kill):
            build(*left, prune=True)
    build(*left, prune=True)
    build(*left, store="clean")
    assert is_equal("s", "clean")


def test_documents_in_other_languages_are_left_out() -> None:
    names = [write("n/en.txt", OTHER), write("n/de.txt", GERMAN)]
    report = build(*names, selection=Selection(languages=frozenset({"en"})))
    assert list_paths() == {"n/en.txt"}
    assert [(skipped.path, skipped.reason) for skipped in report.skipped] == [("n/de.txt", "its language is de")]


def test_documents_in_other_languages_go_when_they_are_not_wanted_any_more(reader: Reader) -> None:
    names = [write("n/en.txt", OTHER), write("n/de.txt", GERMAN)]
    build(*names, selection=Selection())
    reader.converted.clear()
    report = build(*names, selection=Selection(languages=frozenset({"en"})))
    assert list_paths() == {"n/en.txt"}
    assert (len(report.unchanged), len(report.skipped), reader.converted) == (1, 1, [])
    assert len(build(*names, selection=Selection()).added) == 1


def test_a_text_too_short_to_tell_its_language_is_in_all() -> None:
    build(write("n/x.txt", "Sì, certo."), selection=Selection(languages=frozenset({"en"})))
    assert list_paths() == {"n/x.txt"}


def test_a_text_that_can_say_nothing_is_left_out_where_that_is_asked_for(reader: Reader) -> None:
    names = [write("n/a.txt", OTHER), write("n/b.txt", "Heat the oil in a deep pan.")]
    assert len(build(*names, selection=Selection()).added) == 2
    reader.converted.clear()
    report = build(*names, selection=Selection(skips_idle=True))
    assert [(skipped.path, skipped.is_new) for skipped in report.skipped] == [("n/b.txt", True)]
    build(*names, store="clean", selection=Selection(skips_idle=True))
    assert is_equal("s", "clean")
    assert list_paths() == {"n/a.txt"}
    assert "n/b.txt" not in reader.converted
    assert [skipped.is_new for skipped in build(*names, selection=Selection(skips_idle=True)).skipped] == [False]
    assert len(build(*names, selection=Selection()).added) == 1


def test_languages_are_listed_by_codes() -> None:
    assert read_languages("en, DE") == {"en", "de"}


@pytest.mark.parametrize("text", ["", "english", "en,,de", "e"])
def test_what_is_no_code_of_a_language_is_refused(text: str) -> None:
    with pytest.raises(ParameterInvalidError, match="two letters"):
        read_languages(text)


def test_no_languages_means_any() -> None:
    document = Document(id="urn:a", path="a", location="a", sha256="0", language="de", text="x")
    assert is_in_languages(document, frozenset())
    assert not is_in_languages(document, {"en"})
