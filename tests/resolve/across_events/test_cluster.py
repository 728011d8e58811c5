"""Reports joined to events."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.across_events.cluster import find_components, group_reports
from tests.resolve.across_events.samples import IZMAIL, NORWAY, SUMY, make_report

MONDAY = make_report("a#e1", date="2026-03-02", places=(SUMY,))
MONDAY_AGAIN = make_report("b#e1", date="2026-03-02", places=(SUMY,))
FRIDAY = make_report("c#e1", date="2026-03-06", published="2026-03-07", places=(SUMY,))
UNDATED = make_report("d#e1", published="2026-03-07")
ELSEWHERE = make_report("e#e1", date="2026-03-02", places=(IZMAIL,))
OTHERS = make_report("f#e1", date="2026-03-02", actors=(NORWAY,))


def test_nothing_gives_no_group() -> None:
    assert group_reports([]) == []


def test_a_report_that_nothing_is_known_of_stands_alone() -> None:
    alone = make_report("g#e1", actors=(), recipients=(), published=None)
    assert group_reports([alone, MONDAY]) == [("a#e1",), ("g#e1",)]


def test_what_joins_two_events_that_exclude_each_other_goes_to_one_of_them() -> None:
    groups = group_reports([MONDAY, MONDAY_AGAIN, FRIDAY, UNDATED])
    assert groups == [("a#e1", "b#e1"), ("c#e1", "d#e1")]


@pytest.mark.parametrize("order", list(permutations([MONDAY, FRIDAY, UNDATED, ELSEWHERE]))[::5])
def test_the_order_of_the_reports_does_not_matter(order: tuple[object, ...]) -> None:
    expected = group_reports([MONDAY, FRIDAY, UNDATED, ELSEWHERE])
    assert group_reports(order) == expected  # type: ignore[arg-type]


def test_places_and_actors_keep_events_of_one_day_apart() -> None:
    assert group_reports([MONDAY, ELSEWHERE, OTHERS, MONDAY_AGAIN]) == [("a#e1", "b#e1"), ("e#e1",), ("f#e1",)]


pairs = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] < pair[1]), max_size=8
)


@settings(deadline=None)
@given(pairs)
def test_components_are_a_partition_that_no_pair_crosses(links: list[tuple[str, str]]) -> None:
    groups = find_components(links, "abcdef")
    assert sorted(event for group in groups for event in group) == list("abcdef")
    assert all(any(left in group and right in group for group in groups) for left, right in links)
