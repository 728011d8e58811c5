"""Large graphs are rewritten by what differs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.store.changes import Changes, find_changes
from kg.store.embedded import Store, open_store
from kg.store.terms import NamedNode, OxStore, RdfFormat

GRAPH = "https://sayso.example/document/day"
BASE = "https://sayso.example/"


def to_lines(values: Sequence[object]) -> bytes:
    return "".join(f'<urn:e{at}> <urn:says> "{value}" .\n' for at, value in enumerate(values)).encode()


def hold(values: Sequence[object]) -> OxStore:
    store = OxStore()
    store.load(to_lines(values), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(GRAPH))
    return store


def test_the_changes_are_what_is_gone_and_what_is_new() -> None:
    found = find_changes(hold("abcd"), GRAPH, to_lines("abcx"))
    assert found == Changes((b'<urn:e3> <urn:says> "d" .\n',), (b'<urn:e3> <urn:says> "x" .\n',))


def test_equal_graphs_have_no_changes() -> None:
    assert find_changes(hold("abcd"), GRAPH, to_lines("abcd")) == Changes((), ())


def test_a_statement_that_is_told_twice_is_one() -> None:
    assert find_changes(hold("abcd"), GRAPH, to_lines("abcd") + to_lines("abcx") * 2) == Changes(
        (), (b'<urn:e3> <urn:says> "x" .\n',)
    )


@pytest.mark.parametrize(("stored", "wanted"), [("", "abcd"), ("abcd", "wxyd"), ("abcd", ""), ("ab", "abcdefg")])
def test_a_graph_that_is_empty_or_mostly_another_is_written_as_a_whole(stored: str, wanted: str) -> None:
    assert find_changes(hold(stored), GRAPH, to_lines(wanted)) is None


@pytest.fixture
def opened(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store", BASE, {})


def test_literals_with_marks_are_changed_as_they_are(opened: Store) -> None:
    opened.load_document(GRAPH, to_lines(["a", "b", 'line\\n\\"quoted\\"', "é\\u0001", "}"]), ())
    opened.load_document(GRAPH, to_lines(["a", "b", 'line\\r\\"quoted\\"', "é\\u0001", "{ } ;"]), ())
    texts = {quad.object.value for quad in opened.quads(GRAPH)}
    opened.close()
    assert texts == {"a", "b", 'line\r"quoted"', "é\u0001", "{ } ;"}


@pytest.mark.parametrize("wanted", ["abcx", "wxyz", "abcd", "abcdefghijkl", "a"])
def test_a_loaded_document_has_the_new_graph_whatever_it_had(opened: Store, wanted: str) -> None:
    opened.load_document(GRAPH, to_lines("abcd"), ())
    opened.load_document(GRAPH, to_lines(wanted), ())
    texts = sorted(quad.object.value for quad in opened.quads(GRAPH))
    opened.close()
    assert texts == sorted(wanted)
