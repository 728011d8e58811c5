"""Telling a full disk from damage: the engine and SQLite say it in ways of their own, and only space has to be made."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from kg.errors import StoreFullError

_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def find_full_disk(store: Path, error: BaseException | None) -> StoreFullError | None:
    """Return the error to raise in place of one that a full disk has caused; None for any other, and where that is said already.

    Args:
        store: the folder that was written to.
        error: what was raised, or None. What it was raised from counts as well.
    """
    if isinstance(error, StoreFullError):
        return None
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if problem := _find_problem(error):
            return StoreFullError(str(store), problem)
        error = error.__cause__ or error.__context__
    return None


def _find_problem(error: BaseException) -> str:
    """Return what the system calls the lack of space; empty where the error is another one."""
    if isinstance(error, sqlite3.Error):
        return str(error) if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL else ""
    if isinstance(error, OSError) and error.errno in _ERRORS:
        return os.strerror(error.errno)
    # The engine's errors have no number, but end in the words that the system has for it.
    if isinstance(error, OSError | RuntimeError):
        return next((words for words in map(os.strerror, _ERRORS) if words in str(error)), "")
    return ""
