"""Which claims report one utterance."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from kg.model.cluster import ClaimReport
from kg.model.occurrence import Origin
from kg.resolve.across_claims.describe import describe_utterance
from kg.resolve.across_claims.utterances import compare_reports, find_utterances, order_reports
from tests.resolve.across_claims.samples import BERG, KELL, NORLAND, make_claim, make_wording

PIRACY = "the blockade of our ports is an act of piracy against a peaceful country"
FIRST = make_claim("a", make_wording(PIRACY), BERG)
SHORTER = make_claim("b", make_wording("that the blockade of our ports is an act of piracy"), BERG, published="2026-05-02")
RELAYED = make_claim("c", make_wording(PIRACY), BERG, published="2026-05-03", relays=("https://x.example/wynn",))


def test_a_cut_quotation_of_one_source_is_one_utterance() -> None:
    assert find_utterances([RELAYED, SHORTER, FIRST]) == [(FIRST, SHORTER, RELAYED)]


@pytest.mark.parametrize("order", list(permutations([FIRST, SHORTER, RELAYED])))
def test_the_order_of_the_claims_does_not_matter(order: tuple[ClaimReport, ...]) -> None:
    assert find_utterances(order) == find_utterances([FIRST, SHORTER, RELAYED])


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (make_claim("b", make_wording(PIRACY), KELL), "another speaker"),
        (make_claim("b", make_wording(PIRACY), BERG, published="2026-07-01"), "two months later"),
        (make_claim("b", make_wording(PIRACY, negated=True), BERG), "the opposite"),
        (make_claim("b", make_wording(PIRACY, mood="ask"), BERG), "a question"),
        (make_claim("b", make_wording(PIRACY)), "nobody known"),
        (make_claim("b", make_wording("the fishermen of our ports want a peaceful country"), BERG), "other words"),
    ],
)
def test_what_differs_in_more_than_words_is_another_utterance(other: ClaimReport, why: str) -> None:
    assert compare_reports(FIRST, other) is None, why


def test_a_state_and_its_minister_may_be_given_the_same_words() -> None:
    assert compare_reports(FIRST, make_claim("b", make_wording(PIRACY), NORLAND)) is not None


def test_sources_that_nobody_knows_are_one_where_their_words_are() -> None:
    left, right, other = (
        make_claim(name, make_wording(PIRACY), source=who) for name, who in (("a", "a pilot"), ("b", "a pilot"), ("c", "a cook"))
    )
    assert compare_reports(left, right) is not None
    assert compare_reports(left, other) is None


def test_one_document_that_repeats_itself_reports_nothing_twice() -> None:
    twice = FIRST.model_copy(update={"claim": "a#a2"})
    assert find_utterances([FIRST, twice]) == []


def list_by_trying_all(reports: list[ClaimReport]) -> list[tuple[ClaimReport, ...]]:
    """Return the utterances as they are defined: each claim goes to the earliest one whose first report it is like."""
    groups: list[list[ClaimReport]] = []
    for report in order_reports(reports):
        group = next((one for one in groups if compare_reports(one[0], report) is not None), None)
        if group is None:
            groups.append([report])
        else:
            group.append(report)
    return [tuple(group) for group in groups if len({report.document for report in group}) > 1]


def test_no_utterance_is_missed_for_the_time_of_its_reports() -> None:
    chosen = random.Random(3)  # noqa: S311 - the same reports each time
    told = (
        *(None, "soon", "2026-05-30Tlate"),
        *(f"2026-{month:02}-{day:02}" for month in (5, 6, 7) for day in range(1, 31, 3)),
        *(f"2026-05-{day:02}T{hour:02}:30:00{offset}" for day in (9, 20) for hour in (1, 23) for offset in ("+14:00", "-11:00")),
    )
    contents = (PIRACY, "that the blockade of our ports is an act of piracy", "the ports of a peaceful country want no blockade")
    for _ in range(20):
        reports = [
            make_claim(f"d{number}", make_wording(chosen.choice(contents)), BERG).model_copy(
                update={"published": chosen.choice(told)}
            )
            for number in range(60)
        ]
        assert find_utterances(reports) == list_by_trying_all(reports)


def test_short_contents_must_be_the_same() -> None:
    left, right = make_claim("a", make_wording("a sad day"), BERG), make_claim("b", make_wording("that a sad day"), BERG)
    assert compare_reports(left, right) is not None
    assert compare_reports(left, make_claim("b", make_wording("a sad story"), BERG)) is None


def test_an_utterance_has_its_source_its_relays_and_its_independent_publishers() -> None:
    origins = {
        name: Origin(document=name, publisher=who, copy_of=name) for name, who in (("a", "post"), ("b", "post"), ("c", "mail"))
    }
    utterance = describe_utterance([FIRST, SHORTER, RELAYED], origins)
    assert (utterance.source, utterance.relays, utterance.first) == (BERG.actor, ("https://x.example/wynn",), "a#a1")
    assert (len(utterance.reports), utterance.documents, utterance.publishers) == (3, 3, 2)


def test_the_first_report_is_told_by_the_instant_and_one_without_a_date_is_last() -> None:
    times = {
        "a": "2026-05-01T12:00:00+03:00",
        "b": "2026-05-01T10:30:00Z",
        "c": "2026-05-01T05:00:00-05:00",
        "d": "2026-05-01",
        "e": None,
    }
    claims = [make_claim(name, make_wording(PIRACY), BERG, published=published) for name, published in times.items()]
    assert [claim.document for claim in order_reports(claims)] == ["d", "a", "c", "b", "e"]
