"""Other IRIs for the actors of a stored document, statement by statement: a hundredth of its graph names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def copy_descriptions(store: OxStore, graph: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the updates that say of actors what is said of others; none where something is said of all.

    Args:
        store: that holds the graph.
        graph: of actors.
        names: (described actor, actor that may not be). Of several that describe one, the first in code point order does.
    """
    name = NamedNode(graph)
    added: dict[NamedNode, list[OxQuad]] = {}
    for old, new in sorted(set(names)):
        node = NamedNode(new)
        if not added.get(node) and next(store.quads_for_pattern(node, None, None, name), None) is None:
            said = store.quads_for_pattern(NamedNode(old), None, None, name)
            added[node] = [OxQuad(node, quad.predicate, quad.object, name) for quad in said]
    return change_quads(graph, (), [quad for quads in added.values() for quad in quads])


def _find_quads(store: OxStore, actor: NamedNode, graph: NamedNode) -> set[OxQuad]:
    return {
        *store.quads_for_pattern(actor, None, None, graph),
        *(quad for quad in store.quads_for_pattern(None, None, actor, graph) if quad.predicate != _LOCATED_IN),
    }
