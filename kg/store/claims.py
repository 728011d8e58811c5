"""Claims to compare, beside the annotations of a store: what finding theses and utterances over documents needs.

All of it is derived from annotations and identities. Whatever changes one of these, or which text is a copy, notes it by
itself (a trigger), so that the next run that writes finds what is left to do, wherever the last one was killed. Claims with
one wording are compared once: pairs are of wordings, which have numbers inside the file and digests of their own outside.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kg.model.cluster import ClaimReport, Relation, Wording
from kg.store.stale import DerivedTables

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS wording (id INTEGER PRIMARY KEY, digest TEXT UNIQUE, body BLOB, is_fresh INTEGER)",
    "CREATE INDEX IF NOT EXISTS wording_fresh ON wording (id) WHERE is_fresh = 1",
    "CREATE TABLE IF NOT EXISTS claim (iri TEXT PRIMARY KEY, document TEXT, wording INTEGER, body BLOB) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS claim_document ON claim (document)",
    "CREATE INDEX IF NOT EXISTS claim_wording ON claim (wording)",
    # Blocks had keys, and numbers of this file.
    "DROP TABLE IF EXISTS claim_block",
    "DROP TABLE IF EXISTS wording_block",
    "DROP TABLE IF EXISTS touched_claim_block",
    "CREATE TABLE IF NOT EXISTS wording_in_block (block INTEGER, wording INTEGER, PRIMARY KEY (block, wording)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS wording_in_block_wording ON wording_in_block (wording)",
    # Those with too many wordings, which find nothing, and those that had too many and have not been looked at since.
    "CREATE TABLE IF NOT EXISTS common_block (block INTEGER PRIMARY KEY, is_reopened INTEGER)",
    (
        "CREATE VIEW IF NOT EXISTS compared_in_block AS SELECT block, wording FROM wording_in_block m WHERE NOT EXISTS "
        "(SELECT 1 FROM common_block c WHERE c.block = m.block AND c.is_reopened = 0)"
    ),
    # What loses a wording; those that gain one have a fresh one.
    "CREATE TABLE IF NOT EXISTS shrunk_block (block INTEGER PRIMARY KEY)",
    (
        "CREATE TABLE IF NOT EXISTS wording_pair (one INTEGER, other INTEGER, score REAL, relation TEXT, "
        "PRIMARY KEY (one, other)) WITHOUT ROWID"
    ),
    "CREATE INDEX IF NOT EXISTS wording_pair_other ON wording_pair (other)",
    "CREATE TABLE IF NOT EXISTS touched_wording (wording INTEGER PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS gone_claim (iri TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS stale_claims (document TEXT PRIMARY KEY) WITHOUT ROWID",
    (
        "CREATE TRIGGER IF NOT EXISTS claims_put AFTER INSERT ON document BEGIN INSERT OR IGNORE INTO stale_claims "
        "VALUES (NEW.iri); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS claims_removed AFTER DELETE ON document BEGIN INSERT OR IGNORE INTO stale_claims "
        "VALUES (OLD.iri); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS claims_identity_put AFTER INSERT ON identity BEGIN INSERT OR IGNORE INTO stale_claims "
        "VALUES (NEW.document); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS claims_identity_removed AFTER DELETE ON identity BEGIN INSERT OR IGNORE INTO stale_claims "
        "VALUES (OLD.document); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS claims_copied AFTER UPDATE OF copy_of ON passage WHEN NEW.copy_of <> OLD.copy_of BEGIN "
        "INSERT OR IGNORE INTO touched_wording SELECT wording FROM claim WHERE document = NEW.document; END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS claims_published AFTER INSERT ON passage BEGIN "
        "INSERT OR IGNORE INTO touched_wording SELECT wording FROM claim WHERE document = NEW.document; END"
    ),
)
_FORGETTING = (
    "INSERT OR IGNORE INTO gone_claim SELECT iri FROM claim",
    *(
        f"DELETE FROM {table}"  # noqa: S608 - names of this module
        for table in (
            *("claim", "wording", "wording_in_block", "common_block", "shrunk_block"),
            *("wording_pair", "touched_wording"),
        )
    ),
)


_IS_USED = "SELECT EXISTS (SELECT 1 FROM claim WHERE wording = ?)"
#: Blocks that are common and shall not be, and the other way round, with what they are.
_CHANGED_BLOCKS = (
    "SELECT * FROM (SELECT b.block, EXISTS (SELECT 1 FROM common_block c WHERE c.block = b.block AND c.is_reopened = 0) "
    "AS was_common FROM (SELECT m.block FROM wording w CROSS JOIN wording_in_block m ON m.wording = w.id WHERE w.is_fresh = 1 "
    "UNION SELECT block FROM shrunk_block) b) b "
    "WHERE b.was_common <> ((SELECT COUNT(*) FROM wording_in_block m WHERE m.block = b.block) > ?)"
)
#: Pairs within a block that no block finds which is not common.
_LOST_PAIRS = (
    "SELECT p.one, p.other FROM wording_in_block m JOIN wording_pair p ON p.one = m.wording "
    "JOIN wording_in_block n ON n.block = m.block AND n.wording = p.other WHERE m.block = ? AND NOT EXISTS ("
    "SELECT 1 FROM compared_in_block x JOIN wording_in_block y ON y.block = x.block AND y.wording = p.other "
    "WHERE x.wording = p.one)"
)


class StoredWording(NamedTuple):
    """A wording with its number and its digest, which is the same in every store."""

    number: int
    digest: str
    wording: Wording


class PackedClaim(NamedTuple):
    """A claim as rows hold it: what it says beside its wording, and the wording, compressed both; and where it is compared.

    Attributes:
        blocks: their numbers.
    """

    iri: str
    body: bytes
    wording: bytes
    digest: str
    blocks: tuple[int, ...]


class ComparedWording(NamedTuple):
    """A wording, the numbers of the uncommon blocks in which it is compared, and whether it has not been yet."""

    wording: Wording
    blocks: frozenset[int]
    is_fresh: bool


class ClaimTables(DerivedTables):
    """The tables, in an annotation file that has been prepared by `ReportTables`."""

    schema, stale, read, forgetting = _SCHEMA, "stale_claims", "claim", _FORGETTING

    def replace(self, documents: Iterable[tuple[str, Sequence[PackedClaim]]]) -> None:
        """Put the claims of documents in place of those that they had.

        Those that are the same stay as they are.
        """
        left: set[int] = set()
        blocks: list[tuple[int, int]] = []
        with self._kept.transaction() as connection:
            execute = connection.execute
            for document, told in documents:
                stored = {
                    iri: (digest, body, wording)
                    for iri, digest, body, wording in execute(
                        "SELECT c.iri, w.digest, c.body, c.wording FROM claim c JOIN wording w ON w.id = c.wording "
                        "WHERE c.document = ?",
                        (document,),
                    )
                }
                same = {packed.iri for packed in told if stored.get(packed.iri, ())[:2] == (packed.digest, packed.body)}
                for iri in sorted(stored.keys() - same):
                    execute("INSERT OR IGNORE INTO gone_claim VALUES (?)", (iri,))
                    execute("INSERT OR IGNORE INTO touched_wording VALUES (?)", (stored[iri][2],))
                    execute("DELETE FROM claim WHERE iri = ?", (iri,))
                    left.add(stored[iri][2])
                for packed in told:
                    if packed.iri not in same:
                        blocks += self._insert(execute, document, packed)
                execute("DELETE FROM stale_claims WHERE document = ?", (document,))
            # By block, as they lie in the table: each of its pages is written once.
            connection.executemany("INSERT INTO wording_in_block VALUES (?, ?)", sorted(blocks))
            self._forget_unused(connection, left)

    @staticmethod
    def _insert(execute: Callable[..., sqlite3.Cursor], document: str, claim: PackedClaim) -> list[tuple[int, int]]:
        """Add a claim, and return the rows of blocks that its wording has to get: none where it was there."""
        found = execute("SELECT id FROM wording WHERE digest = ?", (claim.digest,)).fetchone()
        new = (claim.digest, claim.wording)
        (number,) = found or execute("INSERT INTO wording VALUES (NULL, ?, ?, 1) RETURNING id", new).fetchone()
        execute("INSERT INTO claim VALUES (?, ?, ?, ?)", (claim.iri, document, number, claim.body))
        execute("INSERT OR IGNORE INTO touched_wording VALUES (?)", (number,))
        execute("DELETE FROM gone_claim WHERE iri = ?", (claim.iri,))
        return [(block, number) for block in claim.blocks] if found is None else []

    @staticmethod
    def _forget_unused(connection: sqlite3.Connection, wordings: Iterable[int]) -> None:
        """Forget those of the wordings that no claim has any more; others that were compared with them are touched."""
        execute = connection.execute
        unused = [(number,) for number in sorted(wordings) if not execute(_IS_USED, (number,)).fetchone()[0]]
        for number in unused:
            execute(
                "INSERT OR IGNORE INTO touched_wording SELECT other FROM wording_pair WHERE one = ?1 "
                "UNION SELECT one FROM wording_pair WHERE other = ?1",
                number,
            )
            execute("DELETE FROM wording_pair WHERE one = ?1 OR other = ?1", number)
            execute("INSERT OR IGNORE INTO shrunk_block SELECT block FROM wording_in_block WHERE wording = ?", number)
            execute("DELETE FROM wording_in_block WHERE wording = ?", number)
            execute("DELETE FROM wording WHERE id = ?", number)
        connection.executemany("DELETE FROM touched_wording WHERE wording = ?", unused)

    def mark_common(self, most: int) -> None:
        """Note which blocks have more wordings than `most` and find nothing, as if they had been so from the beginning.

        Only blocks that have changed since the last time are looked at. Pairs that no other block finds go with a block that
        becomes common; one that no longer is has its wordings compared again.
        """
        with self._kept.transaction() as connection:
            execute = connection.execute
            changed = execute(_CHANGED_BLOCKS, (most,)).fetchall()
            for block, was_common in changed:
                execute("INSERT OR REPLACE INTO common_block VALUES (?, ?)", (block, was_common))
            for block in [block for block, was_common in changed if not was_common]:
                for pair in execute(_LOST_PAIRS, (block,)).fetchall():
                    execute("DELETE FROM wording_pair WHERE one = ? AND other = ?", pair)
                    execute("INSERT OR IGNORE INTO touched_wording VALUES (?), (?)", pair)
            execute("DELETE FROM shrunk_block")

    def list_fresh_blocks(self) -> list[int]:
        """Return the numbers of the blocks with wordings to compare, sorted; common ones and those of one are left out."""
        rows = self._kept.select(
            "SELECT m.block FROM wording w CROSS JOIN compared_in_block m ON m.wording = w.id WHERE w.is_fresh = 1 "
            "AND EXISTS (SELECT 1 FROM wording_in_block o WHERE o.block = m.block AND o.wording <> w.id) "
            "UNION SELECT block FROM common_block WHERE is_reopened = 1 ORDER BY 1"
        )
        return [block for (block,) in rows]

    def list_reopened_blocks(self) -> frozenset[int]:
        """Return the numbers of the blocks that were common and are not any more, and whose wordings are still to be compared."""
        return frozenset(block for (block,) in self._kept.select("SELECT block FROM common_block WHERE is_reopened = 1"))

    def get_blocks(self, numbers: Sequence[int]) -> dict[int, list[int]]:
        """Return the numbers of the wordings of blocks, sorted, by the number of the block."""
        blocks: dict[int, list[int]] = {number: [] for number in numbers}
        for block, wording in self._kept.select(
            "SELECT block, wording FROM wording_in_block WHERE block IN (SELECT value FROM json_each(?)) ORDER BY wording",
            json.dumps(numbers),
        ):
            blocks[block].append(wording)
        return blocks

    def get_compared(self, numbers: Sequence[int]) -> dict[int, ComparedWording]:
        """Return wordings by number, as given."""
        wanted = json.dumps(numbers)
        blocks: dict[int, list[int]] = {number: [] for number in numbers}
        for number, block in self._kept.select(
            "SELECT wording, block FROM compared_in_block WHERE wording IN (SELECT value FROM json_each(?))", wanted
        ):
            blocks[number].append(block)
        rows = self._kept.select("SELECT id, body, is_fresh FROM wording WHERE id IN (SELECT value FROM json_each(?))", wanted)
        return {number: ComparedWording(_unpack(body), frozenset(blocks[number]), bool(fresh)) for number, body, fresh in rows}

    def get_wordings(self, numbers: Sequence[int]) -> list[StoredWording]:
        """Return the wordings with these numbers, in the order given."""
        rows = self._kept.select(
            "SELECT id, digest, body FROM wording WHERE id IN (SELECT value FROM json_each(?))", json.dumps(numbers)
        )
        found = {number: StoredWording(number, digest, _unpack(body)) for number, digest, body in rows}
        return [found[number] for number in numbers]

    def put_pairs(self, pairs: Iterable[tuple[int, int, float, Relation]]) -> None:
        """Add the pairs of wordings that may be of one thesis, with log-odds; no wording is left to be compared."""
        with self._kept.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO wording_pair VALUES (?, ?, ?, ?)", pairs)
            connection.execute("UPDATE wording SET is_fresh = 0 WHERE is_fresh = 1")
            connection.execute(
                "INSERT OR IGNORE INTO touched_wording SELECT m.wording FROM common_block b "
                "JOIN wording_in_block m ON m.block = b.block WHERE b.is_reopened = 1"
            )
            connection.execute("DELETE FROM common_block WHERE is_reopened = 1")

    def list_touched(self) -> list[int]:
        """Return the numbers of the wordings whose theses may have changed, by digest."""
        rows = self._kept.select("SELECT w.id FROM touched_wording t JOIN wording w ON w.id = t.wording ORDER BY w.digest")
        return [number for (number,) in rows]

    def list_gone(self) -> list[str]:
        """Return the IRIs of the claims that no document has any more, sorted."""
        return [iri for (iri,) in self._kept.select("SELECT iri FROM gone_claim ORDER BY iri")]

    def find_connected(self, wording: int) -> list[int]:
        """Return the numbers of the wordings that pairs connect with one, itself among them, by digest."""
        rows = self._kept.select(
            "WITH RECURSIVE near (id) AS (SELECT ?1 UNION SELECT p.other FROM near JOIN wording_pair p ON p.one = near.id "
            "UNION SELECT p.one FROM near JOIN wording_pair p ON p.other = near.id) "
            "SELECT w.id FROM near JOIN wording w ON w.id = near.id ORDER BY w.digest",
            wording,
        )
        return [number for (number,) in rows]

    def list_pairs(self, wording: int) -> list[tuple[int, float, Relation]]:
        """Return the wordings of higher number that may be of one thesis with this one, with log-odds and side."""
        return self._kept.select("SELECT other, score, relation FROM wording_pair WHERE one = ? ORDER BY other", wording)

    def list_claim_iris(self, wordings: Iterable[int]) -> list[str]:
        """Return the IRIs of the claims with any of these wordings, by wording in the order given, then sorted."""
        query = "SELECT iri FROM claim WHERE wording = ? ORDER BY iri"
        return [iri for wording in wordings for (iri,) in self._kept.select(query, wording)]

    def list_claims(self, wording: StoredWording) -> list[ClaimReport]:
        """Return the claims with a wording, by IRI."""
        rows = self._kept.select("SELECT body FROM claim WHERE wording = ? ORDER BY iri", wording.number)
        blank = {"wording": wording.wording}
        return [_read_claim(body).model_copy(update=blank) for (body,) in rows]

    def clear_touched(self) -> None:
        """Note that the graph is true of all claims."""
        with self._kept.transaction() as connection:
            connection.execute("DELETE FROM touched_wording")
            connection.execute("DELETE FROM gone_claim")


def _unpack(packed: bytes) -> Wording:
    return Wording.model_validate_json(zlib.decompress(packed))


def _read_claim(body: bytes) -> ClaimReport:
    return ClaimReport.model_validate_json(zlib.decompress(body))


def pack_claim(claim: ClaimReport, blocks: tuple[int, ...]) -> PackedClaim:
    """Return a claim with the numbers of the blocks of its wording, as rows hold it."""
    wording = claim.wording.model_dump_json(exclude_defaults=True).encode()
    own = claim.model_copy(update={"wording": Wording()}).model_dump_json(exclude_defaults=True)
    digest = hashlib.sha256(wording).hexdigest()
    return PackedClaim(claim.claim, zlib.compress(own.encode()), zlib.compress(wording), digest, blocks)
