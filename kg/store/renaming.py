"""Other IRIs for the actors of a stored document, statement by statement: a hundredth of its graph names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.rdf import namespaces as ns
from kg.store.terms import NamedNode, OxQuad, OxStore
from kg.store.updates import change_quads

#: Names the state of the gazetteer in which a city lies, whatever the actor is called that the text speaks of.
_LOCATED_IN = NamedNode(ns.LOCATED_IN.value)
#: What makes the description of one actor, the member, depend on the IRI of another one.
_ORGANIZATION, _MEMBER = NamedNode(ns.ORGANIZATION.value), NamedNode(ns.MEMBER.value)


class Renaming(NamedTuple):
    """What to do.

    Attributes:
        updates: SPARQL updates; none where the document names no such actor.
        touched: IRIs of the actors whose description may become another.
    """

    updates: list[str]
    touched: set[str]


def find_renaming(store: OxStore, document: str, names: Mapping[str, str]) -> Renaming | None:
    """Return how a document's graph becomes one that names actors otherwise; None where that would make two of them one.

    Args:
        store: that holds the graph.
        document: its IRI, which names the graph.
        names: old IRI -> new one.
    """
    graph = NamedNode(document)
    nodes: dict[object, NamedNode] = {NamedNode(old): NamedNode(new) for old, new in names.items()}
    if len(set(nodes.values())) < len(nodes) or any(new in nodes or _find_quads(store, new, graph) for new in nodes.values()):
        return None
    removed = {quad for old in names for quad in _find_quads(store, NamedNode(old), graph)}
    added = {
        OxQuad(nodes.get(quad.subject, quad.subject), quad.predicate, nodes.get(quad.object, quad.object), graph)
        for quad in removed
    }
    touched = {
        *names,
        *names.values(),
        *(
            other.object.value
            for quad in removed
            if quad.predicate == _ORGANIZATION
            for other in store.quads_for_pattern(quad.subject, _MEMBER, None, graph)
            if isinstance(other.object, NamedNode)
        ),
    }
    return Renaming(change_quads(document, removed, added), touched)


def _find_quads(store: OxStore, actor: NamedNode, graph: NamedNode) -> set[OxQuad]:
    return {
        *store.quads_for_pattern(actor, None, None, graph),
        *(quad for quad in store.quads_for_pattern(None, None, actor, graph) if quad.predicate != _LOCATED_IN),
    }
