"""How much sets have in common, many with many: sums of products, where a loop over pairs would intersect each two."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray


def count_shared(
    sets: Sequence[Collection[Hashable]], rows: NDArray[np.intp], most_columns: int | None = None
) -> NDArray[np.float32]:
    """Return how many elements sets share, shape (rows, sets).

    Args:
        sets: each without repetition.
        rows: places of those that are compared with all.
        most_columns: columns of the table that is multiplied; where there are more different elements, several share a column,
            and the counts are of as many elements or more. None for as many columns as elements: then they are exact.
    """
    numbers: dict[Hashable, int] = {}
    places = [(at, numbers.setdefault(element, len(numbers))) for at, elements in enumerate(sets) for element in elements]
    columns = len(numbers) if most_columns is None else min(len(numbers), most_columns)
    table = np.zeros((len(sets), max(columns, 1)), np.float32)
    if places:
        at, number = np.array(places).T
        np.add.at(table, (at, number % columns), 1)
    shared: NDArray[np.float32] = table[rows] @ table.T
    return shared
