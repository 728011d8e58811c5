from pathlib import Path

import pyoxigraph
import pytest


@pytest.fixture(scope="session")
def reader() -> pyoxigraph.Store:
    """The store of `press.trig`; no test writes to it."""
    store = pyoxigraph.Store()
    store.load(path=str(Path(__file__).parent.parent / "queries" / "graphs" / "press.trig"), format=pyoxigraph.RdfFormat.TRIG)
    return store
