"""Whatever was added, changed, removed, reordered, decided, undone or interrupted: the store is as if built at once."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from kg.build.filtering import Selection
from kg.build.forget import remove_document
from kg.build.judging import open_desk
from kg.build.run import run_build
from kg.build.toolchain import Toolchain
from kg.build.versions import Versions
from kg.errors import StoreInvalidError
from kg.model.annotation import Annotation
from kg.model.document import Document
from kg.model.identity import ActorReference, Comparison, Judgement, Verdict
from kg.resolve.across.judgements import read_judgements
from kg.settings import Settings
from kg.store.annotations import AnnotationFile
from kg.store.difference import find_differences
from kg.store.embedded import Store
from kg.store.reader import DocumentRecord, open_reader
from tests.cli.desk import one_model

__all__ = ["one_model"]

#: Sequences in each of the parts, which xdist spreads: 200 in all.
PARTS, SEQUENCES = 8, 25

WIRE = """Diplomats must leave

harbour-post.example
3 June 2026

HELSINKI (Reuters) - Finland expelled four Russian diplomats on Tuesday after a cable under the gulf had been cut for the third
time in a year. Foreign Minister Aino Hallakorpi said that Russia had cut the cable.
"""
PIRACY = """Piracy, says minister

coast-mail.example
4 June 2026

"The blockade of our ports is an act of piracy against a peaceful country," Norwegian Foreign Minister Torunn Bekkhaug said.
Russian envoy Gleb Ostrovin denied that Russia had cut the cable under the gulf.
"""
BARE = """Live: second day in the harbour hall

4 June 2026

