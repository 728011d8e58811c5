"""Tables for analysts, beside the one of statements: documents, actors, claims, events, and how they hang together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kg.analyse.rows import read_rows
from kg.export.bulk_folder import PartRecord
from kg.export.parquet import STATEMENT_COLUMNS, Row, find_statement_rows, open_database, write_table
from kg.store.reader import Reader

_TEXT, _COUNT, _SHARE, _TRUTH, _DAY = "VARCHAR", "INTEGER", "DOUBLE", "BOOLEAN", "DATE"
#: Columns that are something else than text, in whatever table; the part of a date before a time is a day of its own.
_TYPES = {"begin": _COUNT, "end": _COUNT, "confidence": _SHARE, "cue_negated": _TRUTH, "denied": _TRUTH}
_DAYS = {"published": "published_day", "date": "day"}
_DAY_LENGTH = len("2031-03-01")


class AnalystTable(NamedTuple):
    """A table that a named query gives.

    Attributes:
        name: of the file, without its ending.
        query: in `queries/networks/`; all its columns are strings.
        columns: those of its columns that are taken, in this order.
        about: what one row is.
        key: how many of its first columns tell a row from the others: rows in which one of them is empty are left out, and
            rows that repeat them, which the query gives for columns not taken; 0 where every row counts.
    """

    name: str
    query: str
    columns: tuple[str, ...]
    about: str
    key: int = 0

    @property
    def types(self) -> dict[str, str]:
        """Name and type of each column of the file, days included."""
        found: dict[str, str] = {}
        for column in self.columns:
            found[column] = _TYPES.get(column, _TEXT)
            if column in _DAYS:
                found[_DAYS[column]] = _DAY
        return found

    def find_rows(self, reader: Reader) -> Iterator[Row]:
        """Yield the rows in the query's order; what is unknown is None."""
        last: list[str] | None = None
        for row in read_rows(reader, self.query):
            key = [row[column] for column in self.columns[: self.key]]
            if not self.key or (all(key) and key != last):
                yield tuple(self._find_values(row))
            last = key

    def _find_values(self, row: Mapping[str, str]) -> Iterator[str | None]:
        for column in self.columns:
            value = row[column] or None
            yield value
            if column in _DAYS:
                yield value[:_DAY_LENGTH] if value is not None and len(value) >= _DAY_LENGTH else None


_EVIDENCE = ("confidence", "rule", "published", "quote", "begin", "end")
TABLES = (
    AnalystTable(
        "documents",
        "nodes-documents",
        ("document", "title", "publisher", "author", "published", "path", "url"),
        "a document that was read",
    ),
    AnalystTable(
        "actors",
        "nodes-actors",
        ("actor_iri", "label", "type", "wikidata", "iso2"),
        "an actor or a place; one with several QIDs has as many rows",
    ),
    AnalystTable(
        "claims",
        "nodes-claims",
        (
            *("claim", "document", "content", "cue", "source_text", "speech", "cue_type", "polarity", "modality", "cue_negated"),
            *_EVIDENCE,
            *("source_spans", "cue_spans", "content_spans"),
        ),
        "a claim; who says it, about whom, is in `links`",
        key=1,
    ),
    AnalystTable("frames", "nodes-claims", ("claim", "frame", "denied"), "a frame of a claim", key=2),
    AnalystTable(
        "events",
        "nodes-events",
        ("event", "document", "type", "mode", "trigger", "date", "polarity", "modality", *_EVIDENCE, "trigger_spans"),
        "a report of an event; who acts on whom is in `links`",
    ),
    AnalystTable(
        "links",
        "edges-statements",
        ("statement", "relation", "other"),
        "a claim or event with an actor, a place or another claim: `says`, `about`, `acts`, `recipient`, ...",
    ),
)


def describe_tables() -> str:
    """Return the rows of the table of these in docs/bulk.md; Markdown, with a last newline."""
    return "".join(
        f"| `{table.name}.parquet` | {table.about} | "
        f"{', '.join(f'`{name}` {kind}' for name, kind in table.types.items() if kind != _TEXT)} |\n"
        for table in TABLES
    )


def write_tables(reader: Reader, folder: Path) -> tuple[PartRecord, ...]:
    """Write `statements.parquet` and one file for each of `TABLES` into a folder; the statements come first.

    The queries behind `TABLES` sort in memory: a few gigabytes for a million articles. The statements are streamed.

    Raises:
        PackageMissingError: DuckDB is not installed.
    """
    makers: list[tuple[str, Mapping[str, str], Callable[[], Iterator[Row]]]] = [
        ("statements", STATEMENT_COLUMNS, lambda: find_statement_rows(reader, folder)),
        *((table.name, table.types, lambda table=table: table.find_rows(reader)) for table in TABLES),
    ]
    parts = []
    with open_database(folder) as database:
        for name, columns, find_rows in makers:
            path = folder / f"{name}.parquet"
            rows = write_table(database, columns, find_rows(), path)
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            parts.append(PartRecord(path.name, rows, path.stat().st_size, digest))
    return tuple(parts)
