from pathlib import Path

import pyoxigraph
import pytest

from kg.analyse.relations import Edge
from kg.export.network import Network, NetworkNode
from kg.store.reader import Reader

_STANCES = b"""
@prefix kg: <https://sayso.example/ontology#> . @prefix doc: <https://sayso.example/document/> .
@prefix actor: <https://sayso.example/actor/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stance: <https://sayso.example/scheme/stance/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
GRAPH doc:one {
  doc:s1 a kg:Stance ; kg:holder actor:noor ; kg:towards actor:ostia ; kg:stance stance:critical ; kg:withinClaim doc:a1 ;
    kg:published "2031-03-01"^^xsd:date ;
    kg:confidence 0.9 .
  doc:s2 a kg:Stance ; kg:holder actor:veld ; kg:towards actor:ostia ; kg:stance stance:critical ; kg:withinClaim doc:a2 ;
    kg:confidence 0.8 .
  doc:s3 a kg:Stance ; kg:holder actor:belmar ; kg:towards actor:ostia ; kg:stance stance:supportive ;
    kg:withinClaim doc:a3 ; kg:confidence 0.7 .
  doc:s4 a kg:Stance ; kg:holder actor:noor ; kg:towards actor:belmar ; kg:stance stance:neutral ; kg:withinClaim doc:a1 ;
    kg:confidence 0.9 .
  doc:a1 kg:content "Ostia lied to Belmar" ; kg:published "2031-03-01"^^xsd:date .
  doc:a2 kg:content "Ostia cheats" . doc:a3 kg:content "Ostia keeps its word" .
}
GRAPH <https://sayso.example/graph/actors> {
  actor:noor skos:prefLabel "Anna Noor" ; a kg:Person ; kg:partOf actor:belmar .
  actor:veld skos:prefLabel "Bram Veld" ; a kg:Person .
  actor:ostia skos:prefLabel "Ostia" ; a kg:State . actor:belmar skos:prefLabel "Belmar" ; a kg:State .
}
GRAPH <https://sayso.example/graph/ontology> {
  stance:critical skos:notation "critical" . stance:neutral skos:notation "neutral" .
  stance:supportive skos:notation "supportive" .
}
"""


@pytest.fixture(scope="session")
def press_path() -> Path:
    return Path(__file__).parent.parent / "queries" / "graphs" / "press.trig"


@pytest.fixture(scope="session")
def reader(press_path) -> Reader:
    """The store of `press.trig` in memory; no test writes to it."""
    return load_reader(press_path.read_bytes())


@pytest.fixture(scope="session")
def stances() -> Reader:
    """Three stances that are none of neutral, one that is, and whom they are of."""
    return load_reader(_STANCES)


@pytest.fixture(scope="session")
def told(press_path) -> Reader:
    """`press.trig` with the stances: something for every view."""
    return load_reader(press_path.read_bytes() + _STANCES)


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
