"""Forgetting a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.build.filtering import Gate, Selection
from kg.build.identity import settle_identities
from kg.build.toolchain import Toolchain
from kg.build.workers import Job, convert_job
from kg.build.writing import ResultWriter, open_annotations, open_for_writing
from kg.errors import DocumentMissingError, DocumentRefusedError, StoreMissingError
from kg.resolve.registry import read_registry
from kg.settings import Settings

#: What a path ends with where its file holds many documents.
_RECORD = re.compile(r"#[0-9]+\Z")


def remove_document(name: str, settings: Settings) -> tuple[str, ...]:
    """Remove the document with this IRI, or all documents of the file at this path; return their IRIs, sorted.

    Copies of them that a build passed over take their place in the store.

    Raises:
        StoreMissingError: there is no store.
        DocumentMissingError: the store has no such document.
    """
    if not Path(settings.store).is_dir():
        raise StoreMissingError(settings.store)
    registry = read_registry(settings.base, imported=settings.imported_actors)
    with open_for_writing(settings, registry) as store, open_annotations(store) as kept:
        known = store.documents()
        gate = Gate(Selection(skips_copies=True), store, kept, "", known, may_sign=False)
        every = {iri: record.path for iri, record in known.items()} | gate.list_paths()
        found = sorted(iri for iri, path in every.items() if name in {iri, path, _RECORD.sub("", path)})
        if not found:
            raise DocumentMissingError(name)
        kept.reconcile({iri: (record.sha256, record.extractor_version) for iri, record in known.items()})
        gate.forget(found)
        stored = [iri for iri in found if iri in known]
        kept.remove(stored)
        for iri in stored:
            store.remove_document(iri)

        def take_in(jobs: Iterable[Job]) -> list[str]:
            toolchain, writer, stored = Toolchain(settings), ResultWriter(store, kept), list[str]()
            for job in jobs:
                outcome = convert_job(toolchain, job)
                if not isinstance(outcome, DocumentRefusedError):
                    writer.put({job.document.id: outcome})
                    stored.append(job.document.id)
            writer.write()
            return stored

        gate.settle((), stored, take_in, may_skip=False)
        settle_identities(store, kept, registry, settings)
    return tuple(found)
