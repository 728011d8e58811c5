"""The index beside a store: read when it is of this store, made again when not, and never half of one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.model.vector import Vector
from kg.query import search_cache
from kg.query.search_cache import FOLDER, load_index
from kg.query.search_index import SearchIndex
from kg.store.annotations import AnnotationFile
from kg.store.converted import Converted
from kg.store.reader import open_reader
from kg.store.terms import NamedNode, OxLiteral, OxQuad, OxStore

KG = "https://sayso.example/ontology#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def name(letter: str) -> str:
    return f"https://sayso.example/document/{letter}"


def write_document(path: Path, letter: str, content: str, sha256: str = "1") -> None:
    """Put a document with one claim into the graph of a store."""
    store = OxStore(str(path))
    document, claim = NamedNode(name(letter)), NamedNode(f"{name(letter)}#a1")
    store.remove_graph(document)
    told = {"sha256": sha256, "extractorVersion": "v", "path": letter}
    store.add(OxQuad(document, TYPE, NamedNode(f"{KG}Document"), document))
    store.add(OxQuad(claim, TYPE, NamedNode(f"{KG}Claim"), document))
    store.add(OxQuad(claim, NamedNode(f"{KG}content"), OxLiteral(content), document))
    store.extend([OxQuad(document, NamedNode(f"{KG}{key}"), OxLiteral(value), document) for key, value in told.items()])
    store.flush()


def write_vector(path: Path, letter: str, first: int, sha256: str = "1", encoder: str = ENCODER_VERSION) -> None:
    """Note the vector of a document's claim."""
    values = bytes([first, *([1] * (DIMENSIONS - 1))])
    with AnnotationFile(path) as kept:
        kept.put([Converted(name(letter), sha256, "v", "x", b"", (), (Vector(attribution="a1", values=values),), encoder)])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    write_document(path, "a", "the harvest failed")
    write_document(path, "b", "ships turn back")
    write_vector(path, "a", 100)
    write_vector(path, "b", 50)
    return path


def load(path: Path) -> SearchIndex:
    with open_reader(path) as reader:
        return load_index(reader)


def to_parts(index: SearchIndex) -> tuple[object, ...]:
    words = index.words
    return (
        index.claims,
        index.starts.tolist(),
        index.vectors.tolist(),
        dict(words.vocabulary),
        words.weights.tolist(),
        words.size,
    )


def test_an_index_is_read_back_as_it_was_made(store: Path) -> None:
    assert to_parts(load(store)) == to_parts(load(store))


def test_an_index_of_this_store_is_not_made_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = to_parts(load(store))
    monkeypatch.delattr(search_cache, "build_index")
    assert to_parts(load(store)) == made


def test_a_changed_document_makes_the_index_stale(store: Path) -> None:
    load(store)
    write_document(store, "a", "rain fell at last", sha256="2")
    write_vector(store, "a", 70, sha256="2")
    index = load(store)
    assert index.words.vocabulary.keys() >= {"rain", "fell"}
    assert 70 in np.asarray(index.vectors)[:, 0].tolist()
    assert len(list((store / FOLDER).iterdir())) == 1


def test_vectors_of_another_version_of_a_document_are_not_used(store: Path) -> None:
    """As after a kill between the file of annotations and the graph."""
    write_vector(store, "a", 70, sha256="2")
    assert load(store).without_vector == 1


def test_vectors_of_another_encoder_are_not_used(store: Path) -> None:
    write_vector(store, "b", 50, encoder="another")
    assert load(store).without_vector == 1


def test_vectors_that_come_later_are_used(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write_document(path, "a", "the harvest failed")
    assert load(path).without_vector == 1
    write_vector(path, "a", 100)
    assert load(path).without_vector == 0


def test_the_index_is_the_same_after_any_order_of_edits(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write_document(other, "b", "ships turn back")
    write_vector(other, "b", 50)
    write_document(other, "c", "it was a Tuesday")
    write_document(other, "a", "nothing yet", sha256="0")
    load(other)
    write_vector(other, "a", 100)
    write_document(other, "a", "the harvest failed")
    inner = OxStore(str(other))
    inner.remove_graph(NamedNode(name("c")))
    inner.flush()
    del inner
    assert to_parts(load(other)) == to_parts(load(store))


def test_what_a_killed_run_left_is_not_read_and_goes(store: Path) -> None:
    unfinished = store / FOLDER / f"unfinished-999999999@{os.uname().nodename}@x"
    unfinished.mkdir(parents=True)
    (unfinished / "vectors.npy").write_bytes(b"half")
    load(store)
    assert not unfinished.exists()


def test_a_folder_without_its_mark_is_made_again(store: Path) -> None:
    load(store)
    (folder,) = (store / FOLDER).iterdir()
    (folder / "complete.json").unlink()
    (folder / "vectors.npy").write_bytes(b"half")
    assert load(store).without_vector == 0


def test_a_store_without_file_of_annotations_has_words_alone(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write_document(path, "a", "the harvest failed")
    assert load(path).without_vector == 1


def test_the_index_is_no_part_of_the_picture_of_a_store(store: Path) -> None:
    load(store)
    with open_reader(store) as reader:
        assert set(reader.documents()) == {name("a"), name("b")}
    shutil.rmtree(store / FOLDER)
    assert load(store).claims


def test_an_empty_store_has_an_empty_index(tmp_path: Path) -> None:
    path = tmp_path / "store"
    OxStore(str(path)).flush()
    assert [load(path).claims, load(path).claims] == [(), ()]
