"""Answers that are remembered, and those under way, so that what many ask at once is worked out once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
#: No single answer may take more of the memory than this share.
_LARGEST_SHARE = 8


class Answer(NamedTuple, Generic[T]):
    """An answer and what it takes of memory, about."""

    value: T
    size_bytes: int


class _UnderWay(NamedTuple):
    task: asyncio.Task[Answer[Any]]
    waiting: list[None]  # one for each who waits


class Answers:
    """Remembers answers by key, the latest used ones, up to a number of bytes.

    A store that is only read has one answer to a query: with its state as a part of the key, none is ever out of date.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, Answer[Any]] = OrderedDict()
        self._under_way: dict[Hashable, _UnderWay] = {}

    @property
    def size_bytes(self) -> int:
        """What is remembered, about."""
        return self._bytes

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept or key in self._under_way

    async def find(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Answer[T]]]) -> T:
        """Return the answer of this key, made where it is not remembered.

        Whoever asks while it is made waits for the same one. It is given up when the last of them is cancelled; an error
        goes to all of them and is not remembered.
        """
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            found: T = kept.value
            return found
        work = self._under_way.get(key)
        if work is None:
            work = self._under_way[key] = _UnderWay(asyncio.get_running_loop().create_task(self._make(key, make)), [])
            work.task.add_done_callback(_take_error)
        work.waiting.append(None)
        try:
            found = (await asyncio.shield(work.task)).value
        finally:
            work.waiting.pop()
            if not work.waiting and not work.task.done():
                # Nobody is left; who asks from now on starts anew.
                self._under_way.pop(key, None)
                work.task.cancel()
        return found

    async def _make(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Answer[T]]]) -> Answer[T]:
        task = asyncio.current_task()
        try:
            answer = await make()
            self._keep(key, answer)
            return answer
        finally:
            work = self._under_way.get(key)
            if work is not None and work.task is task:
                del self._under_way[key]

    def _keep(self, key: Hashable, answer: Answer[Any]) -> None:
        if answer.size_bytes > self._most_bytes // _LARGEST_SHARE:
            return
        self._kept[key] = answer
        self._bytes += answer.size_bytes
        while self._bytes > self._most_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.size_bytes


def _take_error(task: asyncio.Task[Any]) -> None:
    """Look at an error that may have come when nobody waited any more, which would be logged as forgotten."""
    if not task.cancelled():
        task.exception()
