"""What tables hold by number, read many at a time; what was used last stays in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


class Recent(Generic[_Item]):
    """Items by number.

    Args:
        read: returns the items with these numbers.
        most: items that stay in memory between calls.
    """

    def __init__(self, read: Callable[[list[int]], Mapping[int, _Item]], most: int) -> None:
        self._read = read
        self._most = most
        self._items: OrderedDict[int, _Item] = OrderedDict()

    def get(self, numbers: Iterable[int]) -> dict[int, _Item]:
        """Return the items with these numbers, in order of number."""
        wanted = sorted(set(numbers))
        found = {number: self._items.pop(number) for number in wanted if number in self._items}
        found |= self._read([number for number in wanted if number not in found])
        self._items |= found
        while len(self._items) > self._most:
            self._items.popitem(last=False)
        return {number: found[number] for number in wanted}
