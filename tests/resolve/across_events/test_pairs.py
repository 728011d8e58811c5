"""Which reports of a block are compared at all."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.across_events.compare import find_contradiction, prepare, score_reports
from kg.resolve.across_events.pairs import Member, find_pairs, list_meeting
from kg.resolve.across_events.parties import list_names, match_party, match_sides
from tests.resolve.across_events.samples import AAS, BRODD, IZMAIL, NORWAY, NOWHERE, OFFICIAL, RUSSIA, SUMY, UKRAINE, make_report

PARTIES = (RUSSIA, UKRAINE, NORWAY, AAS, BRODD, OFFICIAL, SUMY, IZMAIL, NOWHERE)
SIDES = st.lists(st.sampled_from(PARTIES), unique=True, max_size=2).map(tuple)
TOLD = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["ASSAULT", "COERCE", "CONSULT", "AGREE", "PROTEST"]),
        "modality": st.sampled_from(["actual", "actual", "future"]),
        "actors": SIDES,
        "recipients": SIDES,
        "date": st.sampled_from([None, "2026-03-01", "2026-03-02", "2026-03-05", "2026-03"]),
        "published": st.sampled_from([None, "2026-03-02", "2026-03-25"]),
    }
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(TOLD, st.booleans()), max_size=7))
def test_no_two_reports_of_one_event_are_passed_over(told: list[tuple[dict[str, Any], bool]]) -> None:
    reports = [prepare(make_report(f"d{at}#e1", **one)) for at, (one, _) in enumerate(told)]
    is_fresh = [fresh for _, fresh in told]
    found = list_meeting(reports, is_fresh)
    assert found == sorted(set(found))
    for at in range(len(reports)):
        for beside in range(at + 1, len(reports)):
            is_wanted = is_fresh[at] or is_fresh[beside]
            if not is_wanted:
                assert (at, beside) not in found
            elif (at, beside) not in found:
                assert score_reports(reports[at], reports[beside]) is None


@settings(max_examples=500, deadline=None, derandomize=True)
@given(TOLD, TOLD)
def test_reports_without_a_score_are_those_that_contradict_each_other(left: dict[str, Any], right: dict[str, Any]) -> None:
    one, other = prepare(make_report("a#e1", **left)), prepare(make_report("b#e1", **right))
    assert (score_reports(one, other) is None) == bool(find_contradiction(one, other))


@given(SIDES, SIDES)
def test_sides_that_match_share_a_name(left: Any, right: Any) -> None:
    names, others = list_names(left), list_names(right)
    if match_sides(left, right).share > 0:
        assert not names or not others or names & others


def test_a_place_of_an_unknown_state_has_no_names_to_tell_it_by() -> None:
    assert match_party(NOWHERE, UKRAINE) > 0
    assert list_names((NOWHERE, RUSSIA)) == list_names(()) == frozenset()
    assert list_names((AAS,)) == {"aas", "no"}


def test_a_pair_is_compared_in_the_first_block_that_it_shares() -> None:
    one, other = (prepare(make_report(f"{name}#e1", date="2026-03-03")) for name in "ab")
    members = [Member(one, frozenset({1, 2, 4}), is_fresh=True), Member(other, frozenset({2, 3, 4}), is_fresh=False)]
    assert [(at, beside) for at, beside, _ in find_pairs(members, 2)] == [(0, 1)]
    assert list(find_pairs(members, 4)) == []
    assert list(find_pairs([member._replace(is_fresh=False) for member in members], 2)) == []
