"""The newsrooms that the named queries are tested on, in one store in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store.terms import OxStore, RdfFormat

GRAPHS = Path(__file__).parents[2] / "queries" / "graphs"
ACTOR = "https://sayso.example/actor/"
DOCUMENT = "https://sayso.example/document/"


@pytest.fixture(scope="session")
def desk() -> OxStore:
    store = OxStore()
    for name in ("newsroom", "press", "stances", "occurrences", "desk"):
        store.load((GRAPHS / f"{name}.trig").read_bytes(), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def speakers(desk: OxStore) -> list[str]:
    """Every actor that says anything, by IRI."""
    found = desk.query("SELECT DISTINCT ?s { GRAPH ?g { ?c <https://sayso.example/ontology#speaker> ?s } }")
    return sorted(row[0].value for row in found)  # type: ignore[union-attr]
