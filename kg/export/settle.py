"""What graph programs drop or stumble over, settled before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kg.analyse.relations import Edge


class NetworkNode(NamedTuple):
    """A node: an actor, place or frame; a claim or event in the `claims` view.

    Attributes:
        iri: its id. label: never empty. type: its class.
        details: further (name, value) pairs, sorted, no value empty.
        relation_count: sum of the weights of its edges, one that leads back to it counted once.
        first_seen: earliest ISO date of any of its edges, or its own; empty where none is known. last_seen: the latest.
    """

    iri: str
    label: str
    type: str
    details: tuple[tuple[str, str], ...] = ()
    relation_count: int = 0
    first_seen: str = ""
    last_seen: str = ""


class Settled(NamedTuple):
    """Nodes and edges that every program loads as they are.

    Attributes:
        nodes: sorted by IRI, each once, with the counts and days that the edges give them; every end of an edge is there.
        edges: sorted, one for each source, target and kind; weights are 1 or more; either both days are ISO dates in this
            order, or both are empty.
        left_out: (reason, number), sorted.
    """

    nodes: tuple[NetworkNode, ...]
    edges: tuple[Edge, ...]
    left_out: tuple[tuple[str, int], ...]


def settle(nodes: Iterable[NetworkNode], edges: Iterable[Edge], left_out: Iterable[tuple[str, int]] = ()) -> Settled:
    """Return nodes and edges as Gephi, igraph and the others load them without a loss.

    Edges of one source, target and kind are one, whose weight is their sum: Gephi merges them otherwise, and drops edges
    of no weight and spells that end before they begin; these are left out here, and counted.

    Args:
        nodes: of one IRI the first is kept.
        edges: in any order.
        left_out: what is counted already; of one reason all are summed.
    """
    counts: Counter[str] = Counter()
    for reason, count in left_out:
        counts[reason] += count
    groups: dict[tuple[str, str, str], Edge] = {}
    for edge in edges:
        if edge.weight < 1:
            counts["edges of no weight"] += 1
            continue
        sound = _settle_days(edge)
        counts["days that are none, or in the wrong order"] += (sound.first_seen, sound.last_seen) != (
            edge.first_seen,
            edge.last_seen,
        )
        key = (edge.source, edge.target, edge.kind)
        groups[key] = _join(groups[key], sound) if key in groups else sound
    settled = tuple(edge for _, edge in sorted(groups.items()))
    return Settled(_settle_nodes(nodes, settled), settled, tuple(sorted((+counts).items())))


def _settle_days(edge: Edge) -> Edge:
    days = [day for day in (edge.first_seen, edge.last_seen) if day]
    if not all(map(_is_day, days)) or days != sorted(days):
        return edge._replace(first_seen="", last_seen="")
    return edge._replace(first_seen=days[0], last_seen=days[-1]) if days else edge


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _join(one: Edge, other: Edge) -> Edge:
    days = sorted(day for day in (one.first_seen, one.last_seen, other.first_seen, other.last_seen) if day)
    return one._replace(
        weight=one.weight + other.weight,
        confidence=max(one.confidence, other.confidence),
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
        first_seen=days[0] if days else "",
        last_seen=days[-1] if days else "",
        details=tuple(sorted({*one.details, *other.details})),
    )


def _settle_nodes(nodes: Iterable[NetworkNode], edges: tuple[Edge, ...]) -> tuple[NetworkNode, ...]:
    known: dict[str, NetworkNode] = {}
    for node in nodes:
        known.setdefault(node.iri, node)
    weights: Counter[str] = Counter()
    days: dict[str, tuple[str, str]] = {iri: (node.first_seen, node.last_seen) for iri, node in known.items() if node.first_seen}
    for edge in edges:
        for iri in {edge.source, edge.target}:
            weights[iri] += edge.weight
            if edge.first_seen:
                first, last = days.get(iri, (edge.first_seen, edge.last_seen))
                days[iri] = (min(first, edge.first_seen), max(last, edge.last_seen))
            if iri not in known:
                known[iri] = NetworkNode(iri, iri, "Actor")
    return tuple(
        node._replace(
            label=node.label or iri,
            relation_count=weights[iri],
            first_seen=days.get(iri, ("", ""))[0],
            last_seen=days.get(iri, ("", ""))[1],
        )
        for iri, node in sorted(known.items())
    )
