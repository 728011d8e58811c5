"""Paragraphs of a text, whether its lines are paragraphs or hard-wrapped prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model.span import Span

#: Lines of at most this many characters may be hard-wrapped prose.
_WRAP_WIDTH = 100
_TERMINAL = frozenset(".!?:;\"”’')]…")
_LINE = re.compile(r"[^\r\n]*[^\s]")
_BLOCK = re.compile(r"(?:[^\r\n]*[^\s][^\r\n]*(?:\r\n|\r|\n)?)+")


def find_paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs in order, without the white space behind them; none for a blank text."""
    for match in (_BLOCK if _is_hard_wrapped(text) else _LINE).finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip()))


def _is_hard_wrapped(text: str) -> bool:
    """Tell whether line breaks within paragraphs are typesetting: short lines that mostly end in mid-sentence."""
    lines = [line.rstrip() for line in text.splitlines()]
    broken = [line for line, following in pairwise(lines) if line and following]
    if len(broken) < 3 or max(map(len, broken)) > _WRAP_WIDTH:
        return False
    return sum(line[-1] not in _TERMINAL for line in broken) > 0.6 * len(broken)
