"""Vectors of claims follow their documents: whatever the order of edits, and wherever a run was killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.forget import remove_document
from kg.build.run import run_build
from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.query.search_cache import load_index
from kg.settings import Settings
from kg.store.annotations import AnnotationFile
from kg.store.embedded import Store
from kg.store.reader import open_reader
from kg.store.vectors import DocumentVectors, list_vectors

FERRY = "Harbour master Oda Brekke said on Monday that the ferry would sail again in May.\n"
BRIDGE = "Mayor Pia Holm denied that the bridge was unsafe. “It will stand for a century,” she told reporters.\n"
CHANGED = "Harbour master Oda Brekke said on Tuesday that the ferry would never sail again.\n"


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def build(folder: Path, store: Path) -> None:
    run_build([str(folder)], Settings(store=str(store)), is_pruning=True)


def read(store: Path) -> list[DocumentVectors]:
    with AnnotationFile(store, is_read_only=True) as kept:
        return [item._replace(version="") for item in list_vectors(kept)]  # one and the same extractor made them all


def search_all(store: Path) -> tuple[tuple[str, ...], list[list[int]]]:
    with open_reader(store) as reader:
        index = load_index(reader)
        return index.claims, index.vectors.tolist()


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("texts") / "in", ferry=CHANGED, bridge=BRIDGE)


@pytest.fixture(scope="module")
def fresh(texts: Path) -> Path:
    """A store of the last texts, built at once."""
    store = texts.parent / "store"
    build(texts, store)
    return store


def test_each_claim_of_a_built_store_has_a_vector(fresh: Path) -> None:
    with open_reader(fresh) as reader:
        index = load_index(reader)
    assert index.without_vector == 0 < len(index.claims)
    assert {item.encoder for item in read(fresh)} == {ENCODER_VERSION}
    assert {len(vector.values) for item in read(fresh) for vector in item.vectors} == {DIMENSIONS}


def test_edits_in_any_order_end_in_the_vectors_of_a_fresh_build(fresh: Path, texts: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    folder = write(tmp_path / "in", ferry=FERRY)
    build(folder, store)
    search_all(store)
    remove_document(str(folder / "ferry.txt"), Settings(store=str(store)))
    assert read(store) == []
    write(folder, bridge=BRIDGE, ferry=FERRY)
    build(folder, store)
    build(texts, store)
    assert read(store) == read(fresh)
    assert search_all(store) == search_all(fresh)


def test_a_run_that_ends_before_the_graph_is_written_leaves_vectors_that_nobody_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    write(tmp_path / "in", ferry=FERRY, bridge=BRIDGE)
    build(tmp_path / "in", store)
    write(tmp_path / "in", ferry=CHANGED)

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "replace_documents", end)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path / "in", store)
    with open_reader(store) as reader:
        index = load_index(reader)
        assert index.without_vector > 0
        assert {claim.partition("#")[0] for claim in index.claims} == set(reader.documents())
    build(tmp_path / "in", store)
    with open_reader(store) as reader:
        assert load_index(reader).without_vector == 0


def test_the_profile_fast_has_no_vectors(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run_build([str(write(tmp_path / "in", ferry=FERRY))], Settings(store=str(store), profile="fast"))
    assert read(store) == []
    with open_reader(store) as reader:
        index = load_index(reader)
    assert index.without_vector == len(index.claims) > 0
