"""Work in pieces, so that neither memory nor a transaction grows with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")


def split(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Yield the items in order, so many together; the last ones may be fewer."""
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]
