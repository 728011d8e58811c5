from __future__ import annotations

import pytest

from kg.query.pages.nodes import Node, describe_node, describe_nodes, list_nodes, name_nodes, shorten_property
from kg.query.pages.paging import cut_page
from kg.query.pages.placing import place_nodes
from kg.store.terms import OxStore
from tests.query.pages.conftest import ACTOR, DOCUMENT


def test_a_node_is_described_by_the_names_of_the_ontology(desk: OxStore) -> None:
    claim = describe_node(desk, f"{DOCUMENT}wire#a1")
    assert claim.kinds == {"Claim"}
    assert claim.one("speaker") == f"{ACTOR}ilmar-kask"
    assert claim.notation("cueType") == "statement"
    assert claim.number("nif:beginIndex") == 0
    assert claim.document == f"{DOCUMENT}wire"


def test_what_the_store_does_not_know_has_no_value(desk: OxStore) -> None:
    nodes = describe_nodes(desk, ["https://e.example/none", "no iri", ""])
    assert [node.kinds for node in nodes.values()] == [frozenset()] * 3
    assert describe_nodes(desk, []) == {}


def test_a_value_never_becomes_a_part_of_a_query(desk: OxStore) -> None:
    evil = "https://e.example/> } } DELETE WHERE { ?s ?p ?o } #"
    assert list_nodes([evil]) == ""
    assert describe_node(desk, evil).all("rdf:type") == ()


def test_actors_and_concepts_are_named_apart(desk: OxStore) -> None:
    frame = "https://sayso.example/scheme/frame/stalling"
    names = name_nodes(desk, [f"{ACTOR}putin", frame])
    assert (names.actor(f"{ACTOR}putin").label, names.actor(f"{ACTOR}putin").type) == ("Vladimir Putin", "Person")
    assert names.concept(frame).notation == "stalling"
    assert names.actor("https://e.example/none").label == "https://e.example/none"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://sayso.example/ontology#speaker", "speaker"),
        ("http://www.w3.org/2004/02/skos/core#prefLabel", "skos:prefLabel"),
        ("http://purl.org/dc/terms/title", "dcterms:title"),
        ("https://e.example/other", "https://e.example/other"),
    ],
)
def test_properties_have_short_names(iri: str, name: str) -> None:
    assert shorten_property(iri) == name


def test_a_part_without_a_source_is_of_the_document_in_its_iri() -> None:
    assert Node("https://e.example/d#a1", {}).document == "https://e.example/d"


@pytest.mark.parametrize(("number", "shown"), [(1, [0, 1]), (2, [2, 3]), (3, [4]), (9, [4])])
def test_a_list_is_cut_into_pages(number: int, shown: list[int]) -> None:
    paging, entries = cut_page([0, 1, 2, 3, 4], number, 2)
    assert list(entries) == shown
    assert (paging.pages, paging.total, paging.last - paging.first + 1) == (3, 5, len(shown))


def test_an_empty_list_has_one_empty_page() -> None:
    paging, entries = cut_page([], 4)
    assert (paging.number, paging.pages, paging.first, paging.last, list(entries)) == (1, 1, 0, 0, [])


def test_nodes_that_are_tied_lie_nearer_than_others() -> None:
    ties = [(0, 1, 5.0), (1, 2, 5.0), (0, 2, 5.0), (3, 4, 5.0), (4, 5, 5.0), (3, 5, 5.0)]
    places = place_nodes(6, ties)
    assert places.shape == (6, 2)
    assert abs(places).max() <= 1

    def measure(a: int, b: int) -> float:
        return float(((places[a] - places[b]) ** 2).sum() ** 0.5)

    assert max(measure(a, b) for a, b, _ in ties) < min(measure(a, b) for a in (0, 1, 2) for b in (3, 4, 5))


def test_places_are_the_same_on_every_run() -> None:
    ties = [(0, 1, 2.0), (1, 2, 1.0), (2, 3, 1.0)]
    assert (place_nodes(5, ties) == place_nodes(5, ties)).all()
    assert place_nodes(0, []).shape == (0, 2)
    assert place_nodes(1, []).shape == (1, 2)
