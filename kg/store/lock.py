"""Who writes to a store, so that a second writer can say whom it waits for and a reader knows to be careful.

The engine's own lock decides who may write; the note `writer.json` beside it only gives it a name.
"""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import NamedTuple

_NOTE = "writer.json"


class Writer(NamedTuple):
    """A process that writes, or wrote, to a store."""

    pid: int
    host: str

    @property
    def may_be_alive(self) -> bool:
        """Whether the process runs; one on another host is believed to."""
        if self.host != socket.gethostname():
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def write_note(path: Path) -> None:
    """Record this process as the writer of the store at `path`."""
    temporary = path / f"{_NOTE}.{os.getpid()}"
    temporary.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), "utf-8")
    temporary.replace(path / _NOTE)


def remove_note(path: Path) -> None:
    """Forget the writer; nothing happens where none is recorded."""
    (path / _NOTE).unlink(missing_ok=True)


def read_note(path: Path) -> Writer | None:
    """Return the recorded writer if it may still run; None for no note, a stale or an unreadable one."""
    try:
        note = json.loads((path / _NOTE).read_text("utf-8"))
        writer = Writer(int(note["pid"]), str(note["host"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return writer if writer.may_be_alive else None


def name_holder(path: Path) -> str:
    """Return words for the process that holds the store's lock."""
    writer = read_note(path)
    return "another process" if writer is None else f"process {writer.pid} on {writer.host}"
