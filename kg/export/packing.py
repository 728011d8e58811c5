"""Where the unconnected parts of a network stand: the largest in the middle, the others around it without a gap or overlap.

The method packs shapes of square cells (Freivalds, Dogrusoz and Kikusts 2001, "Disconnected graph layout and the
polyomino packing approach").
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.export.repulsion import Floats

_Cells = NDArray[np.bool_]

#: Side of a cell, in the unit of sizes, at least; larger where the parts would have more cells, or one part a longer row.
_CELL = 40.0
_MOST_CELLS, _LONGEST_ROW = 60_000, 300
#: How much stays free around a node.
_MARGIN = 12.0
#: The picture is that much wider than high, as screens are.
_ASPECT = 1.5


def pack_parts(places: Sequence[Floats], radii: Sequence[Floats]) -> list[Floats]:
    """Return the places of each part, moved as a whole so that no two parts overlap.

    Args:
        places: (n, 2) for each part, around (0, 0); the parts that are to stand in the middle first.
        radii: (n,) for each part: how large its nodes are drawn.

    Returns:
        As many arrays of the same shapes, the first one's part around (0, 0); none for no parts.
    """
    if not places:
        return []
    extents = np.array(
        [
            np.ptp(np.concatenate((part - size[:, None], part + size[:, None])), axis=0)
            for part, size in zip(places, radii, strict=True)
        ]
    )
    extents += 2 * _MARGIN
    area = float((extents[:, 0] * extents[:, 1]).sum())
    cell = max(_CELL, float(np.sqrt(area / _MOST_CELLS)), float(extents.max()) / _LONGEST_ROW)
    shapes = [_find_shape(part, radius, cell) for part, radius in zip(places, radii, strict=True)]
    spots = _place_shapes([cells for cells, _ in shapes])
    middle = spots[0] + np.array(shapes[0][0].shape) / 2
    moves = [(spot - middle) * cell - low for (_, low), spot in zip(shapes, spots, strict=True)]
    return [part + move for part, move in zip(places, moves, strict=True)]


def _find_shape(places: Floats, radius: Floats, cell: float) -> tuple[_Cells, Floats]:
    """Return the cells of this side that a part covers, by column and row, and the corner of the first cell.

    Each column is filled from its lowest to its highest node, and each row likewise: ties are covered with what they join.
    """
    reach = (radius + _MARGIN)[:, None]
    low = (places - reach).min(axis=0)
    first = ((places - reach - low) // cell).astype(np.int64)
    last = ((places + reach - low) // cell).astype(np.int64)
    cells = np.zeros(last.max(axis=0) + 1, dtype=np.bool_)
    cells |= _fill_columns(first, last, cells.shape)
    cells |= _fill_columns(first[:, ::-1], last[:, ::-1], cells.shape[::-1]).T
    return cells, low


def _fill_columns(first: NDArray[np.int64], last: NDArray[np.int64], shape: tuple[int, ...]) -> _Cells:
    width, height = shape
    bottom, top = np.full(width, height), np.full(width, -1)
    for column in range(int((last - first)[:, 0].max()) + 1):
        within = first[:, 0] + column <= last[:, 0]
        at = first[within, 0] + column
        np.minimum.at(bottom, at, first[within, 1])
        np.maximum.at(top, at, last[within, 1])
    # Columns that ties cross between two nodes have the height of their neighbours.
    known = np.flatnonzero(top >= 0)
    every = np.arange(width)
    lowest = np.floor(np.interp(every, known, bottom[known]))[:, None]
    highest = np.ceil(np.interp(every, known, top[known]))[:, None]
    rows = np.arange(height)
    filled: _Cells = (rows >= lowest) & (rows <= highest)
    return filled


def _place_shapes(shapes: Sequence[_Cells]) -> list[NDArray[np.int64]]:
    """Return the cell of the first corner of each shape; the spots nearest to the middle are taken first."""
    longest = max(max(cells.shape) for cells in shapes)
    half = int(np.ceil(np.sqrt(sum(cells.size for cells in shapes)) * _ASPECT)) + longest
    taken = np.zeros((2 * half + longest + 1, 2 * half + longest + 1), dtype=np.bool_)
    spiral = _find_spiral(half)
    # Of one shape, what has been tried in vain stays taken.
    reached: dict[tuple[tuple[int, ...], bytes], int] = {}
    spots = []
    for cells in shapes:
        key = (cells.shape, cells.tobytes())
        number = reached.get(key, 0)
        while True:
            corner = spiral[number] - np.array(cells.shape) // 2 + half + longest // 2
            here = taken[corner[0] : corner[0] + cells.shape[0], corner[1] : corner[1] + cells.shape[1]]
            if not (here & cells).any():
                break
            number += 1
        here |= cells
        reached[key] = number
        spots.append(corner)
    return spots


def _find_spiral(half: int) -> NDArray[np.int64]:
    """Return the cells around (0, 0) by their distance from it, those of one distance by column and row."""
    across = np.arange(-half, half + 1)
    high = np.arange(-int(half / _ASPECT), int(half / _ASPECT) + 1)
    columns, rows = (grid.ravel() for grid in np.meshgrid(across, high, indexing="ij"))
    distance = columns * columns + (rows * _ASPECT) ** 2
    order = np.lexsort((rows, columns, distance))
    return np.stack((columns[order], rows[order]), axis=1)
