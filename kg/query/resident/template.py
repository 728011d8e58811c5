"""The process that query processes are forked from: `python -m kg.query.resident.template STORE disk|memory MEMORY_BYTES`.

It takes the picture of the store that all of them read, or holds a copy of it in memory that they share, and has imported what
they need: a fresh one is ready in a hundredth of a second. It has one thread and never opens the store on disk itself, as the
engine's own threads would not live on in a fork.

Its standard input is a socket. On it comes first what is in the store as one message (`kg.query.resident.messages`), then each
command (`COMMAND`) is answered by a `REPLY`. When the socket closes, it kills its children, removes the picture, and ends.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import kg.query.parameters  # noqa: F401 - what most calls need, imported once for all children
from kg.errors import KgError, StoreInvalidError, StoreMissingError
from kg.query.resident.messages import Message, pack
from kg.query.resident.worker import answer_requests
from kg.store.layout import check_format, holds_store
from kg.store.reader import ENGINE_ERRORS, Reader
from kg.store.snapshot import remove_snapshot, take_snapshot
from kg.store.state import read_state
from kg.store.terms import OxStore, RdfFormat

#: A letter and a process: fork a child with the socket that comes along, or kill one and tell what it ended with.
COMMAND = struct.Struct(">cq")
FORK, END = b"f", b"e"
#: The process that was forked, or the number of the signal (0 for none) that ended one.
REPLY = struct.Struct(">q")

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class _Source(NamedTuple):
    """What children read: how to open it, and the picture that must be removed in the end, if there is one."""

    open_reader: Callable[[], Reader]
    snapshot: Path | None


def main() -> int:
    """Run until the control socket closes."""
    # Ctrl-C reaches every process of the terminal; the server decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    store, place, memory_bytes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    control = socket.socket(fileno=os.dup(0))
    try:
        state = read_state(store)
        source = _open_source(store, in_memory=place == "memory")
    except (KgError, OSError) as error:
        problem = error if isinstance(error, KgError) else StoreInvalidError(str(store), str(error))
        control.sendall(pack(Message({"kind": "error"}, pickle.dumps((type(problem), str(problem), problem.__dict__)))))
        return 0
    try:
        gc.collect()
        gc.freeze()  # the collector would write to every object, and so copy what children share
        control.sendall(pack(Message({"kind": "ready", "state": state})))
        _obey(control, source, memory_bytes)
    except ConnectionError:
        return 0  # the server is gone
    finally:
        if source.snapshot is not None:
            remove_snapshot(source.snapshot)
    return 0


def _obey(control: socket.socket, source: _Source, memory_bytes: int) -> None:
    children: set[int] = set()
    try:
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, COMMAND.size, 1)
            if len(data) < COMMAND.size:
                return
            order, process = COMMAND.unpack(data)
            if order == FORK:
                process = _fork(control, descriptors[0], source, memory_bytes)
                children.add(process)
                control.sendall(REPLY.pack(process))
            elif process in children:
                children.remove(process)
                control.sendall(REPLY.pack(_end(process)))
    finally:
        for process in children:
            _end(process)


def _end(process: int) -> int:
    """Kill a child that was not waited for yet, so that its number is still its own; return the signal that ended it."""
    ended, status = os.waitpid(process, os.WNOHANG)
    if not ended:
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _fork(control: socket.socket, descriptor: int, source: _Source, memory_bytes: int) -> int:
    process = os.fork()
    if process:
        os.close(descriptor)
        return process
    code = 1
    problems = os.dup(2)
    try:
        _die_with_parent()
        control.close()
        os.close(0)
        # The engine writes pages about memory that it did not get, which the server tells in a line.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        stream = cast("BinaryIO", socket.socket(fileno=descriptor).makefile("rwb"))
        answer_requests(stream, source.open_reader, memory_bytes)
        code = 0
    except (BrokenPipeError, ConnectionResetError):
        code = 0  # nobody waits for the answer
    except BaseException:  # noqa: BLE001 - a fork must not go on where its template would
        traceback.print_exc(file=os.fdopen(problems, "w"))
    finally:
        os._exit(code)


def _die_with_parent() -> None:
    """Have Linux kill this process when its parent is gone, be it in the middle of a query; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _open_source(store: Path, *, in_memory: bool) -> _Source:
    if not holds_store(store):
        raise StoreMissingError(str(store))
    check_format(store)
    snapshot: Path | None = None
    try:
        snapshot = take_snapshot(store)
    except OSError:
        # The folder cannot be written: nothing of ours changes its files, and they are read in place.
        snapshot = None
    folder = snapshot or store
    if not in_memory:
        return _Source(lambda: _open_files(store, folder), snapshot)
    try:
        copy = _copy_to_memory(store, folder)
    finally:
        if snapshot is not None:
            remove_snapshot(snapshot)
    return _Source(lambda: Reader(store, copy), None)


def _open_files(store: Path, folder: Path) -> Reader:
    try:
        return Reader(store, OxStore.read_only(str(folder)))
    except ENGINE_ERRORS as error:
        raise StoreInvalidError(str(store), f"the store cannot be opened ({error}); build it again in another folder") from error


def _copy_to_memory(store: Path, folder: Path) -> OxStore:
    """Return a copy, which a child that opens the files writes into a pipe."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        code = 1
        try:
            _die_with_parent()
            os.close(reading)
            with os.fdopen(writing, "wb") as target:
                _open_files(store, folder).inner.dump(target, format=RdfFormat.N_QUADS)
            code = 0
        except BrokenPipeError:
            pass  # the copy is not wanted any more
        except BaseException:  # noqa: BLE001 - as above
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    copy = OxStore()
    with os.fdopen(reading, "rb") as origin:
        copy.bulk_load(origin, format=RdfFormat.N_QUADS)
    _, status = os.waitpid(process, 0)
    if status:
        raise StoreInvalidError(str(store), f"cannot be copied into memory (status {status})")
    return copy


if __name__ == "__main__":
    sys.exit(main())
