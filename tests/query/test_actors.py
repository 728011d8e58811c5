from __future__ import annotations

import pytest

from kg.errors import ActorMissingError
from kg.query.actors import describe_actor, list_actors
from kg.store.terms import OxStore


def test_actors_are_listed_by_claims_and_then_by_mentions(newsroom: OxStore) -> None:
    found = [(entry.label, entry.type, entry.claims, entry.mentions) for entry in list_actors(newsroom)]
    assert found[:6] == [
        ("Oleg Darin", "Person", 6, 0),
        ("Ilmar Kask", "Person", 5, 1),
        ("Märta Veld", "Person", 4, 0),
        ("European diplomats", "Group", 1, 0),
        ("Jane Kask", "Person", 1, 0),
        ("Vladimir Putin", "Person", 0, 1),
    ]
    assert len(found) == 12


def test_an_empty_store_has_no_actors() -> None:
    assert list_actors(OxStore()) == ()


def test_an_actor_is_described_by_names_roles_and_claims(newsroom: OxStore) -> None:
    found = describe_actor(newsroom, "ilmar kask")
    assert found.names == ("Ilmar Kask", "Kask")
    assert [row["post"] for row in found.roles] == ["foreign minister"]
    assert len(found.says) == 5
    assert found.said_of == ()
    assert [(row["actor"], row["recipient"]) for row in found.events] == [
        ("Ilmar Kask", ""), ("Oleg Darin", "Ilmar Kask"), ("Vladimir Putin", "Ilmar Kask"),
    ]  # fmt: skip


def test_an_actor_is_described_by_what_is_said_of_it(newsroom: OxStore) -> None:
    found = describe_actor(newsroom, "Q7747")
    assert found.same_as == ("http://www.wikidata.org/entity/Q7747",)
    assert len(found.said_of) == 14
    assert found.says == ()


def test_an_organisation_is_described_by_who_holds_a_post_in_it(newsroom: OxStore) -> None:
    assert [row["person"] for row in describe_actor(newsroom, "Estonia").roles] == ["Ilmar Kask"]


def test_an_unknown_actor_is_missing(newsroom: OxStore) -> None:
    with pytest.raises(ActorMissingError):
        describe_actor(newsroom, "Nobody")
