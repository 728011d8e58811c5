"""Compaction: the files of a store written anew without what is no longer in it."""

from __future__ import annotations

from pathlib import Path

from kg.build.writing import open_annotations, open_for_writing
from kg.errors import StoreMissingError
from kg.resolve.registry import read_registry
from kg.settings import Settings
from kg.store.layout import holds_store


def compact_store(settings: Settings) -> tuple[int, int]:
    """Compact the graph and what is kept beside it; return the bytes on disk before and after.

    Raises:
        StoreMissingError: there is no store.
        StoreLockedError, StoreInvalidError, SettingInvalidError: see `open_for_writing`.
    """
    folder = Path(settings.store)
    if not holds_store(folder):
        raise StoreMissingError(settings.store)
    before = _measure(folder)
    registry = read_registry(settings.base, imported=settings.imported_actors)
    with open_for_writing(settings, registry) as store, open_annotations(store) as kept:
        store.compact()
        kept.compact()
    return before, _measure(folder)


def _measure(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
