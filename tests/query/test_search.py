"""Search in the newsroom: filters, order, copies; with vectors that a test makes up, so that likeness is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from kg.embedding.packing import DIMENSIONS, pack_vectors
from kg.query.guard import check_is_allowed
from kg.query.reader import read_rows, to_text
from kg.query.search import Searcher
from kg.query.search_filters import ClaimFilters, compose_query, find_claims
from kg.query.search_index import build_index, read_contents
from kg.store.terms import OxStore, RdfFormat

PUTIN, RUSSIA = "https://sayso.example/actor/putin", "https://sayso.example/actor/russia"
WIRE, ANALYSIS, EVENING = (f"https://sayso.example/document/{name}#" for name in ("wire", "analysis", "evening"))


def refuse(text: str) -> np.ndarray:
    raise AssertionError(f"nothing was to be encoded, but {text!r} was")


def make_searcher(
    store: OxStore, vectors: dict[str, np.ndarray] | None = None, encode: Callable[[str], np.ndarray] = refuse
) -> Searcher:
    packed = {claim: pack_vectors(vector[None])[0] for claim, vector in (vectors or {}).items()}
    return Searcher(store, build_index(read_contents(store), packed), encode)


def make_unit(place: int) -> np.ndarray:
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[place] = 1
    return vector


def list_parts(claims: set[str]) -> list[str]:
    return sorted(claim.rpartition("/")[2] for claim in claims)


def test_words_find_a_claim_with_its_sentence_and_document(newsroom: OxStore) -> None:
    (hit,) = make_searcher(newsroom).search("shells", limit=1)
    assert (hit.row.speaker, hit.row.cue, hit.row.content) == ("Ilmar Kask", "promised", "more shells for Ukraine")
    assert hit.row.document == "https://sayso.example/document/evening"
    assert hit.row.content in hit.row.sentence


def test_vectors_find_what_shares_no_word(newsroom: OxStore) -> None:
    searcher = make_searcher(newsroom, {f"{EVENING}a3": make_unit(0)}, lambda _: make_unit(0))
    assert searcher.search("ammunition deliveries", limit=1)[0].row.claim == f"{EVENING}a3"


def test_nothing_alike_is_no_hit(newsroom: OxStore) -> None:
    assert make_searcher(newsroom).search("zeppelin") == ()


def test_an_empty_text_finds_nothing(newsroom: OxStore) -> None:
    assert make_searcher(newsroom).search(" ") == ()


def test_equal_scores_are_ordered_by_claim(newsroom: OxStore) -> None:
    hits = make_searcher(newsroom).search("stalling", limit=50)
    keys = [(-(hit.score or 0), hit.row.claim) for hit in hits]
    assert keys == sorted(keys)


def test_a_smaller_limit_gives_the_first_of_a_larger_one(newsroom: OxStore) -> None:
    searcher = make_searcher(newsroom)
    assert searcher.search("Putin is stalling", limit=3) == searcher.search("Putin is stalling", limit=50)[:3]


def test_what_is_avoided_and_what_is_less_alike_than_asked_is_left_out(newsroom: OxStore) -> None:
    searcher = make_searcher(newsroom)
    first, *rest = searcher.search("Putin is stalling", limit=50)
    avoided = searcher.search("Putin is stalling", limit=50, avoid=frozenset(first.claims))
    assert avoided == tuple(rest)
    least = rest[0].score or 0
    assert all((hit.score or 0) >= least for hit in searcher.search("Putin is stalling", limit=50, at_least=least))


def make_copies() -> OxStore:
    """Three copies of a claim, the same wording by another speaker, and its denial by the first."""
    store = OxStore()
    store.load(
        b"""@prefix kg: <https://sayso.example/ontology#> .
        @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
        @prefix cue: <https://sayso.example/scheme/cue-type/> . @prefix d: <https://sayso.example/document/> .
        d:a { <https://sayso.example/document/a#a1> a kg:Claim ; kg:sourceText "Oda Brekke" ; kg:content "The ferry sails." ;
          kg:cueType cue:statement ; kg:published "2026-02-03" ; nif:anchorOf "The ferry sails, Oda Brekke said." . }
        d:b { <https://sayso.example/document/b#a1> a kg:Claim ; kg:sourceText "Oda Brekke" ; kg:content "the ferry sails" ;
          kg:cueType cue:statement ; kg:published "2026-02-01" ; nif:anchorOf "Oda Brekke said the ferry sails." . }
        d:c { <https://sayso.example/document/c#a1> a kg:Claim ; kg:sourceText "Oda Brekke" ; kg:content "the ferry sails" ;
          kg:cueType cue:statement ; nif:anchorOf "Oda Brekke said the ferry sails." .
          <https://sayso.example/document/c#a2> a kg:Claim ; kg:sourceText "Pia Holm" ; kg:content "the ferry sails" ;
          kg:cueType cue:statement ; nif:anchorOf "Pia Holm said the ferry sails." .
          <https://sayso.example/document/c#a3> a kg:Claim ; kg:sourceText "Oda Brekke" ; kg:content "that the ferry sails" ;
          kg:cueType cue:denial ; nif:anchorOf "Oda Brekke denied that the ferry sails." .
          <https://sayso.example/document/c#a4> a kg:Claim ; kg:sourceText "Oda Brekke" ; kg:content "the ferry sails" ;
          kg:cueType cue:denial ; nif:anchorOf "The ferry sails? Oda Brekke denied it." . }""",
        format=RdfFormat.TRIG,
    )
    return store


def test_copies_are_one_hit_with_their_number_and_the_earliest_is_shown() -> None:
    hit = make_searcher(make_copies()).search("ferry sails", limit=50)[0]
    assert (hit.row.speaker, hit.copies, hit.row.published) == ("Oda Brekke", 3, "2026-02-01")
    assert [claim.rpartition("/")[2] for claim in hit.claims] == ["a#a1", "b#a1", "c#a1"]


def test_the_same_words_of_another_speaker_or_denied_are_hits_of_their_own() -> None:
    hits = make_searcher(make_copies()).search("ferry sails", limit=50)
    assert sorted((hit.row.speaker, hit.row.cue_type, hit.copies) for hit in hits) == [
        ("Oda Brekke", "denial", 1), ("Oda Brekke", "denial", 1), ("Oda Brekke", "statement", 3), ("Pia Holm", "statement", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ClaimFilters(frame="stalling", about=(RUSSIA,), polarity="affirmed"), ["analysis#a4", "wire#a5"]),
        (ClaimFilters(frame="stalling", polarity="negated"), ["analysis#a3", "analysis#a5", "evening#a1", "wire#a3"]),
        (ClaimFilters(frame="aid-pledge"), ["evening#a3"]),
        (ClaimFilters(cue_types=("demand", "promise")), ["evening#a2", "evening#a3"]),
        (ClaimFilters(since=date(2025, 3, 6), until=date(2025, 3, 6), polarity="negated"), ["analysis#a3", "analysis#a5"]),
    ],
)
def test_filters_let_claims_through(newsroom: OxStore, filters: ClaimFilters, expected: list[str]) -> None:
    assert list_parts(find_claims(newsroom, filters)) == expected


def test_a_denied_denial_is_affirmed_and_what_was_left_unsaid_is_neither(newsroom: OxStore) -> None:
    affirmed = list_parts(find_claims(newsroom, ClaimFilters(frame="stalling", about=(PUTIN,), polarity="affirmed")))
    negated = list_parts(find_claims(newsroom, ClaimFilters(frame="stalling", about=(PUTIN,), polarity="negated")))
    assert "evening#a8" in affirmed
    assert not {"wire#a7", "evening#a4", "wire#a6"} & {*affirmed, *negated}


def test_claims_of_who_holds_a_post_of_the_speaker_are_not_its_own(newsroom: OxStore) -> None:
    posts = read_rows(
        newsroom,
        "PREFIX org: <http://www.w3.org/ns/org#> SELECT ?o ?p WHERE { GRAPH ?g { ?r org:organization ?o ; org:member ?p } }",
    )
    organisation, person = next((o.value, p.value) for o, p in posts if p is not None and "kask" in str(p).lower())
    through = find_claims(newsroom, ClaimFilters(speaker=organisation, through_holders=True))
    assert (
        through
        == find_claims(newsroom, ClaimFilters(speaker=person))
        != find_claims(newsroom, ClaimFilters(speaker=organisation))
    )


def test_filters_narrow_a_search_whether_or_not_they_are_selective(newsroom: OxStore) -> None:
    searcher = make_searcher(newsroom)
    for filters in (ClaimFilters(frame="stalling", polarity="negated"), ClaimFilters(polarity="negated")):
        found = {claim for hit in searcher.search("Putin is stalling", filters, 50) for claim in hit.claims}
        assert found <= find_claims(newsroom, filters)
        assert f"{WIRE}a3" in found


@pytest.mark.parametrize("looks", [0, 1, 100])
@pytest.mark.parametrize(
    "filters",
    [
        ClaimFilters(frame="stalling", polarity="negated"),
        ClaimFilters(about=(PUTIN,), since=date(2025, 3, 5)),
        ClaimFilters(speaker="https://sayso.example/actor/x"),
    ],
)
def test_the_way_in_which_filters_are_applied_does_not_show(
    newsroom: OxStore, monkeypatch: pytest.MonkeyPatch, filters: ClaimFilters, looks: int
) -> None:
    searcher = make_searcher(newsroom)
    expected = searcher.search("Putin is stalling", filters, 50)
    monkeypatch.setattr("kg.query.search._LOOKS", looks)
    monkeypatch.setattr("kg.query.search._FIRST_LOOK", 1)
    monkeypatch.setattr("kg.query.search._GROWTH", 2)
    assert searcher.search("Putin is stalling", filters, 50) == expected


def test_the_query_of_filters_is_allowed_sparql_and_gives_the_claims_that_pass(newsroom: OxStore) -> None:
    filters = ClaimFilters(
        speaker="https://sayso.example/actor/x", about=(PUTIN, RUSSIA), frame="stalling", polarity="negated",
        cue_types=("denial",), addressee=PUTIN, since=date(2025, 1, 1), until=date(2025, 12, 31),
    )  # fmt: skip
    check_is_allowed(compose_query(filters))
    assert read_rows(newsroom, compose_query(filters)) == []
    text = compose_query(ClaimFilters(frame="aid-pledge"))
    assert [to_text(row[7]) for row in read_rows(newsroom, text)] == [f"{EVENING}a3"]


def test_a_value_that_is_no_iri_cannot_become_part_of_the_query() -> None:
    with pytest.raises(ValueError, match="IRI"):
        compose_query(ClaimFilters(speaker="x> } DROP ALL #"))


def test_an_empty_store_gives_nothing() -> None:
    assert make_searcher(OxStore()).search("anything") == ()


def test_two_who_speak_together_are_one_hit() -> None:
    store = OxStore()
    store.load(
        b"""@prefix kg: <https://sayso.example/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> . @prefix e: <https://sayso.example/> .
        e:doc { <https://sayso.example/doc#a1> a kg:Claim ; kg:speaker e:oslo , e:bern ; kg:content "the ferry sails" ;
          nif:anchorOf "Oslo and Bern said the ferry sails." . }
        e:graph { e:oslo skos:prefLabel "Oslo" . e:bern skos:prefLabel "Bern" . }""",
        format=RdfFormat.TRIG,
    )
    (hit,) = make_searcher(store).search("ferry")
    assert (hit.row.speaker, hit.copies) == ("Bern; Oslo", 1)


def test_given_claims_are_ranked_by_a_text_or_by_day(newsroom: OxStore) -> None:
    searcher = make_searcher(newsroom)
    claims = find_claims(newsroom, ClaimFilters(frame="stalling", about=(PUTIN,), polarity="negated"))
    by_day = searcher.rank_claims(claims)
    assert [hit.row.published[:10] for hit in by_day] == sorted(hit.row.published[:10] for hit in by_day)
    assert {claim for hit in by_day for claim in hit.claims} == claims
    by_text = searcher.rank_claims(claims, "Putin is not stalling")
    assert [hit.score for hit in by_text] == sorted((hit.score or 0 for hit in by_text), reverse=True)
    assert searcher.rank_claims(claims, "Putin is not stalling", 1) == by_text[:1]


def test_no_claims_are_ranked_as_none(newsroom: OxStore) -> None:
    assert make_searcher(newsroom).rank_claims(set(), "anything") == ()


def test_a_frame_of_another_actor_of_the_same_claim_does_not_pass() -> None:
    store = OxStore()
    store.load(
        b"""@prefix kg: <https://sayso.example/ontology#> . @prefix frame: <https://sayso.example/scheme/frame/> .
        @prefix d: <https://sayso.example/document/> . @prefix e: <https://sayso.example/actor/> .
        d:a { <https://sayso.example/document/a#a1> a kg:Claim ; kg:content "Oslo stalls, Bern threatens" ;
          kg:frame frame:stalling , frame:threat ; kg:frameTarget e:oslo , e:bern ; kg:framing d:f1 , d:f2 .
          d:f1 kg:inFrame frame:stalling ; kg:ofActor e:oslo . d:f2 kg:inFrame frame:threat ; kg:ofActor e:bern . }""",
        format=RdfFormat.TRIG,
    )
    oslo, bern = "https://sayso.example/actor/oslo", "https://sayso.example/actor/bern"
    found = [find_claims(store, ClaimFilters(frame="stalling", about=(actor,))) for actor in (oslo, bern)]
    assert [len(claims) for claims in found] == [1, 0]
