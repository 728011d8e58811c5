"""Sentences with the events that they tell, found by the shipped extractor."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.pipeline import Annotator
from kg.extract.extractor import RuleExtractor
from kg.model.annotation import Extraction, check_spans
from kg.model.document import Document, Zone
from kg.model.span import Span, quote_spans
from kg.resolve.registry import read_registry
from kg.settings import Settings

_CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "events" / "sentences.toml").read_text("utf-8"))["case"]


@cache
def _tools() -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    return Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())


def _document(text: str, published: str | None = "2025-10-22") -> Document:
    return Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=text, published=published)


@cache
def _extract(text: str, published: str | None = "2025-10-22") -> Extraction:
    annotator, extractor = _tools()
    return extractor.extract(annotator.annotate(_document(text, published)))


def _show(text: str, extraction: Extraction) -> list[dict[str, Any]]:
    return [
        {
            "type": event.type,
            "trigger": quote_spans(text, event.trigger),
            "actors": [quote_spans(text, argument.spans) for argument in event.actors],
            "recipients": [quote_spans(text, argument.spans) for argument in event.recipients],
            "polarity": event.polarity,
            "modality": event.modality,
            "date": event.date,
        }
        for event in extraction.events
    ]


def _to_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=f"{case['phenomenon']}: {case['text'][:40]}", marks=marks)


@pytest.mark.parametrize("case", [_to_parameter(case) for case in _CASES])
def test_a_sentence_yields_its_events(case: dict[str, Any]) -> None:
    extraction = _extract(case["text"])
    found = _show(case["text"], extraction)
    expected = [{"polarity": "affirmed", "modality": "actual", "date": None, **event} for event in case.get("event", ())]
    missing = [event for event in expected if event not in found]
    assert not missing, found
    assert expected or not found


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["text"][:40])
def test_every_span_of_an_event_is_true_and_every_event_names_a_mention(case: dict[str, Any]) -> None:
    extraction = _extract(case["text"])
    check_spans(_document(case["text"]), extraction)
    ids = {mention.id for mention in extraction.mentions}
    for event in extraction.events:
        named = {argument.mention for argument in (*event.actors, *event.recipients)} - {None}
        assert named
        assert named <= ids


def test_the_cases_cover_every_root_type() -> None:
    types = {event["type"] for case in _CASES for event in case.get("event", ())}
    assert len(types) == 16


def test_without_a_date_of_publication_no_weekday_is_resolved() -> None:
    (event,) = _extract("Spain attacked Portugal on Monday.", None).events
    assert event.date is None


def test_a_region_that_is_struck_stands_for_the_state_that_owns_it() -> None:
    extraction = _extract("Russia launched drones at Ukraine's Sumy region.")
    names = {mention.id: mention.name for mention in extraction.mentions}
    assert [names[argument.mention] for argument in extraction.events[0].recipients if argument.mention] == ["Ukraine"]


def test_a_means_without_a_target_takes_the_place_where_harm_fell() -> None:
    extraction = _extract("Russia launched drones, killing villagers in Ukraine’s Sumy region.")
    names = {mention.id: mention.name for mention in extraction.mentions}
    drones = next(event for event in extraction.events if event.mode == "drone")
    assert [names[argument.mention] for argument in drones.recipients if argument.mention] == ["Ukraine"]


def test_envoys_behind_a_coordination_that_the_parser_tears_are_all_met() -> None:
    text = "The deal follows meetings between Orlov and U.S. envoys Dan Reed and Paul Stone in Vienna."
    (event,) = [event for event in _extract(text).events if event.type == "CONSULT"]
    assert [quote_spans(text, argument.spans) for argument in (*event.actors, *event.recipients)] == [
        "Orlov",
        "U.S. envoys Dan Reed",
        "Paul Stone",
    ]


def _name_sides(text: str, event_type: str) -> tuple[list[str | None], list[str | None]]:
    """Return the names of the mentions that act and are acted on in the last event of a type."""
    extraction = _extract(text)
    names = {mention.id: mention.name for mention in extraction.mentions}
    event = [event for event in extraction.events if event.type == event_type][-1]
    actors, recipients = ([names[a.mention] if a.mention else None for a in side] for side in (event.actors, event.recipients))
    return actors, recipients


def test_demonyms_that_share_a_noun_are_actor_and_recipient_of_a_meeting() -> None:
    assert _name_sides("Norwegian and Danish negotiators met in Bergen.", "CONSULT") == (["Norwegian"], ["Danish"])


def test_those_who_act_for_a_state_are_the_state() -> None:
    assert _name_sides("Sweden expelled two Danish diplomats.", "SANCTION") == (["Sweden"], ["Danish"])


def test_both_sides_are_the_parties_named_before() -> None:
    text = "Norway and Denmark signed a treaty on fishing. Angela Brandt praised both governments."
    assert _name_sides(text, "SUPPORT")[1] == ["Norway", "Denmark"]


def test_both_sides_point_nowhere_where_no_pair_was_named() -> None:
    assert len(_name_sides("Norway urged both sides to talk.", "REQUEST")[1]) == 1


def test_them_after_two_recipients_of_the_same_sentence_is_the_two() -> None:
    text = "Norway and Denmark signed a treaty. Spain praised both governments and urged them to ratify it."
    assert _name_sides(text, "REQUEST")[1] == ["Norway", "Denmark"]


def test_a_definite_deed_that_is_condemned_points_back_to_who_did_it() -> None:
    text = "Spain shelled Portugal on Monday. Norway condemned the shelling."
    assert _name_sides(text, "ACCUSE") == (["Norway"], ["Spain"])


def test_a_deed_told_of_again_keeps_its_sides() -> None:
    text = "Spain shelled Portugal on Monday. Norway condemned the shelling."
    assert _name_sides(text, "ASSAULT") == (["Spain"], ["Portugal"])


def test_a_rejected_criticism_goes_back_to_who_spoke() -> None:
    text = "Denmark said that Spain was slow. Spain rejected the criticism."
    assert _name_sides(text, "REJECT") == (["Spain"], ["Denmark"])


def test_a_plan_is_its_first_owners() -> None:
    text = "Spain rejected a Danish plan for the harbour. Portugal accepted the plan."
    assert _name_sides(text, "AGREE") == (["Portugal"], ["Danish"])


def test_who_agrees_without_an_object_agrees_with_who_asked() -> None:
    assert _name_sides("Norway asked Denmark to open the port. Denmark agreed.", "AGREE") == (["Denmark"], ["Norway"])


def test_what_a_relative_clause_rejects_was_done_by_the_subject_of_its_noun() -> None:
    assert _name_sides("Spain made a demand that Portugal rejected.", "REJECT") == (["Portugal"], ["Spain"])


def test_who_mediates_does_so_between_the_last_two_parties() -> None:
    text = "Norway and Denmark met in Bergen. Oman offered to mediate."
    assert _name_sides(text, "CONSULT") == (["Oman"], ["Norway", "Denmark"])


def test_ones_own_envoy_is_no_recipient() -> None:
    assert _name_sides("Norway recalled its ambassador.", "SANCTION") == (["Norway"], [None])


def test_speakers_are_not_what_they_call_theirs() -> None:
    assert not _extract('"Those who besiege our mothers will lose," said General Omar Sabri.').events


def test_a_headline_tells_no_event_of_its_own() -> None:
    text = "Spain attacks Portugal\n\nSpain attacked Portugal on Monday."
    zones = (Zone(kind="title", span=Span(0, 22)),)
    annotator, extractor = _tools()
    document = _document(text).model_copy(update={"zones": zones})
    assert [event.trigger[0].begin for event in extractor.extract(annotator.annotate(document)).events] == [
        text.index("attacked")
    ]


def test_what_is_quoted_is_reported_in_its_attribution() -> None:
    extraction = _extract('"Vostia attacked Norway," said General Omar Sabri.')
    (event,) = [event for event in extraction.events if event.type == "ASSAULT"]
    assert event.reported_in == extraction.attributions[0].id


def test_a_denied_deed_stays_as_it_is_and_is_reported_in_the_denial() -> None:
    extraction = _extract("Egypt denied attacking Sudan.")
    (event,) = [event for event in extraction.events if event.type == "ASSAULT"]
    assert (event.polarity, event.modality) == ("affirmed", "actual")
    assert event.reported_in == extraction.attributions[0].id


def test_an_empty_text_has_no_events() -> None:
    assert _extract("").events == ()
