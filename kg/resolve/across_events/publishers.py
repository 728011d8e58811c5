"""How many publishers tell of an event independently of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from kg.model.occurrence import Origin

_SHINGLE_WORDS = 5
#: Shorter sentences have not many ways to say a thing.
_FEWEST_SHINGLES = 10
#: Share of the shorter sentence's five words in a row that stand in the other: one of them was copied; with an agency that
#: helped both, less is enough.
_COPIED, _COPIED_WITH_HELP = 0.6, 0.3


class Telling(Protocol):
    """A sentence of a document, by its words: a report of an event, or of a claim."""

    @property
    def document(self) -> str:
        """IRI of the document."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """The words, folded, in order."""
        ...


def count_publishers(reports: Sequence[Telling], origins: Mapping[str, Origin]) -> int:
    """Return the number of publishers of the documents, those that depend on each other counted once.

    Dependent are documents of one publisher, copies of one text, what carries the text of one agency (and what that agency
    publishes), and documents whose sentences about the event are one sentence. Documents whose publisher is unknown are
    counted as one publisher: they may be.

    Args:
        reports: of one event or claim, one or more.
        origins: of their documents, by IRI.
    """
    leaders = {report.document: report.document for report in reports}

    def find(document: str) -> str:
        while leaders[document] != document:
            document = leaders[document]
        return document

    def join(documents: Iterable[str]) -> None:
        found = sorted({find(document) for document in documents})
        for document in found[1:]:
            leaders[document] = found[0]

    shared: dict[tuple[str, str], list[str]] = {}
    for document in sorted(leaders):
        for trait in _list_traits(origins[document]):
            shared.setdefault(trait, []).append(document)
    for documents in shared.values():
        join(documents)
    told = sorted({(report.words, report.document) for report in reports})
    by_words = {words: _find_shingles(words) for words, _ in told}
    for (words, document), (others, other) in combinations(told, 2):
        if find(document) == find(other):
            continue
        helpers = {name for name, _ in origins[document].credits} & {name for name, _ in origins[other].credits}
        if _is_copied(by_words[words], by_words[others], _COPIED_WITH_HELP if helpers else _COPIED):
            join((document, other))
    return len({find(document) for document in leaders})


def _list_traits(origin: Origin) -> Iterable[tuple[str, str]]:
    yield "publisher", origin.publisher
    yield "text", origin.copy_of
    for agency, kind in origin.credits:
        if kind == "text":
            yield "agency", agency


def _find_shingles(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(words[at : at + _SHINGLE_WORDS] for at in range(len(words) - _SHINGLE_WORDS + 1))


def _is_copied(left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]], least: float) -> bool:
    smaller = min(len(left), len(right))
    return smaller >= _FEWEST_SHINGLES and len(left & right) / smaller >= least
