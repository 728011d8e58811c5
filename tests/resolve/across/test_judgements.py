from pathlib import Path

import pytest

from kg.errors import KgError, OutputUnwritableError
from kg.model.identity import ActorReference, Judgement
from kg.resolve.across.judgements import add, read_judgements, remove, write_judgements

ANNA, BO, EVA = (ActorReference(actor=f"urn:actor:{name}") for name in ("anna", "bo", "eva"))
HEAD = "left,left_document,right,right_document,verdict,author,date,note\n"
FIRST = Judgement(left=ANNA, right=BO, verdict="same", author="Ida", date="2025-11-03", note="one desk, “two” names")
SECOND = Judgement(left=EVA.model_copy(update={"document": "urn:doc:1"}), right=BO, verdict="different")


def test_a_file_that_is_not_there_holds_no_judgements(tmp_path: Path) -> None:
    assert read_judgements(tmp_path / "none.csv") == ()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "STORE-actors" / "judgements.csv"
    write_judgements(file, [SECOND, FIRST])
    read = read_judgements(file)
    assert len(read) == 2
    assert FIRST in read
    assert {(j.left.actor, j.right.document, j.verdict) for j in read} == {
        ("urn:actor:anna", None, "same"),
        ("urn:actor:bo", "urn:doc:1", "different"),
    }


def test_the_file_does_not_depend_on_the_order_of_judgements(tmp_path: Path) -> None:
    write_judgements(tmp_path / "a.csv", [FIRST, SECOND])
    write_judgements(tmp_path / "b.csv", [SECOND, FIRST])
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_undoing_a_judgement_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    write_judgements(file, [FIRST])
    before = file.read_bytes()
    write_judgements(file, add(read_judgements(file), SECOND))
    assert file.read_bytes() != before
    write_judgements(file, remove(read_judgements(file), SECOND.right, SECOND.left))
    assert file.read_bytes() == before


def test_undoing_the_only_judgement_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    write_judgements(file, add((), FIRST))
    write_judgements(file, remove(read_judgements(file), ANNA, BO))
    assert list(tmp_path.iterdir()) == []


def test_a_new_judgement_of_the_same_two_takes_the_place_of_the_old_one() -> None:
    turned = Judgement(left=BO, right=ANNA, verdict="different")
    (found,) = add([FIRST], turned)
    assert found.verdict == "different"


def test_a_judgement_in_one_document_is_another_than_one_everywhere() -> None:
    here = Judgement(left=ANNA.model_copy(update={"document": "urn:doc:1"}), right=BO, verdict="different")
    assert len(add([FIRST], here)) == 2


def test_a_note_stays_on_its_line(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    write_judgements(file, [FIRST.model_copy(update={"note": "two\nlines"})])
    assert file.read_text("utf-8").count("\n") == 2


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "judgements.csv"
    write_judgements(file, [FIRST])
    before = file.read_bytes()

    def refuse(_: Path, __: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputUnwritableError, match="Permission denied"):
        write_judgements(file, [SECOND])
    assert [f.name for f in tmp_path.iterdir()] == ["judgements.csv"]
    assert file.read_bytes() == before


@pytest.mark.parametrize(("text", "line", "problem"), [
    ("", 1, "is not"), ("left,right\n", 1, "is not"), (HEAD + "urn:a,,urn:b\n", 2, "3 cells"),
    (HEAD + "urn:a,,urn:b,,same,,,\nurn:a,,urn:c,,perhaps,,,\n", 3, "perhaps"), (HEAD + ",,urn:b,,same,,,\n", 2, "left"),
    (HEAD + "urn:a,,urn:b,a doc,same,,,\n", 2, "right_document"), (HEAD + "urn:a,,urn:a,,same,,,\n", 2, "itself"),
    (HEAD + "urn:a,,urn:b,,same,,yesterday,\n", 2, "yesterday"), (HEAD + 'urn:a,,urn:b,,same,,,"open\n', 2, "cannot be read"),
    (HEAD + "urn:a,,urn:b,,same,,,\nurn:b,,urn:a,,different,,,\n", 3, "line 2"),
])  # fmt: skip
def test_a_malformed_line_is_named(tmp_path: Path, text: str, line: int, problem: str) -> None:
    file = tmp_path / "judgements.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(KgError) as raised:
        read_judgements(file)
    assert f"{file} line {line}: " in str(raised.value)
    assert problem in str(raised.value)


def test_bytes_that_are_no_utf_8_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    file.write_bytes(HEAD.encode() + b"urn:a,,urn:b,,same,\xff,,\n")
    with pytest.raises(KgError, match="cannot be read"):
        read_judgements(file)
