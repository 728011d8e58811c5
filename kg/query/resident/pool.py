"""The query processes of one state of a store: kept warm, killed at their limit, replaced."""

from __future__ import annotations

import asyncio
import io
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError, QueryTimeoutError, StoreInvalidError
from kg.query.resident.messages import SIZES, Message, pack, receive
from kg.query.resident.template import COMMAND, END, FORK, REPLY
from kg.store.snapshot import remove_stale_snapshots

_PACKAGES = str(Path(__file__).resolve().parents[3])
#: Of an answer that is read at once; the limit on answers bounds the whole.
_STREAM_BYTES = 1024 * 1024
#: How long a template has for putting its picture away.
_END_SECONDS = 5.0


class _Worker(NamedTuple):
    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class _Template(NamedTuple):
    process: subprocess.Popen[bytes]
    control: socket.socket


class Pool:
    """Answers requests by processes that read one state of a store. Made by `open_pool`, used within one event loop.

    Attributes:
        state: what `kg.store.state.read_state` said before the store was opened.
        is_in_memory: whether the processes share a copy in memory; else each has the files open.
    """

    def __init__(self, store: Path, state: str, template: _Template, *, is_in_memory: bool, memory_bytes: int) -> None:
        self.state = state
        self.is_in_memory = is_in_memory
        self._store = store
        self._memory_bytes = memory_bytes
        self._template, self._control = template
        self._orders = asyncio.Lock()
        self._idle: list[_Worker] = []
        self._busy = 0
        self._is_retired = False
        self._ending: set[asyncio.Task[int]] = set()
        self._closing: asyncio.Task[None] | None = None
        self._then: Callable[[Pool], None] | None = None

    async def run(self, request: Message, seconds: float) -> Message:
        """Return the reply of an idle process, or of a new one where there is none; the caller sees to their number.

        A process that is not done in time, or whose caller is cancelled, is killed.

        Args:
            request: see `kg.query.resident.worker`.
            seconds: how long it may take.

        Raises:
            QueryTimeoutError: it needed more time or memory.
            StoreInvalidError: the process ended otherwise.
            KgError: what it raised itself.
        """
        self._busy += 1
        try:
            return await self._run(request, seconds)
        finally:
            self._busy -= 1
            if self._is_retired and not self._busy:
                self._close_soon()

    async def _run(self, request: Message, seconds: float) -> Message:
        worker = self._idle.pop() if self._idle else await self._make_worker()
        is_sound = False
        try:
            async with asyncio.timeout(seconds):
                worker.writer.write(pack(request))
                await worker.writer.drain()
                reply = await _read_message(worker.reader)
            grown = reply.head["grown_bytes"]
            assert isinstance(grown, int)
            # What a query needed once is seldom given back to the system.
            is_sound = reply.head["kind"] != "memory" and grown < self._memory_bytes // 4
        except TimeoutError as error:
            limit = f"{seconds:g} s"
            raise QueryTimeoutError(f"the query ran longer than {limit} and was ended; narrow it or add LIMIT") from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise self._name_end(await self._end(worker)) from error
        finally:
            if is_sound:
                self._idle.append(worker)
            elif not worker.writer.is_closing():
                # Not waited for: its place is free at once.
                task = asyncio.get_running_loop().create_task(self._end(worker))
                self._ending.add(task)
                task.add_done_callback(self._ending.discard)
        return self._check(reply)

    def _check(self, reply: Message) -> Message:
        if reply.head["kind"] == "memory":
            raise _refuse_memory()
        if reply.head["kind"] == "failure":
            raise StoreInvalidError(str(self._store), f"the query failed ({reply.head['message']}); please report this")
        if reply.head["kind"] == "error":
            raise restore_error(reply)
        return reply

    def _name_end(self, number: int) -> KgError:
        # An allocation that fails aborts the engine; the system's own killer sends SIGKILL.
        if number in (signal.SIGABRT, signal.SIGKILL):
            return _refuse_memory()
        return StoreInvalidError(str(self._store), f"the query process ended by signal {number}; please report this")

    async def _make_worker(self) -> _Worker:
        task = asyncio.get_running_loop().create_task(self._fork())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(self._keep)
            raise

    def _keep(self, task: asyncio.Task[_Worker]) -> None:
        """Have a process that was made for somebody who went away wait for the next one."""
        if not task.cancelled() and task.exception() is None:
            self._idle.append(task.result())

    async def _fork(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                ours.settimeout(0)
                process = await self._order(FORK, 0, theirs)
                reader, writer = await asyncio.open_unix_connection(sock=ours, limit=_STREAM_BYTES)
            except BaseException:
                ours.close()
                raise
        return _Worker(process, reader, writer)

    async def _end(self, worker: _Worker) -> int:
        """Kill a process; return the number of the signal that ended it."""
        worker.writer.close()
        try:
            return await self._order(END, worker.process)
        except StoreInvalidError:
            return signal.SIGKILL  # its template is gone, and it with it

    async def _order(self, order: bytes, process: int, passed: socket.socket | None = None) -> int:
        # A command that was sent is waited for whatever becomes of who asked: the next one must not read its reply.
        return await asyncio.shield(asyncio.get_running_loop().create_task(self._send(order, process, passed)))

    async def _send(self, order: bytes, process: int, passed: socket.socket | None) -> int:
        async with self._orders:
            try:
                socket.send_fds(self._control, [COMMAND.pack(order, process)], [passed.fileno()] if passed else [])
                reply = await asyncio.get_running_loop().sock_recv(self._control, REPLY.size)
            except OSError:
                reply = b""
        if len(reply) < REPLY.size:
            raise StoreInvalidError(str(self._store), "the process that reads it was ended from outside; ask again")
        number: int = REPLY.unpack(reply)[0]
        return number

    @property
    def is_alive(self) -> bool:
        """Whether new processes can be made."""
        return self._template.poll() is None

    def retire(self, then: Callable[[Pool], None]) -> None:
        """Close when the last request under way is answered, then call `then`; there must be no further requests."""
        self._is_retired = True
        self._then = then
        if not self._busy:
            self._close_soon()

    def _close_soon(self) -> None:
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._close())

    async def close(self) -> None:
        """End all processes, in the middle of their work where they are; closing twice is no error."""
        self._close_soon()
        assert self._closing is not None
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        for worker in self._idle:
            worker.writer.close()
        self._idle.clear()
        async with self._orders:
            self._control.close()  # on which the template ends its children and itself
        await asyncio.to_thread(_wait, self._template, self._store)
        if self._then is not None:
            self._then(self)


