"""Claims that pass filters are the same whether the store alone or the index and the store are asked."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from kg.query import search_filters, search_found
from kg.query.search_filters import ClaimFilters, find_claims, list_claim_rows
from kg.query.search_found import find_indexed_claims
from kg.query.search_index import build_index, read_contents
from kg.store.terms import OxStore, RdfFormat

PUTIN, RUSSIA = "https://sayso.example/actor/putin", "https://sayso.example/actor/russia"
DAYS = ((None, None), (date(2025, 3, 6), date(2025, 3, 6)), (date(2025, 3, 2), None), (None, date(2025, 3, 5)))
NAMED = (
    ClaimFilters(),
    ClaimFilters(about=(PUTIN,)),
    ClaimFilters(about=(RUSSIA,), frame="stalling"),
    ClaimFilters(frame="stalling"),
    ClaimFilters(speaker=RUSSIA),
    ClaimFilters(speaker=RUSSIA, through_holders=True),
    ClaimFilters(addressee=PUTIN),
)
SIDES = ({}, {"polarity": "affirmed"}, {"polarity": "negated"}, {"cue_types": ("statement", "denial")})
FILTERS = [
    named.model_copy(update={**side, "since": since, "until": until})
    for named, side, (since, until) in itertools.product(NAMED, SIDES, DAYS)
]


def make_dated() -> OxStore:
    """Claims about one actor: of two days, of a month, of no day, without content; and a node that is no claim."""
    store = OxStore()
    store.load(
        b"""@prefix kg: <https://sayso.example/ontology#> . @prefix d: <https://sayso.example/document/> .
        @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
        @prefix a: <https://sayso.example/actor/> .
        d:a { <https://sayso.example/document/a#a1> a kg:Claim ; kg:content "one" ; kg:about a:putin ; kg:published "2025-03-06" ;
            nif:anchorOf "One." .
          <https://sayso.example/document/a#a2> a kg:Claim ; kg:content "two" ; kg:about a:putin ; nif:anchorOf "Two." ;
            kg:published "2025-03-07T01:00:00Z" .
          <https://sayso.example/document/a#a3> a kg:Claim ; kg:content "three" ; kg:about a:putin ; kg:published "2025-04" ;
            nif:anchorOf "Three." .
          <https://sayso.example/document/a#a4> a kg:Claim ; kg:content "four" ; kg:about a:putin ; nif:anchorOf "Four." .
          <https://sayso.example/document/a#a5> a kg:Claim ; kg:about a:putin ; kg:published "2025-03-06" ; nif:anchorOf "" . }
        <https://sayso.example/graph/claims> { <https://sayso.example/thesis/1> a kg:Thesis ; kg:about a:putin . }""",
        format=RdfFormat.TRIG,
    )
    return store


@pytest.mark.parametrize("cost", [0, 3, 1000])
@pytest.mark.parametrize("filters", FILTERS)
def test_the_index_and_the_store_find_the_same_claims(
    newsroom: OxStore, filters: ClaimFilters, cost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_found, "_LOOKED_UP", cost)
    index = build_index(read_contents(newsroom), {})
    assert find_indexed_claims(newsroom, index, filters) == find_claims(newsroom, filters)


@pytest.mark.parametrize("cost", [0, 3, 1000])
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ClaimFilters(about=(PUTIN,)), ["a1", "a2", "a3", "a4"]),
        (ClaimFilters(about=(PUTIN,), since=date(2025, 3, 6), until=date(2025, 3, 6)), ["a1"]),
        (ClaimFilters(about=(PUTIN,), since=date(2025, 3, 7)), ["a2", "a3"]),
        (ClaimFilters(until=date(2025, 3, 31)), ["a1", "a2"]),
    ],
)
def test_a_claim_of_a_month_is_dated_by_the_store_and_one_without_day_is_left_out(
    filters: ClaimFilters, expected: list[str], cost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_found, "_LOOKED_UP", cost)
    store = make_dated()
    found = find_indexed_claims(store, build_index(read_contents(store), {}), filters)
    assert sorted(claim.partition("#")[2] for claim in found) == expected


def test_the_store_is_asked_for_few_claims_at_a_time_and_all_are_found(
    newsroom: OxStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = sorted(find_claims(newsroom, ClaimFilters()))
    whole = find_claims(newsroom, ClaimFilters(polarity="negated"), claims)
    monkeypatch.setattr(search_filters, "_MOST_LOOKED_UP", 3)
    assert find_claims(newsroom, ClaimFilters(polarity="negated"), claims) == whole != set()


def test_rows_that_are_read_in_parts_come_in_the_order_of_one_query(newsroom: OxStore, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = sorted(find_claims(newsroom, ClaimFilters()), key=lambda claim: claim[::-1])
    whole = list_claim_rows(newsroom, ClaimFilters(), claims)
    monkeypatch.setattr(search_filters, "_MOST_LOOKED_UP", 2)
    assert list_claim_rows(newsroom, ClaimFilters(), claims) == whole
    assert len(whole) >= len(claims)


def test_no_claim_asked_for_is_no_claim_found(newsroom: OxStore) -> None:
    assert find_claims(newsroom, ClaimFilters(), []) == set()
    assert list_claim_rows(newsroom, ClaimFilters(), []) == []
