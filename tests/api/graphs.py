"""Stores on disk made of TriG, for tests that need no build."""

from __future__ import annotations

from pathlib import Path

from kg.store.terms import OxStore, RdfFormat

NEWSROOM = Path(__file__).parents[1] / "queries" / "graphs" / "newsroom.trig"
VALUES = """
PREFIX x: <https://sayso.example/x#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
GRAPH x:g {
  x:1 x:n 1 ; x:d "2026-03-05"^^xsd:date ; x:t "2026-03-03T18:20:00+02:00"^^xsd:dateTime ; x:m 1 ; x:b true ; x:f 0.5 .
  x:2 x:n 2 ; x:d "2026-04"^^xsd:gYearMonth ; x:t "2026-03-05"^^xsd:date ; x:m "one" ; x:f 2 .
  x:3 x:d "2026"^^xsd:gYear ; x:t "2026-03-03T18:20:00"^^xsd:dateTime ; x:f 1.5e0 .
}
"""
ROWS = """
PREFIX x: <https://sayso.example/x#>
SELECT ?s ?n ?d ?t ?m ?b ?f WHERE {
  GRAPH x:g {
    ?s x:f ?f OPTIONAL { ?s x:n ?n } OPTIONAL { ?s x:d ?d } OPTIONAL { ?s x:t ?t } OPTIONAL { ?s x:m ?m } OPTIONAL { ?s x:b ?b }
  }
} ORDER BY ?s
"""


def write_store(folder: Path, trig: str | bytes) -> Path:
    """Write a store of a TriG text into a new folder, or add it to the store that is there."""
    store = OxStore(str(folder))
    store.load(trig, format=RdfFormat.TRIG)
    store.flush()
    return folder