async def open_pool(store: Path, *, in_memory: bool, memory_bytes: int) -> Pool:
    """Return the pool of a store as it is now; its processes are made when they are asked for.

    Args:
        store: its folder.
        in_memory: whether to copy the store into memory first, which takes five seconds of CPU a million quads.
        memory_bytes: what a process may take on top of what it shares; `RLIMIT_DATA` of Linux.

    Raises:
        StoreMissingError, StoreInvalidError: the store cannot be read.
    """
    control, theirs = socket.socketpair()
    place = "memory" if in_memory else "disk"
    paths = os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH"))))
    with theirs:
        template = subprocess.Popen(  # noqa: S603, ASYNC220 - this program; it is spoken with over the socket
            [sys.executable, "-P", "-m", "kg.query.resident.template", str(store), place, str(memory_bytes)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
    control.settimeout(0)
    try:
        message = await _receive(control)
    except asyncio.IncompleteReadError as error:
        problem = "cannot be read: the process for it ended at its start, or ran out of memory"
        await _abandon(control, template, store)
        raise StoreInvalidError(str(store), problem) from error
    except BaseException:
        await _abandon(control, template, store)
        raise
    if message.head["kind"] == "error":
        await _abandon(control, template, store)
        raise restore_error(message)
    state = str(message.head["state"])
    return Pool(store, state, _Template(template, control), is_in_memory=in_memory, memory_bytes=memory_bytes)


def restore_error(message: Message) -> KgError:
    """Return the error that another process told of, with its attributes."""
    kind, text, attributes = pickle.loads(message.body)  # noqa: S301 - from a process that this one started
    error: KgError = kind.__new__(kind, text)
    Exception.__init__(error, text)
    error.__dict__.update(attributes)
    return error


async def _read_message(stream: asyncio.StreamReader) -> Message:
    """Return the next message; raises `asyncio.IncompleteReadError` where the other end is gone."""
    head_bytes, body_bytes = SIZES.unpack(await stream.readexactly(SIZES.size))
    head = await stream.readexactly(head_bytes)
    return Message(json.loads(head), await stream.readexactly(body_bytes))


async def _receive(control: socket.socket) -> Message:
    """Return the first message of a template; raises `asyncio.IncompleteReadError` where it ends before."""
    loop = asyncio.get_running_loop()
    data = b""
    while (message := receive(io.BytesIO(data))) is None:
        part = await loop.sock_recv(control, _STREAM_BYTES)
        if not part:
            raise asyncio.IncompleteReadError(data, None)
        data += part
    return message


async def _abandon(control: socket.socket, template: subprocess.Popen[bytes], store: Path) -> None:
    control.close()
    template.kill()
    await asyncio.shield(asyncio.to_thread(_wait, template, store))


def _wait(template: subprocess.Popen[bytes], store: Path) -> None:
    try:
        template.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        template.kill()
        template.wait()
    if template.returncode:
        remove_stale_snapshots(store)  # it had no time for that


def _refuse_memory() -> QueryTimeoutError:
    return QueryTimeoutError("the query needed more memory than it may use and was ended; narrow it or add LIMIT")
