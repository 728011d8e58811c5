"""What documents tell of their events and claims, in the file of annotations: found when a document is, read when identities are.

A row holds that of one document, made of its annotation alone, so that another IRI of an actor changes no row. It is of use
as long as documents are read as they were then: rows of another method are as if they were not there.
"""

from __future__ import annotations

import sqlite3
import zlib

from kg.model.telling import Telling
from kg.store.vectors import Selecting

TELLING_TABLE = "CREATE TABLE IF NOT EXISTS telling (document TEXT PRIMARY KEY, method TEXT, body BLOB)"


def pack_telling(telling: Telling) -> bytes:
    """Return it as compressed JSON; equal ones give equal bytes."""
    return zlib.compress(telling.model_dump_json(exclude_defaults=True).encode())


def put_telling(connection: sqlite3.Connection, document: str, method: str, body: bytes) -> None:
    """Replace what is kept of a document within a transaction; an empty body leaves no row."""
    if body:
        connection.execute("INSERT OR REPLACE INTO telling VALUES (?, ?, ?)", (document, method, body))
    else:
        connection.execute("DELETE FROM telling WHERE document = ?", (document,))


def find_telling(kept: Selecting, document: str, method: str) -> bytes | None:
    """Return what was found by this method, packed; None where that is not kept."""
    for (body,) in kept.select("SELECT body FROM telling WHERE document = ? AND method = ?", document, method):
        return bytes(body)
    return None


def unpack_telling(body: bytes) -> Telling:
    """Return what `pack_telling` was given."""
    return Telling.model_validate_json(zlib.decompress(body))
