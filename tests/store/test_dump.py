import io
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

from kg.errors import ExportFormatError, InputMissingError, StoreInvalidError
from kg.rdf import namespaces as ns
from kg.rdf.ontology import ontology_quads
from kg.rdf.terms import Iri, Quad, to_text
from kg.store.dump import FORMATS, load_dump, write_dump
from kg.store.embedded import Store
from tests.store.in_memory import open_memory

BASE = "https://sayso.example/"


@pytest.fixture
def store(lake_quads: tuple[Quad, ...], registry, pages) -> Store:
    store = open_memory(registry)
    store.replace_document(lake_quads[0].graph.value, lake_quads)
    store.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Ada \u202e<b>&\"'", "name", "Person", "new")]))
    store.replace_ontology(ontology_quads())
    return store


def dump(store: Store, syntax: str) -> bytes:
    stream = io.BytesIO()
    write_dump(store, stream, syntax)
    return stream.getvalue()


@pytest.mark.parametrize("syntax", FORMATS)
def test_a_dump_does_not_depend_on_the_order_of_writing(store: Store, syntax: str, registry) -> None:
    other = open_memory(registry)
    other.replace_ontology(reversed(ontology_quads()))
    for graph in reversed(store.graphs()):
        if graph not in (ns.ONTOLOGY_GRAPH.value, f"{BASE}graph/actors"):
            other.replace_document(graph, reversed(store.sorted_quads(graph)))
    assert dump(other, syntax) == dump(store, syntax)


@pytest.mark.parametrize("syntax", ["trig", "nq", "jsonld"])
def test_a_dump_with_graphs_is_loaded_as_the_same_store(store: Store, syntax: str, tmp_path: Path) -> None:
    write_dump(store, tmp_path / f"all.{syntax}")
    loaded = load_dump(tmp_path / f"all.{syntax}")
    assert set(loaded) == set(store.inner)


@pytest.mark.parametrize("syntax", ["ttl", "nt", "rdf"])
def test_a_dump_without_graphs_is_the_union_of_all(store: Store, syntax: str, tmp_path: Path) -> None:
    write_dump(store, tmp_path / f"all.{syntax}")
    loaded = load_dump(tmp_path / f"all.{syntax}")
    assert {quad.triple for quad in loaded} == {quad.triple for quad in store.inner}


@pytest.mark.parametrize(("syntax", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")])
def test_a_dump_is_read_by_another_library(store: Store, syntax: str, name: str) -> None:
    graph = Graph().parse(data=dump(store, syntax), format=name)
    assert len(graph) == len({quad.triple for quad in store.inner})


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib 7 warns of its own inner use
def test_a_dump_in_trig_is_read_by_another_library(store: Store) -> None:
    dataset = Dataset().parse(data=dump(store, "trig"), format="trig")
    assert {str(graph.identifier) for graph in dataset.graphs() if len(graph)} == set(store.graphs())


def test_a_dump_tells_how_many_statements_it_holds(store: Store, tmp_path: Path) -> None:
    assert write_dump(store, tmp_path / "all.nq").statements == store.size
    assert len((tmp_path / "all.nq").read_text("utf-8").splitlines()) == store.size


def test_prefixes_shorten_a_dump(store: Store) -> None:
    assert b"kg:speaker" in dump(store, "ttl")


def test_characters_that_xml_cannot_hold_are_replaced_and_counted(tmp_path: Path) -> None:
    store = open_memory({})
    words = to_text("a\x00b\x0bc\uffff\td\U0001f600")
    store.replace_document("urn:d", [Quad(Iri("urn:s"), ns.CONTENT, words, Iri("urn:d"))])
    assert write_dump(store, tmp_path / "all.rdf").replaced_characters == 3
    (quad,) = Graph().parse(str(tmp_path / "all.rdf"), format="xml")
    assert str(quad[2]) == "a\ufffdb\ufffdc\ufffd\td\U0001f600"


@pytest.mark.parametrize("syntax", ["ttl", "trig", "nt", "nq", "jsonld"])
def test_control_characters_stay_in_the_other_syntaxes(syntax: str, tmp_path: Path) -> None:
    store = open_memory({})
    words = to_text('a\x00b\x0bc\uffff\td\r\n\\u0022 """ \U0001f600')
    store.replace_document("urn:d", [Quad(Iri("urn:s"), ns.CONTENT, words, Iri("urn:d"))])
    assert write_dump(store, tmp_path / f"all.{syntax}").replaced_characters == 0
    assert [quad.object.value for quad in load_dump(tmp_path / f"all.{syntax}")] == [words.value]


@pytest.mark.parametrize("syntax", FORMATS)
def test_an_empty_store_gives_a_valid_file(syntax: str, tmp_path: Path) -> None:
    write_dump(open_memory({}), tmp_path / f"all.{syntax}")
    assert len(load_dump(tmp_path / f"all.{syntax}")) == 0


def test_a_triple_in_two_graphs_stands_once_where_there_are_no_graphs() -> None:
    store = open_memory({})
    for graph in ("urn:a", "urn:b"):
        store.replace_document(graph, [Quad(Iri("urn:s"), ns.CONTENT, to_text("same"), Iri(graph))])
    assert dump(store, "nt").count(b"same") == 1


def test_an_unknown_ending_is_refused_with_those_that_are_known(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportFormatError, match="trig"):
        write_dump(store, tmp_path / "all.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_dump_that_fails_leaves_the_old_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "all.nq").write_text("old")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("kg.store.dump.serialize", fail)
    with pytest.raises(OSError, match="disk full"):
        write_dump(store, tmp_path / "all.nq")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("all.nq", "old")]


def test_a_dump_that_is_missing_or_malformed_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError):
        load_dump(tmp_path / "all.nq")
    (tmp_path / "all.nq").write_text("<urn:s> nonsense")
    with pytest.raises(StoreInvalidError, match="not valid") as caught:
        load_dump(tmp_path / "all.nq")
    assert "\n" not in str(caught.value)
