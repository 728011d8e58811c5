"""Groups joined by their sums are those that adding up all pairs anew gives."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.linkage import Linkage

MEMBERS = "abcdefg"
Scores = dict[tuple[str, str], float | None]


def join_by_adding(scores: Scores, order: list[tuple[str, str]]) -> set[frozenset[str]]:
    """Join as `Linkage` does, in whole numbers, with every pair of members added up each time."""
    groups = {member: frozenset(member) for member in MEMBERS}
    for left, right in order:
        ours, theirs = groups[left], groups[right]
        values = [scores[min(one, other), max(one, other)] for one in ours for other in theirs if one != other]
        if ours == theirs or None in values or sum(round(value * 1000) for value in values if value is not None) <= 0:
            continue
        groups |= dict.fromkeys(ours | theirs, ours | theirs)
    return set(groups.values())


pairs = list(combinations(MEMBERS, 2))
tables = st.fixed_dictionaries({pair: st.sampled_from([None, -2.0, -0.3, 0.0, 0.1, 0.2, 0.3, 1.5]) for pair in pairs})


@settings(max_examples=500, deadline=None, derandomize=True)
@given(tables, st.permutations(pairs))
def test_groups_are_those_of_adding_up_each_time(scores: Scores, order: list[tuple[str, str]]) -> None:
    linkage = Linkage(MEMBERS, lambda one, other: scores[min(one, other), max(one, other)])
    for left, right in order:
        before = set(linkage.get_group(left))
        was_joined = linkage.join(left, right)
        assert was_joined == (right not in before and right in linkage.get_group(left))
    found = [frozenset(group) for group in linkage.list_groups()]
    assert set(found) == join_by_adding(scores, order)
    assert sorted(member for group in found for member in group) == list(MEMBERS)


def test_two_members_are_scored_once_however_often_a_pair_asks() -> None:
    asked: list[tuple[int, int]] = []

    def score(one: int, other: int) -> float:
        asked.append((one, other))
        return 1.0 if one // 10 == other // 10 else -1.0

    linkage = Linkage(range(40), score)
    for left, right in combinations(range(40), 2):
        linkage.join(left, right)
    assert len(linkage.list_groups()) == 4
    assert len(asked) == len(set(asked)) <= 40 * 39 // 2


def test_a_chain_of_many_joins_is_summed() -> None:
    linkage = Linkage(range(3000), lambda one, other: 1.0 if other < 2000 or one >= 2000 else None)
    for number in range(1999):
        assert linkage.join(number, number + 1)
    assert not linkage.join(0, 2999)
    assert len(linkage.get_group(5)) == 2000


def test_tenths_have_no_order_of_adding() -> None:
    scores = {("a", "b"): 1.0, ("a", "c"): 0.3, ("b", "c"): -0.3}
    linkage = Linkage("abc", lambda one, other: scores[min(one, other), max(one, other)])
    assert linkage.join("a", "b")
    assert not linkage.join("a", "c")
