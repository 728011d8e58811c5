"""Places for the nodes of a connected part: those that are tied lie near, the others keep their distance.

As `kg.export.repulsion`, this keeps to operations that IEEE 754 fixes to the last bit.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from kg.export.repulsion import Floats, Whole, find_repulsion

_SEED = 20
_PIVOTS = 24
_POWER_ROUNDS = 60
#: Networks have many parts of so few nodes, most of them alike.
_SMALL = 6
#: Rounds of moving; their work is held near that of 160 rounds with 5,000 nodes.
_MOST_ROUNDS, _FEWEST_ROUNDS, _WORK = 200, 25, 800_000
#: How far a node may move in a round, as a share of the part's radius: in the first round, in the last.
_FIRST_STEP, _LAST_STEP = 0.2, 0.002
_CLEARING_ROUNDS = 40
_GROWTH = 1.02
#: Free room between two nodes, and room for a node with its label on average, in the unit of sizes.
_GAP = 4.0
_ROOM = 55.0
#: How much of a tie is seen between the nodes that it joins, and how much larger the part may grow for it.
_SEEN = 12.0
_MOST_STRETCHED = 4.0


class Part(NamedTuple):
    """A connected part of a network.

    Attributes:
        left: (m,) index of one end of each tie; no tie is there twice, none joins a node with itself.
        right: (m,) index of the other end.
        strength: (m,) above 0: how hard the tie pulls.
        radius: (n,) how large each node is drawn.
    """

    left: Whole
    right: Whole
    strength: Floats
    radius: Floats


def place_part(part: Part) -> Floats:
    """Return (n, 2) places in the unit of the radii around (0, 0); nodes do not overlap, with few exceptions in large parts.

    The forces are those of ForceAtlas2 (Jacomy and others 2014): ties pull by their length, nodes push by their degrees
    and the inverse of their distance. They begin from distances to a few pivots (Brandes and Pich 2007), which unfolds the
    part as a whole, and act in a fixed number of rounds with shrinking steps.
    """
    count = len(part.radius)
    if count == 1:
        return np.zeros((1, 2))
    if count <= _SMALL:
        places = _unfold_small(count, tuple(part.left.tolist()), tuple(part.right.tolist()))
    else:
        places = _move(part, _spread_by_pivots(part))
    places = places - places.mean(axis=0)
    spread = float(np.sqrt((places * places).sum(axis=1).mean()))
    # A disc with this much room for each node has this root mean square distance from its centre.
    room = np.maximum(_ROOM, 2 * part.radius + _GAP)
    scale = float(np.sqrt((room * room).sum() / (2 * np.pi))) / spread
    # Chains and rings leave most of such a disc empty: half of the ties at least shall be seen between their nodes.
    apart = places[part.right] - places[part.left]
    lengths = np.sqrt((apart * apart).sum(axis=1))
    wanted = part.radius[part.left] + part.radius[part.right] + _SEEN
    seen = float(np.median(wanted / np.maximum(lengths, 1e-9)))
    return _clear_overlaps(places * max(scale, min(seen, _MOST_STRETCHED * scale)), part.radius)


@lru_cache(maxsize=1024)
def _unfold_small(count: int, left: tuple[int, ...], right: tuple[int, ...]) -> Floats:
    """Return places of a small part, once for all that are tied alike; nobody sees how hard its ties pull."""
    part = Part(np.array(left), np.array(right), np.ones(len(left)), np.ones(count))
    return _move(part, _spread_by_pivots(part))


def _spread_by_pivots(part: Part) -> Floats:
    """Return places by classical scaling of the distances from some nodes that are far from each other, slightly shaken."""
    count = len(part.radius)
    ties = csr_array((np.ones(len(part.left)), (part.left, part.right)), shape=(count, count))
    pivots = min(_PIVOTS, count)
    distances = np.empty((count, pivots))
    nearest = np.full(count, np.inf)
    # The first pivot is the node with most ties, each next one the farthest from all before.
    pivot = int(np.argmax(np.bincount(np.concatenate((part.left, part.right)), minlength=count)))
    for index in range(pivots):
        distances[:, index] = dijkstra(ties, directed=False, indices=pivot, unweighted=True)
        nearest = np.minimum(nearest, distances[:, index])
        pivot = int(np.argmax(nearest))
    squares = distances * distances
    centred = squares.mean(axis=1)[:, None] + squares.mean(axis=0) - squares - squares.mean()
    places = np.stack(_find_axes(centred), axis=1)
    extent = float(np.abs(places).max()) or 1.0
    # Leaves of one node have the same distances.
    return places / extent + _shake(count) * 0.2


def _shake(count: int) -> Floats:
    """Return the same (count, 2) numbers between -0.5 and 0.5 on every run."""
    return np.random.Generator(np.random.PCG64(_SEED)).random((count, 2)) - 0.5


def _find_axes(centred: Floats) -> tuple[Floats, Floats]:
    """Return the projections on the two main axes, each of length 1 or zero, by the power method."""
    products = np.stack([(centred * column[:, None]).sum(axis=0) for column in centred.T])
    axes = []
    for _ in range(2):
        vector = 1.0 + np.arange(len(products)) / len(products)
        for _ in range(_POWER_ROUNDS):
            vector = (products * vector).sum(axis=1)
            vector /= float(np.sqrt((vector * vector).sum())) or 1.0
        image = (products * vector).sum(axis=1)
        value = float((image * vector).sum())
        products = products - value * vector[:, None] * vector[None, :]
        places = (centred * vector).sum(axis=1)
        axes.append(places / (float(np.sqrt((places * places).sum())) or 1.0))
    return axes[0], axes[1]


def _move(part: Part, places: Floats) -> Floats:
    count = len(part.radius)
    ends = np.concatenate((part.left, part.right))
    masses = np.bincount(ends, minlength=count).astype(np.float64) + 1.0
    stiffness = np.bincount(ends, np.concatenate((part.strength, part.strength)), count)
    pairs = (float(masses.sum()) ** 2 - float((masses * masses).sum())) / 2
    rounds = min(_MOST_ROUNDS, max(_FEWEST_ROUNDS, _WORK // count))
    for number in range(rounds):
        east = places[part.right, 0] - places[part.left, 0]
        north = places[part.right, 1] - places[part.left, 1]
        # The size at which pulls and pushes of the whole balance is known: pairs / sum of strength * length**2.
        pull = float((part.strength * (east * east + north * north)).sum())
        size = float(np.sqrt(pairs / pull)) if pull > 0 else 1.0
        places = places * size
        forces = find_repulsion(places, masses)
        for axis, along in enumerate((east * size, north * size)):
            forces[:, axis] += np.bincount(part.left, part.strength * along, count)
            forces[:, axis] -= np.bincount(part.right, part.strength * along, count)
        steps = forces / (2 * stiffness[:, None])
        lengths = np.sqrt((steps * steps).sum(axis=1))
        centre = places - places.mean(axis=0)
        radius = float(np.sqrt((centre * centre).sum(axis=1).mean()))
        limit = radius * (_FIRST_STEP + (_LAST_STEP - _FIRST_STEP) * number / rounds)
        places = places + steps * np.minimum(1.0, limit / np.maximum(lengths, 1e-300))[:, None]
    return places


def _clear_overlaps(places: Floats, radius: Floats) -> Floats:
    """Push nodes that overlap apart, the smaller one farther, until none does or the rounds are over."""
    count = len(radius)
    area = radius * radius
    # What lies in one place has no direction to go.
    places = places + _shake(count) * (_GAP / 100)
    for number in range(_CLEARING_ROUNDS):
        if number >= _CLEARING_ROUNDS // 4:
            # There is no room where they are; the picture as a whole grows a little.
            places = places * _GROWTH
        pairs = cKDTree(places).query_pairs(2 * float(radius.max()) + _GAP, output_type="ndarray")
        left, right = pairs[:, 0], pairs[:, 1]
        apart = places[right] - places[left]
        distance = np.sqrt((apart * apart).sum(axis=1))
        missing = radius[left] + radius[right] + _GAP - distance
        is_close = missing > _GAP / 100
        if not is_close.any():
            break
        left, right, missing = left[is_close], right[is_close], missing[is_close]
        unit = apart[is_close] / np.maximum(distance[is_close], 1e-9)[:, None]
        share = area[right] / (area[left] + area[right])
        for axis in range(2):
            places[:, axis] -= np.bincount(left, missing * share * unit[:, axis], count)
            places[:, axis] += np.bincount(right, missing * (1 - share) * unit[:, axis], count)
    return places
