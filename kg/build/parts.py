"""Work in parts that an engine may have made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Apply(Protocol):
    """Has a function of a module make something of each part, as `kg.build.engines.Engine.apply` does.

    The function may run in another process of this machine: it knows its part, and reads files that the part names. What is
    written to these once the first part was begun, it may find there or not.
    """

    def __call__(self, function: Callable[[_Item], _Made], parts: Iterable[_Item], /) -> Iterator[_Made]:
        """Yield what the function makes of each part."""
        ...


def apply_here(function: Callable[[_Item], _Made], parts: Iterable[_Item], /) -> Iterator[_Made]:
    """See `Apply`: one part after the other."""
    return map(function, parts)
