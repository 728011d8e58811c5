"""Positions for the nodes of a small network, so that those that are tied lie near each other; the same on every run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 240
#: Draws all nodes to the middle, so that parts without a tie do not drift away.
_GRAVITY = 0.3


def place_nodes(number: int, ties: Sequence[tuple[int, int, float]]) -> NDArray[np.float64]:
    """Return a position for each node, by springs and repulsion (Fruchterman and Reingold, 1991).

    Args:
        number: of nodes; each round costs its square.
        ties: pairs of numbers of nodes, with a weight above 0.

    Returns:
        Shape (number, 2), within -1 and 1, three decimals.
    """
    if number == 0:
        return np.zeros((0, 2))
    # A sunflower: no two nodes begin at one place, and none is in a row with its neighbours.
    angles = np.arange(number) * 2.399963229728653
    radii = np.sqrt((np.arange(number) + 0.5) / number)
    places = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    ends = np.array([(a, b) for a, b, _ in ties if a != b], dtype=np.intp).reshape(-1, 2)
    weights = np.log1p(np.array([weight for a, b, weight in ties if a != b], dtype=np.float64))
    ideal = 1.1 / np.sqrt(number)
    for turn in range(_ROUNDS):
        gaps = places[:, None, :] - places[None, :, :]
        squares = np.maximum((gaps**2).sum(axis=2), 1e-6)
        moves = (gaps * (ideal**2 / squares)[:, :, None]).sum(axis=1)
        if len(ends):
            along = places[ends[:, 0]] - places[ends[:, 1]]
            pull = along * (np.sqrt((along**2).sum(axis=1)) * weights / ideal)[:, None]
            np.add.at(moves, ends[:, 0], -pull)
            np.add.at(moves, ends[:, 1], pull)
        moves -= places * _GRAVITY
        lengths = np.maximum(np.sqrt((moves**2).sum(axis=1)), 1e-9)
        step = 0.12 * (1 - turn / _ROUNDS) + 0.002
        places += moves * (np.minimum(lengths, step) / lengths)[:, None]
    places -= (places.max(axis=0) + places.min(axis=0)) / 2
    # The middle is crowded and the rim is empty: distances from the middle are evened out.
    radii = np.sqrt((places**2).sum(axis=1))
    if radii.max() > 0:
        places *= (np.sqrt(radii.max()) / np.sqrt(np.maximum(radii, 1e-9)))[:, None]
    extent = np.abs(places).max()
    return np.round(places / extent, 3) if extent > 0 else places
