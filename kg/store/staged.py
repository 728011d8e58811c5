"""Documents that are about to be written, as evidence about their actors: what `kg.store.actors` asks of a store, of quads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad
from kg.store.actors import Evidence

#: What a document says that the description of an actor can depend on.
TELLING = frozenset(
    {
        ns.REFERS_TO, ns.LOCATED_IN, ns.MEMBER, ns.NAME, ns.MENTION_KIND, ns.MENTION_TYPE, ns.RESOLVED_BY,
        ns.ORGANIZATION, ns.FORMER, ns.GEONAMES_ID, ns.PART_OF,
    }
)  # fmt: skip
_MENTION = (ns.NAME, ns.MENTION_KIND, ns.MENTION_TYPE, ns.RESOLVED_BY)


class StagedPart:
    """The graphs of documents, not yet in a store; they count as `DocumentPart` counts those that are.

    Args:
        quads: of all the documents, in any order.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._subjects: dict[tuple[Iri, Iri], dict[Iri, list[str]]] = {}
        self._pointing: dict[tuple[Iri, str], list[tuple[Iri, Iri]]] = {}
        for subject, predicate, value, graph in quads:
            if predicate in TELLING:
                self._subjects.setdefault((graph, subject), {}).setdefault(predicate, []).append(value.value)
                if isinstance(value, Iri):
                    self._pointing.setdefault((predicate, value.value), []).append((graph, subject))

    @property
    def actors(self) -> set[str]:
        """The IRIs of all actors whose description can depend on these documents."""
        told = (ns.REFERS_TO, ns.LOCATED_IN, ns.MEMBER)
        return {value for predicate, value in self._pointing if predicate in told}

    def mentions(self, actor: str) -> bool:
        """Whether a document mentions the actor, or a city that lies in it."""
        return (ns.REFERS_TO, actor) in self._pointing or (ns.LOCATED_IN, actor) in self._pointing

    def find_children(self, actor: str) -> set[str]:
        """Return the IRIs of those that are said to be part of the actor."""
        return {subject.value for _, subject in self._pointing.get((ns.PART_OF, actor), ())}

    def collect(self, actor: str, evidence: Evidence) -> None:
        """Add what the documents say of the actor."""
        for said in self._find(ns.REFERS_TO, actor):
            for name, kind, mention_class, rule in product(*(said.get(predicate, ()) for predicate in _MENTION)):
                evidence.add_mention(name, kind, mention_class, rule)
            for geonames, state in product(said.get(ns.GEONAMES_ID, ()), said.get(ns.LOCATED_IN, ())):
                evidence.cities[geonames, state] += 1
        for said in self._find(ns.MEMBER, actor):
            if "true" not in said.get(ns.FORMER, ()):
                evidence.organisations.update(Counter(said.get(ns.ORGANIZATION, ())))

    def _find(self, predicate: Iri, actor: str) -> Iterator[Mapping[Iri, Collection[str]]]:
        for place in self._pointing.get((predicate, actor), ()):
            yield self._subjects[place]
