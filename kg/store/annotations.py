"""What each document of a store was found to say, kept beside the graph so that it need not be found again.

An SQLite file in the store's folder. It holds, for each document: its annotation; the sentence vectors of its claims; what
it tells of events and claims; profiles of its actors with their block keys (`kg.resolve.across`); and which of them its
graph knows under another IRI than the document alone gives. It is written before the graph, and what is not yet settled is
noted as pending: killed at any point, the next run that writes finds what is left to do. The graph decides which documents
there are: what the file has beyond it is forgotten by `reconcile`.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from kg.errors import StoreInvalidError
from kg.model.annotation import Annotation
from kg.model.identity import ActorProfile, Comparison
from kg.store.converted import Converted
from kg.store.packing import unpack_annotation
from kg.store.tellings import TELLING_TABLE, put_telling
from kg.store.vectors import VECTOR_TABLE, forget_vectors, list_vectors, put_vectors

FILE_NAME = "annotations.sqlite"
_FORMAT = 1
_SCHEMA = """
CREATE TABLE document (iri TEXT PRIMARY KEY, sha256 TEXT, version TEXT, extraction TEXT, body BLOB) WITHOUT ROWID;
CREATE TABLE profile (document TEXT, actor TEXT, key TEXT, body BLOB, PRIMARY KEY (document, actor)) WITHOUT ROWID;
CREATE INDEX profile_key ON profile (key);
CREATE INDEX profile_actor ON profile (actor);
CREATE TABLE identity (document TEXT, actor TEXT, canonical TEXT, PRIMARY KEY (document, actor)) WITHOUT ROWID;
CREATE INDEX identity_canonical ON identity (canonical);
CREATE TABLE comparison (key TEXT, number INTEGER, body BLOB, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE pending (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


def _connect(path: Path, *, is_read_only: bool) -> sqlite3.Connection:
    # Where nothing can be written there is no writer, and SQLite could not make the files that readers share with one.
    mode = "rwc" if not is_read_only else "ro" if os.access(path.parent, os.W_OK) else "ro&immutable=1"
    place = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(place, uri=True, isolation_level=None)
    try:
        if not is_read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -65536")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found == 0 and not is_read_only:
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")
        elif found != _FORMAT:
            raise sqlite3.DatabaseError(f"format {found}, not {_FORMAT}")  # noqa: TRY301 - closed like any other failure
        if not is_read_only:
            connection.execute(VECTOR_TABLE)
            connection.execute(TELLING_TABLE)
    except BaseException:
        connection.close()
        raise
    return connection


class AnnotationFile:
    """The open file; one writer at a time, which the store's lock takes care of. A context manager."""

    def __init__(self, folder: Path, *, is_read_only: bool = False) -> None:
        """Open the file in a store's folder, making it where there is none unless it is only read.

        Raises:
            StoreInvalidError: it is damaged, of another format, or cannot be written.
        """
        self._path, self.folder, self.is_read_only = folder / FILE_NAME, folder, is_read_only
        with self._named_failures():
            self._connection = _connect(self._path, is_read_only=is_read_only)

    @contextmanager
    def _named_failures(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreInvalidError(str(self._path), f"{error}; free space, or delete the file and build again") from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give what changes the file; all is written at the end, nothing where an error leaves it."""
        with self._named_failures():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def select(self, sql: str, *values: str | float) -> list[tuple[Any, ...]]:
        """Return the rows of a query of this package's own; `values` are bound to its parameters."""
        with self._named_failures():
            return self._connection.execute(sql, values).fetchall()

    def _select_body(self, sql: str, *values: str) -> bytes | None:
        with self._named_failures():
            row = self._connection.execute(sql, values).fetchone()
        return None if row is None else bytes(row[0])

    def find_annotation(self, document: str, extraction: str) -> bytes | None:
        """Return the packed annotation of a document if its extraction has this digest."""
        return self._select_body("SELECT body FROM document WHERE iri = ? AND extraction = ?", document, extraction)

    def get_annotation(self, document: str) -> Annotation:
        """Return the annotation of a document that the file holds, with its vectors."""
        body = self._select_body("SELECT body FROM document WHERE iri = ?", document)
        if body is None:
            raise StoreInvalidError(str(self._path), f"lacks {document}; delete the file and build again")
        try:
            annotation = unpack_annotation(body)
        except ValidationError as error:
            problem = f"has {document} as an older version of sayso found it; give its file to `kg build` again, or remove it"
            raise StoreInvalidError(str(self._path), problem) from error
        vectors = tuple(vector for item in list_vectors(self, document) for vector in item.vectors)
        extraction = annotation.extraction.model_copy(update={"vectors": vectors})
        return annotation.model_copy(update={"extraction": extraction})

    def list_profiles(self, document: str) -> list[ActorProfile]:
        """Return what a document tells of its actors."""
        rows = self.select("SELECT body FROM profile WHERE document = ?", document)
        return [ActorProfile.model_validate_json(zlib.decompress(body)) for (body,) in rows]

    def get_version(self, document: str) -> str:
        """Return the extractor version with which the graph of a document was made."""
        version: str = self.select("SELECT version FROM document WHERE iri = ?", document)[0][0]
        return version

    def put(self, documents: Iterable[Converted]) -> None:
        """Replace what is kept of these documents; the blocks that they were and are in become pending."""
        with self.transaction() as connection:
            for item in documents:
                self._forget_profiles(connection, item.document)
                if item.vectors is not None:
                    put_vectors(connection, item.document, item.encoder, item.vectors)
                put_telling(connection, item.document, item.method, item.telling)
                connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)", item[:5])
                connection.executemany(
                    "INSERT INTO profile VALUES (?, ?, ?, ?)",
                    [(item.document, p.actor, key, zlib.compress(p.model_dump_json().encode())) for key, p in item.profiles],
                )
                connection.executemany("INSERT OR IGNORE INTO pending VALUES (?)", {(key,) for key, _ in item.profiles})
                connection.execute(
                    "DELETE FROM identity WHERE document = ?1 AND actor NOT IN (SELECT actor FROM profile WHERE document = ?1)",
                    (item.document,),
                )

    def remove(self, documents: Iterable[str]) -> None:
        """Forget documents; the blocks that they were in become pending."""
        with self.transaction() as connection:
            for document in documents:
                self._forget_profiles(connection, document)
                connection.execute("DELETE FROM identity WHERE document = ?", (document,))
                connection.execute("DELETE FROM document WHERE iri = ?", (document,))
                forget_vectors(connection, document)
                put_telling(connection, document, "", b"")

    @staticmethod
    def _forget_profiles(connection: sqlite3.Connection, document: str) -> None:
        connection.execute("INSERT OR IGNORE INTO pending SELECT key FROM profile WHERE document = ?", (document,))
        connection.execute("DELETE FROM profile WHERE document = ?", (document,))

    def list_records(self) -> dict[str, tuple[str, str]]:
        """Return (sha256, extractor version) of each document that is kept, by IRI."""
        return {iri: (sha256, version) for iri, sha256, version in self.select("SELECT iri, sha256, version FROM document")}

    def reconcile(self, documents: Mapping[str, tuple[str, str]]) -> set[str]:
        """Forget what the graph does not hold, and return which of its documents the file lacks.

        Args:
            documents: (sha256, extractor version) of each document of the graph, by IRI.
        """
        kept = self.list_records()
        stale = sorted(iri for iri in kept if documents.get(iri) != kept[iri])
        if stale:
            with self.transaction() as connection:
                for document in stale:
                    self._forget_profiles(connection, document)
                    if document not in documents:
                        connection.execute("DELETE FROM identity WHERE document = ?", (document,))
        return {iri for iri in documents if kept.get(iri) != documents[iri]}

    def list_keys(self) -> list[str]:
        """Return the keys of all blocks, sorted."""
        return [key for (key,) in self.select("SELECT DISTINCT key FROM profile ORDER BY key")]

    def list_pending(self) -> list[str]:
        """Return the keys of the blocks whose identities are not settled, sorted."""
        return [key for (key,) in self.select("SELECT key FROM pending ORDER BY key")]

    def find_keys(self, actor: str, document: str | None = None) -> list[str]:
        """Return the keys of the blocks in which an actor, of one document or of any, has profiles, sorted."""
        rows = self.select(
            "SELECT DISTINCT key FROM profile WHERE actor = ?1 AND ?2 IN ('', document) ORDER BY key", actor, document or ""
        )
        return [key for (key,) in rows]

    def find_agreed(self, keys: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Return the actor and the number of documents of each block in which all documents, and their graphs, name one."""
        rows = self.select(
            "SELECT p.key, MIN(p.actor), COUNT(*) FROM profile p "
            "LEFT JOIN identity i ON i.document = p.document AND i.actor = p.actor "
            "WHERE p.key IN (SELECT value FROM json_each(?)) GROUP BY p.key "
            "HAVING MIN(p.actor) = MAX(p.actor) AND COUNT(i.canonical) = 0",
            json.dumps(list(keys)),
        )
        return {key: (actor, documents) for key, actor, documents in rows}

    def get_block(self, key: str) -> list[tuple[ActorProfile, str]]:
        """Return the profiles of a block with the IRIs that their documents' graphs have for them, by document and actor."""
        with self._named_failures():
            rows = self._connection.execute(
                "SELECT p.body, COALESCE(i.canonical, p.actor) FROM profile p "
                "LEFT JOIN identity i ON i.document = p.document AND i.actor = p.actor "
                "WHERE p.key = ? ORDER BY p.document, p.actor",
                (key,),
            )
            return [(ActorProfile.model_validate_json(zlib.decompress(body)), canonical) for body, canonical in rows]

    def get_canonical(self, document: str) -> dict[str, str]:
        """Return the IRIs that the document's graph has in place of others: actor of the document alone -> canonical."""
        return dict(self.select("SELECT actor, canonical FROM identity WHERE document = ?", document))

    def list_actors(self, document: str) -> dict[str, str]:
        """Return the actors of a document alone, sorted, each with the IRI that the document's graph has for it."""
        return dict(
            self.select(
                "SELECT p.actor, COALESCE(i.canonical, p.actor) FROM profile p "
                "LEFT JOIN identity i ON i.document = p.document AND i.actor = p.actor WHERE p.document = ? ORDER BY p.actor",
                document,
            )
        )

    def list_members(self, canonical: str) -> list[tuple[str, str]]:
        """Return the (document, actor of that document alone) that are this actor, sorted."""
        rows = self.select(
            "SELECT document, actor FROM identity WHERE canonical = ?1 UNION SELECT document, actor FROM profile p "
            "WHERE actor = ?1 AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.document = p.document AND i.actor = ?1) "
            "ORDER BY document, actor",
            canonical,
        )
        return [(document, actor) for document, actor in rows]

    def find_document(self, actor: str) -> str | None:
        """Return the first document, by IRI, that alone gives this actor; None where none does."""
        rows = self.select("SELECT MIN(document) FROM profile WHERE actor = ?", actor)
        return rows[0][0] or None

    def get_names(self, document: str, actor: str) -> tuple[tuple[str, int], ...]:
        """Return what a document calls an actor, with the number of mentions; empty where it does not mention it."""
        body = self._select_body("SELECT body FROM profile WHERE document = ? AND actor = ?", document, actor)
        return () if body is None else ActorProfile.model_validate_json(zlib.decompress(body)).names

    def list_names(self, actor: str) -> set[str]:
        """Return what documents call an actor that they alone give this IRI."""
        rows = self.select("SELECT document FROM profile WHERE actor = ?", actor)
        return {name for (document,) in rows for name, _ in self.get_names(document, actor)}

    def put_comparisons(self, comparisons: Mapping[str, Iterable[Comparison]]) -> None:
        """Replace what was found by comparing the actors of these blocks, by block."""
        with self.transaction() as connection:
            for key, found in comparisons.items():
                connection.execute("DELETE FROM comparison WHERE key = ?", (key,))
                rows = ((key, number, zlib.compress(item.model_dump_json().encode())) for number, item in enumerate(found))
                connection.executemany("INSERT INTO comparison VALUES (?, ?, ?)", rows)

    def settle(self, keys: Iterable[str], canonical: Mapping[str, Mapping[str, str]]) -> None:
        """Note that the graph is true of these blocks.

        Args:
            keys: the blocks that were looked at.
            canonical: the new IRIs of each document whose graph was written for it.
        """
        with self.transaction() as connection:
            for document, mapping in canonical.items():
                connection.execute("DELETE FROM identity WHERE document = ?", (document,))
                connection.executemany(
                    "INSERT INTO identity VALUES (?, ?, ?)", [(document, actor, iri) for actor, iri in sorted(mapping.items())]
                )
            connection.executemany("DELETE FROM pending WHERE key = ?", [(key,) for key in keys])

    def list_comparisons(self, keys: Iterable[str] | None = None) -> Iterator[Comparison]:
        """Yield the comparisons of blocks, or of all, in a fixed order."""
        with self._named_failures():
            if keys is None:
                rows = self._connection.execute("SELECT body FROM comparison ORDER BY key, number")
                yield from (Comparison.model_validate_json(zlib.decompress(body)) for (body,) in rows)
                return
            for key in sorted(set(keys)):
                rows = self._connection.execute("SELECT body FROM comparison WHERE key = ? ORDER BY number", (key,))
                yield from (Comparison.model_validate_json(zlib.decompress(body)) for (body,) in rows)

    def get_note(self, name: str) -> str:
        """Return what was noted under a name; empty where nothing was."""
        rows = self.select("SELECT value FROM note WHERE name = ?", name)
        return rows[0][0] if rows else ""

    def set_note(self, name: str, value: str) -> None:
        """Note a value under a name."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def compact(self) -> None:
        """Give back the space of what was replaced or removed."""
        with self._named_failures():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give the file back; closing twice is no error."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
