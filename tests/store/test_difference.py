from pathlib import Path

import pytest

from kg.errors import InputMissingError
from kg.store.difference import find_differences
from kg.store.dump import write_dump
from kg.store.embedded import open_reader, open_store

BASE = "https://sayso.example/"


@pytest.fixture
def two_stores(tmp_path: Path, pages) -> tuple[Path, Path]:
    """Two stores that share one document; the second has another one with one actor."""
    for name in ("left", "right"):
        with open_store(tmp_path / name, BASE, {}) as store:
            store.replace_document("urn:a", pages.make("urn:a", []))
            if name == "right":
                store.replace_document("urn:b", pages.make("urn:b", [("urn:x", "Anna Kask", "name", "Person", "new")]))
    return tmp_path / "left", tmp_path / "right"


def test_a_store_does_not_differ_from_itself(two_stores: tuple[Path, Path]) -> None:
    assert list(find_differences(two_stores[0], two_stores[0])) == []


def test_what_only_one_store_has_is_told_with_its_side(two_stores: tuple[Path, Path]) -> None:
    found = list(find_differences(*two_stores))
    assert {sign for sign, _ in found} == {"+"}
    assert len(found) == 4 + 6 + 2
    assert [("-", statement) for _, statement in found] == list(find_differences(*reversed(two_stores)))


@pytest.mark.parametrize("syntax", ["nq", "trig", "ttl", "nt", "rdf", "jsonld"])
def test_a_dump_does_not_differ_from_its_store(two_stores: tuple[Path, Path], syntax: str, tmp_path: Path) -> None:
    with open_reader(two_stores[1]) as reader:
        write_dump(reader, tmp_path / f"all.{syntax}")
    assert list(find_differences(two_stores[1], tmp_path / f"all.{syntax}")) == []
    assert len(list(find_differences(two_stores[0], tmp_path / f"all.{syntax}"))) == 12


def test_a_side_that_is_missing_is_named(two_stores: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(InputMissingError, match="nowhere"):
        list(find_differences(two_stores[0], tmp_path / "nowhere"))
