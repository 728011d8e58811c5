"""Signed networks: who supports and who criticises whom, and how well that fits into camps (structural balance).

Heider 1946; Cartwright and Harary 1956: a signed graph is balanced where every triangle has an even number of negative
ties, and just then its nodes fall into two camps, friends within and foes across. Real ones fall short of that: by the
share of their triangles, and by their frustration, the ties that the best two camps still have on the wrong side (Aref
and Wilson 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.analyse.projections import Projection
from kg.analyse.relations import Node, Relation

if TYPE_CHECKING:
    Graph = nx.Graph[str]

SUPPORTIVE, CRITICAL = "supportive", "critical"
_SIGNS: Mapping[str, int] = {SUPPORTIVE: 1, CRITICAL: -1}
#: Up to this many nodes all partitions of a part are tried; larger ones are improved step by step.
_EXACT = 16
_DIGITS = 9


class SignedEdge(NamedTuple):
    """All stances of one actor to another.

    Attributes:
        source: IRI of who speaks. target: of whom it is spoken.
        weight: confidences of the supportive ones less those of the critical ones.
        supportive: their number. critical: likewise.
        evidence: IRIs of their claims, sorted.
        first_seen: earliest day, empty where none is known. last_seen: the latest.
    """

    source: str
    target: str
    weight: float
    supportive: int
    critical: int
    evidence: tuple[str, ...]
    first_seen: str
    last_seen: str


class Camp(NamedTuple):
    """Actors that stand together, by label, then IRI. `part`, from 1, numbers the parts of the graph that no tie joins."""

    part: int
    number: int
    members: tuple[Node, ...]


class Balance(NamedTuple):
    """How balanced a signed network is; ties have no direction here, and are signed by the sum of both directions.

    Attributes:
        positive: number of ties. negative: likewise. Those that sum up to 0 count as none.
        triangles: number of triangles by their negative ties: none, one, two, three.
        balanced: share of triangles with none or two; None without triangles.
        camps: the two camps of each part with a tie, the larger first, the largest part first.
        frustrated: pairs of IRIs whose tie is on the wrong side, sorted.
        frustration: their share of all ties by weight, 0 to 0.5; 0 without ties.
        is_exact: whether no other camps have less frustration; else none that differ by one actor.
    """

    positive: int
    negative: int
    triangles: tuple[int, int, int, int]
    balanced: float | None
    camps: tuple[Camp, ...]
    frustrated: tuple[tuple[str, str], ...]
    frustration: float
    is_exact: bool


def sum_stances(relations: Iterable[Relation]) -> tuple[SignedEdge, ...]:
    """Return one edge for each speaker and target, sorted; relations of other kinds than stances are passed over."""
    groups: dict[tuple[str, str], list[Relation]] = {}
    for relation in sorted(set(relations)):
        if relation.kind in _SIGNS and relation.source != relation.target:
            groups.setdefault((relation.source, relation.target), []).append(relation)
    return tuple(_sum_group(*pair, group) for pair, group in sorted(groups.items()))


def _sum_group(source: str, target: str, group: list[Relation]) -> SignedEdge:
    days = sorted(relation.day for relation in group if relation.day)
    counts = {kind: sum(relation.kind == kind for relation in group) for kind in _SIGNS}
    return SignedEdge(
        source=source,
        target=target,
        weight=round(sum(_SIGNS[relation.kind] * relation.confidence for relation in group), _DIGITS),
        supportive=counts[SUPPORTIVE],
        critical=counts[CRITICAL],
        evidence=tuple(sorted({relation.evidence for relation in group})),
        first_seen=days[0] if days else "",
        last_seen=days[-1] if days else "",
    )


def to_signed_graph(edges: Iterable[SignedEdge]) -> Graph:
    """Return the ties between actors: `weight` sums both directions, `sign` is 1 or -1; ties of 0 are left out."""
    weights: dict[tuple[str, str], float] = {}
    for edge in edges:
        pair = (min(edge.source, edge.target), max(edge.source, edge.target))
        weights[pair] = round(weights.get(pair, 0.0) + edge.weight, _DIGITS)
    graph: Graph = nx.Graph()
    for (left, right), weight in sorted(weights.items()):
        if weight:
            graph.add_edge(left, right, weight=weight, sign=1 if weight > 0 else -1)
    return graph


def measure_balance(projection: Projection) -> Balance:
    """Return the balance of a projection of stances; of one without any all counts are 0 and there are no camps."""
    graph = to_signed_graph(sum_stances(projection.relations))
    signs: list[int] = [data["sign"] for _, _, data in graph.edges(data=True)]
    triangles = [0, 0, 0, 0]
    for corners in _find_triangles(graph):
        triangles[sum(graph.edges[pair]["sign"] < 0 for pair in combinations(corners, 2))] += 1
    sides: dict[str, int] = {}
    camps: list[Camp] = []
    is_exact = True
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    for number, part in enumerate(parts, 1):
        found, is_best = _split(graph, part)
        is_exact = is_exact and is_best
        camps.extend(_to_camps(number, part, found, projection.nodes))
        sides.update(zip(part, found, strict=True))
    ties: list[tuple[str, str, float]] = [(min(a, b), max(a, b), data["weight"]) for a, b, data in graph.edges(data=True)]
    frustrated = sorted((a, b, abs(weight)) for a, b, weight in ties if (sides[a] == sides[b]) != (weight > 0))
    whole = sum(abs(weight) for _, _, weight in ties)
    return Balance(
        positive=signs.count(1),
        negative=signs.count(-1),
        triangles=(triangles[0], triangles[1], triangles[2], triangles[3]),
        balanced=(triangles[0] + triangles[2]) / sum(triangles) if any(triangles) else None,
        camps=tuple(camps),
        frustrated=tuple((a, b) for a, b, _ in frustrated),
        frustration=round(sum(weight for _, _, weight in frustrated) / whole, _DIGITS) if whole else 0.0,
        is_exact=is_exact,
    )


def _find_triangles(graph: Graph) -> Iterator[tuple[str, str, str]]:
    """Yield each triangle once, its corners sorted."""
    for left, middle in sorted((min(a, b), max(a, b)) for a, b in graph.edges()):
        for right in sorted(set(graph[left]) & set(graph[middle])):
            if right > middle:
                yield left, middle, right


def _split(graph: Graph, part: list[str]) -> tuple[list[int], bool]:
    """Return 0 or 1 for each node of a connected part, with the least weight of ties on the wrong side; whether it is least."""
    places = {iri: at for at, iri in enumerate(part)}
    weights = np.zeros((len(part), len(part)))
    for left, right, data in graph.subgraph(part).edges(data=True):
        weights[places[left], places[right]] = weights[places[right], places[left]] = data["weight"]
    if len(part) <= _EXACT:
        # The first node is always on side 0: of two mirrored partitions one will do.
        codes = np.arange(1 << (len(part) - 1))
        sides = np.where((codes[:, None] >> np.arange(len(part) - 1)) & 1, -1.0, 1.0)
        sides = np.hstack([np.ones((len(codes), 1)), sides])
        fits = np.round(np.einsum("ki,ij,kj->k", sides, weights, sides, optimize=True), _DIGITS)
        best = sides[int(fits.argmax())]
        return [int(side < 0) for side in best], True
    return [int(side < 0) for side in _improve(weights)], False


def _improve(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sides, 1 or -1, that no change of one node betters: the best of a spectral start and of all friends.

    The start is the leading eigenvector of the weights (Kunegis et al. 2010).
    """
    values, vectors = np.linalg.eigh(weights)
    leading = np.round(vectors[:, int(values.argmax())], _DIGITS)
    best, best_fit = np.ones(len(weights)), -np.inf
    for start in (np.where(leading >= 0, 1.0, -1.0), np.ones(len(weights))):
        sides = start * start[0]
        while True:
            gains = np.round(-4 * sides * (weights @ sides), _DIGITS)
            at = int(gains.argmax())
            if gains[at] <= 0:
                break
            sides[at] = -sides[at]
        fit = round(float(sides @ weights @ sides), _DIGITS)
        if fit > best_fit:
            best, best_fit = sides * sides[0], fit
    return best


def _to_camps(number: int, part: list[str], sides: list[int], nodes: Mapping[str, Node]) -> Iterator[Camp]:
    """Yield the camps that have members, the larger first; of equal ones that of the first label."""
    found = []
    for side in (0, 1):
        members = [nodes[iri] for iri, own in zip(part, sides, strict=True) if own == side]
        if members:
            found.append(tuple(sorted(members, key=lambda node: (node.label, node.iri))))
    found.sort(key=lambda members: (-len(members), members[0].label, members[0].iri))
    yield from (Camp(number, at, members) for at, members in enumerate(found, 1))
