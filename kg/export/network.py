"""What network formats write: nodes and edges of one view, aggregated, sorted, in plain values."""

from __future__ import annotations

from typing import NamedTuple

from kg.analyse.projections import Projection, join_details, read_projection
from kg.analyse.relations import Edge, Filters, Node, check_filters, sum_relations
from kg.analyse.rows import Reader
from kg.errors import ParameterInvalidError
from kg.export.settle import NetworkNode, settle
from kg.export.statements import Link, Record, Statement, read_record
from kg.query.statistics import count_contents

__all__ = ["DEFAULT_VIEW", "VIEWS", "Network", "NetworkNode", "read_network"]

#: What each view joins; `claims` shows claims and events themselves as nodes, and posts.
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

#: What `kg stats` counts that a projection is made of, and why some of it is not in it.
_WITHOUT_ENDS = {
    "speaks-of": ("claims", "claims without a known speaker who says something about a known actor"),
    "events": ("events", "events without a known actor and recipient"),
    "roles": ("roles", "posts without a known person and organisation"),
    "discourse": ("claims", "claims without a known speaker and a frame"),
}


class Network(NamedTuple):
    """A view as nodes and edges.

    Attributes:
        view: its name.
        nodes: sorted by IRI; every end of an edge is among them.
        edges: one for each source, target and kind, sorted by these.
        relation_count: number of claims, events and roles (or links) that the edges sum.
        left_out: (reason, number) of what filters turned away and what the view cannot show, sorted.
    """

    view: str
    nodes: tuple[NetworkNode, ...]
    edges: tuple[Edge, ...]
    relation_count: int
    left_out: tuple[tuple[str, int], ...] = ()


def read_network(reader: Reader, view: str = DEFAULT_VIEW, filters: Filters | None = None) -> Network:
    """Return one of `VIEWS`; parallel relations of one kind are one edge whose weight is their number.

    People bear the posts that the filtered texts give them as the detail `posts`, in every view.

    Raises:
        ParameterInvalidError: the view is unknown, or a filter has no sense.
    """
    if view not in VIEWS:
        raise ParameterInvalidError(f"{view!r}: no such view; there are {', '.join(VIEWS)}")
    limits = filters or Filters()
    check_filters(limits)
    roles = read_projection(reader, ("roles",), limits._replace(kinds=None))
    posts = _list_posts(roles)
    if view == "claims":
        return _to_claims_network(read_record(reader, limits), roles, posts, limits)
    projection = read_projection(reader, VIEWS[view], limits)
    settled = settle(
        (_to_network_node(node, posts) for node in projection.nodes.values()),
        sum_relations(projection.relations, by_kind=True),
        (*projection.left_out, *_count_unseen(reader, projection)),
    )
    return Network(view, settled.nodes, settled.edges, len(projection.relations), settled.left_out)


def _list_posts(roles: Projection) -> dict[str, str]:
    """Return the posts of each person by IRI: `foreign minister (Norway); former envoy (United Nations)`, sorted."""
    posts: dict[str, set[str]] = {}
    for relation in roles.relations:
        details = join_details(relation.details)
        former = "former " if details.get("held") == "former" else ""
        title = details.get("title") or "member"
        posts.setdefault(relation.source, set()).add(f"{former}{title} ({roles.nodes[relation.target].label})")
    return {iri: "; ".join(sorted(titles)) for iri, titles in posts.items()}


def _count_unseen(reader: Reader, projection: Projection) -> list[tuple[str, int]]:
    """Return (reason, number) of the claims, events and roles of the store that have not both ends of an edge."""
    counts = dict(count_contents(reader))
    unseen = [
        (reason, counts[what] - found)
        for name, found in projection.found
        for what, reason in [_WITHOUT_ENDS.get(name, ("", ""))]
        if what
    ]
    if "events" in projection.names:
        unseen.append(("coded events, which tables hold (kg export events.csv)", counts["coded events"]))
    return [(reason, count) for reason, count in unseen if count > 0]


def _to_claims_network(record: Record, roles: Projection, posts: dict[str, str], filters: Filters) -> Network:
    edges = [_to_edge(link, record.statements[link.statement]) for link in record.links]
    edges += sum_relations(roles.relations, by_kind=True)
    kept = [edge for edge in edges if filters.kinds is None or edge.kind in filters.kinds]
    nodes = [_to_statement_node(statement) for statement in record.statements.values()]
    known = roles.nodes | record.actors
    ends = {iri for edge in kept for iri in (edge.source, edge.target)} - record.statements.keys()
    nodes += [_to_network_node(known.get(iri) or Node(iri, iri, "Actor"), posts) for iri in ends]
    left_out = [*record.left_out, ("of another kind", len(edges) - len(kept))]
    settled = settle(nodes, kept, (*left_out, *roles.left_out))
    return Network("claims", settled.nodes, settled.edges, sum(edge.weight for edge in kept), settled.left_out)


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


def _to_network_node(node: Node, posts: dict[str, str]) -> NetworkNode:
    details = {"iso2": node.iso2, "posts": posts.get(node.iri, ""), "wikidata": node.wikidata}
    return NetworkNode(
        node.iri, node.label or node.iri, node.type, tuple((name, value) for name, value in details.items() if value)
    )


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
        first_seen=statement.day,
        last_seen=statement.day,
    )
