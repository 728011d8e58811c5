"""What a client takes and when it is gone: work is ended for who hangs up, and answers are handed out as they are taken."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.errors import ServerBusyError

T = TypeVar("T")
#: What is handed to the connection at once; the rest waits until the client has taken it.
_PIECE_BYTES = 256 * 1024
_RETRY_AFTER_SECONDS = 5


class ClientGoneError(Exception):
    """The client closed its connection before it was answered."""


async def run_while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what the work gives; it is cancelled when the client hangs up.

    Args:
        request: whose body has been read.
        work: started here.

    Raises:
        ClientGoneError: the client hung up first.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_wait_for_end(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGoneError
        return task.result()
    finally:
        task.cancel()
        gone.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _wait_for_end(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class Shelf:
    """Counts the bytes of answers that wait to be taken; one that several clients take is counted once."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held: Counter[int] = Counter()
        self._bytes = 0

    def put(self, body: bytes) -> None:
        """Note that a client takes this from now on.

        Raises:
            ServerBusyError: clients that are slow hold too much already.
        """
        if not self._held[id(body)]:
            if self._bytes and self._bytes + len(body) > self._most_bytes:
                del self._held[id(body)]
                raise ServerBusyError(_RETRY_AFTER_SECONDS)
            self._bytes += len(body)
        self._held[id(body)] += 1

    def take(self, body: bytes) -> None:
        """Note that a client has it, or went away."""
        self._held[id(body)] -= 1
        if not self._held[id(body)]:
            del self._held[id(body)]
            self._bytes -= len(body)


class ShelvedResponse(Response):
    """An answer that is handed out in pieces, none before the client has taken those before it."""

    def __init__(self, body: bytes, headers: Mapping[str, str], shelf: Shelf) -> None:
        """Put the body on the shelf; raises `ServerBusyError` where there is no room."""
        shelf.put(body)
        self._shelf = shelf
        super().__init__(body, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the protocol's
        """Send the answer; `Content-Length` tells the client whether it has all of it."""
        body = bytes(self.body)
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            view = memoryview(body)
            pieces = range(0, max(len(body), 1), _PIECE_BYTES)
            for begin in pieces:
                piece = bytes(view[begin : begin + _PIECE_BYTES])
                await send({"type": "http.response.body", "body": piece, "more_body": begin != pieces[-1]})
        finally:
            self._shelf.take(body)
