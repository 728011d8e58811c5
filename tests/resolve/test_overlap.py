"""What sets share, counted for many at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.overlap import count_shared

sets = st.lists(st.frozensets(st.integers(0, 12)), min_size=1, max_size=8)


@given(sets, st.data())
def test_counts_are_those_of_intersecting_and_never_less_with_few_columns(
    found: list[frozenset[int]], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.integers(0, len(found) - 1), unique=True, min_size=1))
    expected = [[len(found[row] & other) for other in found] for row in rows]
    assert count_shared(found, np.array(rows)).tolist() == expected
    assert (count_shared(found, np.array(rows), 3) >= expected).all()
