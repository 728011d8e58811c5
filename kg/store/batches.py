"""Work in pieces, so that neither memory nor a transaction grows with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")


def split(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Yield the items in order, so many together; the last ones may be fewer."""
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]


def gather(items: Iterable[_Item], weigh: Callable[[_Item], int], enough: int) -> Iterator[list[_Item]]:
    """Yield the items in order, together as many as weigh enough; the last ones may weigh less."""
    together: list[_Item] = []
    weight = 0
    for item in items:
        together.append(item)
        weight += weigh(item)
        if weight >= enough:
            yield together
            together, weight = [], 0
    if together:
        yield together
