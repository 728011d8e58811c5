from pathlib import Path

import pyoxigraph
import pytest

from kg.analyse.relations import Edge
from kg.export.network import Network, NetworkNode
from kg.store.reader import Reader


@pytest.fixture(scope="session")
def press_path() -> Path:
    return Path(__file__).parent.parent / "queries" / "graphs" / "press.trig"


@pytest.fixture(scope="session")
def reader(press_path) -> Reader:
    """The store of `press.trig` in memory; no test writes to it."""
    return load_reader(press_path.read_bytes())


@pytest.fixture(scope="session")
def load():
    """The function that makes a store in memory of the bytes of a TriG file."""
    return load_reader


def load_reader(trig: bytes) -> Reader:
    store = pyoxigraph.Store()
    store.load(trig, format=pyoxigraph.RdfFormat.TRIG)
    return Reader(Path("memory"), store)


@pytest.fixture(scope="session")
def backwards(reader) -> Reader:
    """The same quads, added in another order."""
    store = pyoxigraph.Store()
    for quad in sorted(reader.inner, key=str, reverse=True):
        store.add(quad)
    return Reader(Path("memory"), store)


@pytest.fixture(scope="session")
def hostile_text() -> str:
    """Quotes, markup, control and bidirectional characters, an emoji, line ends, a noncharacter, a lone surrogate."""
    return "\"'><script>alert(1)</script>&amp; \x00\x0b\x1f \u202egnp.exe\u202c 😀 \ttab\r\nline\uffff\ud800 ]]>"


@pytest.fixture
def hostile(hostile_text) -> Network:
    """Two nodes and two parallel edges; everything that can be hostile is."""
    nodes = (NetworkNode("x:a", hostile_text, "Person", (("wikidata", hostile_text),)), NetworkNode("x:b", "=1+1", "Made & up"))
    edges = (
        Edge("x:a", "x:b", "AID", 1, 0.5, ("x:e1",), "", "", (("title", hostile_text),)),
        Edge("x:a", "x:b", "CONSULT", 3, 0.00001, ("x:e2", "x:e3", "x:e4"), "2025-01-01", "2025-01-01"),
    )
    return Network("events", nodes, edges, 4)


@pytest.fixture
def empty() -> Network:
    return Network("network", (), (), 0)