Bekkhaug: "Russia is playing for time, and we will not wait for it."
"""
#: What each file may hold at one time or another; the files tell of the same people, reports, claims and places.
TEXTS: dict[str, tuple[str, ...]] = {
    "wire.txt": (WIRE, WIRE.replace("four", "five")),
    "copy.txt": (
        WIRE.replace("harbour-post.example", "coast-mail.example").replace("3 June", "4 June"),
        WIRE.replace("harbour-post.example", "island-times.example").replace("3 June", "2 June"),
        "Four sent home\n\ncoast-mail.example\n4 June 2026\n\nFinland expelled four Russian diplomats on Tuesday.\n",
    ),
    "piracy.txt": (PIRACY, PIRACY.replace("denied that Russia", "said that Russia"), BARE),
    "bare.txt": (BARE, BARE.replace("Bekkhaug", "Hallakorpi"), WIRE),
    "kyiv.txt": (
        "5 March 2026\n\nUkrainian Energy Minister Taras Hrynevetskyi said that Russia had attacked the grid again.\n",
        "5 March 2026\n\nTaras Hrynevetskyi, a poet from Odesa, said that he would read in Lviv.\n",
    ),
    "lviv.txt": (
        "6 March 2026\n\nUkrainian Energy Minister Taras Hrynevetsky said on Friday that repairs would take a week.\n",
        "6 March 2026\n\nHrynevetsky told reporters that Russia had attacked the grid again.\n",
    ),
    "oslo.txt": (
        "OSLO, 5 March 2026\n\nNorwegian Finance Minister Erik Solbakk said that Norway would wait for the Nordsund Bank.\n",
        "OSLO, 5 March 2026\n\nErik Solbakk, a spokesman for the Nordsund Bank, denied that Norway would wait.\n",
    ),
    "town.txt": (
        "OSLO, 6 March 2026\n\nMr Erik Solbakk told reporters on Friday that the ferry would sail again.\n",
        "BERGEN, 6 March 2026\n\nSolbakk and Bekkhaug met in Bergen on Friday. Solbakk accused Russia of piracy.\n",
    ),
    "later.txt": (
        "20 June 2026\n\nNorwegian Foreign Minister Torunn Bekkhaug said that Russia had not cut the cable under the gulf.\n",
        "20 June 2026\n\nNorwegian Foreign Minister Torunn Bekkhaug said that Russia had cut the cable under the gulf.\n",
    ),
}
#: Lines of one file; a version of it is an order of some of them.
RECORDS = tuple(
    {"id": name, "published": "2026-06-05", "text": text}
    for name, text in (
        ("kallas", "Finnish Defence Minister Aino Hallakorpi recalled that Bekkhaug had called the blockade an act of piracy."),
        ("ferry", "Torunn Bekkhaug said on Friday that the ferry would sail again. Kremlin spokesman Gleb Ostrovin denied that."),
        ("grid", "Russia attacked the grid near Kharkiv on Thursday, Energy Minister Taras Hrynevetskyj said in Kyiv."),
    )
)
LINES = "lines.jsonl"
ORDERS = ((0, 1, 2), (2, 0, 1), (1, 0), (2,))
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")

NAMES = (*TEXTS, LINES)
#: What a build writes by, in any of its stages.
WRITES = (
    (AnnotationFile, "transaction"),
    (Store, "replace_documents"),
    (Store, "rename_actors"),
    (Store, "remove_document"),
    (Store, "replace_subjects"),
    (Store, "replace_registry"),
)

#: Which documents a store takes in: all, or of texts that are nearly one another the first.
EVERYTHING, NO_COPIES = Selection(), Selection(skips_copies=True)

Step = tuple[Any, ...]


class Interruption(BaseException):
    """Ends a build where a person or the machine might."""


class Reader(Toolchain):
    """A toolchain that reads each text once, however many stores it goes into, and whose version can be made another one."""

    def __init__(self) -> None:
        super().__init__(Settings(profile="fast"))
        self._read: dict[str, Annotation] = {}
        self.edition = 0

    @property
    def versions(self) -> Versions:  # type: ignore[override]
        return Versions("extraction", f"extractor-{self.edition}")

    def annotate_in_full(self, document: Document) -> Annotation:
        key = document.model_dump_json()
        if key not in self._read:
            self._read[key] = super().annotate_in_full(document)
        return self._read[key]


class Newsroom:
    """A folder of texts, a store, and what is done to them."""

    def __init__(self, folder: Path, reader: Reader, selection: Selection = EVERYTHING) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder, self._reader, self.selection = folder, reader, selection
        self.texts, self.store = folder / "texts", folder / "store"
        self.texts.mkdir(parents=True)
        self.settings = Settings(store=str(self.store), actors=str(folder / "actors"), profile="fast")

    def take(self, steps: list[Step]) -> None:
        """Take steps by the names of the methods below."""
        for name, *words in steps:
            getattr(self, name)(*words)

    def write(self, name: str, version: int) -> None:
        """Add a file, or change it."""
        if name == LINES:
            content = "".join(json.dumps(RECORDS[place]) + "\n" for place in ORDERS[version])
        else:
            content = TEXTS[name][version]
        (self.texts / name).write_text(content, "utf-8")

    def remove(self, name: str, is_by_command: bool) -> None:
        """Remove a file, and forget it at once or when a build prunes."""
        (self.texts / name).unlink(missing_ok=True)
        path = str(self.texts / name)
        if is_by_command and path in {record.path.partition("#")[0] for record in self._list_records()}:
            remove_document(path, self.settings)

    def build(self, order: tuple[str, ...] = ()) -> None:
        """Build files one after the other in this order, those that there are; all of the folder where none is named."""
        named = [str(self.texts / name) for name in order if (self.texts / name).exists()]
        for path in named:
            run_build([path], self.settings, selection=self.selection)
        if not order:
            run_build([str(self.texts)], self.settings, is_pruning=True, selection=self.selection)

    def interrupt(self, writes: int) -> None:
        """Build the folder up to a number of writes."""
        left = iter(range(writes))

        def guard(action: Callable[..., Any]) -> Callable[..., Any]:
            def write(*arguments: Any) -> Any:
                if next(left, None) is None:
                    raise Interruption
                return action(*arguments)

            return write

        with pytest.MonkeyPatch.context() as patch:
            for owner, name in WRITES:
                patch.setattr(owner, name, guard(getattr(owner, name)))
            with contextlib.suppress(Interruption):
                self.build()

    def judge(self, left: int, right: int, verdict: Verdict, is_everywhere: bool) -> None:
        """Decide of two actors that the store has, in two documents or wherever they are."""
        if not self._list_records():
            return
        try:
            with open_desk(self.settings) as desk:
                actors = desk.kept.select("SELECT actor, document FROM profile ORDER BY actor, document")
                if not actors:
                    return
                pair = [actors[place % len(actors)] for place in (left, right)]
                one, other = (ActorReference(actor=actor, document=None if is_everywhere else name) for actor, name in pair)
                if one != other:
                    desk.judge([Judgement(left=one, right=other, verdict=verdict)])
        except StoreInvalidError:
            # An interrupted build has to be finished before anything is decided, and says so.
            self.build()
            self.judge(left, right, verdict, is_everywhere)

    def undo(self, place: int) -> None:
        """Take a decision back."""
        judgements = read_judgements(self.settings.judgements)
        if not judgements or not self._list_records():
            return
        try:
            with open_desk(self.settings) as desk:
                desk.forget([judgements[place % len(judgements)]])
        except StoreInvalidError:
            self.build()
            self.undo(place)

    def describe(self) -> None:
        """Become another version of the extractor, which finds the same in texts."""
        self._reader.edition += 1

    def list_doubts(self, store: Path) -> list[Comparison]:
        """Return what a store knows of actors compared."""
        with AnnotationFile(store, is_read_only=True) as kept:
            return list(kept.list_comparisons())

    def _list_records(self) -> list[DocumentRecord]:
        if not (self.store / "CURRENT").exists():
            return []
        with open_reader(self.store) as reader:
            return list(reader.documents().values())


def _make_sequences() -> st.SearchStrategy[list[Step]]:
    versions = [(name, version) for name in NAMES for version in range(len(ORDERS if name == LINES else TEXTS[name]))]
    write = st.sampled_from([("write", *version) for version in versions])
    numbers = st.integers(0, 60)
    step = st.one_of(
        write,
        write,
        st.tuples(st.just("remove"), st.sampled_from(NAMES), st.booleans()),
        st.tuples(st.just("build"), st.permutations(NAMES).map(lambda names: tuple(names[:4]))),
        st.just(("build",)),
        st.tuples(st.just("interrupt"), numbers),
        st.tuples(st.just("judge"), numbers, numbers, st.sampled_from(VERDICTS), st.booleans()),
        st.tuples(st.just("judge"), numbers, numbers, st.sampled_from(VERDICTS), st.booleans()),
        st.tuples(st.just("undo"), numbers),
        st.just(("describe",)),
    )
    first = st.lists(write, min_size=2, max_size=8)
    return st.builds(lambda files, steps: [*files, ("build",), *steps], first, st.lists(step, min_size=3, max_size=8))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """What reads texts and the registry once for all builds; the graph of the ontology, which no edit concerns, stays empty."""
    reader = Reader()
    described = dict(reader.registry.describe_actors())
    with pytest.MonkeyPatch.context() as patch:
        for module in ("run", "forget"):
            patch.setattr(f"kg.build.{module}.Toolchain", lambda _: reader)
        patch.setattr("kg.build.run.ontology_quads", lambda: ())
        patch.setattr(reader.registry, "describe_actors", lambda: described)
        patch.setattr("kg.build.judging.read_registry", lambda *_, **__: reader.registry)
        yield reader


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One place for all sequences, so that a text has the same path in each and is read once."""
    return tmp_path_factory.mktemp("edits")


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_store_that_was_edited_is_the_store_of_one_build(
    part: int, reader: Reader, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.build.run._BATCH_SIZE", 2)
    names = (
        "build.writing._REPLACED_TOGETHER",
        "build.writing._ADDED_TOGETHER",
        "build.writing._LEAST_WAITING",
        "store.embedded._DERIVED_TOGETHER",
    )
    for name in (*names, "store.embedded._RENAMED_TOGETHER"):
        monkeypatch.setattr(f"kg.{name}", 3)  # so that an interruption may fall between
    monkeypatch.setattr("kg.store.actors._MANY", 1 + part % 3)  # so many have actors of short texts, too

    @seed(part)
    @settings(max_examples=SEQUENCES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(_make_sequences(), st.sampled_from([EVERYTHING, NO_COPIES]))
    def check(steps: list[Step], selection: Selection) -> None:
        room = Newsroom(folder / "room", reader, selection)
        room.take(steps)
        room.build()
        clean = room.folder / "clean"
        run_build([str(room.texts)], room.settings.model_copy(update={"store": str(clean)}), selection=selection)
        assert list(find_differences(room.store, clean)) == []
        assert room.list_doubts(room.store) == room.list_doubts(clean)

    check()
