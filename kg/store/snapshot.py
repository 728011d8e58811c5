"""A still picture of a store's files, so that reading never meets a writer that removes them.

Opening a store read-only beside a writer is undefined for the engine: a scan fails when a compaction deletes the file
that it reads. The engine never changes a table file (`*.sst`) once written, so hard links to those keep them alive at no
cost; the small files that tell which tables are valid, and the write-ahead log, are copied. The picture is good when the
set of files was the same before and after it was taken: then it holds all that was committed up to some moment between.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from pathlib import Path

from kg.errors import StoreInvalidError
from kg.store.lock import Writer
from kg.store.unsettled import FILE_NAME as UNSETTLED

_FOLDER = "snapshots"
_TRIES = 40
_PAUSE_SECONDS = 0.05
_SKIPPED = frozenset({"LOCK", _FOLDER, "search"})
#: The engine's messages, who writes, and what only a writer needs.
_SKIPPED_BEGINNINGS = ("LOG", "writer.json", "annotations.sqlite", "pushed.sqlite", UNSETTLED)


def take_snapshot(store: Path) -> Path:
    """Return a new folder with a picture of the store, to be removed with `remove_snapshot`.

    Raises:
        StoreInvalidError: the files changed too fast for every attempt.
        OSError: the folder cannot be written, or the file system has no hard links.
    """
    remove_stale_snapshots(store)
    folder = store / _FOLDER
    folder.mkdir(exist_ok=True)
    for _ in range(_TRIES):
        target = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}@{socket.gethostname()}@", dir=folder))
        if _copy(store, target):
            return target
        remove_snapshot(target)
        time.sleep(_PAUSE_SECONDS)
    raise StoreInvalidError(str(store), "is being rewritten by another process; try again in a moment")


def remove_snapshot(target: Path) -> None:
    """Remove a picture; one that is gone already is no error."""
    shutil.rmtree(target, ignore_errors=True)


def remove_stale_snapshots(store: Path) -> None:
    """Remove what killed readers on this host left behind."""
    folder = store / _FOLDER
    if not folder.is_dir():
        return
    for target in folder.iterdir():
        pid, _, rest = target.name.partition("@")
        if pid.isdigit() and not Writer(int(pid), rest.rpartition("@")[0]).may_be_alive:
            remove_snapshot(target)


def _copy(store: Path, target: Path) -> bool:
    """Copy the files; whether they are all of one moment."""
    try:
        before = _list_files(store)
        for name in before:
            if name.endswith(".sst"):
                os.link(store / name, target / name)
            else:
                shutil.copyfile(store / name, target / name)
        return _list_files(store) == before
    except FileNotFoundError:
        return False


def _list_files(store: Path) -> dict[str, int]:
    """Return the files that make up the store, sorted, with the size of those that tell which others are valid."""
    found = (entry.name for entry in os.scandir(store))
    names = sorted(name for name in found if name not in _SKIPPED and not name.startswith(_SKIPPED_BEGINNINGS))
    return {
        name: (store / name).stat().st_size if name.startswith(("CURRENT", "MANIFEST")) else 0
        for name in names
        if not name.endswith(".dbtmp")
    }
