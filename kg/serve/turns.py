"""Whose query runs next: a bounded queue, in which people's own SPARQL never takes the last place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from kg.errors import ServerBusyError

_RETRY_AFTER_SECONDS = 5


class Turns:
    """Gives so many turns at once, in the order in which they were asked for.

    One of them, where there are several, is kept for what the server itself asks: named queries and pages go on while
    queries of people run to their time limit.
    """

    def __init__(self, places: int, most_waiting: int, patience_seconds: float) -> None:
        """Make the queue.

        Args:
            places: turns at once.
            most_waiting: of each of the two kinds; the next one is refused at once.
            patience_seconds: how long one may wait.
        """
        self._all = asyncio.Semaphore(places)
        self._strangers = asyncio.Semaphore(max(1, places - 1))
        self._most_waiting = most_waiting
        self._patience_seconds = patience_seconds
        self._waiting = {True: 0, False: 0}

    @asynccontextmanager
    async def take(self, *, is_own: bool) -> AsyncIterator[None]:
        """Wait for a turn, and hold it within the block.

        Raises:
            ServerBusyError: too many wait already, or the wait was too long.
        """
        if self._waiting[is_own] >= self._most_waiting:
            raise ServerBusyError(_RETRY_AFTER_SECONDS)
        self._waiting[is_own] += 1
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._patience_seconds):
                    for places in (self._all,) if is_own else (self._strangers, self._all):
                        await held.enter_async_context(places)
            except TimeoutError as error:
                raise ServerBusyError(_RETRY_AFTER_SECONDS) from error
            finally:
                self._waiting[is_own] -= 1
            yield
