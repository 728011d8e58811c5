"""The sentence vectors of claims, in the file of annotations: written, replaced and forgotten with their document.

A row holds those of one document, so that one document more costs one row. Its vectors are those of the graph only where
the document's bytes and extractor are the graph's: a run that was killed may have written the row and not the graph.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from kg.model.vector import Vector

VECTOR_TABLE = "CREATE TABLE IF NOT EXISTS vector (document TEXT PRIMARY KEY, encoder TEXT, attributions TEXT, body BLOB)"
_SEPARATOR = " "
_SELECTED = (
    "SELECT d.iri, d.sha256, d.version, v.encoder, v.attributions, v.body FROM vector v JOIN document d ON d.iri = v.document "
)
_ALL_VECTORS, _VECTORS_OF = f"{_SELECTED} ORDER BY v.document", f"{_SELECTED} WHERE v.document = ?"


class Selecting(Protocol):
    """The file of annotations, as far as it is needed here."""

    def select(self, sql: str, *values: str | float) -> list[tuple[Any, ...]]:
        """Return the rows of a query; `values` are bound to its parameters."""
        ...


class DocumentVectors(NamedTuple):
    """What is kept of one document.

    Attributes:
        sha256, version: of the document's bytes and of the extractor that found the attributions.
        encoder: names what made the vectors; those of different encoders cannot be compared.
    """

    document: str
    sha256: str
    version: str
    encoder: str
    vectors: tuple[Vector, ...]


def put_vectors(connection: sqlite3.Connection, document: str, encoder: str, vectors: Sequence[Vector]) -> None:
    """Replace the vectors of a document within a transaction; none leaves no row.

    Raises:
        ValueError: they are not all of one length.
    """
    forget_vectors(connection, document)
    if not vectors:
        return
    if len({len(vector.values) for vector in vectors}) != 1:
        raise ValueError(f"vectors of {document} differ in length")
    names = _SEPARATOR.join(vector.attribution for vector in vectors)
    body = b"".join(vector.values for vector in vectors)
    connection.execute("INSERT INTO vector VALUES (?, ?, ?, ?)", (document, encoder, names, body))


def forget_vectors(connection: sqlite3.Connection, document: str) -> None:
    """Forget the vectors of a document; one without any is no error."""
    connection.execute("DELETE FROM vector WHERE document = ?", (document,))


def list_encoders(kept: Selecting) -> list[tuple[str, str, str, str]]:
    """Return (document, sha256, version, encoder) of each document that has vectors, by document."""
    if not _has_table(kept):
        return []
    rows = kept.select(
        "SELECT d.iri, d.sha256, d.version, v.encoder FROM vector v JOIN document d ON d.iri = v.document ORDER BY v.document"
    )
    return [(iri, sha256, version, encoder) for iri, sha256, version, encoder in rows]


def list_vectors(kept: Selecting, document: str = "") -> Iterator[DocumentVectors]:
    """Yield the vectors of each document, or of one, by document; documents without any are left out."""
    if not _has_table(kept):
        return
    rows = kept.select(*((_ALL_VECTORS,) if not document else (_VECTORS_OF, document)))
    for iri, sha256, version, encoder, names, body in rows:
        identifiers = names.split(_SEPARATOR)
        width = len(body) // len(identifiers)
        vectors = (
            Vector(attribution=name, values=body[index * width : (index + 1) * width]) for index, name in enumerate(identifiers)
        )
        yield DocumentVectors(iri, sha256, version, encoder, tuple(vectors))


def _has_table(kept: Selecting) -> bool:
    """Whether the file was made, or written to, since vectors are kept."""
    return bool(kept.select("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'vector'"))
