"""Reports of events, and texts to compare, beside the annotations of a store: what finding one event in many reports needs.

All of it is derived from annotations and identities. Whatever changes one of these notes the document as stale by itself (a
trigger), so that the next run that writes finds what is left to do, wherever the last one was killed. Inside the file reports
have numbers of its own; IRIs stand in it once.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from kg.model.occurrence import EventReport, Origin
from kg.store.stale import DerivedTables

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, event TEXT UNIQUE, document TEXT, body BLOB, is_fresh INTEGER)",
    "CREATE INDEX IF NOT EXISTS report_document ON report (document)",
    "CREATE INDEX IF NOT EXISTS report_fresh ON report (id) WHERE is_fresh = 1",
    # Blocks had keys, and numbers of this file.
    "DROP TABLE IF EXISTS block",
    "DROP TABLE IF EXISTS report_block",
    "CREATE TABLE IF NOT EXISTS report_in_block (block INTEGER, report INTEGER, PRIMARY KEY (block, report)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS report_in_block_report ON report_in_block (report)",
    "CREATE TABLE IF NOT EXISTS report_pair (one INTEGER, other INTEGER, score REAL, PRIMARY KEY (one, other)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS report_pair_other ON report_pair (other)",
    "CREATE TABLE IF NOT EXISTS touched_event (event TEXT PRIMARY KEY) WITHOUT ROWID",
    (
        "CREATE TABLE IF NOT EXISTS passage (document TEXT PRIMARY KEY, publisher TEXT, published TEXT, credits TEXT, "
        "shingles BLOB, copy_of TEXT, is_same INTEGER, is_fresh INTEGER)"
    ),
    # Documents with equal shingles have one text, which is compared once, however many they are.
    "DROP TABLE IF EXISTS passage_sample",
    "CREATE TABLE IF NOT EXISTS passage_text (document TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS passage_text_text ON passage_text (text)",
    "CREATE TABLE IF NOT EXISTS text_sample (shingle INTEGER, text TEXT, PRIMARY KEY (shingle, text)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS text_sample_text ON text_sample (text)",
    "CREATE TABLE IF NOT EXISTS fresh_text (text TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS common_shingle (shingle INTEGER PRIMARY KEY)",
    (
        "CREATE TABLE IF NOT EXISTS passage_pair (one TEXT, other TEXT, contained REAL, resemblance REAL, PRIMARY KEY "
        "(one, other)) WITHOUT ROWID"
    ),
    "CREATE INDEX IF NOT EXISTS passage_pair_other ON passage_pair (other)",
    "CREATE TABLE IF NOT EXISTS touched_document (document TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS stale_document (document TEXT PRIMARY KEY) WITHOUT ROWID",
    (
        "CREATE TRIGGER IF NOT EXISTS document_put AFTER INSERT ON document BEGIN INSERT OR IGNORE INTO stale_document "
        "VALUES (NEW.iri); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS document_removed AFTER DELETE ON document BEGIN INSERT OR IGNORE INTO "
        "stale_document VALUES (OLD.iri); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS identity_put AFTER INSERT ON identity BEGIN INSERT OR IGNORE INTO stale_document "
        "VALUES (NEW.document); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS identity_removed AFTER DELETE ON identity BEGIN INSERT OR IGNORE INTO "
        "stale_document VALUES (OLD.document); END"
    ),
)

_FORGETTING = (
    "INSERT OR IGNORE INTO touched_event SELECT event FROM report",
    "INSERT OR IGNORE INTO touched_document SELECT document FROM passage",
    *(
        f"DELETE FROM {table}"  # noqa: S608 - names of this module
        for table in (
            *("report", "report_in_block", "report_pair"),
            *("passage", "passage_text", "text_sample", "fresh_text", "common_shingle", "passage_pair"),
        )
    ),
)
_TEXT_DIGEST_SIZE = 16


class PackedReport(NamedTuple):
    """A report as rows hold it: compressed; and the numbers of its blocks."""

    event: str
    body: bytes
    blocks: tuple[int, ...]


class Told(NamedTuple):
    """What one document yields for these tables; without `origin` it is gone.

    Attributes:
        shingles, sample: of its text; the first packed.
    """

    document: str
    origin: Origin | None = None
    reports: tuple[PackedReport, ...] = ()
    shingles: bytes = b""
    sample: tuple[int, ...] = ()


class ComparedReport(NamedTuple):
    """A report, the numbers of the blocks in which it is compared, and whether it has not been yet."""

    report: EventReport
    blocks: frozenset[int]
    is_fresh: bool


class ReportTables(DerivedTables):
    """The tables, in an annotation file."""

    schema, stale, read, forgetting = _SCHEMA, "stale_document", "passage", _FORGETTING

    def replace(self, documents: Iterable[Told]) -> None:
        """Put what these documents tell in place of what they told; reports and texts that are others are to be compared then."""
        blocks: list[tuple[int, int]] = []
        samples: list[tuple[int, str]] = []
        with self._kept.transaction() as connection:
            execute = connection.execute
            for told in documents:
                blocks += self._replace_reports(execute, told)
                samples += self._replace_passage(execute, told)
                execute("DELETE FROM stale_document WHERE document = ?", (told.document,))
            # As they lie in the tables: each of their pages is written once.
            connection.executemany("INSERT INTO report_in_block VALUES (?, ?)", sorted(blocks))
            connection.executemany("INSERT INTO text_sample VALUES (?, ?)", sorted(samples))

    @staticmethod
    def _replace_reports(execute: Callable[..., sqlite3.Cursor], told: Told) -> list[tuple[int, int]]:
        """Put the reports of a document in place of those that it had, and return the rows of blocks that they have to get."""
        blocks: list[tuple[int, int]] = []
        bodies = {report.event: report.body for report in told.reports}
        same = set()
        for number, event, body in execute("SELECT id, event, body FROM report WHERE document = ?", (told.document,)).fetchall():
            if bodies.get(event) == body:
                same.add(event)
                continue
            execute("INSERT OR IGNORE INTO touched_event VALUES (?)", (event,))
            execute(
                "INSERT OR IGNORE INTO touched_event SELECT event FROM report WHERE id IN "
                "(SELECT other FROM report_pair WHERE one = ?1 UNION SELECT one FROM report_pair WHERE other = ?1)",
                (number,),
            )
            execute("DELETE FROM report_pair WHERE one = ?1 OR other = ?1", (number,))
            execute("DELETE FROM report_in_block WHERE report = ?", (number,))
            execute("DELETE FROM report WHERE id = ?", (number,))
        for report in told.reports:
            if report.event in same:
                continue
            row = (report.event, told.document, report.body)
            (number,) = execute("INSERT INTO report VALUES (NULL, ?, ?, ?, 1) RETURNING id", row).fetchone()
            execute("INSERT OR IGNORE INTO touched_event VALUES (?)", (report.event,))
            blocks += [(block, number) for block in report.blocks]
        return blocks

    def _replace_passage(self, execute: Callable[..., sqlite3.Cursor], told: Told) -> list[tuple[int, str]]:
        """Put the text of a document in place of that which it had, and return the rows of its sample that are to be added."""
        name, origin = (told.document,), told.origin
        row = None if origin is None else (origin.publisher, origin.published, json.dumps(origin.credits), told.shingles)
        stored = execute("SELECT publisher, published, credits, shingles FROM passage WHERE document = ?", name).fetchone()
        if stored == row:
            return []
        execute("INSERT OR IGNORE INTO touched_event SELECT event FROM report WHERE document = ?", name)
        execute(
            "INSERT OR IGNORE INTO touched_document SELECT one FROM passage_pair WHERE other = ?1 "
            "UNION SELECT other FROM passage_pair WHERE one = ?1 UNION SELECT ?1",
            name,
        )
        execute("DELETE FROM passage_pair WHERE one = ?1 OR other = ?1", name)
        self._forget_text(execute, told.document)
        execute("DELETE FROM passage WHERE document = ?", name)
        if row is None:
            return []
        execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, 0, 0)", (told.document, *row, told.document))
        return self._put_text(execute, told) if told.shingles else []

    @staticmethod
    def _forget_text(execute: Callable[..., sqlite3.Cursor], document: str) -> None:
        for (text,) in execute("SELECT text FROM passage_text WHERE document = ?", (document,)).fetchall():
            execute("DELETE FROM passage_text WHERE document = ?", (document,))
            execute("INSERT OR IGNORE INTO fresh_text VALUES (?)", (text,))
            execute(
                "DELETE FROM text_sample WHERE text = ?1 AND NOT EXISTS (SELECT 1 FROM passage_text WHERE text = ?1)", (text,)
            )

    @staticmethod
    def _put_text(execute: Callable[..., sqlite3.Cursor], told: Told) -> list[tuple[int, str]]:
        text = blake2b(told.shingles, digest_size=_TEXT_DIGEST_SIZE).hexdigest()
        is_new = not execute("SELECT 1 FROM passage_text WHERE text = ? LIMIT 1", (text,)).fetchall()
        execute("INSERT INTO passage_text VALUES (?, ?)", (told.document, text))
        execute("INSERT OR IGNORE INTO fresh_text VALUES (?)", (text,))
        return [(shingle, text) for shingle in told.sample] if is_new else []

    def list_fresh_blocks(self) -> list[int]:
        """Return the numbers of the blocks with reports to compare, sorted, so that those of one week come together."""
        rows = self._kept.select(
            "SELECT DISTINCT m.block FROM report r CROSS JOIN report_in_block m ON m.report = r.id WHERE r.is_fresh = 1 "
            "AND EXISTS (SELECT 1 FROM report_in_block o WHERE o.block = m.block AND o.report <> r.id) ORDER BY m.block"
        )
        return [block for (block,) in rows]

    def get_blocks(self, numbers: Sequence[int]) -> dict[int, list[int]]:
        """Return the numbers of the reports of blocks, sorted, by the number of the block."""
        blocks: dict[int, list[int]] = {number: [] for number in numbers}
        for block, report in self._kept.select(
            "SELECT block, report FROM report_in_block WHERE block IN (SELECT value FROM json_each(?)) ORDER BY report",
            json.dumps(numbers),
        ):
            blocks[block].append(report)
        return blocks

    def get_compared(self, numbers: Sequence[int]) -> dict[int, ComparedReport]:
        """Return reports by number, as given."""
        wanted = json.dumps(numbers)
        blocks: dict[int, list[int]] = {number: [] for number in numbers}
        for number, block in self._kept.select(
            "SELECT report, block FROM report_in_block WHERE report IN (SELECT value FROM json_each(?))", wanted
        ):
            blocks[number].append(block)
        rows = self._kept.select("SELECT id, body, is_fresh FROM report WHERE id IN (SELECT value FROM json_each(?))", wanted)
        return {number: ComparedReport(_unpack(body), frozenset(blocks[number]), bool(fresh)) for number, body, fresh in rows}

    def get_reports(self, numbers: Sequence[int]) -> dict[int, EventReport]:
        """Return reports by number, as given."""
        rows = self._kept.select("SELECT id, body FROM report WHERE id IN (SELECT value FROM json_each(?))", json.dumps(numbers))
        found = {number: _unpack(body) for number, body in rows}
        return {number: found[number] for number in numbers}

    def put_pairs(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """Add the pairs of reports that may tell of one event, with log-odds; no report is left to be compared."""
        with self._kept.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO report_pair VALUES (?, ?, ?)", pairs)
            connection.execute("UPDATE report SET is_fresh = 0 WHERE is_fresh = 1")

    def list_touched(self) -> list[tuple[str, int | None]]:
        """Return the events whose occurrence may have changed, sorted, with the report's number; None where it is gone."""
        return self._kept.select(
            "SELECT t.event, r.id FROM touched_event t LEFT JOIN report r ON r.event = t.event ORDER BY t.event"
        )

    def find_connected(self, report: int) -> list[int]:
        """Return the numbers of the reports that pairs connect with one, itself among them, sorted."""
        rows = self._kept.select(
            "WITH RECURSIVE near (id) AS (SELECT ?1 UNION SELECT p.other FROM near JOIN report_pair p ON p.one = near.id "
            "UNION SELECT p.one FROM near JOIN report_pair p ON p.other = near.id) SELECT id FROM near ORDER BY id",
            report,
        )
        return [number for (number,) in rows]

    def list_pairs(self, report: int) -> list[tuple[int, float]]:
        """Return the reports of higher number that may tell of one event with this one, with log-odds."""
        return self._kept.select("SELECT other, score FROM report_pair WHERE one = ? ORDER BY other", report)

    def find_origins(self, documents: Iterable[str]) -> dict[str, Origin]:
        """Return where these documents come from, by IRI."""
        found = {}
        for document in sorted(set(documents)):
            for publisher, published, told, copy_of in self._kept.select(
                "SELECT publisher, published, credits, copy_of FROM passage WHERE document = ?", document
            ):
                found[document] = Origin(
                    document=document, publisher=publisher, published=published, credits=json.loads(told), copy_of=copy_of
                )
        return found

    def clear_touched(self) -> None:
        """Note that the graph is true of all events and documents."""
        with self._kept.transaction() as connection:
            connection.execute("DELETE FROM touched_event")
            connection.execute("DELETE FROM touched_document")


def _unpack(packed: bytes) -> EventReport:
    return EventReport.model_validate_json(zlib.decompress(packed))


def pack_report(report: EventReport, blocks: tuple[int, ...]) -> PackedReport:
    """Return a report with the numbers of its blocks, as `Told` has it."""
    return PackedReport(report.event, zlib.compress(report.model_dump_json(exclude_defaults=True).encode()), blocks)
