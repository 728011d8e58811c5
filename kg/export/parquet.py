"""Parquet files of a store, by DuckDB: every statement as a row of typed columns, in the order of the sorted N-Quads.

One thread, and rows in the order in which they come: the same store and version of DuckDB give the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import PackageMissingError
from kg.export.bulk_lines import find_blocks
from kg.export.bulk_packing import Sink
from kg.store.reader import Reader
from kg.store.terms import OxLiteral, OxQuad, RdfFormat, parse

if TYPE_CHECKING:
    import duckdb

#: A row's values: text, or nothing. DuckDB makes other types of them.
Row = Sequence[str | None]
#: Columns of the table of statements, with their types in DuckDB.
STATEMENT_COLUMNS: Mapping[str, str] = {
    "subject": "VARCHAR",
    "predicate": "VARCHAR",
    "object": "VARCHAR",
    "object_kind": "VARCHAR",
    "datatype": "VARCHAR",
    "language": "VARCHAR",
    "graph": "VARCHAR",
}
_BATCH_LENGTH = 50_000
#: Rows in which a reader can skip and start: DuckDB's own default.
_GROUP_LENGTH = 122_880
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "1GB",
    # Nothing is fetched from anywhere: what is needed comes with the package.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@contextmanager
def open_database(spool: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database in a temporary folder within `spool`, which is gone at the end.

    Raises:
        PackageMissingError: DuckDB is not installed.
    """
    try:
        import duckdb  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise PackageMissingError("duckdb", "archive") from error
    with tempfile.TemporaryDirectory(dir=spool, prefix=".parquet-") as folder:
        database = duckdb.connect(str(Path(folder) / "rows.duckdb"), config={**_CONFIG, "temp_directory": folder})
        try:
            # Every value is text until it is cast: a name that looks like a number stays a name.
            database.execute("SET GLOBAL pandas_analyze_sample = 0")
            yield database
        finally:
            database.close()


def write_table(database: duckdb.DuckDBPyConnection, columns: Mapping[str, str], rows: Iterable[Row], path: Path) -> int:
    """Write rows to a Parquet file and return how many; no rows give a file with columns and no row.

    Args:
        database: keeps the rows until all are there.
        columns: names, which are this package's own, with types in DuckDB; text that is not of a type becomes NULL.
        rows: each with a value for every column.
        path: of the file.
    """
    names = list(columns)
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    database.execute(f"CREATE OR REPLACE TABLE row_table ({declared})")
    casts = ", ".join(f'TRY_CAST("{name}" AS {kind})' for name, kind in columns.items())
    insertion = f"INSERT INTO row_table SELECT {casts} FROM batch"  # noqa: S608 - names of this package's own
    source = iter(rows)
    count = 0
    while batch := list(islice(source, _BATCH_LENGTH)):
        count += len(batch)
        database.register(
            "batch", {name: _to_array(values) for name, values in zip(names, zip(*batch, strict=True), strict=True)}
        )
        database.execute(insertion)
        database.unregister("batch")
    database.table("row_table").write_parquet(str(path), compression="zstd", row_group_size=_GROUP_LENGTH)
    database.execute("DROP TABLE row_table")
    return count


def _to_array(values: Sequence[str | None]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def find_statement_rows(reader: Reader, spool: Path) -> Iterator[Row]:
    """Yield a row of `STATEMENT_COLUMNS` for each statement; `object_kind` is `iri` or `literal`, IRIs have no datatype."""
    for _, lines in find_blocks(reader, spool):
        for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS):
            yield _to_row(quad)


def _to_row(quad: OxQuad) -> Row:
    subject, predicate, value, graph = quad
    head = (subject.value, predicate.value, value.value)
    if isinstance(value, OxLiteral):
        return (*head, "literal", value.datatype.value, value.language, graph.value)
    return (*head, "iri", None, None, graph.value)


def write_statements(reader: Reader, sink: Sink, spool: Path) -> None:
    """Write the table of statements to a stream.

    Raises:
        PackageMissingError: DuckDB is not installed.
    """
    with open_database(spool) as database, tempfile.TemporaryDirectory(dir=spool, prefix=".parquet-") as folder:
        path = Path(folder) / "statements.parquet"
        write_table(database, STATEMENT_COLUMNS, find_statement_rows(reader, spool), path)
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, sink)
