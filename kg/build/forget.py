"""Forgetting a document."""

from __future__ import annotations

import re
from pathlib import Path

from kg.build.identity import settle_identities
from kg.build.writing import open_annotations, open_for_writing
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
    registry = read_registry(settings.base, imported=settings.imported_actors)
    with open_for_writing(settings, registry) as store, open_annotations(store) as kept:
        known = store.documents()
        found = sorted(iri for iri, record in known.items() if name in {iri, record.path, _RECORD.sub("", record.path)})
        if not found:
            raise DocumentMissingError(name)
        kept.reconcile({iri: (record.sha256, record.extractor_version) for iri, record in known.items()})
        kept.remove(found)
        for iri in found:
            store.remove_document(iri)
        settle_identities(store, kept, registry, settings)
    return tuple(found)
