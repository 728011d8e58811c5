"""Where each node stands, how large it is drawn and in which colour; the same for the same network."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kg.export.network import Network
from kg.export.packing import pack_parts
from kg.export.palette import Colour, find_node_colour
from kg.export.repulsion import Floats, Whole
from kg.export.springs import Part, place_part

_SMALLEST, _LARGEST = 4.0, 40.0


class Look(NamedTuple):
    """How a node is drawn.

    Attributes:
        x: in the unit of sizes; (0, 0) is in the middle of the largest connected part. y: the same, upwards.
        size: its radius, 4 to 40; the square of what it has above 4 grows with the weights of the node's edges.
        colour: red, green, blue, 0 to 255.
    """

    x: float
    y: float
    size: float
    colour: Colour


def find_looks(network: Network) -> dict[str, Look]:
    """Return the look of each node by IRI, in the order of the nodes; nothing for an empty network.

    Each connected part is laid out by springs (`kg.export.springs`), the parts are packed around the largest one. Edges
    between the same two nodes pull together, by the square root of their weights.
    """
    if not network.nodes:
        return {}
    index = {node.iri: number for number, node in enumerate(network.nodes)}
    left, right = (np.array([index[end] for end in ends], dtype=np.int64) for ends in _list_ends(network))
    weights = np.array([edge.weight for edge in network.edges], dtype=np.float64)
    radius = _find_sizes(left, right, weights, len(index))
    places = _place(left, right, weights, radius)
    return {
        # Adding 0.0 turns a rounded -0.0 into 0.0.
        node.iri: Look(round(x, 2) + 0.0, round(y, 2) + 0.0, round(size, 2), find_node_colour(node.type))
        for node, (x, y), size in zip(network.nodes, places.tolist(), radius.tolist(), strict=True)
    }


def _list_ends(network: Network) -> tuple[list[str], list[str]]:
    return [edge.source for edge in network.edges], [edge.target for edge in network.edges]


def _find_sizes(left: Whole, right: Whole, weights: Floats, count: int) -> Floats:
    sums = np.bincount(left, weights, count) + np.bincount(right, weights, count)
    heaviest = float(sums.max())
    return _SMALLEST + np.sqrt(sums / heaviest if heaviest else sums) * (_LARGEST - _SMALLEST)


def _place(left: Whole, right: Whole, weights: Floats, radius: Floats) -> Floats:
    """Return (n, 2) places."""
    count = len(radius)
    is_tie = left != right
    # One number for each pair of nodes, whichever way its edges lead.
    pairs = np.minimum(left, right)[is_tie] * count + np.maximum(left, right)[is_tie]
    pairs, of = np.unique(pairs, return_inverse=True)
    strength = np.sqrt(np.bincount(of, weights[is_tie], len(pairs)))
    one, other = pairs // count, pairs % count
    ties = csr_array((np.ones(len(pairs)), (one, other)), shape=(count, count))
    part_count, part_of = connected_components(ties, directed=False)
    members = _group(part_of, part_count)
    tied = _group(part_of[one], part_count)
    # The largest part first, those of one size by their first node.
    order = sorted(range(len(members)), key=lambda part: (-len(members[part]), members[part][0]))
    inner = np.empty(count, dtype=np.int64)
    for nodes in members:
        inner[nodes] = np.arange(len(nodes))
    parts = [
        Part(inner[one[tied[part]]], inner[other[tied[part]]], strength[tied[part]], radius[members[part]]) for part in order
    ]
    packed = pack_parts([place_part(part) for part in parts], [part.radius for part in parts])
    places = np.empty((count, 2))
    for part, part_places in zip(order, packed, strict=True):
        places[members[part]] = part_places
    return places


def _group(labels: Whole, count: int) -> list[Whole]:
    """Return the positions of each label from 0 to `count - 1`, in order."""
    order = np.argsort(labels, kind="stable")
    ends = np.searchsorted(labels[order], np.arange(count + 1))
    return [order[begin:end] for begin, end in pairwise(ends)]
