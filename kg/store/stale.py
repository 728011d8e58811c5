"""Tables that are derived from the annotations of a store, and the documents from which they have to be derived again.

Triggers note such a document where its annotation or an identity changes; what the graph has lost is found by comparing.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

from kg.store.annotations import AnnotationFile


class DerivedTables:
    """Tables in an annotation file; where it is open for writing, they are made if there are none.

    Attributes:
        schema: the statements that make them, with their triggers.
        stale: the table of the documents to be read again.
        read: a table that names in its column `document` all that were read.
        forgetting: the statements that empty them, and note what the graph says by them as to be looked at.
    """

    schema: ClassVar[tuple[str, ...]]
    stale: ClassVar[str]
    read: ClassVar[str]
    forgetting: ClassVar[tuple[str, ...]]

    def __init__(self, kept: AnnotationFile) -> None:
        self._kept = kept
        if kept.is_read_only:
            return
        with kept.transaction() as connection:
            for statement in self.schema:
                connection.execute(statement)

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self._kept.folder

    def mark_stale(self, documents: Collection[str], *, is_everything: bool = False) -> None:
        """Note what must be read again: all documents if so, else those that the graph no longer holds.

        Args:
            documents: that the graph holds.
            is_everything: whether all that was read and found before is out of date; it is forgotten.
        """
        with self._kept.transaction() as connection:
            gone = {row[0] for row in connection.execute(f"SELECT DISTINCT document FROM {self.read}")} - set(documents)  # noqa: S608
            connection.executemany(
                f"INSERT OR IGNORE INTO {self.stale} VALUES (?)",  # noqa: S608
                [(document,) for document in sorted(gone)],
            )
            if is_everything:
                connection.execute(f"INSERT OR IGNORE INTO {self.stale} SELECT iri FROM document")  # noqa: S608
                for statement in self.forgetting:
                    connection.execute(statement)

    def list_stale(self, documents: Collection[str]) -> list[tuple[str, bool]]:
        """Return the documents to read again, sorted, and whether there is something to read: the graph and the file hold it."""
        rows = self._kept.select(
            f"SELECT s.document, d.iri FROM {self.stale} s LEFT JOIN document d ON d.iri = s.document ORDER BY 1"  # noqa: S608
        )
        return [(document, iri is not None and document in documents) for document, iri in rows]
