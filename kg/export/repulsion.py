"""How hard nodes push each other away, exactly for few of them, over a pyramid of grids for many.

Only sums, products, quotients and square roots are used, which IEEE 754 fixes to the last bit, and no library whose
order of summing depends on the processor: a layout feeds the result back hundreds of times.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: Pairs of so many nodes are computed one by one in less time than over grids.
_EXACT_LIMIT = 400
#: A cell of the finest grid holds so many nodes on average.
_NODES_A_CELL = 2
#: What lies in the 3 by 3 cells around a node is left to the next finer grid.
_REACH = 1
#: Within a cell of the finest grid a node meets so many others before and after it, in the order of the nodes.
_MOST_MET = 100


def find_repulsion(places: Floats, masses: Floats) -> Floats:
    """Return the sum of `mass * (place - other) / distance**2` over all other nodes for each node, times its own mass.

    Args:
        places: (n, 2), of any extent. Nodes in one place do not push each other.
        masses: (n,), above 0.

    Returns:
        (n, 2). Of more than 400 nodes an approximation (Barnes and Hut 1986, on the cells of grids that are each twice as
        fine as the one before): far nodes act as one in their centre of mass.
    """
    forces = _push_pairwise(places, masses) if len(places) <= _EXACT_LIMIT else _push_by_cells(places, masses)
    return forces * masses[:, None]


def _push_pairwise(places: Floats, masses: Floats) -> Floats:
    east = places[:, 0, None] - places[None, :, 0]
    north = places[:, 1, None] - places[None, :, 1]
    return _sum_pushes(east, north, np.broadcast_to(masses, east.shape))


def _push_by_cells(places: Floats, masses: Floats) -> Floats:
    low = places.min(axis=0)
    side = float((places - low).max()) * (1 + 1e-9) or 1.0
    finest = 2
    while 4 ** (finest + 1) * _NODES_A_CELL <= len(places):
        finest += 1
    forces = np.zeros_like(places)
    for level in range(2, finest + 1):
        cells = np.minimum(((places - low) * (2**level / side)).astype(np.int64), 2**level - 1)
        forces += _push_at_level(places, masses, cells, 2**level, is_finest=level == finest)
    return forces


def _push_at_level(places: Floats, masses: Floats, cells: Whole, width: int, *, is_finest: bool) -> Floats:
    """Return the push of the cells that the next coarser grid left open; at the finest grid, of those around a node too."""
    # A rim of three empty cells on each side spares the question whether a neighbour lies within the grid.
    stride = width + 6
    own = (cells[:, 0] + 3) * stride + cells[:, 1] + 3
    mass = np.bincount(own, masses, stride * stride)
    held = np.maximum(mass, 1e-300)
    centre_x = np.bincount(own, masses * places[:, 0], stride * stride) / held
    centre_y = np.bincount(own, masses * places[:, 1], stride * stride) / held
    # The children of the 3 by 3 cells around a node's parent begin two cells before the pair that the node is one of.
    first = cells // 2 * 2 - 2
    forces = np.zeros_like(places)
    for step_x, step_y in product(range(6), repeat=2):
        near_x, near_y = first[:, 0] + step_x, first[:, 1] + step_y
        if is_finest:
            is_open = (near_x != cells[:, 0]) | (near_y != cells[:, 1])
        else:
            is_open = (np.abs(near_x - cells[:, 0]) > _REACH) | (np.abs(near_y - cells[:, 1]) > _REACH)
        at = (near_x + 3) * stride + near_y + 3
        east, north = places[:, 0] - centre_x[at], places[:, 1] - centre_y[at]
        share = _divide(np.where(is_open, mass[at], 0.0), east * east + north * north)
        forces[:, 0] += east * share
        forces[:, 1] += north * share
    return forces + _push_within_cells(places, masses, own) if is_finest else forces


def _push_within_cells(places: Floats, masses: Floats, own: Whole) -> Floats:
    """Return the pushes of the nodes in the same cell, one by one: in common they would drive all to one place."""
    order = np.argsort(own, kind="stable")
    cell, x, y, mass = own[order], places[order, 0], places[order, 1], masses[order]
    sums = np.zeros_like(places)
    for step in range(1, min(_MOST_MET, len(order) - 1) + 1):
        here = np.flatnonzero(cell[:-step] == cell[step:])
        if not len(here):
            break
        there = here + step
        east, north = x[here] - x[there], y[here] - y[there]
        square = east * east + north * north
        for one, other, sign in ((here, there, 1.0), (there, here, -1.0)):
            share = _divide(mass[other], square) * sign
            sums[one, 0] += east * share
            sums[one, 1] += north * share
    forces = np.empty_like(places)
    forces[order] = sums
    return forces


def _sum_pushes(east: Floats, north: Floats, masses: Floats) -> Floats:
    share = _divide(masses, east * east + north * north)
    return np.stack(((east * share).sum(axis=1), (north * share).sum(axis=1)), axis=1)


def _divide(masses: Floats, squares: Floats) -> Floats:
    """Return the quotients; 0 for nodes in one place."""
    return np.where(squares > 0, masses / np.where(squares > 0, squares, 1.0), 0.0)
