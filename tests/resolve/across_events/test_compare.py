"""What speaks for and against two reports being of one event."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.occurrence import Party, ReportComparison
from kg.model.plover import QUAD_CLASSES
from kg.resolve.across_events.blocks import find_blocks
from kg.resolve.across_events.compare import compare_reports, prepare, score_reports, to_probability
from kg.resolve.across_events.parties import match_party, match_sides
from tests.resolve.across_events.samples import (
    AAS,
    BRODD,
    IZMAIL,
    NORWAY,
    NOWHERE,
    OFFICIAL,
    RUSSIA,
    SUMY,
    SWEDEN,
    UKRAINE,
    VOLLAN,
    make_report,
)


def compare(left: dict[str, Any], right: dict[str, Any]) -> ReportComparison:
    return compare_reports(prepare(make_report("a#e1", **left)), prepare(make_report("b#e1", **right)))


DATED = {"date": "2026-03-03"}


def test_the_same_deed_on_the_same_day_is_one_event() -> None:
    assert compare(DATED, DATED).score > 1


@pytest.mark.parametrize(
    "other",
    [
        {"polarity": "negated"},
        {"modality": "future"},
        {"modality": "hypothetical"},
        {"type": "AID"},
        {"type": "PROTEST", "date": "2026-03-03", "actors": (UKRAINE,)},
        {"date": "2026-03-01"},
        {"actors": (NORWAY,)},
        {"places": (IZMAIL,)},
        {"date": None, "published": "2026-03-02"},
        {"date": None, "published": "2026-03-20"},
    ],
    ids=[
        "denied",
        "planned",
        "imagined",
        "other-class",
        "other-actor",
        "other-day",
        "other-state",
        "other-town",
        "before",
        "late",
    ],
)
def test_something_excludes_that_two_reports_are_of_one_event(other: dict[str, Any]) -> None:
    one: dict[str, Any] = {**DATED, "places": (SUMY,)}
    found = compare(one, {**one, **other})
    assert found.apart
    assert score_reports(prepare(make_report("a#e1", **one)), prepare(make_report("b#e1", **{**one, **other}))) is None


def test_two_deeds_of_one_sentence_are_two() -> None:
    sentence = "Russia shelled a bridge and bombed a mill."
    left, right = make_report("a#e1", sentence, **DATED), make_report("a#e2", sentence, **DATED)
    assert compare_reports(prepare(left), prepare(right)).apart == "two deeds of one sentence"


def test_types_that_reports_confuse_cost_but_do_not_exclude() -> None:
    same, confused = compare(DATED, DATED), compare(DATED, {**DATED, "type": "COERCE"})
    assert not confused.apart
    assert confused.score < same.score


def test_a_state_matches_its_own_and_two_of_its_own_do_not_match() -> None:
    assert match_party(NORWAY, VOLLAN) > match_party(OFFICIAL, VOLLAN) > match_party(AAS, VOLLAN) == 0
    assert match_party(NOWHERE, UKRAINE) > 0 == match_party(NOWHERE, IZMAIL)


def test_one_bare_name_in_two_documents_can_be_one_actor() -> None:
    one, same, other = (Party(actor=f"{document}#actor-person-{name}", type="Person") for document, name in ("av", "bv", "bw"))
    assert match_party(one, same) > 0 == match_party(one, other)
    assert set(find_blocks(make_report("a#e1", actors=(one,)))) == set(find_blocks(make_report("b#e1", actors=(same,))))


def test_a_side_that_is_not_told_contradicts_nothing() -> None:
    assert match_sides((), (VOLLAN,)).size == 0
    assert not compare({**DATED, "actors": ()}, DATED).apart


def test_meetings_may_be_told_from_either_side() -> None:
    one = {**DATED, "type": "CONSULT", "actors": (VOLLAN,), "recipients": (BRODD,)}
    turned = {**DATED, "type": "CONSULT", "actors": (BRODD,), "recipients": (VOLLAN,)}
    assert compare(one, turned).score == compare(one, one).score > 1


def test_other_ministers_of_the_same_states_are_another_meeting() -> None:
    one = {**DATED, "type": "CONSULT", "actors": (VOLLAN,), "recipients": (BRODD,)}
    assert compare(one, {**one, "actors": (AAS,), "recipients": ()}).apart
    assert not compare(one, {**one, "actors": (NORWAY,), "recipients": (SWEDEN,)}).apart


def test_an_attack_has_its_sides() -> None:
    assert compare(DATED, {**DATED, "actors": (UKRAINE,), "recipients": (RUSSIA,)}).apart


def test_a_day_apart_speaks_against_and_does_not_exclude() -> None:
    found = compare(DATED, {"date": "2026-03-04"})
    assert not found.apart
    assert next(feature.weight for feature in found.features if feature.name == "time") < 0


def test_a_month_holds_its_days() -> None:
    assert compare({"date": "2026-03", "published": "2026-03-30"}, DATED).score > 0
    assert compare({"date": "2026-02", "published": "2026-03-30"}, DATED).apart


def test_numbers_of_one_thing_speak_for_and_against() -> None:
    scores = [
        compare({**DATED, "sentence": "It killed 11 people."}, {**DATED, "sentence": f"It killed {number} people."}).score
        for number in (11, 13, 40)
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_what_is_said_in_one_accusation_keeps_it_from_another() -> None:
    accused = {"type": "ACCUSE", "trigger": ("accus",)}
    one = {**accused, "sentence": "accused of sheltering gunmen near the glacier"}
    assert compare(one, {**accused, "sentence": "accused of building a dam on the river"}).score < 0
    assert compare(one, {**accused, "sentence": "accused of sheltering the gunmen of the glacier"}).score > 0


def test_a_state_as_place_says_less_than_a_town() -> None:
    town = compare({**DATED, "places": (SUMY,)}, {**DATED, "places": (SUMY,)}).score
    state = compare({**DATED, "places": (UKRAINE,)}, {**DATED, "places": (UKRAINE,)}).score
    assert town > state > compare(DATED, DATED).score


def test_every_type_has_the_quad_class_of_the_scheme() -> None:
    from kg.rdf.ontology import ontology_quads  # noqa: PLC0415 - rdflib is loaded for this test alone
    from kg.rdf.terms import Iri  # noqa: PLC0415

    scheme = "https://sayso.example/scheme/plover/"
    broader = {
        quad.subject.value.removeprefix(scheme): quad.object.value.removeprefix(scheme)
        for quad in ontology_quads()
        if quad.predicate == Iri("http://www.w3.org/2004/02/skos/core#broader") and quad.subject.value.startswith(scheme)
    }
    assert {name: broader[name] for name in QUAD_CLASSES} == dict(QUAD_CLASSES)


def test_a_probability_is_a_half_where_nothing_is_known() -> None:
    assert to_probability(0) == 0.5
    assert to_probability(-1.5) < 0.5 < to_probability(1.5) <= 1


parties = st.lists(st.sampled_from([RUSSIA, UKRAINE, NORWAY, VOLLAN, AAS, OFFICIAL, SUMY, NOWHERE]), unique=True, max_size=3)
dates = st.sampled_from([None, "2026-03-01", "2026-03-02", "2026-03", "2026", "2026-02-27/2026-03-03"])
told = st.fixed_dictionaries({
    "type": st.sampled_from(["ASSAULT", "COERCE", "CONSULT", "AGREE", "ACCUSE"]),
    "actors": parties.map(tuple),
    "recipients": parties.map(tuple),
    "places": st.lists(st.sampled_from([SUMY, IZMAIL, UKRAINE]), unique=True, max_size=2).map(tuple),
    "date": dates,
    "published": st.sampled_from([None, "2026-03-02", "2026-03-05", "2026-03-25"]),
    "sentence": st.sampled_from(["", "It hit 3 bridges.", "It hit 30 bridges over the canal.", "A mill burned."]),
})  # fmt: skip


@settings(deadline=None)
@given(told, told)
def test_comparing_does_not_depend_on_the_order(left: dict[str, Any], right: dict[str, Any]) -> None:
    one, other = prepare(make_report("a#e1", **left)), prepare(make_report("b#e1", **right))
    assert compare_reports(one, other) == compare_reports(other, one)
    assert score_reports(one, other) == score_reports(other, one)


@settings(deadline=None)
@given(told, told)
def test_what_tells_of_one_event_by_parties_and_time_shares_a_block(left: dict[str, Any], right: dict[str, Any]) -> None:
    one, other = make_report("a#e1", **left), make_report("b#e1", **right)
    found = compare_reports(prepare(one), prepare(other))
    told_parties = {party.actor for party in (*one.actors, *one.recipients)} & {
        p.actor for p in (*other.actors, *other.recipients)
    }
    is_timed = one.published and other.published and "2026" not in {one.date, other.date}
    if not found.apart and is_timed and told_parties - {OFFICIAL.actor}:
        assert set(find_blocks(one)) & set(find_blocks(other))
