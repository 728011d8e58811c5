"""Contents and the cues that take them."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.learned.assignment import assign_contents

_SCORE = st.floats(-10, 0, allow_nan=False)
_TABLES = st.integers(1, 5).flatmap(lambda cues: st.lists(st.lists(_SCORE, min_size=cues, max_size=cues), max_size=5))


def _add_up(scores: list[list[float]], chosen: list[int], bonus: float) -> float:
    return sum(row[cue] for row, cue in zip(scores, chosen, strict=True)) + bonus * len(set(chosen))


def test_no_contents_choose_nothing() -> None:
    assert assign_contents([], 4.0) == []


def test_a_content_goes_to_its_best_cue_where_nobody_competes() -> None:
    assert assign_contents([[-1.0, -0.1, -5.0], [-0.2, -3.0, -4.0]], 4.0) == [1, 0]


def test_of_two_equal_cues_the_first_takes_the_content() -> None:
    assert assign_contents([[-1.0, -1.0]], 4.0) == [0]


def test_a_content_leaves_a_shared_cue_for_one_without_content() -> None:
    assert assign_contents([[-0.1, -2.0], [-0.1, -6.0]], 4.0) == [1, 0]


def test_contents_share_a_cue_where_the_other_is_too_unlikely() -> None:
    assert assign_contents([[-0.1, -9.0], [-0.1, -8.0]], 4.0) == [0, 0]


def test_one_move_may_ask_for_another() -> None:
    """The third content can only have the second cue, whose content then has to take the third."""
    scores = [[-0.1, -9.0, -9.0], [-8.0, -0.1, -1.0], [-0.2, -1.0, -9.0]]
    assert assign_contents(scores, 4.0) == [0, 2, 1]


@given(_TABLES, st.floats(0, 6))
def test_no_other_choice_is_worth_more(scores: list[list[float]], bonus: float) -> None:
    chosen = assign_contents(scores, bonus)
    others = product(range(len(scores[0])), repeat=len(scores)) if scores else [()]
    best = max(_add_up(scores, list(other), bonus) for other in others)
    assert _add_up(scores, chosen, bonus) == pytest.approx(best)


def test_it_agrees_with_an_assignment_solver_on_larger_tables() -> None:
    optimize = pytest.importorskip("scipy.optimize", reason="compares with SciPy's solver, which is not a dependency")
    choose = random.Random(3)  # noqa: S311 - not for secrets
    for _ in range(60):
        count, cues = choose.randint(1, 14), choose.randint(1, 14)
        scores = [[choose.uniform(-10, 0) for _ in range(cues)] for _ in range(count)]
        seats = [[value + 4.0 for value in row] + row * count for row in scores]
        _, taken = optimize.linear_sum_assignment(seats, maximize=True)
        assert assign_contents(scores, 4.0) == [int(seat) % cues for seat in taken]
