"""How two actors hang together: shortest paths over a projection, every hop with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from kg.analyse.measures import to_node
from kg.analyse.projections import Projection, to_digraph
from kg.analyse.relations import Edge, Node, sum_relations
from kg.errors import ParameterInvalidError

if TYPE_CHECKING:
    DiGraph = nx.DiGraph[str]


class Hop(NamedTuple):
    """One step of a path.

    Attributes:
        begin: where the step starts. end: where it leads.
        edges: every edge between the two, one a kind and direction; `source` and `target` of an edge tell
            whether it runs with the step or against it. Never empty.
    """

    begin: Node
    end: Node
    edges: tuple[Edge, ...]


class PathResult(NamedTuple):
    """Shortest paths from one actor to another.

    Attributes:
        paths: all of one length, each a tuple of hops; empty where there is no path; one path without hops
            where both actors are the same.
        is_cut: whether there are more paths of this length than were asked for.
    """

    begin: str
    end: str
    paths: tuple[tuple[Hop, ...], ...]
    is_cut: bool = False

    @property
    def is_found(self) -> bool:
        """Whether there is a path."""
        return bool(self.paths)


def find_paths(projection: Projection, begin: str, end: str, *, directed: bool = False, limit: int = 5) -> PathResult:
    """Return the shortest paths (fewest hops) between two actors, by the labels of the actors on the way.

    Args:
        projection: what counts as a tie.
        begin: IRI of an actor; one without any tie in the projection has no path.
        end: IRI of another.
        directed: whether only arrows from `begin` towards `end` count.
        limit: at most this many paths; 1 or more.

    Raises:
        ParameterInvalidError: the limit is below 1.
    """
    if limit < 1:
        raise ParameterInvalidError(f"limit {limit}: must be 1 or more")
    if begin not in projection.nodes or end not in projection.nodes:
        return PathResult(begin, end, ())
    graph = to_digraph(projection)
    found = list(islice(_walk_shortest(graph, begin, end, directed=directed), limit + 1))
    between: dict[tuple[str, str], list[Edge]] = {}
    for edge in sum_relations(projection.relations, by_kind=True):
        between.setdefault((edge.source, edge.target), []).append(edge)

    def to_hop(left: str, right: str) -> Hop:
        backward = [] if directed or left == right else between.get((right, left), [])
        return Hop(to_node(graph, left), to_node(graph, right), (*between.get((left, right), ()), *backward))

    paths = tuple(tuple(to_hop(left, right) for left, right in pairwise(path)) for path in found[:limit])
    return PathResult(begin, end, paths, is_cut=len(found) > limit)


def _walk_shortest(graph: DiGraph, begin: str, end: str, *, directed: bool) -> Iterator[tuple[str, ...]]:
    """Yield the shortest paths by the labels of their nodes; lazily, since their number can grow exponentially."""
    ties: DiGraph = nx.DiGraph(graph.edges)
    ties.add_nodes_from(graph)
    if not directed:
        ties.add_edges_from([(target, source) for source, target in graph.edges])
    hops_left = nx.single_source_shortest_path_length(ties.reverse(copy=False), end)
    if begin not in hops_left:
        return
    open_paths: list[tuple[str, ...]] = [(begin,)]
    while open_paths:
        path = open_paths.pop()
        if path[-1] == end:
            yield path
            continue
        closer = [node for node in ties[path[-1]] if hops_left.get(node) == hops_left[path[-1]] - 1]
        closer.sort(key=lambda node: (graph.nodes[node]["label"], node), reverse=True)
        open_paths.extend((*path, node) for node in closer)
