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
from kg.model.label import Label
from kg.model.quotation import Quotation

#: A stop and at once, but for closing marks, a capitalised word or an opening mark: two sentences without the space.
_GLUED = re.compile(
    r"(?:(?<=[a-z0-9)\]%])|(?<=[A-Z]{2})|(?<=[\"”’])|(?=[.!?][\"”]))[.!?](?P<mark>[\"”’)]?)(?=[\"“‘(]?[A-Z](?:[a-z]|[\s’']))"
)
#: "So am I. Nobody asks": the tokeniser takes the pronoun and its stop for an initial.
_AFTER_PRONOUN = re.compile(r"(?<=[a-z,]\sI)[.!?](?=\s+[“\"‘]?[A-Z])")
#: What ends a sentence in front of an opening mark.
_SENTENCE_BEFORE = re.compile(r"(?<=[a-z0-9%)”\"])[.!?]\s\Z")
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
    yield from (begin for begin in opening if _SENTENCE_BEFORE.search(text, max(0, begin - 3), begin))
    for match in _GLUED.finditer(text):
        yield match.start("mark") if match.start("mark") in opening else match.end()
    yield from (match.end() for match in _AFTER_PRONOUN.finditer(text))


def find_token_breaks(text: str, quotations: Iterable[Quotation], labels: Iterable[Label]) -> Iterator[int]:
    """Yield offsets that no token may run across, in no order: around marks of quotations and labels, behind "I"."""
    for quotation in quotations:
        yield from (quotation.begin, quotation.begin + 1, quotation.end - 1, quotation.end)
    for label in labels:
        yield from (label.begin, label.end, label.mark, label.mark + 1, label.body)
    for match in _AFTER_PRONOUN.finditer(text):
        yield match.start()


def find_sentence_insides(text: str, quotations: Iterable[Quotation]) -> Iterator[int]:
    """Yield offsets at which no sentence may start: behind an opening mark, at a closing one, in lower case behind that."""
    for quotation in quotations:
        yield quotation.begin + (2 if text[quotation.begin : quotation.begin + 2] in {"''", "``"} else 1)
        if quotation.is_closed:
            yield quotation.end - 1
            following = _LOWER_CASE.match(text, quotation.end)
            if following is not None:
                yield following.end()
