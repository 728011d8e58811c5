"""Documents that are about to be written, as evidence about their actors: what `kg.store.actors` asks of a store, of quads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad
from kg.store.actors import Part

#: What a document says that the description of an actor can depend on.
TELLING = frozenset(
    {
        ns.REFERS_TO, ns.LOCATED_IN, ns.MEMBER, ns.NAME, ns.MENTION_KIND, ns.MENTION_TYPE, ns.RESOLVED_BY,
        ns.ORGANIZATION, ns.FORMER, ns.GEONAMES_ID, ns.PART_OF,
    }
)  # fmt: skip


class StagedPart(Part):
    """The graphs of documents, not yet in a store.

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

    def find_pointing(self, predicate: Iri, actor: str) -> Iterator[Mapping[Iri, Collection[str]]]:
        """Yield what is said of each node that points at the actor by this predicate: values by predicate."""
        for place in self._pointing.get((predicate, actor), ()):
            yield self._subjects[place]
