from pathlib import Path

import pyoxigraph
import pytest

GRAPHS = Path(__file__).parent.parent / "queries" / "graphs"


def load(name: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=str(GRAPHS / name), format=pyoxigraph.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def reader() -> pyoxigraph.Store:
    """The store of `press.trig`; no test writes to it."""
    return load("press.trig")


@pytest.fixture(scope="session")
def stances() -> pyoxigraph.Store:
    """The store of `stances.trig`: each way to stand to a frame; no test writes to it."""
    return load("stances.trig")


@pytest.fixture(scope="session")
def denials() -> pyoxigraph.Store:
    """The store of `denials.trig`: denying as a frame of its own; no test writes to it."""
    return load("denials.trig")
