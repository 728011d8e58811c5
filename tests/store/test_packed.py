"""Graphs packed for another process: the store is the same as from their quads."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad, to_text
from kg.store.embedded import open_store
from kg.store.packed import pack_graph
from kg.store.terms import NamedNode, OxStore, to_ox_quads

BASE = "https://sayso.example/"
ODD = 'tab\there, "quote", back\\slash, line\nbreak, bell\x07, Ꙗ and 🙂'


def read(store: Path) -> list[Quad]:
    with open_store(store, BASE, {}) as opened:
        return list(opened.sorted_quads())


def test_a_packed_graph_holds_its_quads_in_order(lake_quads: tuple[Quad, ...]) -> None:
    packed = pack_graph(lake_quads[0].graph.value, lake_quads)
    assert packed.read_quads() == to_ox_quads(lake_quads)
    assert pack_graph(lake_quads[0].graph.value, lake_quads) == packed


def test_any_characters_of_a_text_come_back() -> None:
    quad = Quad(Iri("urn:d#m1"), ns.NAME, to_text(ODD, "en"), Iri("urn:d"))
    assert pack_graph("urn:d", [quad]).read_quads() == to_ox_quads([quad])


def test_a_packed_graph_is_a_small_part_of_the_pickled_quads(lake_quads: tuple[Quad, ...]) -> None:
    packed = pack_graph(lake_quads[0].graph.value, lake_quads)
    assert len(packed.statements) < len(pickle.dumps(lake_quads)) / 4


def test_a_store_of_packed_graphs_is_that_of_their_quads(
    tmp_path: Path, pages, lake_quads: tuple[Quad, ...], registry: dict[str, Actor]
) -> None:
    iri = lake_quads[0].graph.value
    first = {iri: lake_quads, "urn:d": pages.make("urn:d", [("urn:a", "Ada Old", "name", "Person", "new")])}
    second = {
        iri: lake_quads[: len(lake_quads) // 2],
        "urn:e": pages.make("urn:e", [("urn:a", "Ada New", "name", "Person", "new")], [("urn:a", "urn:o")]),
    }
    for name, pack in (("plain", lambda _, quads: quads), ("packed", pack_graph)):
        with open_store(tmp_path / name, BASE, registry) as store:
            for documents in (first, second):
                store.replace_documents({document: pack(document, quads) for document, quads in documents.items()})
                for document, quads in documents.items():
                    bare = OxStore()
                    bare.extend(to_ox_quads(quads))
                    assert set(store.inner.quads_for_pattern(None, None, None, NamedNode(document))) == set(bare)
    assert read(tmp_path / "packed") == read(tmp_path / "plain")


def test_packed_and_other_graphs_go_into_one_store(tmp_path: Path, pages) -> None:
    pair = {name: pages.make(name, [("urn:a", f"Ada {name}", "name", "Person", "new")]) for name in ("urn:d", "urn:e")}
    with open_store(tmp_path / "mixed", BASE, {}) as store:
        store.replace_documents({"urn:d": pair["urn:d"], "urn:e": pack_graph("urn:e", pair["urn:e"])})
    with open_store(tmp_path / "plain", BASE, {}) as store:
        store.replace_documents(pair)
    assert read(tmp_path / "mixed") == read(tmp_path / "plain")


def test_a_quad_of_another_graph_or_with_what_is_no_iri_is_refused() -> None:
    quad = Quad(Iri("urn:d#m1"), ns.NAME, to_text("Ada"), Iri("urn:e"))
    with pytest.raises(ValueError, match="another graph"):
        pack_graph("urn:d", [quad])
    with pytest.raises(ValueError, match="IRI"):
        pack_graph("urn:e", [quad._replace(subject=Iri("not an iri"))])
