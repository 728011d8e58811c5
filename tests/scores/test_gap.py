"""Reading and judging items in the layout of GAP."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model.annotation import Annotation
from kg.resolve.registry import read_registry
from kg.resolve.resolver import Resolver
from tests.resolve.marking import build
from tests.scores.gap import Item, decide, read_items

_HEADER = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
_TEXT = "Ada Reyes met Bo Quist. She left."
_ROW = f"one-1\t{_TEXT}\tShe\t24\tAda Reyes\t0\tTRUE\tBo Quist\t14\tFALSE\tx"


def _write(folder: Path, *rows: str) -> Path:
    path = folder / "gap.tsv"
    path.write_text("\n".join([_HEADER, *rows, ""]), encoding="utf-8")
    return path


def test_an_item_has_spans_gold_and_the_gender_of_its_pronoun(tmp_path: Path) -> None:
    (item,) = read_items(_write(tmp_path, _ROW))
    assert item == Item("one-1", _TEXT, "She", 24, ((0, 9), (14, 22)), (True, False))
    assert item.gender == "feminine"


@pytest.mark.parametrize(("old", "new"), [("\t24\t", "\t25\t"), ("\t24\t", "\t-1\t"), ("\tTRUE\t", "\tyes\t")])
def test_a_row_that_is_not_true_to_its_text_is_refused_with_its_line(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="line 2"):
        list(read_items(_write(tmp_path, _ROW.replace(old, new))))


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gap.tsv"
    path.write_text("ID\tText\n", encoding="utf-8")
    with pytest.raises(KgError, match="Pronoun"):
        list(read_items(path))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "{Ada Reyes|Person subject female} met {Bo Quist|Person male}. {She|Person pronoun female subject} left.",
            (True, False),
        ),
        (
            "{Ada Reyes|Person subject male} met {Bo Quist|Person female}. {She|Person pronoun female subject} left.",
            (False, True),
        ),
        ("{Ada Reyes|Person subject male} met {Bo Quist|Person male}. {She|Person pronoun female subject} left.", (False, False)),
        ("{Ada Reyes|Person subject female} met Bo Quist. She left.", (False, False)),
    ],
)
def test_a_name_is_meant_where_it_has_the_actor_of_the_pronoun(marked: str, expected: tuple[bool, bool]) -> None:
    base = "https://sayso.example/"
    document, extraction = build(marked)
    item = Item("one-1", document.text, "She", 24, ((0, 9), (14, 22)), (True, False))
    resolution = Resolver(read_registry(base), base).resolve(document, extraction)
    assert decide(item, Annotation(document=document, extraction=extraction, resolution=resolution)) == expected
