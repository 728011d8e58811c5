"""Sentence and token boundaries that a parser trained on clean text misses, found on the characters.

Web text comes glued (`peace.But`, `UN."But`), hard-wrapped or with headings that end in no stop.
Nothing here changes a character: boundaries are offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model.document import Zone
from kg.model.quotation import Quotation

#: A stop and at once, but for closing marks, a capitalised word or an opening mark: two sentences without the space.
_GLUED = re.compile(
    r"(?:(?<=[a-z0-9)\]%])|(?<=[A-Z]{2})|(?<=[\"”’])|(?=[.!?][\"”]))[.!?](?P<mark>[\"”’)]?)(?=[\"“‘(]?[A-Z](?:[a-z]|[\s’']))"
)
_LINE_BREAK = re.compile(r"[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_TERMINAL = frozenset(".!?:;\"”’')]…")
#: Lines of at most this many characters may be hard-wrapped prose.
_WRAP_WIDTH = 100


def find_sentence_starts(text: str, zones: Iterable[Zone], quotations: Iterable[Quotation]) -> Iterator[int]:
    """Yield offsets at which a sentence must start, in no order, maybe twice; 0 is not among them."""
    for zone in zones:
        yield from (zone.span.begin, zone.span.end)
    is_wrapped = _is_hard_wrapped(text)
    for match in _LINE_BREAK.finditer(text):
        breaks = match.group().replace("\r\n", "\n").count("\n")
        before = text[match.start() - 1] if match.start() else "."
        if breaks > 1 or not is_wrapped or before in _TERMINAL:
            yield match.end()
    opening = {quotation.begin for quotation in quotations}
    for match in _GLUED.finditer(text):
        yield match.start("mark") if match.start("mark") in opening else match.end()


def find_sentence_insides(text: str, quotations: Iterable[Quotation]) -> Iterator[int]:
    """Yield offsets at which no sentence may start: a closing mark, and what follows it in lower case."""
    for quotation in quotations:
        if quotation.is_closed:
            yield quotation.end - 1
            following = re.compile(r"[ \t\u00a0]?(?=[a-z,])").match(text, quotation.end)
            if following is not None:
                yield following.end()


def _is_hard_wrapped(text: str) -> bool:
    """Tell whether line breaks within paragraphs are typesetting: short lines that mostly end in mid-sentence."""
    lines = [line.rstrip() for line in text.splitlines()]
    broken = [line for line, following in zip(lines, lines[1:], strict=False) if line and following]
    if len(broken) < 3 or max(map(len, broken)) > _WRAP_WIDTH:
        return False
    return sum(line[-1] not in _TERMINAL for line in broken) > 0.6 * len(broken)
