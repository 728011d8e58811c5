from pathlib import Path

import pytest
from rdflib import XSD, Literal, URIRef

from kg.rdf import namespaces as ns
from kg.store.embedded import open_reader, open_store
from kg.store.view import open_view
from tests.store.in_memory import open_memory

BASE = "https://sayso.example/"

#: rdflib 7 warns of its own inner use of what it will drop.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.* is deprecated:DeprecationWarning")


def test_the_view_has_the_quads_of_the_store(lake_quads, registry) -> None:
    store = open_memory(registry)
    store.replace_document(lake_quads[0].graph.value, lake_quads)
    found = {tuple(str(term) for term in quad) for quad in open_view(store).quads()}
    assert found == {tuple(term.value for term in quad) for quad in store.quads()}


def test_the_view_answers_sparql_with_the_prefixes_of_the_project(tmp_path: Path, pages) -> None:
    with open_store(tmp_path / "s", BASE, {}) as store:
        store.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Anna Kask", "name", "Person", "new")]))
    with open_reader(tmp_path / "s") as reader:
        rows = list(open_view(reader).query("SELECT ?label { ?x skos:prefLabel ?label . ?m kg:refersTo ?x }"))
    assert [str(row[0]) for row in rows] == ["Anna Kask"]


def test_a_string_is_found_by_its_datatype(pages) -> None:
    store = open_memory({})
    store.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Anna Kask", "name", "Person", "new")]))
    label = Literal("Anna Kask", datatype=XSD.string)
    assert list(open_view(store).subjects(URIRef(ns.PREF_LABEL.value), label)) == [URIRef("urn:x")]
