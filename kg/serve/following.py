"""The newest state of a store, followed while others write to it."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from pathlib import Path

from kg.errors import KgError, StoreInvalidError, StoreMissingError
from kg.query.resident.pool import Pool, open_pool
from kg.store.state import measure_bytes, read_state

_LOGGER = logging.getLogger(__name__)
#: How often the files are looked at; a millisecond each time.
_LOOK_SECONDS = 1.0
#: Beside a build that commits all the time, this share of it at most goes into reopening: one part in so many.
_REOPENING_SHARE = 10
#: A copy in memory takes about four times the size of the files, and the processes that share it as much again.
_MEMORY_FACTOR = 8
_MEMORY = Path("/proc/meminfo")


class Follower:
    """Holds the pool of a store's newest state; used within one event loop.

    A change shows at once from the files; when they have been still for a while, and are small enough, a copy in memory is made
    beside and takes over. Queries under way end on the state that they began with.
    """

    def __init__(self, store: Path, *, memory_bytes: int, copied_bytes: int, look_seconds: float = _LOOK_SECONDS) -> None:
        """Prepare; nothing is opened yet.

        Args:
            store: its folder.
            memory_bytes: for each query process, see `open_pool`.
            copied_bytes: a store whose files have more is never copied into memory.
            look_seconds: how often the files are looked at.
        """
        self._store = store
        self._memory_bytes = memory_bytes
        self._copied_bytes = copied_bytes
        self._look_seconds = look_seconds
        self._pool: Pool | None = None
        self._problem: KgError = StoreMissingError(str(store))
        self._pause_seconds = look_seconds
        self._copying: asyncio.Task[Pool] | None = None
        self._uncopied = ""
        self._following: asyncio.Task[None] | None = None
        self._retired: set[Pool] = set()

    @property
    def pool(self) -> Pool:
        """The pool to ask now, within the same step of the event loop.

        Raises:
            StoreMissingError, StoreInvalidError: the store cannot be read at present.
        """
        if self._pool is None:
            raise self._problem.with_traceback(None)
        return self._pool

    async def open(self) -> None:
        """Open the store and begin to follow it.

        Raises:
            StoreMissingError, StoreInvalidError: it cannot be read.
        """
        await self._reopen()
        self._following = asyncio.get_running_loop().create_task(self._follow())

    async def close(self) -> None:
        """End all processes."""
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        await self._stop_copying()
        pools = [*self._retired, *([self._pool] if self._pool else [])]
        self._pool = None
        await asyncio.gather(*(pool.close() for pool in pools))

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self._pause_seconds)
            try:
                await self._look()
            except (KgError, OSError) as error:
                problem = error if isinstance(error, KgError) else StoreInvalidError(str(self._store), str(error))
                if self._pool is None or isinstance(problem, StoreMissingError):
                    self._replace(None)
                    self._problem = problem
                _LOGGER.warning("%s", problem)
                self._pause_seconds = min(2 * self._pause_seconds, 30 * self._look_seconds)

    async def _look(self) -> None:
        """Take one step towards the newest state; raises what `open_pool` does."""
        state = await asyncio.to_thread(read_state, self._store)
        pool = self._pool
        if pool is None or pool.state != state or not pool.is_alive:
            await self._stop_copying()
            await self._reopen()
            return
        self._pause_seconds = self._look_seconds
        if self._copying is not None:
            if self._copying.done():
                self._take_copy(state)
        elif not pool.is_in_memory and state != self._uncopied and await asyncio.to_thread(self._fits):
            self._copying = asyncio.get_running_loop().create_task(
                open_pool(self._store, in_memory=True, memory_bytes=self._memory_bytes)
            )

    async def _reopen(self) -> None:
        begin = time.monotonic()
        self._replace(await open_pool(self._store, in_memory=False, memory_bytes=self._memory_bytes))
        self._pause_seconds = max(self._look_seconds, (time.monotonic() - begin) * _REOPENING_SHARE)

    def _take_copy(self, state: str) -> None:
        assert self._copying is not None
        task, self._copying = self._copying, None
        error = task.exception()
        if error is None and task.result().state == state:
            self._replace(task.result())
        elif error is None:
            self._retire(task.result())
        else:
            self._uncopied = state  # one attempt for each state: the files serve as well, only slower
            _LOGGER.warning("%s", error)

    async def _stop_copying(self) -> None:
        if self._copying is None:
            return
        task, self._copying = self._copying, None
        task.cancel()
        with suppress(asyncio.CancelledError, KgError):
            self._retire(await task)

    def _replace(self, pool: Pool | None) -> None:
        old, self._pool = self._pool, pool
        if old is not None:
            self._retire(old)

    def _retire(self, pool: Pool) -> None:
        self._retired.add(pool)
        pool.retire(self._retired.discard)

    def _fits(self) -> bool:
        size = measure_bytes(self._store)
        free = _read_free_bytes()
        return size <= self._copied_bytes and (free is None or size * _MEMORY_FACTOR <= free)


def _read_free_bytes() -> int | None:
    """Return what the system says programs can still have; None where it does not say."""
    try:
        lines = _MEMORY.read_text("ascii").splitlines()
    except FileNotFoundError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)
