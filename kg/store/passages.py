"""Texts to compare, and which of them are copies: tables that `kg.store.reports` makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.store.annotations import AnnotationFile

#: A shingle of more different texts than these is furniture of a site or a phrase of the language, and finds nothing.
_MOST_TEXTS = 500
_CANDIDATES = """
WITH near AS (
  SELECT b.text AS text, COUNT(*) AS shared FROM text_sample a JOIN text_sample b ON b.shingle = a.shingle AND b.text <> a.text
  WHERE a.text = ?1 AND a.shingle NOT IN (SELECT shingle FROM common_shingle) GROUP BY b.text HAVING COUNT(*) >= ?2
)
SELECT text FROM near WHERE shared >= ?3 * MIN(
  (SELECT COUNT(*) FROM text_sample s WHERE s.text = ?1 AND s.shingle NOT IN (SELECT shingle FROM common_shingle)),
  (SELECT COUNT(*) FROM text_sample s WHERE s.text = near.text AND s.shingle NOT IN (SELECT shingle FROM common_shingle))
) ORDER BY text
"""


class PassagePair(NamedTuple):
    """Two documents, in code point order, of which one copies the other; see `kg.resolve.across_events.copies`."""

    one: str
    other: str
    contained: float
    resemblance: float


class PassageTables:
    """The tables of texts, in an annotation file that has been prepared by `ReportTables`."""

    def __init__(self, kept: AnnotationFile) -> None:
        self._kept = kept

    def list_fresh(self) -> list[str]:
        """Return the texts to be compared, sorted: those that are new, and those that a document has come to have or to lack.

        Among them are those whose common shingles have become rare, or the other way round: what finds a text depends on
        the texts alone, not on the order in which they came.
        """
        with self._kept.transaction() as connection:
            common = {
                shingle
                for (shingle,) in connection.execute(
                    "SELECT shingle FROM text_sample GROUP BY shingle HAVING COUNT(*) > ?", (_MOST_TEXTS,)
                )
            }
            known = {shingle for (shingle,) in connection.execute("SELECT shingle FROM common_shingle")}
            for shingle in sorted(common ^ known):
                connection.execute("INSERT OR IGNORE INTO fresh_text SELECT text FROM text_sample WHERE shingle = ?", (shingle,))
            connection.execute("DELETE FROM common_shingle")
            connection.executemany("INSERT INTO common_shingle VALUES (?)", [(shingle,) for shingle in sorted(common)])
        return [row[0] for row in self._kept.select("SELECT text FROM fresh_text ORDER BY text")]

    def find_candidates(self, text: str, shared: int, share: float) -> list[str]:
        """Return the other texts that share so many samples with one, and so many of the smaller sample, sorted.

        Args:
            text: the one.
            shared: fewest samples.
            share: least part of the samples of the text that has fewer. Common shingles count nowhere.
        """
        rows = self._kept.select(_CANDIDATES, text, shared, share)
        return [other for (other,) in rows]

    def list_documents(self, text: str) -> list[str]:
        """Return the documents that have a text, the earliest first as `kg.resolve.across_events.copies` orders them."""
        rows = self._kept.select(
            "SELECT p.document FROM passage_text t JOIN passage p ON p.document = t.document WHERE t.text = ? "
            "ORDER BY COALESCE(NULLIF(p.published, ''), '9999'), p.document",
            text,
        )
        return [document for (document,) in rows]

    def get_shingles(self, document: str) -> bytes:
        """Return the packed shingles of a document's text."""
        shingles: bytes = self._kept.select("SELECT shingles FROM passage WHERE document = ?", document)[0][0]
        return shingles

    def put_pairs(self, texts: Iterable[str], pairs: Iterable[PassagePair]) -> None:
        """Put pairs in place of those that documents with these texts were in; the texts are compared then."""
        with self._kept.transaction() as connection:
            for text in texts:
                for (document,) in connection.execute("SELECT document FROM passage_text WHERE text = ?", (text,)).fetchall():
                    connection.execute(
                        "INSERT OR IGNORE INTO touched_document SELECT one FROM passage_pair WHERE other = ?1 "
                        "UNION SELECT other FROM passage_pair WHERE one = ?1 UNION SELECT ?1",
                        (document,),
                    )
                    connection.execute("DELETE FROM passage_pair WHERE one = ?1 OR other = ?1", (document,))
                connection.execute("DELETE FROM fresh_text WHERE text = ?", (text,))
            connection.executemany("INSERT OR REPLACE INTO passage_pair VALUES (?, ?, ?, ?)", pairs)

    def list_touched(self) -> list[str]:
        """Return the documents whose text, or a text like it, has changed, sorted; some may be gone."""
        return [row[0] for row in self._kept.select("SELECT document FROM touched_document ORDER BY document")]

    def find_connected(self, documents: Iterable[str]) -> tuple[dict[str, str | None], list[PassagePair]]:
        """Return the dates of publication of all documents that pairs connect with these, and the pairs; without the gone."""
        waiting = sorted(documents)
        published: dict[str, str | None] = {}
        pairs: set[PassagePair] = set()
        while waiting:
            document = waiting.pop()
            rows = self._kept.select("SELECT published FROM passage WHERE document = ?", document)
            if document in published or not rows:
                continue
            published[document] = rows[0][0]
            for row in self._kept.select("SELECT * FROM passage_pair WHERE one = ?1 OR other = ?1", document):
                pair = PassagePair(*row)
                pairs.add(pair)
                waiting += [pair.one, pair.other]
        return published, sorted(pairs)

    def set_copies(self, documents: Iterable[str], copies: Mapping[str, tuple[str, bool]]) -> None:
        """Note of which text each of these documents is a copy; the events of those that change are touched.

        Args:
            documents: all that were looked at.
            copies: (earliest document with the text, whether it is the same text) of those that copy one.
        """
        with self._kept.transaction() as connection:
            for document in documents:
                original, is_same = copies.get(document, (document, False))
                changed = connection.execute(
                    "UPDATE passage SET copy_of = ?2, is_same = ?3 WHERE document = ?1 AND (copy_of <> ?2 OR is_same <> ?3)",
                    (document, original, int(is_same)),
                ).rowcount
                if changed:
                    connection.execute("INSERT OR IGNORE INTO touched_document VALUES (?)", (document,))
                    connection.execute(
                        "INSERT OR IGNORE INTO touched_event SELECT event FROM report WHERE document = ?", (document,)
                    )

    def list_copies(self, documents: Iterable[str]) -> dict[str, tuple[str, bool]]:
        """Return (earliest document with the text, whether it is the same text) of those of these documents that copy one."""
        found = {}
        for document in sorted(set(documents)):
            for original, is_same in self._kept.select(
                "SELECT copy_of, is_same FROM passage WHERE document = ?1 AND copy_of <> ?1", document
            ):
                found[document] = (original, bool(is_same))
        return found
