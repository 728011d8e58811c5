from __future__ import annotations

import pytest

from kg.errors import ActorAmbiguousError, ActorMissingError, ClaimMissingError
from kg.query.evidence import parse_spans
from kg.query.explain import explain_claim, explain_triple
from kg.store.terms import NamedNode, OxQuad, OxStore

DOC = "https://sayso.example/document/"


def iris(found: tuple[object, ...]) -> list[str]:
    return [explanation.iri.removeprefix(DOC) for explanation in found]  # type: ignore[attr-defined]


def test_a_claims_parts_are_offsets_into_its_sentence(newsroom: OxStore) -> None:
    found = explain_claim(newsroom, f"{DOC}wire#a2")
    assert (found.kind, found.begin) == ("claim", 100)
    assert found.sentence == "European diplomats argue that Putin is dragging the talks out."
    assert [(part.name, part.text) for part in found.parts] == [
        ("source", "European diplomats"),
        ("cue", "argue"),
        ("content", "that Putin is dragging the talks out"),
    ]
    for part in found.parts:
        (span,) = part.spans
        assert found.sentence[span.begin : span.end] == part.text


def test_an_explanation_names_document_rule_and_confidence(newsroom: OxStore) -> None:
    found = explain_claim(newsroom, f"<{DOC}wire#a1>")
    assert (found.document, found.title, found.path) == (f"{DOC}wire", "Talks without an end", "news/wire.txt")
    assert (found.published, found.rule, found.confidence) == ("2025-03-04T09:30:00+02:00", "rule:verb-complement", 0.9)


def test_a_claim_that_was_compared_with_others_keeps_its_own_document(newsroom: OxStore) -> None:
    compared = OxStore()
    compared.extend(newsroom)
    names = (f"{DOC}wire#a1", "https://sayso.example/ontology#affirms", "https://sayso.example/thesis/1")
    compared.add(OxQuad(*map(NamedNode, names), NamedNode("https://sayso.example/graph/claims")))
    assert explain_claim(compared, f"{DOC}wire#a1").document == f"{DOC}wire"


def test_details_show_labels_and_notations(newsroom: OxStore) -> None:
    details = explain_claim(newsroom, f"{DOC}wire#a1").details
    assert {("speaker", "Ilmar Kask"), ("about", "Vladimir Putin"), ("frame", "stalling"), ("polarity", "affirmed")} <= set(
        details
    )


def test_an_explanation_tells_of_whom_a_frame_is_said_and_whether_it_is_denied(newsroom: OxStore) -> None:
    affirmed, denied = (explain_claim(newsroom, f"{DOC}{part}").details for part in ("wire#a1", "analysis#a3"))
    assert ("frameTarget", "Vladimir Putin") in affirmed
    assert "deniedFrame" not in dict(affirmed)
    assert ("deniedFrame", "stalling") in denied


def test_an_events_parts_are_trigger_and_arguments(newsroom: OxStore) -> None:
    found = explain_claim(newsroom, f"{DOC}analysis#e1")
    assert found.kind == "event"
    assert [(part.name, part.text) for part in found.parts] == [("trigger", "met"), ("actors", "Kask … Veld")]


def test_a_role_is_explained_by_its_words(newsroom: OxStore) -> None:
    found = explain_claim(newsroom, f"{DOC}wire#r1")
    assert (found.kind, found.sentence, found.parts) == ("role", "Estonian Foreign Minister Ilmar Kask", ())
    assert ("postTitle", "foreign minister") in found.details


def test_a_claim_without_a_date_or_source_is_explained_all_the_same(newsroom: OxStore) -> None:
    found = explain_claim(newsroom, f"{DOC}blog#a1")
    assert found.published is None
    assert [part.name for part in found.parts] == ["content"]


@pytest.mark.parametrize("iri", [f"{DOC}wire#a99", f"{DOC}wire", f"{DOC}wire#m1", "a1", "", "<script>"])
def test_what_is_no_claim_event_or_role_is_missing(newsroom: OxStore, iri: str) -> None:
    with pytest.raises(ClaimMissingError):
        explain_claim(newsroom, iri)


@pytest.mark.parametrize(
    ("triple", "expected"),
    [
        (("Ilmar Kask", "says", f"{DOC}wire#a1"), ["wire#a1"]),
        (("Ilmar Kask", "about", "Putin"), ["evening#a1", "wire#a1"]),
        (("Q7747", "kg:recipient", "Veld"), ["wire#e1"]),
        (("Canada", "recipient", "Kyiv"), ["wire#e4"]),
        (("Ilmar Kask", "org:organization", "Estonia"), ["wire#r1"]),
        (("Ilmar Kask", "postTitle", "foreign minister"), ["wire#r1"]),
        (("Ilmar Kask", "https://sayso.example/ontology#frame", "violation"), ["evening#a5"]),
        ((f"{DOC}wire#a1", "kg:frame", "https://sayso.example/scheme/frame/stalling"), ["wire#a1"]),
        ((f"{DOC}wire#e4", "actor", "Canada"), ["wire#e4"]),
    ],
)
def test_a_triple_is_explained_by_all_that_states_it(
    newsroom: OxStore, triple: tuple[str, str, str], expected: list[str]
) -> None:
    assert iris(explain_triple(newsroom, *triple)) == expected


@pytest.mark.parametrize(
    "triple",
    [
        ("Canada", "about", "Putin"),
        ("Ilmar Kask", "says", f"{DOC}wire#a2"),
        ("Kyiv", "recipient", "Canada"),
        ("Putin", "no such", "Canada"),
    ],
)
def test_a_triple_that_nothing_states_is_missing(newsroom: OxStore, triple: tuple[str, str, str]) -> None:
    with pytest.raises(ClaimMissingError):
        explain_triple(newsroom, *triple)


def test_names_in_a_triple_must_be_known_and_plain(newsroom: OxStore) -> None:
    with pytest.raises(ActorMissingError):
        explain_triple(newsroom, "Ilmar Kask", "about", "} DROP ALL")
    with pytest.raises(ActorAmbiguousError):
        explain_triple(newsroom, "Kask", "about", "Putin")


def test_spans_are_read_from_their_short_form() -> None:
    assert parse_spans("18-40,55-90") == ((18, 40), (55, 90))
    assert parse_spans("") == ()
