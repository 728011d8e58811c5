"""What network formats write: nodes and edges of one view, aggregated, sorted, in plain values."""

from __future__ import annotations

from typing import NamedTuple

from kg.analyse.projections import read_projection
from kg.analyse.relations import Edge, Filters, Node, check_filters, sum_relations
from kg.analyse.rows import Reader
from kg.errors import ParameterInvalidError
from kg.export.statements import Link, Record, Statement, read_record

#: What each view joins; `claims` shows claims and events themselves as nodes.
VIEWS: dict[str, tuple[str, ...]] = {
    "network": ("speaks-of", "events", "roles"),
    "actors": ("speaks-of",),
    "events": ("events",),
    "roles": ("roles",),
    "reports": ("reports",),
    "discourse": ("discourse",),
    "stances": ("stances",),
    "claims": (),
}
DEFAULT_VIEW = "network"

_LABEL_LENGTH = 60
_TO_STATEMENT = frozenset({"says", "does-not-say", "acts"})


class NetworkNode(NamedTuple):
    """A node: an actor, place or frame; a claim or event in the `claims` view.

    Attributes:
        iri: its id. label: never empty. type: its class.
        details: further (name, value) pairs, sorted, no value empty.
    """

    iri: str
    label: str
    type: str
    details: tuple[tuple[str, str], ...] = ()


class Network(NamedTuple):
    """A view as nodes and edges.

    Attributes:
        view: its name.
        nodes: sorted by IRI; every end of an edge is among them.
        edges: one for each source, target and kind, sorted by these.
        relation_count: number of claims, events and roles (or links) that the edges sum.
        left_out: (reason, number) of what filters turned away, sorted.
    """

    view: str
    nodes: tuple[NetworkNode, ...]
    edges: tuple[Edge, ...]
    relation_count: int
    left_out: tuple[tuple[str, int], ...] = ()


def read_network(reader: Reader, view: str = DEFAULT_VIEW, filters: Filters | None = None) -> Network:
    """Return one of `VIEWS`; parallel relations of one kind are one edge whose weight is their number.

    Raises:
        ParameterInvalidError: the view is unknown, or a filter has no sense.
    """
    if view not in VIEWS:
        raise ParameterInvalidError(f"{view!r}: no such view; there are {', '.join(VIEWS)}")
    limits = filters or Filters()
    if view == "claims":
        check_filters(limits)
        return _to_claims_network(read_record(reader, limits), limits)
    projection = read_projection(reader, VIEWS[view], limits)
    return Network(
        view=view,
        nodes=tuple(_to_network_node(node) for node in projection.nodes.values()),
        edges=sum_relations(projection.relations, by_kind=True),
        relation_count=len(projection.relations),
        left_out=projection.left_out,
    )


def _to_claims_network(record: Record, filters: Filters) -> Network:
    edges = sorted(_to_edge(link, record.statements[link.statement]) for link in record.links)
    kept = tuple(edge for edge in edges if filters.kinds is None or edge.kind in filters.kinds)
    nodes = {statement.iri: _to_statement_node(statement) for statement in record.statements.values()}
    for edge in kept:
        for iri in (edge.source, edge.target):
            if iri not in nodes:
                nodes[iri] = _to_network_node(record.actors.get(iri) or Node(iri, iri, "Actor"))
    left_out = dict(record.left_out)
    if len(kept) < len(edges):
        left_out["of another kind"] = len(edges) - len(kept)
    return Network(
        view="claims",
        nodes=tuple(node for _, node in sorted(nodes.items())),
        edges=kept,
        relation_count=len(kept),
        left_out=tuple(sorted(left_out.items())),
    )


def _to_edge(link: Link, statement: Statement) -> Edge:
    kind = "does-not-say" if link.relation == "says" and statement.is_disowned else link.relation
    ends = (link.other, link.statement) if kind in _TO_STATEMENT else (link.statement, link.other)
    return Edge(
        source=ends[0],
        target=ends[1],
        kind=kind,
        weight=1,
        confidence=statement.confidence,
        evidence=(statement.iri,),
        first_seen=statement.day,
        last_seen=statement.day,
    )


def _to_network_node(node: Node) -> NetworkNode:
    details = tuple((name, value) for name, value in (("iso2", node.iso2), ("wikidata", node.wikidata)) if value)
    return NetworkNode(node.iri, node.label or node.iri, node.type, details)


def _to_statement_node(statement: Statement) -> NetworkNode:
    facts = dict(statement.facts)
    words = " ".join(statement.words.split())
    label = f"{facts['type']}: {words}" if statement.kind == "Event" else words
    if len(label) > _LABEL_LENGTH:
        label = label[: _LABEL_LENGTH - 1].rstrip() + "…"
    event_type = facts.pop("type", "")
    details = {**facts, "event_type": event_type, "words": statement.words, "quote": statement.quote, "day": statement.day}
    return NetworkNode(
        iri=statement.iri,
        label=label or statement.iri,
        type=statement.kind,
        details=tuple(sorted((name, value) for name, value in details.items() if value)),
    )
