"""Stretches of a text, in code points."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Characters [begin, end) of a document's text: zero-based, half-open, code points.

    A named tuple, because a document has thousands; it prints as `[begin, end]` in JSON.
    """

    begin: int
    end: int


#: In order of begin, not overlapping, maybe empty; several where the phrase is discontinuous.
Spans = tuple[Span, ...]

#: Stands between the parts of a discontinuous phrase when it is printed as one string.
GAP = " … "


def quote_spans(text: str, spans: Spans) -> str:
    """Return the exact characters of the spans, parts joined by ` … `; empty for no spans."""
    return GAP.join(text[begin:end] for begin, end in spans)


def cover_spans(spans: Spans) -> Span | None:
    """Return the smallest span that holds all of them; None for no spans."""
    if not spans:
        return None
    return Span(min(s.begin for s in spans), max(s.end for s in spans))
