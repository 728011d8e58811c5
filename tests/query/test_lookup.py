from __future__ import annotations

import pytest

from kg.errors import ActorAmbiguousError, ActorMissingError, ParameterInvalidError
from kg.query.lookup import fold_name, resolve_actor, resolve_concept, to_iri
from kg.store.terms import OxStore

ACTOR = "https://sayso.example/actor/"


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Vladimir Putin", "putin"),
        ("vladimir  PUTIN", "putin"),
        ("Putin", "putin"),
        ("Q7747", "putin"),
        ("q7747", "putin"),
        ("http://www.wikidata.org/entity/Q7747", "putin"),
        ("https://sayso.example/actor/putin", "putin"),
        ("<https://sayso.example/actor/putin>", "putin"),
        ("Marta Veld", "marta-veld"),
        ("MÄRTA VELD", "marta-veld"),
        ("kremlin", "russia"),
    ],
)
def test_an_actor_is_found_by_label_alias_qid_or_iri(newsroom: OxStore, name: str, actor: str) -> None:
    assert resolve_actor(newsroom, name).value == ACTOR + actor


def test_a_label_goes_before_anothers_alias(newsroom: OxStore) -> None:
    assert resolve_actor(newsroom, "Darin").value == f"{ACTOR}darin-line"


def test_an_alias_of_two_actors_is_refused_with_both_listed(newsroom: OxStore) -> None:
    with pytest.raises(ActorAmbiguousError) as caught:
        resolve_actor(newsroom, "Kask")
    assert caught.value.candidates == (("Ilmar Kask", f"{ACTOR}ilmar-kask"), ("Jane Kask", f"{ACTOR}jane-kask"))


def test_a_hostile_label_is_found_as_it_is_written(newsroom: OxStore) -> None:
    name = 'The "Quiet\\Room" <script>alert(1)</script> } ; DROP ALL'
    assert resolve_actor(newsroom, name).value == f"{ACTOR}odd"


@pytest.mark.parametrize(
    "name", ["", " ", "Nobody", "Q1", "stalling", '"', "<script>", "} UNION { ?s ?p ?o", "https://e.example/none", "\ud800"]
)
def test_what_is_no_actor_is_missing(newsroom: OxStore, name: str) -> None:
    with pytest.raises(ActorMissingError):
        resolve_actor(newsroom, name)


def test_a_concept_is_found_by_its_notation_in_whatever_case(newsroom: OxStore) -> None:
    assert resolve_concept(newsroom, "type", "plover", "Consult").value == "https://sayso.example/scheme/plover/CONSULT"


def test_a_concept_of_another_scheme_is_refused_with_the_valid_ones_listed(newsroom: OxStore) -> None:
    listed = "aid-pledge, stalling, territorial-demand, violation, wants-peace"
    with pytest.raises(ParameterInvalidError, match=f"frame='CONSULT'.*{listed}"):
        resolve_concept(newsroom, "frame", "frame", "CONSULT")


def test_a_store_without_schemes_says_so() -> None:
    with pytest.raises(ParameterInvalidError, match="no such scheme"):
        resolve_concept(OxStore(), "frame", "frame", "stalling")


def test_names_are_compared_without_case_diacritics_and_spacing() -> None:
    assert fold_name(" Ćirić\u00a0 STRASSE ") == fold_name("ciric straße")


@pytest.mark.parametrize("text", ["Putin", "a b", "x:<y>", "not an iri", "<>", "1:x"])
def test_a_name_is_no_iri(text: str) -> None:
    assert to_iri(text) is None
