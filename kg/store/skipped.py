"""Documents that a build passed over, and signatures of texts by which copies are found, beside the annotations of a store.

A skipped document is in no graph. Of one that is a copy its text is kept, so that it can come back when the original goes.
Signatures whose neighbours changed are noted as touched until the build has looked at them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.store.annotations import AnnotationFile

_SCHEMA = (
    (
        "CREATE TABLE IF NOT EXISTS skipped (document TEXT PRIMARY KEY, path TEXT, sha256 TEXT, version TEXT, reason TEXT, "
        "detail TEXT, body BLOB) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE IF NOT EXISTS signature (id INTEGER PRIMARY KEY, document TEXT UNIQUE, path TEXT, sha256 TEXT, "
        "published TEXT, shingles BLOB)"
    ),
    "CREATE TABLE IF NOT EXISTS signature_band (band INTEGER, signature INTEGER, PRIMARY KEY (band, signature)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS signature_band_signature ON signature_band (signature)",
    "CREATE TABLE IF NOT EXISTS touched_signature (document TEXT PRIMARY KEY) WITHOUT ROWID",
)
_BESIDE = (
    "SELECT DISTINCT s.document FROM signature t JOIN signature_band a ON a.signature = t.id "
    "JOIN signature_band b ON b.band = a.band AND b.signature <> t.id JOIN signature s ON s.id = b.signature WHERE t.document = ?"
)


class Skipped(NamedTuple):
    """A document that was passed over.

    Attributes:
        version: the extractor's, which read it.
        reason: `language`, `idle` or `copy`.
        detail: its language; nothing; the document that it copies.
    """

    document: str
    path: str
    sha256: str
    version: str
    reason: str
    detail: str


class Signature(NamedTuple):
    """What is kept of a text; `shingles` are packed, `bands` are those of its signature."""

    document: str
    path: str
    sha256: str
    published: str | None
    shingles: bytes
    bands: tuple[int, ...] = ()


class SkippedTables:
    """The tables, in an annotation file that is open for writing; they are made where there are none."""

    def __init__(self, kept: AnnotationFile) -> None:
        self._kept = kept
        with kept.transaction() as connection:
            for statement in _SCHEMA:
                connection.execute(statement)

    def list_skipped(self) -> dict[str, Skipped]:
        """Return all that was passed over, by IRI, sorted."""
        rows = self._kept.select("SELECT document, path, sha256, version, reason, detail FROM skipped ORDER BY document")
        return {row[0]: Skipped(*row) for row in rows}

    def put_skipped(self, skipped: Skipped, body: bytes = b"") -> None:
        """Note that a document was passed over; `body` is the document, packed, where it may come back."""
        with self._kept.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?, ?, ?, ?)", (*skipped, body))

    def set_originals(self, originals: Iterable[tuple[str, str]]) -> None:
        """Note of which document each of these skipped ones is a copy: (skipped, original)."""
        with self._kept.transaction() as connection:
            connection.executemany(
                "UPDATE skipped SET detail = ?2 WHERE document = ?1 AND reason = 'copy' AND detail <> ?2", list(originals)
            )

    def find_body(self, document: str) -> bytes:
        """Return the packed document of a skipped one; empty where none is kept."""
        rows = self._kept.select("SELECT body FROM skipped WHERE document = ?", document)
        return bytes(rows[0][0]) if rows else b""

    def forget_skipped(self, documents: Iterable[str]) -> None:
        """Forget that these documents were passed over."""
        with self._kept.transaction() as connection:
            connection.executemany("DELETE FROM skipped WHERE document = ?", [(document,) for document in documents])

    def list_signatures(self) -> dict[str, str]:
        """Return the documents that have a signature, with the SHA-256 that they had then."""
        return dict(self._kept.select("SELECT document, sha256 FROM signature"))

    def put_signature(self, signature: Signature) -> None:
        """Put a signature in place of what a document had; it, and what was and is beside it, is touched."""
        self.forget_signature(signature.document)
        with self._kept.transaction() as connection:
            number = connection.execute(
                "INSERT INTO signature (document, path, sha256, published, shingles) VALUES (?, ?, ?, ?, ?)", signature[:5]
            ).lastrowid
            connection.executemany(
                "INSERT OR IGNORE INTO signature_band VALUES (?, ?)", [(band, number) for band in signature.bands]
            )
            connection.execute("INSERT OR IGNORE INTO touched_signature VALUES (?)", (signature.document,))

    def forget_signature(self, document: str) -> None:
        """Forget a document's signature; what is beside it is touched. An unknown one is no error."""
        with self._kept.transaction() as connection:
            connection.execute(f"INSERT OR IGNORE INTO touched_signature {_BESIDE}", (document,))
            connection.execute(
                "DELETE FROM signature_band WHERE signature IN (SELECT id FROM signature WHERE document = ?)", (document,)
            )
            connection.execute("DELETE FROM signature WHERE document = ?", (document,))
            connection.execute("DELETE FROM touched_signature WHERE document = ?", (document,))

    def get_signature(self, document: str) -> Signature:
        """Return a document's signature, without its bands."""
        rows = self._kept.select("SELECT document, path, sha256, published, shingles FROM signature WHERE document = ?", document)
        return Signature(*rows[0])

    def find_beside(self, document: str) -> list[str]:
        """Return the other documents that have a band in common with one and were not passed over, sorted."""
        rows = self._kept.select(f"{_BESIDE} AND s.document NOT IN (SELECT document FROM skipped) ORDER BY 1", document)  # noqa: S608
        return [other for (other,) in rows]

    def find_connected(self, documents: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Return the bands of these documents and of all that bands connect with them; without those that have no signature."""
        waiting = list(documents)
        found: dict[str, tuple[int, ...]] = {}
        seen: set[int] = set()
        while waiting:
            document = waiting.pop()
            if document in found:
                continue
            rows = self._kept.select(
                "SELECT b.band FROM signature s LEFT JOIN signature_band b ON b.signature = s.id WHERE s.document = ? ORDER BY 1",
                document,
            )
            if rows:
                found[document] = tuple(band for (band,) in rows if band is not None)
                for band in found[document]:
                    if band not in seen:
                        seen.add(band)
                        waiting += self._list_documents(band)
        return found

    def _list_documents(self, band: int) -> list[str]:
        rows = self._kept.select(
            "SELECT s.document FROM signature_band b JOIN signature s ON s.id = b.signature WHERE b.band = ?", band
        )
        return [document for (document,) in rows]

    def touch(self, documents: Iterable[str]) -> None:
        """Note that these documents must be looked at again."""
        with self._kept.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO touched_signature VALUES (?)", [(name,) for name in documents])

    def list_touched(self) -> list[str]:
        """Return the documents to be looked at again, sorted."""
        return [row[0] for row in self._kept.select("SELECT document FROM touched_signature ORDER BY document")]

    def clear_touched(self, documents: Iterable[str]) -> None:
        """Note that these documents were looked at."""
        with self._kept.transaction() as connection:
            connection.executemany("DELETE FROM touched_signature WHERE document = ?", [(name,) for name in documents])
