"""Opening the store for a build, the one that the settings name if it was built with their base, and writing documents to it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.build.toolchain import Result
from kg.errors import SettingInvalidError
from kg.resolve.registry import Registry
from kg.settings import Settings
from kg.store.annotations import AnnotationFile
from kg.store.batches import split
from kg.store.embedded import Store, open_store
from kg.store.packed import PackedGraph

#: Graphs that are replaced in one transaction, which holds what differs, and new ones whose actors are described together.
_REPLACED_TOGETHER, _ADDED_TOGETHER = 128, 256
#: As many graphs wait to be written as are stored, within bounds: the engine merges what it is given with much of what it has,
#: and whatever came meanwhile at once. Those that wait take some fifty kilobytes each.
_LEAST_WAITING, _MOST_WAITING = 128, 2048


def open_for_writing(settings: Settings, registry: Registry) -> Store:
    """Return the store, open for writing.

    Raises:
        StoreLockedError, StoreInvalidError: see `open_store`.
        SettingInvalidError: it holds documents under another base: the same text would be in it twice.
    """
    store = open_store(settings.store, settings.base, registry.describe_actors())
    other = next((iri for iri in sorted(store.documents()) if not iri.startswith(settings.base)), None)
    if other is not None:
        store.close()
        raise SettingInvalidError(
            f"{settings.store!r}: holds {other}, which does not begin with the base {settings.base}; "
            "set KG_BASE as it was, or name a new store"
        )
    return store


def open_annotations(store: Store) -> AnnotationFile:
    """Return what is kept beside the graphs of a store that is open for writing."""
    return AnnotationFile(store.path)


class ResultWriter:
    """Puts what documents yield in place of what the store has of them, in two steps.

    What is kept beside the graphs goes first, a few documents at a time: killed then, the next run finds it and reads none of
    these texts again. The graphs follow, the more at a time the more there are already.
    """

    def __init__(self, store: Store, kept: AnnotationFile) -> None:
        self._store, self._kept = store, kept
        self._graphs: dict[str, PackedGraph] = {}
        self._enough = self._find_enough()

    def put(self, results: Mapping[str, Result]) -> bool:
        """Keep results by the document's IRI, and return whether that wrote graphs: then all that were put are on disk."""
        self._kept.put(result.kept for result in results.values())
        self._graphs |= {iri: result.graph for iri, result in results.items()}
        if len(self._graphs) < self._enough:
            return False
        self.write()
        self._enough = self._find_enough()
        return True

    def write(self) -> None:
        """Write the graphs that are still to be written; all is on disk when this returns."""
        held = self._store.documents().keys() & self._graphs.keys()
        for documents, size in ((held, _REPLACED_TOGETHER), (self._graphs.keys() - held, _ADDED_TOGETHER)):
            for batch in split(sorted(documents), size):
                self._store.replace_documents({iri: self._graphs[iri] for iri in batch})
                self._store.flush()
        self._graphs = {}

    def _find_enough(self) -> int:
        """Return how many graphs are to be written at a time."""
        return max(_LEAST_WAITING, min(_MOST_WAITING, len(self._store.documents())))
