import io
import sys
from pathlib import Path

import pytest

from kg.errors import PackageMissingError
from kg.export.bulk import BulkTarget, run_bulk_export
from kg.export.parquet_tables import TABLES, describe_tables
from kg.store.reader import Reader
from kg.store.terms import OxLiteral

duckdb = pytest.importorskip("duckdb", reason="Parquet is written by duckdb, of the extra `archive`")
DOCS = Path(__file__).parents[2] / "docs" / "bulk.md"


def export(reader: Reader, output: Path) -> Path:
    run_bulk_export(reader, str(output), BulkTarget(is_folder=not output.suffix, format="parquet"))
    return output


def select(sql: str, path: Path) -> list[tuple]:
    with duckdb.connect() as database:
        return database.execute(sql, [str(path)]).fetchall()


def list_quads(reader: Reader) -> set[tuple]:
    found = set()
    for quad in reader.inner:
        value = quad.object
        is_literal = isinstance(value, OxLiteral)
        about = ("literal", value.datatype.value, value.language) if is_literal else ("iri", None, None)
        found.add((quad.subject.value, quad.predicate.value, value.value, *about, quad.graph_name.value))
    return found


def test_the_table_of_statements_is_the_store(told: Reader, tmp_path: Path) -> None:
    rows = select("SELECT * FROM read_parquet(?)", export(told, tmp_path / "x.parquet"))
    assert len(rows) == told.size
    assert set(rows) == list_quads(told)


def test_the_rows_are_in_the_order_of_the_lines_of_n_quads(told: Reader, tmp_path: Path) -> None:
    rows = select("SELECT graph, subject, predicate FROM read_parquet(?)", export(told, tmp_path / "x.parquet"))
    assert rows == sorted(rows, key=lambda row: (row[0], f"<{row[1]}>", f"<{row[2]}>"))


def test_hostile_literals_come_back_as_they_were(tmp_path: Path, load) -> None:
    text = b'"12", "", "null", "NaN", "a\\u0000b\\r\\n\\t\\"", "\\U0001F600\\u202E", "x"@en, "2031-01-01", "true", "[1]"'
    told = load(b"GRAPH <urn:g> { <urn:s> <urn:p> " + text + b" }")
    rows = select("SELECT * FROM read_parquet(?)", export(told, tmp_path / "x.parquet"))
    assert set(rows) == list_quads(told)


def test_rows_of_several_batches_are_all_there(told: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.export.parquet._BATCH_LENGTH", 7)
    assert set(select("SELECT * FROM read_parquet(?)", export(told, tmp_path / "x.parquet"))) == list_quads(told)


def test_the_bytes_do_not_depend_on_the_order_of_writing(reader: Reader, backwards: Reader, tmp_path: Path) -> None:
    one, other = export(reader, tmp_path / "a.parquet"), export(backwards, tmp_path / "b.parquet")
    assert one.read_bytes() == other.read_bytes()


def test_the_file_is_packed_by_zstandard(reader: Reader, tmp_path: Path) -> None:
    path = export(reader, tmp_path / "x.parquet")
    assert set(select("SELECT DISTINCT compression FROM parquet_metadata(?)", path)) == {("ZSTD",)}


def test_an_empty_store_gives_a_table_with_columns(tmp_path: Path, load) -> None:
    path = export(load(b""), tmp_path / "x.parquet")
    assert select("SELECT count(*), count(subject) FROM read_parquet(?)", path) == [(0, 0)]


def test_parquet_goes_to_standard_output(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stream = io.BytesIO()
    run_bulk_export(reader, "-", BulkTarget(is_folder=False, format="parquet"), stdout=stream)
    assert stream.getvalue() == export(reader, tmp_path / "x.parquet").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["x.parquet"]


@pytest.fixture(scope="module")
def tables(told: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(told, tmp_path_factory.mktemp("tables") / "out")


def test_a_folder_has_the_statements_and_every_table(tables: Path) -> None:
    names = {"statements.parquet", "manifest.json", *(f"{table.name}.parquet" for table in TABLES)}
    assert {path.name for path in tables.iterdir()} == names


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_the_columns_and_types_that_are_told(tables: Path, table) -> None:
    described = select("DESCRIBE SELECT * FROM read_parquet(?)", tables / f"{table.name}.parquet")
    assert {row[0]: row[1] for row in described} == table.types


def test_a_claim_has_one_row_whatever_its_frames(told: Reader, tables: Path) -> None:
    rows = select("SELECT claim FROM read_parquet(?)", tables / "claims.parquet")
    claims = {
        row["claim"].value for row in told.query("SELECT ?claim { GRAPH ?g { ?claim a <https://sayso.example/ontology#Claim> } }")
    }
    assert len(rows) == len(set(rows)) > 1
    assert {claim for (claim,) in rows} <= claims


def test_every_link_and_frame_is_of_a_claim_or_event_in_the_tables(tables: Path) -> None:
    framed = select("SELECT frame FROM read_parquet(?)", tables / "frames.parquet")
    assert framed
    assert all(frame for (frame,) in framed)
    said = select("SELECT count(*) FROM read_parquet(?) WHERE relation = 'says'", tables / "links.parquet")
    assert said[0][0] > 0


def test_numbers_and_days_are_typed(tables: Path) -> None:
    rows = select(
        'SELECT confidence BETWEEN 0 AND 1, "begin" < "end", published_day FROM read_parquet(?) WHERE published_day IS NOT NULL',
        tables / "claims.parquet",
    )
    assert rows
    assert all(row[0] and row[1] and row[2].year > 1900 for row in rows)


def test_duckdb_that_is_not_installed_is_named_with_its_extra(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(PackageMissingError, match=r"sayso\[archive\]"):
        export(reader, tmp_path / "x.parquet")
    assert list(tmp_path.iterdir()) == []


def test_the_page_names_every_table() -> None:
    assert describe_tables() in DOCS.read_text("utf-8")
