"""What reads characters takes time in proportion to their number, also for text that no newsroom writes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg.annotate.boundaries import find_sentence_insides, find_sentence_starts
from kg.annotate.layout import find_paragraphs
from kg.annotate.quotations import find_quotations

_SHAPES = {
    "quotations": '"Yes," he said. ',
    "opening marks": "“No. ",
    "straight opening marks": '"a ',
    "apostrophe pairs": "''a ",
    "single marks": "'a b ",
    "glue": "a.B",
    "one line": "word ",
    "blank line": " ",
    "blank lines": " \n",
    "short lines": "a\n",
    "carriage returns": "\r",
    "stops": "...",
    "no space at all": "a",
}
_LONGEST = 500_000


def _read_all(text: str) -> None:
    quotations = tuple(find_quotations(text))
    for found in (find_paragraphs(text), find_sentence_starts(text, (), quotations), find_sentence_insides(text, quotations)):
        for _ in found:
            pass


def _measure(action: Callable[[str], object], text: str) -> float:
    """Return the best of three, in seconds of this process alone."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        action(text)
        times.append(time.process_time() - begin)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("shape", _SHAPES.values(), ids=_SHAPES.keys())
def test_four_times_the_text_takes_at_most_eight_times_as_long(shape: str) -> None:
    text = (shape * (_LONGEST // len(shape) + 1))[:_LONGEST]
    short, long = _measure(_read_all, text[: _LONGEST // 4]), _measure(_read_all, text)
    # A quadratic step would take sixteen times as long; below the clock's grain nothing is measured.
    assert long <= 8 * max(short, 0.01)
