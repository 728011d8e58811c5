from __future__ import annotations

from datetime import date

import pytest

from kg.query.catalogue import find_query
from kg.query.pages.choosing import ClaimChoice, EventChoice, choose_claims, choose_events, list_members, to_reading_order
from kg.query.reader import to_text
from kg.query.run import run_named_query
from kg.query.search_filters import ClaimFilters, find_claims
from kg.store.terms import OxStore
from tests.query.pages.conftest import ACTOR, DOCUMENT


@pytest.mark.parametrize(
    ("choice", "filters"),
    [
        (ClaimChoice(speaker=f"{ACTOR}ilmar-kask"), ClaimFilters(speaker=f"{ACTOR}ilmar-kask")),
        (ClaimChoice(said_of=f"{ACTOR}putin"), ClaimFilters(about=(f"{ACTOR}putin",))),
        (ClaimChoice(frame="stalling"), ClaimFilters(frame="stalling")),
        (ClaimChoice(frame="stalling", side="negated"), ClaimFilters(frame="stalling", polarity="negated")),
        (ClaimChoice(cue="denial"), ClaimFilters(cue_types=("denial",))),
    ],
)
def test_claims_are_chosen_by_the_filters_of_the_search(desk: OxStore, choice: ClaimChoice, filters: ClaimFilters) -> None:
    chosen = choose_claims(desk, choice)
    assert {entry.iri for entry in chosen} == find_claims(desk, filters)
    assert chosen


def test_all_claims_are_chosen_where_nothing_is_asked(desk: OxStore) -> None:
    count = desk.query("SELECT (COUNT(DISTINCT ?c) AS ?n) { GRAPH ?g { ?c a <https://sayso.example/ontology#Claim> } }")
    assert len(choose_claims(desk, ClaimChoice())) == int(next(iter(count))[0].value)  # type: ignore[arg-type]


def test_the_newest_comes_first_and_what_has_no_day_last(desk: OxStore) -> None:
    days = [entry.day for entry in choose_claims(desk, ClaimChoice())]
    assert days == sorted(days, reverse=True)
    assert days[0] > "2025"
    assert days[-1] == ""


def test_claims_of_one_document_stand_in_its_order() -> None:
    assert sorted(["d#a10", "d#a9", "c#a2"], key=to_reading_order) == ["c#a2", "d#a9", "d#a10"]


def test_days_are_those_of_the_documents_both_ends_included(desk: OxStore) -> None:
    of_wire = choose_claims(desk, ClaimChoice(document=f"{DOCUMENT}wire"))
    day = date.fromisoformat(of_wire[0].day[:10])
    within = {entry.iri for entry in choose_claims(desk, ClaimChoice(since=day, until=day))}
    assert {entry.iri for entry in of_wire} <= within
    assert all(entry.day[:10] == day.isoformat() for entry in choose_claims(desk, ClaimChoice(since=day, until=day)))


def test_a_thesis_has_the_claims_of_both_sides(desk: OxStore) -> None:
    thesis = "https://sayso.example/thesis/bridge"
    members = list_members(desk, thesis)
    assert set(members.values()) == {"affirms", "denies"}
    assert {entry.iri for entry in choose_claims(desk, ClaimChoice(thesis=thesis))} == set(members)


@pytest.mark.parametrize(
    "values",
    [
        {"actor": f"{ACTOR}canada"},
        {"recipient": f"{ACTOR}ukraine"},
        {"type": "AID"},
        {"actor": f"{ACTOR}russia", "type": "ASSAULT"},
    ],
)
def test_events_are_those_of_the_query_events_between(desk: OxStore, values: dict[str, str]) -> None:
    result = run_named_query(desk, find_query("events-between"), values)
    asked = {to_text(row[result.variables.index("event")]) for row in result.rows}
    assert {entry.iri for entry in choose_events(desk, EventChoice(**values))} == asked
    assert asked


def test_a_party_acts_or_is_acted_on(desk: OxStore) -> None:
    def find(**values: str) -> set[str]:
        return {entry.iri for entry in choose_events(desk, EventChoice(**values))}

    ukraine = f"{ACTOR}ukraine"
    assert find(party=ukraine) == find(actor=ukraine) | find(recipient=ukraine) != set()


def test_what_is_no_iri_chooses_nothing(desk: OxStore) -> None:
    assert choose_events(desk, EventChoice(actor="no iri at all")) == []
    assert choose_claims(desk, ClaimChoice(thesis="no iri at all")) == []


def test_the_day_of_an_event_is_its_own_where_the_text_tells_one(desk: OxStore) -> None:
    dated = desk.query(
        "SELECT ?e ?d { GRAPH ?g { ?e a <https://sayso.example/ontology#Event> ; <https://sayso.example/ontology#date> ?d } }"
    )
    told = {row[0].value: row[1].value for row in dated}  # type: ignore[union-attr]
    days = {entry.iri: entry.day for entry in choose_events(desk, EventChoice())}
    assert told
    assert {event: days[event] for event in told} == told
