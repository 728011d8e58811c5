"""Actors of stored documents get other IRIs, statement by statement."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.model.annotation import Annotation
from kg.rdf import namespaces as ns
from kg.rdf.annotation import to_quads
from kg.rdf.terms import Iri, Quad
from kg.store.actors import ActorDeriver, Part
from kg.store.embedded import Store, open_store
from kg.store.terms import NamedNode
from kg.store.unsettled import read_unsettled

BASE = "https://sayso.example/"
ACTORS = NamedNode(ns.name_actors_graph(BASE).value)


def list_actors(annotation: Annotation) -> list[str]:
    return sorted({link.actor for link in annotation.resolution.links if link.actor})


def make_graph(annotation: Annotation, canonical: Mapping[str, str] | None = None) -> dict[str, object]:
    return {annotation.document.id: to_quads(annotation, extractor_version="1", canonical=canonical)}


@pytest.fixture
def stored(tmp_path: Path, lake_talks: Annotation, registry) -> Store:
    store = open_store(tmp_path / "store", BASE, registry)
    store.replace_documents(make_graph(lake_talks))
    return store


def test_a_store_with_renamed_actors_is_as_one_written_with_their_new_names(
    tmp_path: Path, lake_talks: Annotation, stored: Store, registry
) -> None:
    names = {actor: f"{actor}-of-another-text" for actor in list_actors(lake_talks)}
    assert len(names) > 4
    with stored, open_store(tmp_path / "clean", BASE, registry) as clean:
        assert stored.rename_actors({lake_talks.document.id: names}) == set()
        clean.replace_documents(make_graph(lake_talks, names))
        assert stored.sorted_quads() == clean.sorted_quads()


def test_each_actor_can_be_renamed_alone(tmp_path: Path, lake_talks: Annotation, stored: Store, registry) -> None:
    with stored, open_store(tmp_path / "clean", BASE, registry) as clean:
        for actor in list_actors(lake_talks):
            names = {actor: "urn:r:minister"}
            stored.replace_documents(make_graph(lake_talks))
            assert stored.rename_actors({lake_talks.document.id: names}) == set()
            clean.replace_documents(make_graph(lake_talks, names))
            assert stored.sorted_quads() == clean.sorted_quads(), actor


def test_actors_that_would_become_one_keep_their_names(lake_talks: Annotation, stored: Store) -> None:
    first, second, *_ = list_actors(lake_talks)
    with stored:
        before = stored.sorted_quads()
        for names in ({first: second}, {first: "urn:x", second: "urn:x"}, {first: second, second: first}):
            assert stored.rename_actors({lake_talks.document.id: names}) == {lake_talks.document.id}
            assert stored.sorted_quads() == before


def test_the_state_in_which_a_city_lies_keeps_its_name(stored: Store, pages) -> None:
    graph = pages.make(
        "urn:d", [("urn:r:state", "State", "name", "State", "state"), ("urn:city", "Port", "name", "Place", "city")]
    )
    lies = Quad(Iri("urn:d#m2"), ns.LOCATED_IN, Iri("urn:r:state"), Iri("urn:d"))
    means = Quad(Iri("urn:d#m1"), ns.REFERS_TO, Iri("urn:r:state"), Iri("urn:d"))
    with stored:
        stored.replace_documents({"urn:d": (*graph, lies)})
        assert stored.rename_actors({"urn:d": {"urn:r:state": "urn:x"}}) == set()
        assert set(stored.sorted_quads("urn:d")) == {*graph, lies} - {means} | {means._replace(object=Iri("urn:x"))}


def test_other_documents_keep_the_names(lake_talks: Annotation, stored: Store, pages) -> None:
    actor = list_actors(lake_talks)[0]
    with stored:
        stored.replace_documents({"urn:d": pages.make("urn:d", [(actor, "Ada Orlo", "name", "Person", "new")])})
        before = stored.sorted_quads("urn:d")
        stored.rename_actors({lake_talks.document.id: {actor: "urn:x"}})
        assert stored.sorted_quads("urn:d") == before


def test_a_name_that_no_statement_has_changes_nothing(lake_talks: Annotation, stored: Store) -> None:
    with stored:
        before = stored.sorted_quads()
        assert stored.rename_actors({lake_talks.document.id: {"urn:nobody": "urn:somebody"}}) == set()
        assert stored.sorted_quads() == before


def test_an_actor_of_many_documents_is_described_once_when_all_are_renamed(
    tmp_path: Path, lake_talks: Annotation, registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = next(iri for iri in list_actors(lake_talks) if iri not in registry)
    text = lake_talks.document
    papers = [
        lake_talks.model_copy(update={"document": text.model_copy(update={"id": f"{text.id}-{paper}"})}) for paper in range(5)
    ]
    described: list[str] = []
    derive = ActorDeriver.derive

    def count(self: ActorDeriver, iri: str, *parts: Part) -> tuple[Quad, ...]:
        described.append(iri)
        return derive(self, iri, *parts)

    with open_store(tmp_path / "store", BASE, registry) as store, open_store(tmp_path / "clean", BASE, registry) as clean:
        for paper in papers:
            store.replace_documents(make_graph(paper, {actor: f"{paper.document.id}-actor"}))
            clean.replace_documents(make_graph(paper, {actor: "urn:x"}))
        monkeypatch.setattr("kg.store.embedded._RENAMED_TOGETHER", 1)
        monkeypatch.setattr("kg.store.embedded._DERIVED_TOGETHER", 2)
        monkeypatch.setattr(ActorDeriver, "derive", count)
        named = {paper.document.id: {f"{paper.document.id}-actor": "urn:x"} for paper in papers}
        assert store.rename_actors(named) == set()
        assert store.sorted_quads() == clean.sorted_quads()
    assert described.count("urn:x") == 1


def test_killed_before_the_actors_are_told_of_the_next_writer_tells(
    tmp_path: Path, lake_talks: Annotation, stored: Store, registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = next(iri for iri in list_actors(lake_talks) if iri not in registry)
    names = {actor: "urn:x"}

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_derive_again", die)
        with pytest.raises(KeyboardInterrupt):
            stored.rename_actors({lake_talks.document.id: names})
    assert {actor, "urn:x"} <= read_unsettled(tmp_path / "store")
    old, new = (
        [(quad.predicate, quad.object) for quad in stored.inner.quads_for_pattern(NamedNode(name), None, None, ACTORS)]
        for name in (actor, "urn:x")
    )
    assert old
    assert new == old, "who reads now finds the new name described"
    stored.inner.flush()
    stored._open_inner = None  # as a kill leaves it: the note stays
    del stored
    with open_store(tmp_path / "store", BASE, registry) as store, open_store(tmp_path / "clean", BASE, registry) as clean:
        clean.replace_documents(make_graph(lake_talks, names))
        assert store.sorted_quads() == clean.sorted_quads()
