"""Work in parts that an engine may have made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Apply(Protocol):
    """Has a function of a module make something of each part, here or elsewhere; what it makes comes in the order given."""

    def __call__(self, function: Callable[[_Item], _Made], parts: Iterable[_Item], /) -> Iterator[_Made]:
        """Yield what the function makes of each part."""
        ...


def apply_here(function: Callable[[_Item], _Made], parts: Iterable[_Item], /) -> Iterator[_Made]:
    """See `Apply`: one part after the other."""
    return map(function, parts)
