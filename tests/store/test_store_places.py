"""Cities in the graph of actors: derived from what documents mean by their mentions."""

from __future__ import annotations

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad, to_text
from kg.store.embedded import Store
from tests.store.in_memory import open_memory

_BASE = "https://sayso.example/"
_STATE, _OTHER, _PLACE = f"{_BASE}actor/state/lb", f"{_BASE}actor/state/ly", "urn:place"
_REGISTRY = {
    _STATE: Actor(iri=_STATE, type="State", label="Lebanon", is_registered=True),
    _OTHER: Actor(iri=_OTHER, type="State", label="Libya", is_registered=True),
}


def _open() -> Store:
    return open_memory(_REGISTRY)


def _add(store: Store, pages, iri: str, geonames: str, state: str, *, count: int = 1) -> None:
    document = Iri(iri)
    quads = pages.make(iri, [(_PLACE, "Tripoli", "name", "Place", "new")] * count)
    located = [
        Quad(Iri(f"{iri}#m{number}"), predicate, value, document)
        for number in range(1, count + 1)
        for predicate, value in ((ns.GEONAMES_ID, to_text(geonames)), (ns.LOCATED_IN, Iri(state)))
    ]
    store.replace_document(iri, (*quads, *located))


def _read(store: Store) -> set[tuple[str, str, str]]:
    return {
        (quad.subject.value, quad.predicate.value.removeprefix(ns.KG), quad.object.value)
        for quad in store.quads(f"{_BASE}graph/actors")
    }


def test_a_city_has_its_id_the_same_at_geonames_and_its_state_which_no_mention_names(pages) -> None:
    store = _open()
    _add(store, pages, "urn:d", "266826", _STATE)
    found = _read(store)
    assert (_PLACE, "geonames", "266826") in found
    assert (_PLACE, ns.SAME_AS.value, "http://sws.geonames.org/266826/") in found
    assert (_PLACE, "partOf", _STATE) in found
    assert (_STATE, ns.PREF_LABEL.value, "Lebanon") in found


def test_a_state_is_no_longer_described_when_the_last_city_in_it_is_forgotten(pages) -> None:
    store = _open()
    _add(store, pages, "urn:d", "266826", _STATE)
    store.remove_document("urn:d")
    assert _read(store) == set()


def test_of_documents_that_mean_different_cities_by_an_actor_most_mentions_decide_in_any_order(pages) -> None:
    graphs = []
    for order in ((0, 1), (1, 0)):
        store = _open()
        documents = (("urn:a", "266826", _STATE, 1), ("urn:b", "2210247", _OTHER, 2))
        for iri, geonames, state, count in (documents[at] for at in order):
            _add(store, pages, iri, geonames, state, count=count)
        graphs.append(_read(store))
    assert graphs[0] == graphs[1]
    assert (_PLACE, "geonames", "2210247") in graphs[0]
    assert (_PLACE, "partOf", _OTHER) in graphs[0]
    assert (_PLACE, "geonames", "266826") not in graphs[0]
