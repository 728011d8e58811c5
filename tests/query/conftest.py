"""A small newsroom in memory and on disk: the graph that the named queries are tested on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store.terms import OxStore, RdfFormat

TRIG = Path(__file__).parents[1] / "queries" / "graphs" / "newsroom.trig"


@pytest.fixture(scope="session")
def newsroom() -> OxStore:
    store = OxStore()
    store.load(path=str(TRIG), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("newsroom") / "store"
    store = OxStore(str(path))
    store.load(path=str(TRIG), format=RdfFormat.TRIG)
    store.flush()
    return path
