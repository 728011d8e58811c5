"""Forgetting a document."""

from __future__ import annotations

import re
from pathlib import Path

from kg.build.writing import open_for_writing
from kg.errors import DocumentMissingError, StoreMissingError
from kg.resolve.registry import read_registry
from kg.settings import Settings

#: What a path ends with where its file holds many documents.
_RECORD = re.compile(r"#[0-9]+\Z")


def remove_document(name: str, settings: Settings) -> tuple[str, ...]:
    """Remove the document with this IRI, or all documents of the file at this path; return their IRIs, sorted.

    Raises:
        StoreMissingError: there is no store.
        DocumentMissingError: the store has no such document.
    """
    if not Path(settings.store).is_dir():
        raise StoreMissingError(settings.store)
    with open_for_writing(settings, read_registry(settings.base)) as store:
        found = sorted(
            iri for iri, record in store.documents().items() if name in {iri, record.path, _RECORD.sub("", record.path)}
        )
        if not found:
            raise DocumentMissingError(name)
        for iri in found:
            store.remove_document(iri)
    return tuple(found)
