"""Paragraphs of a text, whether its lines are paragraphs or hard-wrapped prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model.span import Span

#: Lines of at most this many characters may be hard-wrapped prose.
_WRAP_WIDTH = 100
#: Prose is not wrapped at fewer characters; shorter lines are times, names, headings.
_NARROWEST_PROSE = 40
_TERMINAL = frozenset(".!?:;\"”’')]…")
#: A turn of an interview opens a paragraph, however narrow the page.
_TURN = re.compile(r"(?:Q|A)[:.]\s")
#: A line with its break. Neither this nor the code below reads a character twice: a line may be a whole file.
_LINE = re.compile(r"[^\r\n]+(?:\r\n|\r|\n)?|\r\n|\r|\n")


def find_paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs in order, without the white space behind them; none for a blank text."""
    is_hard_wrapped = _is_hard_wrapped(text)
    paragraph: Span | None = None
    for match in _LINE.finditer(text):
        words = match.group().rstrip()
        if paragraph is not None and not (words and is_hard_wrapped and _TURN.match(words) is None):
            yield paragraph
            paragraph = None
        if words:
            begin = match.start() if paragraph is None else paragraph.begin
            paragraph = Span(begin, match.start() + len(words))
    if paragraph is not None:
        yield paragraph


def _is_hard_wrapped(text: str) -> bool:
    """Tell whether line breaks within paragraphs are typesetting: short lines that mostly end in mid-sentence."""
    lines = [line.rstrip() for line in text.splitlines()]
    broken = [line for line, following in pairwise(lines) if line and following]
    if len(broken) < 3 or max(map(len, broken)) > _WRAP_WIDTH:
        return False
    are_long = sum(len(line) >= _NARROWEST_PROSE for line in broken) > 0.5 * len(broken)
    return are_long and sum(line[-1] not in _TERMINAL for line in broken) > 0.6 * len(broken)
