"""Registries that give more actors than they list, as one with imported registers does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri
from kg.store.embedded import Store
from kg.store.terms import OxStore
from tests.store.in_memory import open_memory

BASE = "https://sayso.example/"
MENTION = ("name", "Person", "registry")


class Unlisted(Mapping[str, Actor]):
    """Lists its first actors only; gives the others when they are asked for."""

    def __init__(self, listed: list[Actor], others: list[Actor]) -> None:
        self._listed = {actor.iri: actor for actor in listed}
        self._all = self._listed | {actor.iri: actor for actor in others}

    def __getitem__(self, iri: str) -> Actor:
        return self._all[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


def make_registry() -> Unlisted:
    persons = [
        Actor(
            iri=f"urn:r:{name}", type="Person", label=f"{name} Fjellro", wikidata=qid, country="urn:r:state", is_registered=True
        )
        for name, qid in (("Aud", "Q990050"), ("Bo", "Q990051"))
    ]
    return Unlisted([Actor(iri="urn:r:state", type="State", label="State", is_registered=True)], persons)


def read_labels(store: Store) -> list[str]:
    return sorted(quad.object.value for quad in store.quads(f"{BASE}graph/actors") if quad[1] == ns.PREF_LABEL)


def test_an_unlisted_actor_has_its_row_and_its_state(pages) -> None:
    store = open_memory(make_registry())
    store.replace_document("urn:a", pages.make("urn:a", [("urn:r:Aud", "Aud", *MENTION)]))
    assert read_labels(store) == ["Aud Fjellro", "State"]
    same = [q.object for q in store.quads(f"{BASE}graph/actors") if q[1] == ns.SAME_AS]
    assert same == [Iri(f"{ns.WIKIDATA}Q990050")]


def test_a_state_stays_while_an_unlisted_actor_of_an_earlier_run_needs_it(pages) -> None:
    inner = OxStore()
    first = open_memory(make_registry(), inner)
    first.replace_document("urn:a", pages.make("urn:a", [("urn:r:Aud", "Aud", *MENTION)]))
    first.replace_document("urn:b", pages.make("urn:b", [("urn:r:Bo", "Bo", *MENTION)]))
    later = open_memory(make_registry(), inner)
    later.remove_document("urn:a")
    assert read_labels(later) == ["Bo Fjellro", "State"]
    later.remove_document("urn:b")
    assert read_labels(later) == []
