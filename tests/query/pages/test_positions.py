"""What pages tell of agreement and contradiction is what the named queries tell."""

from __future__ import annotations

from kg.query.catalogue import find_query
from kg.query.pages.lines import read_claims
from kg.query.pages.positions import read_relations
from kg.query.pages.rivals import read_rivals
from kg.query.reader import to_text
from kg.query.run import run_named_query
from kg.store.terms import OxStore
from tests.query.pages.conftest import DOCUMENT


def ask(desk: OxStore, name: str, **values: str) -> list[dict[str, str]]:
    result = run_named_query(desk, find_query(name), values)
    return [dict(zip(result.variables, map(to_text, row), strict=True)) for row in result.rows]


def test_an_actor_agrees_and_differs_as_the_query_agreements_counts(desk: OxStore, speakers: list[str]) -> None:
    pairs = 0
    for speaker in speakers:
        told = {
            relation.other.iri: (relation.agreements, relation.disagreements)
            for relation in read_relations(desk, speaker, 1000)
            if relation.agreements
        }
        asked = {}
        for row in ask(desk, "agreements", speaker=speaker):
            other = row["speaker_2_iri"] if row["speaker_1_iri"] == speaker else row["speaker_1_iri"]
            asked[other] = (int(row["agreements"]), int(row["disagreements"]))
        assert told == asked, speaker
        pairs += len(told)
    assert pairs > 4


def test_relations_are_the_same_from_both_ends(desk: OxStore, speakers: list[str]) -> None:
    ends = {
        (speaker, relation.other.iri): (relation.agreements, relation.disagreements)
        for speaker in speakers
        for relation in read_relations(desk, speaker, 1000)
    }
    assert ends
    assert all(ends[other, one] == counts for (one, other), counts in ends.items())


def test_matters_are_named(desk: OxStore) -> None:
    relations = read_relations(desk, "https://sayso.example/actor/ilmar-kask", 1000)
    frames = {matter.frame for relation in relations for matter in (*relation.shared, *relation.disputed)}
    assert "stalling" in frames


def test_an_actor_that_says_nothing_agrees_with_nobody(desk: OxStore) -> None:
    assert read_relations(desk, "https://sayso.example/actor/canada-not-there", 10) == ()
    assert read_relations(desk, "no iri", 10) == ()


def test_a_claim_is_contradicted_by_those_whom_the_query_contradictions_tells(desk: OxStore) -> None:
    frames: dict[str, set[str]] = {}
    for row in ask(desk, "contradictions"):
        if row["frame"] and row["about_iri"]:
            frames.setdefault(row["claim_1_iri"], set()).add(row["claim_2_iri"])
    assert frames
    for iri, asked in frames.items():
        (claim,) = read_claims(desk, [iri])
        told = {rival.iri for rival in read_rivals(desk, claim, 1000)}
        missing = asked - told
        # The query also has what contradicts it as a thesis; a page tells that beside the thesis.
        assert all("thesis" in _shared(desk, iri, other) for other in missing), (iri, missing)


def _shared(desk: OxStore, one: str, other: str) -> set[str]:
    text = (
        f"SELECT ?t {{ GRAPH ?g {{ {{ <{one}> <https://sayso.example/ontology#affirms> ?t }} UNION "
        f"{{ <{one}> <https://sayso.example/ontology#denies> ?t }} {{ <{other}> <https://sayso.example/ontology#affirms> ?t }} "
        f"UNION {{ <{other}> <https://sayso.example/ontology#denies> ?t }} }} }}"
    )
    return {"thesis" for _ in desk.query(text)}  # type: ignore[union-attr]


def test_a_denial_of_a_frame_contradicts_who_says_it(desk: OxStore) -> None:
    (says,) = read_claims(desk, [f"{DOCUMENT}wire#a1"])
    assert f"{DOCUMENT}wire#a3" in {rival.iri for rival in read_rivals(desk, says, 100)}
