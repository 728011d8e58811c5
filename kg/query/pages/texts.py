"""The text of a document: as it was kept when the document was read, or else the sentences that the graph quotes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from pathlib import Path

from kg.model.base import Frozen
from kg.query.pages.nodes import Node
from kg.store.annotations import FILE_NAME, AnnotationFile


class Passage(Frozen):
    """A stretch of a document's text, verbatim, and where it begins, in code points."""

    begin: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.begin + len(self.text)


def read_text(store: Path, document: Node) -> str | None:
    """Return the text of a document; None where the store did not keep it, or keeps that of another version of the document.

    Args:
        store: the store's folder.
        document: as the graph describes it.

    Raises:
        StoreInvalidError: the file of annotations is damaged.
    """
    if not (store / FILE_NAME).is_file():
        return None
    with AnnotationFile(store, is_read_only=True) as kept:
        rows = kept.select("SELECT body FROM document WHERE iri = ? AND sha256 = ?", document.iri, document.one("sha256"))
    if not rows:
        return None
    # Of the annotation the text alone is wanted; to check all of it would take many times as long.
    text: str = json.loads(zlib.decompress(rows[0][0]))["document"]["text"]
    return text


def join_sentences(nodes: Iterable[Node]) -> tuple[Passage, ...]:
    """Return the sentences that claims, events and other nodes quote, in the order of the text, joined where they overlap."""
    pieces = sorted(
        {
            (node.number("nif:beginIndex"), node.one("nif:anchorOf"))
            for node in nodes
            if node.all("nif:beginIndex") and node.one("nif:anchorOf")
        },
        key=lambda piece: (piece[0], -len(piece[1])),
    )
    passages: list[Passage] = []
    for begin, text in pieces:
        last = passages[-1] if passages else None
        if last is None or begin > last.end:
            passages.append(Passage(begin=begin, text=text))
        elif begin + len(text) > last.end:
            passages[-1] = Passage(begin=last.begin, text=last.text + text[last.end - begin :])
    return tuple(passages)
