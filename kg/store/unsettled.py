"""Actors whose description a killed writer may have left untrue: noted before a write that takes two commits, until a flush.

A small file in the store's folder, one IRI a line. It is on disk before the first of the two commits is begun and goes when
both are, so that whoever opens the store next knows which actors to derive again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FILE_NAME = "unsettled-actors"


def note_unsettled(store: Path, actors: Iterable[str]) -> None:
    """Add actors to the note; they are on disk when this returns."""
    with (store / FILE_NAME).open("a", encoding="utf-8") as note:
        note.writelines(f"{actor}\n" for actor in sorted(actors))
        note.flush()
        os.fsync(note.fileno())


def read_unsettled(store: Path) -> set[str]:
    """Return the actors of the note, empty where there is none.

    A last line that a kill cut short is left out: then the first commit was not begun.
    """
    try:
        lines = (store / FILE_NAME).read_text("utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return set()
    return {line.rstrip("\n") for line in lines if line.endswith("\n")}


def forget_unsettled(store: Path) -> None:
    """Remove the note; one that is not there is no error."""
    (store / FILE_NAME).unlink(missing_ok=True)
