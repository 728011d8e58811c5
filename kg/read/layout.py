"""Lines and zones of a text: what header and tail reading share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.model.document import Zone, ZoneKind
from kg.model.span import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
#: No header or furniture line is longer.
MAX_MARKED_LINE = 300


class Line(NamedTuple):
    """A line of a text without its line end and surrounding space: characters [begin, end), begin == end if blank."""

    begin: int
    end: int
    text: str


def find_lines(text: str, begin: int = 0) -> Iterator[Line]:
    r"""Yield the lines from `begin` on, in order; `\n`, `\r\n` and `\r` end a line and nothing else does."""
    position = begin
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None
        raw = match[0]
        start = position + len(raw) - len(raw.lstrip())
        stripped = raw.strip()
        yield Line(start, start + len(stripped), stripped) if stripped else Line(position, position, "")
        position = match.end()


def arrange_zones(text: str, zones: Iterable[tuple[ZoneKind, int, int]]) -> tuple[Zone, ...]:
    """Return zones in order of the text, without surrounding space, blank ones or overlaps.

    Args:
        text: the text they are in.
        zones: kind, begin, end; of two that overlap, the one given first stays whole and the other is cut.
    """
    kept: list[tuple[int, int, ZoneKind]] = []
    for kind, begin, end in zones:
        pieces = [(max(0, begin), min(end, len(text)))]
        for taken_begin, taken_end, _ in kept:
            pieces = [
                piece
                for left, right in pieces
                for piece in ((left, min(right, taken_begin)), (max(left, taken_end), right))
                if piece[0] < piece[1]
            ]
        for left, right in pieces:
            part = text[left:right]
            start = left + len(part) - len(part.lstrip())
            stop = start + len(part.strip())
            if start < stop:
                kept.append((start, stop, kind))
    return tuple(Zone(kind=kind, span=Span(begin, end)) for begin, end, kind in sorted(kept))
