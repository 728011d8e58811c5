"""Opening a store, taking it as it is now, closing it; and what is looked up in it."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import Self

from kg.errors import StoreInvalidError
from kg.query.lookup import resolve_actor, resolve_concept
from kg.query.search import Searcher, open_searcher
from kg.query.search_filters import name_notation
from kg.store.reader import Reader, open_reader


class Opened:
    """A store as it was when it was opened.

    Attributes:
        path: its folder.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._opened: Reader | None = open_reader(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store: {self.path}>"

    @property
    def _reader(self) -> Reader:
        if self._opened is None:
            raise StoreInvalidError(self.path, "was closed already; open it again")
        return self._opened

    def close(self) -> None:
        """Give the files back; closing twice is no error. What was read stays; an rdflib view does not."""
        if self._opened is not None:
            self._opened.close()
        self._opened = None
        self.__dict__.pop("_searcher", None)

    def refresh(self) -> None:
        """Read the store as it is now, with what was built since it was opened.

        Raises:
            StoreMissingError, StoreInvalidError: see `open_store`; the store stays as it was.
        """
        reader = open_reader(self.path)
        self.close()
        self._opened = reader

    def _find_actor(self, name: str | None) -> str:
        return resolve_actor(self._reader, name).value if name else ""

    def _find_frame(self, notation: str | None) -> str:
        return name_notation(resolve_concept(self._reader, "frame", "frame", notation)) if notation else ""

    @cached_property
    def _searcher(self) -> Searcher:
        return open_searcher(self._reader)
