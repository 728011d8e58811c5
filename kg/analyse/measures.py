"""Centralities, components and communities of a projection; every result in a fixed order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from kg.analyse.relations import Node
from kg.errors import MeasureUnsettledError, ParameterInvalidError

if TYPE_CHECKING:
    DiGraph = nx.DiGraph[str]

#: Any fixed number gives the same result on every run; this one has no meaning.
_SEED = 20

#: Exact betweenness costs nodes x edges; above this many nodes it is estimated from as many pivots.
#: Brandes and Pich, "Centrality Estimation in Large Networks", 2007.
_PIVOTS = 1_000

#: Scores are rounded, so that ties stay ties whatever the order of the additions behind them.
_DIGITS = 12


class Score(NamedTuple):
    """One node's score."""

    node: Node
    score: float


class Centrality(NamedTuple):
    """Scores of all nodes, by score (highest first), then label, then IRI.

    Attributes:
        is_estimate: whether the scores come from a fixed sample of the nodes, as betweenness does on large graphs.
    """

    measure: str
    scores: tuple[Score, ...]
    is_estimate: bool = False


class Community(NamedTuple):
    """Nodes that belong together, by label, then IRI; `number` starts with 1."""

    number: int
    members: tuple[Node, ...]


class Communities(NamedTuple):
    """A partition of all nodes, the largest community first, then by its first member.

    Attributes:
        modularity: of the partition, ties weighted and without direction; 0 for a graph without edges.
    """

    communities: tuple[Community, ...]
    modularity: float


def measure_centrality(graph: DiGraph, measure: str) -> Centrality:
    """Return the score of every node by one of `MEASURES`; no scores for an empty graph.

    Degrees count neighbours once; those named `weighted-...` count claims, events and roles. A tie to oneself counts
    in both directions. PageRank follows weights. Betweenness and closeness count steps along the arrows, normalised
    to 0..1 (Freeman 1978; closeness as Wasserman and Faust scale it for graphs in several parts).

    Raises:
        ParameterInvalidError: the measure is unknown.
        MeasureUnsettledError: PageRank does not settle.
    """
    if measure not in MEASURES:
        raise ParameterInvalidError(f"{measure!r}: no such measure; there are {', '.join(MEASURES)}")
    if not graph:
        return Centrality(measure, ())
    values = MEASURES[measure](graph)
    scores = [Score(to_node(graph, iri), round(float(value), _DIGITS)) for iri, value in values.items()]
    is_estimate = measure == "betweenness" and len(graph) > _PIVOTS
    return Centrality(measure, tuple(sorted(scores, key=lambda s: (-s.score, s.node.label, s.node.iri))), is_estimate)


def find_components(graph: DiGraph) -> tuple[Community, ...]:
    """Return the parts of the graph that no edge joins (direction ignored), the largest first."""
    return _to_communities(graph, [set(part) for part in nx.weakly_connected_components(graph)])


def find_communities(graph: DiGraph, *, resolution: float = 1.0) -> Communities:
    """Return communities by the method of Louvain (Blondel and others 2008) with a fixed seed.

    Ties are weighted and without direction; the weights of both directions are summed.

    Args:
        graph: as `to_digraph` gives it.
        resolution: above 1 favours smaller communities, below 1 larger ones; more than 0.

    Raises:
        ParameterInvalidError: the resolution is not more than 0.
    """
    if not resolution > 0:
        raise ParameterInvalidError(f"resolution {resolution}: must be more than 0")
    iris = sorted(graph)
    # Louvain walks over sets of nodes; sets of integers have one order in every process, sets of strings do not.
    numbers = {iri: number for number, iri in enumerate(iris)}
    ties: nx.Graph[int] = nx.Graph()
    ties.add_nodes_from(range(len(iris)))
    for source, target, weight in sorted(graph.edges(data="weight", default=1)):
        left, right = numbers[source], numbers[target]
        before = ties.edges[left, right]["weight"] if ties.has_edge(left, right) else 0
        ties.add_edge(left, right, weight=before + weight)
    if not ties.number_of_edges():
        return Communities(_to_communities(graph, [{iri} for iri in iris]), 0.0)
    parts = nx.community.louvain_communities(ties, weight="weight", resolution=resolution, seed=_SEED)
    modularity = nx.community.modularity(ties, parts, weight="weight", resolution=resolution)
    return Communities(
        _to_communities(graph, [{iris[number] for number in part} for part in parts]),
        round(float(modularity), _DIGITS),
    )


def to_node(graph: DiGraph, iri: str) -> Node:
    """Return a node of the graph with its attributes; those it lacks as for an actor without a label."""
    known = graph.nodes[iri]
    return Node(iri, known.get("label", iri), known.get("type", "Actor"), known.get("wikidata", ""), known.get("iso2", ""))


def _to_communities(graph: DiGraph, parts: list[set[str]]) -> tuple[Community, ...]:
    members = [tuple(sorted((to_node(graph, iri) for iri in part), key=lambda n: (n.label, n.iri))) for part in parts]
    members.sort(key=lambda nodes: (-len(nodes), nodes[0].label, nodes[0].iri))
    return tuple(Community(number, nodes) for number, nodes in enumerate(members, 1))


def _measure_pagerank(graph: DiGraph) -> dict[str, float]:
    try:
        return dict(nx.pagerank(graph, weight="weight"))
    except nx.PowerIterationFailedConvergence as error:
        raise MeasureUnsettledError(
            f"pagerank does not settle on {len(graph)} nodes; narrow the graph by kind, date or confidence"
        ) from error


def _measure_betweenness(graph: DiGraph) -> dict[str, float]:
    pivots = _PIVOTS if len(graph) > _PIVOTS else None
    return dict(nx.betweenness_centrality(graph, k=pivots, seed=_SEED))


#: What can be asked for, by name.
MEASURES: dict[str, Callable[[DiGraph], dict[str, float]]] = {
    "degree": lambda graph: dict(graph.degree()),
    "in-degree": lambda graph: dict(graph.in_degree()),
    "out-degree": lambda graph: dict(graph.out_degree()),
    "weighted-degree": lambda graph: dict(graph.degree(weight="weight")),
    "weighted-in-degree": lambda graph: dict(graph.in_degree(weight="weight")),
    "weighted-out-degree": lambda graph: dict(graph.out_degree(weight="weight")),
    "pagerank": _measure_pagerank,
    "betweenness": _measure_betweenness,
    "closeness": lambda graph: dict(nx.closeness_centrality(graph)),
}
