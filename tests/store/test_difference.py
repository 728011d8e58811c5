from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ExportFormatError, InputMissingError, StoreInvalidError, StoreMissingError
from kg.rdf.terms import Quad
from kg.store.difference import find_differences
from kg.store.dump import write_dump
from kg.store.embedded import open_store
from kg.store.reader import open_reader
from tests.store.conftest import BASE, Pages

MENTION = ("urn:actor:ada", "Ada", "name", "Person", "new")


def build(path: Path, quads: dict[str, tuple[Quad, ...]]) -> Path:
    with open_store(path, BASE, {}) as store:
        store.replace_documents(quads)
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld", "nt", "ttl", "rdf"])
def test_a_store_and_its_dump_do_not_differ(tmp_path: Path, pages: Pages, ending: str) -> None:
    store = build(tmp_path / "store", {"urn:doc:1": pages.make("urn:doc:1", [MENTION])})
    dump = tmp_path / f"dump.{ending}"
    with open_reader(store) as reader:
        write_dump(reader, dump)
    assert list(find_differences(store, dump)) == []
    assert list(find_differences(dump, store)) == []


def test_what_one_side_lacks_is_signed_and_sorted_by_graph(tmp_path: Path) -> None:
    left = write(tmp_path / "left.nq", '<urn:s> <urn:p> "b" <urn:g2> .\n<urn:s> <urn:p> <urn:o> <urn:g1> .\n')
    right = write(
        tmp_path / "right.nq", '<urn:s> <urn:p> <urn:o> <urn:g1> .\n<urn:s> <urn:p> "a" <urn:g2> .\n<urn:s> <urn:q> <urn:o> .\n'
    )
    assert list(find_differences(left, right)) == [
        ("+", "<urn:s> <urn:q> <urn:o> ."),
        ("+", '<urn:s> <urn:p> "a" <urn:g2> .'),
        ("-", '<urn:s> <urn:p> "b" <urn:g2> .'),
    ]


def test_a_statement_in_another_graph_differs(tmp_path: Path) -> None:
    left = write(tmp_path / "left.nq", "<urn:s> <urn:p> <urn:o> <urn:g1> .\n")
    right = write(tmp_path / "right.nq", "<urn:s> <urn:p> <urn:o> <urn:g2> .\n")
    assert [sign for sign, _ in find_differences(left, right)] == ["-", "+"]


def test_graphs_do_not_matter_where_one_side_has_none(tmp_path: Path) -> None:
    left = write(tmp_path / "left.nq", "<urn:s> <urn:p> <urn:o> <urn:g1> .\n<urn:s> <urn:p> <urn:o> <urn:g2> .\n")
    right = write(tmp_path / "right.ttl", "<urn:s> <urn:p> <urn:o> , <urn:x> .")
    assert list(find_differences(left, right)) == [("+", "<urn:s> <urn:p> <urn:x> .")]


def test_a_text_with_line_breaks_is_one_line(tmp_path: Path) -> None:
    left = write(tmp_path / "left.ttl", '<urn:s> <urn:p> """one\ntwo""" .')
    right = write(tmp_path / "right.ttl", "")
    assert list(find_differences(left, right)) == [("-", '<urn:s> <urn:p> "one\\ntwo" .')]


def test_empty_dumps_do_not_differ(tmp_path: Path) -> None:
    assert list(find_differences(write(tmp_path / "a.nq", ""), write(tmp_path / "b.trig", ""))) == []


def test_blank_nodes_are_refused(tmp_path: Path) -> None:
    dump = write(tmp_path / "a.ttl", "[] <urn:p> <urn:o> .")
    with pytest.raises(StoreInvalidError, match="blank nodes"):
        list(find_differences(dump, dump))


def test_what_is_no_store_and_no_dump_is_named(tmp_path: Path) -> None:
    good = write(tmp_path / "a.nq", "")
    with pytest.raises(InputMissingError):
        list(find_differences(good, tmp_path / "none.nq"))
    with pytest.raises(StoreMissingError):
        list(find_differences(tmp_path, good))
    with pytest.raises(ExportFormatError):
        list(find_differences(write(tmp_path / "a.txt", "x"), good))
    with pytest.raises(StoreInvalidError):
        list(find_differences(write(tmp_path / "b.nq", "no quad"), good))
