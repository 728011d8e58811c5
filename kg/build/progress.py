"""How far a build is, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

#: Documents are read, converted and stored; then what they mean for each other is settled.
Stage = Literal["converting", "settling"]


class Progress(NamedTuple):
    """How far a build is.

    Attributes:
        done: documents that were converted, found unchanged, or refused.
        stored: how many of these are safe on disk, and stay whatever happens.
        refused: how many of these are not to be in the store.
        total: how many there are; None where files of many records are among the inputs, which are read but once.
        path: of the last document.
    """

    stage: Stage
    done: int
    stored: int
    refused: int
    total: int | None
    path: str


class Watch:
    """Counts the documents of a build and tells of each.

    Args:
        tell: is told after each document, each time that documents were stored, and when the stage changes.
        refused: the list that refusals are added to.
        total: documents to come; None where that is not known.
    """

    def __init__(self, tell: Callable[[Progress], None], refused: Sequence[object], total: int | None) -> None:
        self._tell_listener, self._refused, self._total = tell, refused, total
        self._done = self._stored = 0
        self._path = ""
        self._stage: Stage = "converting"

    def add(self, path: str) -> None:
        """Count a document that is converted, unchanged or refused."""
        self._done += 1
        self._path = path
        self._tell()

    def note_stored(self) -> None:
        """Note that all documents so far are on disk."""
        self._stored = self._done
        self._tell()

    def settle(self) -> None:
        """Note that only what follows from all documents is left to do."""
        self._stage = "settling"
        self.note_stored()

    def _tell(self) -> None:
        refused = len(self._refused)
        self._tell_listener(Progress(self._stage, self._done, self._stored, refused, self._total, self._path))
