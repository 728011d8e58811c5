"""Where each node stands, how large it is drawn and in which colour; the same for the same network."""

from __future__ import annotations

import math
from typing import NamedTuple

import networkx as nx

from kg.export.network import Network

#: A spring layout takes time with the square of the nodes: seconds for this many.
_SPRING_LIMIT = 500
_SEED = 20
_RADIUS = 1_000.0
_SMALLEST, _LARGEST = 4.0, 40.0
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

#: Okabe and Ito, "Color Universal Design" (2008): told apart by people with any colour vision.
_COLOURS: dict[str, tuple[int, int, int]] = {
    "Person": (0, 114, 178),
    "State": (213, 94, 0),
    "Organisation": (0, 158, 115),
    "Group": (230, 159, 0),
    "Place": (86, 180, 233),
    "Frame": (204, 121, 167),
    "Event": (240, 228, 66),
    "Claim": (153, 153, 153),
}
_OTHER_COLOUR = (90, 90, 90)


class Look(NamedTuple):
    """How a node is drawn.

    Attributes:
        x: from -1000 to 1000. y: the same.
        size: 4 to 40, its square grows with the weights of the node's edges.
        colour: red, green, blue, 0 to 255.
    """

    x: float
    y: float
    size: float
    colour: tuple[int, int, int]


def find_looks(network: Network) -> dict[str, Look]:
    """Return the look of each node by IRI; nothing for an empty network.

    Networks of up to 500 nodes are laid out by springs (Fruchterman and Reingold 1991), larger ones on the spiral
    of a sunflower with the busiest nodes in the middle, as a start for the layouts of the program that opens them.
    """
    weights = dict.fromkeys((node.iri for node in network.nodes), 0)
    for edge in network.edges:
        weights[edge.source] += edge.weight
        weights[edge.target] += edge.weight
    heaviest = max(weights.values(), default=0)
    places = _place_by_springs(network) if len(weights) <= _SPRING_LIMIT else _place_on_spiral(weights)
    looks: dict[str, Look] = {}
    for node in network.nodes:
        share = math.sqrt(weights[node.iri] / heaviest) if heaviest else 0.0
        x, y = places[node.iri]
        # Adding 0.0 turns a rounded -0.0 into 0.0.
        looks[node.iri] = Look(
            x=round(x, 2) + 0.0,
            y=round(y, 2) + 0.0,
            size=round(_SMALLEST + share * (_LARGEST - _SMALLEST), 2),
            colour=_COLOURS.get(node.type, _OTHER_COLOUR),
        )
    return looks


def _place_by_springs(network: Network) -> dict[str, tuple[float, float]]:
    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(node.iri for node in network.nodes)
    for edge in network.edges:
        if edge.source != edge.target:
            before = ties.edges[edge.source, edge.target]["weight"] if ties.has_edge(edge.source, edge.target) else 0
            ties.add_edge(edge.source, edge.target, weight=before + edge.weight)
    places = nx.spring_layout(ties, seed=_SEED, scale=_RADIUS, method="force")
    return {iri: (float(x), float(y)) for iri, (x, y) in places.items()}


def _place_on_spiral(weights: dict[str, int]) -> dict[str, tuple[float, float]]:
    busiest_first = sorted(weights, key=lambda iri: (-weights[iri], iri))
    places: dict[str, tuple[float, float]] = {}
    for rank, iri in enumerate(busiest_first):
        radius = _RADIUS * math.sqrt(rank / len(busiest_first))
        places[iri] = (radius * math.cos(rank * _GOLDEN_ANGLE), radius * math.sin(rank * _GOLDEN_ANGLE))
    return places
