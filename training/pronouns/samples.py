"""Samples for the ranker of pronouns: whom a marked pronoun may mean, with features, and who is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kg.build.toolchain import Toolchain
from kg.model.annotation import Annotation, Extraction
from kg.model.document import Document
from kg.model.mention import Mention
from kg.resolve.ranker import Ranker
from kg.resolve.ranking import Features
from kg.resolve.registry import Registry
from kg.resolve.resolver import Resolver
from tests.scores.gap import Item, decide, find_actors, read_items, to_document


class Text(NamedTuple):
    """An item with what extraction finds in its text."""

    item: Item
    document: Document
    extraction: Extraction


class Sample(NamedTuple):
    """A marked pronoun.

    Attributes:
        persons: actor -> features of those whom it may mean.
        right: those of them that it means; where it means neither of the two names, all others.
    """

    persons: Mapping[str, Features]
    right: frozenset[str]


class _Recorder:
    """A ranker that keeps what it is asked."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        self.asked: dict[str, Mapping[str, Features]] = {}

    def rank(self, pronoun: Mention, persons: Mapping[str, Features]) -> dict[str, float]:
        """Return what the ranker inside says."""
        self.asked[pronoun.id] = persons
        return self._ranker.rank(pronoun, persons)


def read_texts(path: Path, toolchain: Toolchain) -> Iterator[Text]:
    """Yield the items of a file in the layout of GAP, extracted."""
    for item in read_items(path):
        document = to_document(item)
        yield Text(item, document, toolchain.annotate(document).extraction)


def find_samples(texts: Iterable[Text], registry: Registry, ranker: Ranker) -> Iterator[Sample]:
    """Yield a sample for each text whose pronoun has anybody to mean; `ranker` decides all other pronouns."""
    for item, document, extraction in texts:
        recorder = _Recorder(ranker)
        resolution = Resolver(registry, registry.base, recorder).resolve(document, extraction)
        annotation = Annotation(document=document, extraction=extraction, resolution=resolution)
        at = (m for m in extraction.mentions if m.kind == "pronoun" and m.spans and m.spans[0].begin == item.offset)
        pronoun = next(at, None)
        persons = recorder.asked.get(pronoun.id, {}) if pronoun is not None else {}
        if persons:
            yield Sample(persons, _find_right(item, annotation, frozenset(persons)))


def _find_right(item: Item, annotation: Annotation, persons: frozenset[str]) -> frozenset[str]:
    named = list(zip(find_actors(item, annotation), item.is_meant, strict=True))
    meant = frozenset(actor for actor, is_meant in named if is_meant and actor is not None)
    if any(item.is_meant):
        return persons & meant
    return persons - {actor for actor, _ in named if actor is not None}


def decide_all(
    texts: Iterable[Text], registry: Registry, ranker: Ranker
) -> Iterator[tuple[tuple[bool, bool], tuple[bool, bool]]]:
    """Yield (decided, meant) for each text, resolved as any other with this ranker."""
    resolver = Resolver(registry, registry.base, ranker)
    for item, document, extraction in texts:
        resolution = resolver.resolve(document, extraction)
        yield decide(item, Annotation(document=document, extraction=extraction, resolution=resolution)), item.is_meant
