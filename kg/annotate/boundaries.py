"""Sentence and token boundaries that a parser trained on clean text misses, found on the characters.

Web text comes glued (`peace.But`, `UN."But`), hard-wrapped or with headings that end in no stop.
Nothing here changes a character: boundaries are offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.annotate.labels import find_labels, find_timed_starts
from kg.annotate.layout import find_paragraphs
from kg.model.document import Zone
from kg.model.quotation import Quotation

#: A stop and at once, but for closing marks, a capitalised word or an opening mark: two sentences without the space.
_GLUED = re.compile(
    r"(?:(?<=[a-z0-9)\]%])|(?<=[A-Z]{2})|(?<=[\"”’])|(?=[.!?][\"”]))[.!?](?P<mark>[\"”’)]?)(?=[\"“‘(]?[A-Z](?:[a-z]|[\s’']))"
)
_LOWER_CASE = re.compile(r"[ \t\u00a0]?(?=[a-z,])")


def find_sentence_starts(text: str, zones: Iterable[Zone], quotations: Iterable[Quotation]) -> Iterator[int]:
    """Yield offsets at which a sentence must start, in no order, maybe twice."""
    for zone in zones:
        yield from (zone.span.begin, zone.span.end)
    yield from (paragraph.begin for paragraph in find_paragraphs(text))
    # A label or a time is no part of the sentence behind it: the parser would make it a subject.
    yield from (label.body for label in find_labels(text))
    yield from find_timed_starts(text)
    opening = {quotation.begin for quotation in quotations}
    for match in _GLUED.finditer(text):
        yield match.start("mark") if match.start("mark") in opening else match.end()


def find_sentence_insides(text: str, quotations: Iterable[Quotation]) -> Iterator[int]:
    """Yield offsets at which no sentence may start: a closing mark, and what follows it in lower case."""
    for quotation in quotations:
        if quotation.is_closed:
            yield quotation.end - 1
            following = _LOWER_CASE.match(text, quotation.end)
            if following is not None:
                yield following.end()
