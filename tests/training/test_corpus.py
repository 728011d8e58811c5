"""Standoff annotation becomes labels of tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from tests.scores.polnear import read_reference
from training.attribution.corpus import align

_TEXT = "Holm said it rained, and that roads flooded."
_STANDOFF = (
    "T1\tSource 0 4\tHolm\n"
    "T2\tCue 5 9\tsaid\n"
    "T3\tContent 10 19;25 43\tit rained that roads\n"
    "That line goes on the quotation above.\n"
    "E1\tAttribution:T9 Source:T1 Cue:T2 Content:T3\n"
)


@pytest.fixture
def doc() -> Doc:
    words = ["Holm", "said", "it", "rained", ",", "and", "that", "roads", "flooded", "."]
    spaces = [True, True, True, False, True, True, True, True, False, False]
    doc = Doc(Vocab(), words=words, spaces=spaces)
    assert doc.text == _TEXT
    return doc


def _read(tmp_path: Path, standoff: str) -> list[dict[str, list[tuple[int, int]]]]:
    path = tmp_path / "x_a.ann"
    path.write_text(standoff, "utf-8")
    return read_reference(path)


def test_each_piece_of_a_span_begins_anew(doc: Doc, tmp_path: Path) -> None:
    reading = align(doc, _read(tmp_path, _STANDOFF))
    assert reading.labels.tolist() == [1, 3, 5, 6, 0, 0, 5, 6, 6, 0]
    assert reading.attributions.tolist() == [0, 0, 0, 0, -1, -1, 0, 0, 0, -1]


def test_a_token_that_a_span_only_touches_in_part_belongs_to_it(doc: Doc) -> None:
    reading = align(doc, [{"source": [(0, 2)], "cue": [], "content": []}])
    assert reading.labels.tolist()[:2] == [1, 0]


def test_an_empty_span_labels_nothing(doc: Doc) -> None:
    reading = align(doc, [{"source": [(3, 3)], "cue": [], "content": []}])
    assert not reading.labels.any()


def test_a_relation_before_its_spans_is_read_whole(tmp_path: Path) -> None:
    lines = _STANDOFF.splitlines(keepends=True)
    assert _read(tmp_path, lines[-1] + "".join(lines[:-1])) == _read(tmp_path, _STANDOFF)
