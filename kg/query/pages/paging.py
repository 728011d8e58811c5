"""One page of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from kg.model.base import Frozen

T = TypeVar("T")

#: Entries of one page of a list.
PAGE_SIZE = 50
#: Entries of a list that is part of another page, which says how many there are and links to all.
PART_SIZE = 12


class Paging(Frozen):
    """Which part of a list a page shows.

    Attributes:
        number: of the page, from 1; the last one where a later one was asked for.
        pages: how many there are; 1 for an empty list.
        total: entries of the whole list.
        first: number of the first entry shown, from 1; 0 for an empty list.
        last: of the last one.
    """

    number: int
    pages: int
    total: int
    first: int
    last: int


def cut_page(entries: Sequence[T], number: int, size: int = PAGE_SIZE) -> tuple[Paging, Sequence[T]]:
    """Return one page of a list, and which one it is.

    Args:
        entries: the whole list, in order.
        number: of the page, from 1; one beyond the last gives the last.
        size: entries of a page.
    """
    pages = max(1, -(-len(entries) // size))
    chosen = min(max(1, number), pages)
    begin = (chosen - 1) * size
    shown = entries[begin : begin + size]
    first = begin + 1 if shown else 0
    return Paging(number=chosen, pages=pages, total=len(entries), first=first, last=begin + len(shown)), shown
