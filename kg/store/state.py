"""Whether a store has changed, told by its files alone."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from kg.errors import StoreMissingError
from kg.store.layout import holds_store

#: The engine's files that grow or are replaced with each commit: tables, log, and which of these are valid.
_ENDINGS = (".sst", ".log")
_BEGINNINGS = ("CURRENT", "MANIFEST-")


def read_state(store: Path) -> str:
    """Return a digest that differs where something was committed in between, and may differ where nothing was.

    Raises:
        StoreMissingError: there is no store.
    """
    digest = hashlib.sha256()
    for name, size, changed_ns in _list_files(store):
        digest.update(f"{name} {size} {changed_ns}\n".encode())
    return digest.hexdigest()


def measure_bytes(store: Path) -> int:
    """Return the size of the store's files.

    Raises:
        StoreMissingError: there is no store.
    """
    return sum(size for _, size, _ in _list_files(store))


def _list_files(store: Path) -> list[tuple[str, int, int]]:
    found = []
    try:
        if not holds_store(store):
            raise StoreMissingError(str(store))
        for entry in os.scandir(store):
            if entry.name.endswith(_ENDINGS) or entry.name.startswith(_BEGINNINGS):
                try:
                    status = entry.stat()
                except FileNotFoundError:
                    continue  # removed since it was listed, which the next look tells
                found.append((entry.name, status.st_size, status.st_mtime_ns))
    except FileNotFoundError as error:
        raise StoreMissingError(str(store)) from error
    return sorted(found)
