"""Large graphs are rewritten by what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from kg.store.batches import split
from kg.store.changes import Changes, find_changes
from kg.store.embedded import Store, open_reader, open_store
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


def describe(values: Iterable[object]) -> list[str]:
    """Return lines as the engine writes them: of each value, a subject that says it."""
    return [f'<urn:s{value}> <urn:says> "said {value}" .\n' for value in values]


@pytest.mark.parametrize("before", [0, 10])
def test_many_lines_and_few_become_the_same_graph(tmp_path: Path, before: int) -> None:
    """New lines go past the log, and many beside those of which some go do not; neither shows."""
    many = range(before // 2, 6000)
    stored = []
    for name, batches in (("at-once", [many]), ("in-pieces", split(many, 500))):
        with open_store(tmp_path / name, BASE, {}) as store:
            store.replace_subjects(GRAPH, (), describe(range(before)))
            for batch in batches:
                store.replace_subjects(GRAPH, (), describe(batch))
            store.replace_subjects(GRAPH, [f"urn:s{value}" for value in range(before // 2)], ())
        with open_reader(tmp_path / name) as reader:
            stored.append(sorted(quad.object.value for quad in reader.quads(GRAPH)))
    assert stored[0] == stored[1] == sorted(f"said {value}" for value in many)


def test_many_lines_take_the_place_of_what_was_said_of_their_subjects(opened: Store) -> None:
    before = [line.replace("said", "thought") for line in describe(range(3))]
    opened.replace_subjects(GRAPH, (), before)
    opened.replace_subjects(GRAPH, (), describe(range(5000)))
    texts = {quad.object.value for quad in opened.quads(GRAPH)}
    opened.close()
    assert texts == {f"said {value}" for value in range(5000)}
