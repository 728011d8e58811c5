"""Tables of coded events in a store beside documents: found by one query, replaced, forgotten, valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.forget import remove_document
from kg.build.run import BuildReport, run_build
from kg.query.catalogue import find_query
from kg.query.reader import to_text
from kg.query.run import run_named_query
from kg.rdf import namespaces as ns
from kg.read.event_tables import reading
from kg.settings import Settings
from kg.store.difference import find_differences
from kg.store.reader import open_reader
from kg.store.validate import validate_store
from tests.read.event_tables.samples import ICEWS_HEADER, make_gdelt, make_icews, to_lines

TEXT = "OSLO, 3 January 2024\n\nNorway sent generators to Sweden on Tuesday.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "visit.txt").write_text(TEXT, "utf-8")
    rows = [
        make_gdelt(),
        make_gdelt(id="700000002", event="190", scale="-10", actor2_code="COP", actor2_name="POLICE", actor2_country=""),
    ]
    (tmp_path / "in" / "20240102.export.CSV").write_text(to_lines(*rows), "utf-8")
    (tmp_path / "in" / "icews.tab").write_text(to_lines(ICEWS_HEADER, make_icews()), "utf-8")
    return tmp_path


def build(desk: Path, store: str = "store", *, is_pruning: bool = False) -> BuildReport:
    return run_build([str(desk / "in")], Settings(store=str(desk / store)), is_pruning=is_pruning)


def assert_same(desk: Path) -> None:
    build(desk, "fresh")
    assert list(find_differences(desk / "store", desk / "fresh")) == []


def test_tables_and_texts_are_asked_together_and_the_store_is_valid(desk: Path) -> None:
    report = build(desk)
    assert (len(report.added), report.refused) == (3, [])
    with open_reader(desk / "store") as reader:
        found = run_named_query(reader, find_query("events-between"), {"actor": "Norway", "recipient": "Sweden"})
        assert validate_store(reader).findings == ()
    rows = [dict(zip(found.variables, map(to_text, row), strict=True)) for row in found.rows]
    assert sorted({row["quote"] for row in rows}) == ["", "Norway sent generators to Sweden on Tuesday."]
    assert {row["type"] for row in rows} == {"AID", "CONSULT"}


def test_an_actor_of_a_table_alone_has_a_label(desk: Path) -> None:
    build(desk)
    with open_reader(desk / "store") as reader:
        labels = {quad.object.value for quad in reader.quads() if quad.predicate == ns.PREF_LABEL}
    assert {"Norway", "Sweden", "Citizen (Sweden)", "Police (Norway)"} <= labels


def test_an_unchanged_table_is_skipped_and_its_bad_rows_are_told_again(desk: Path) -> None:
    (desk / "in" / "icews.tab").write_text(to_lines(ICEWS_HEADER, make_icews(), make_icews(cameo_code="999")), "utf-8")
    first = build(desk)
    again = build(desk)
    assert (len(again.unchanged), again.added, again.changed) == (3, [], [])
    assert [error.line for error in first.refused] == [error.line for error in again.refused] == [3]


def test_a_changed_table_leaves_what_a_fresh_store_has(desk: Path) -> None:
    build(desk)
    (desk / "in" / "icews.tab").write_text(to_lines(ICEWS_HEADER, make_icews(source_name="Nila Ostervik")), "utf-8")
    assert len(build(desk).changed) == 1
    assert_same(desk)


def test_a_longer_table_adds_parts_and_writes_no_other_again(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PART_LINES", 2)
    build(desk)
    table = desk / "in" / "20240102.export.CSV"
    table.write_text(table.read_text("utf-8") + to_lines(make_gdelt(id="700000003")), "utf-8")
    report = build(desk)
    assert (len(report.added), len(report.unchanged), report.changed) == (1, 3, [])
    assert_same(desk)


def test_a_table_that_went_away_is_forgotten_by_pruning(desk: Path) -> None:
    build(desk)
    (desk / "in" / "icews.tab").unlink()
    assert build(desk).removed == []
    assert len(build(desk, is_pruning=True).removed) == 1
    assert_same(desk)


def test_a_table_is_forgotten_by_its_path(desk: Path) -> None:
    build(desk)
    removed = remove_document(str(desk / "in" / "icews.tab"), Settings(store=str(desk / "store")))
    assert len(removed) == 1
    (desk / "in" / "icews.tab").unlink()
    assert_same(desk)
