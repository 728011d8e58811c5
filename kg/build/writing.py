"""Opening the store for a build, the one that the settings name if it was built with their base, and writing documents to it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.build.toolchain import Result
from kg.errors import SettingInvalidError
from kg.resolve.registry import Registry
from kg.settings import Settings
from kg.store.annotations import AnnotationFile
from kg.store.embedded import Store, open_store


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


def write_results(store: Store, kept: AnnotationFile, results: Mapping[str, Result]) -> None:
    """Put what documents yield, by IRI, in place of what the store has of them; it is on disk when this returns.

    What is kept beside the graphs goes first: killed in between, the next run finds it and reads no text again.
    """
    kept.put(result.kept for result in results.values())
    store.replace_documents({iri: result.quads for iri, result in results.items()})
    store.flush()
