"""A line for each request: what was asked for and how long it took, never what a person asked."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger(__name__)


class RequestLog:
    """Logs every request at the level INFO, those that failed by the server's fault at WARNING.

    A line has the method, the path without its parameters, the status, milliseconds and bytes.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.monotonic()
        status, size = 0, 0

        async def count(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, count)
        finally:
            level = logging.WARNING if status == HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO
            # A path is a person's text, too: a line's end in it would make another line.
            path = ascii(scope["path"])[1:-1][:200]
            milliseconds = 1000 * (time.monotonic() - begin)
            LOGGER.log(level, "%s %s %d %.0f ms %d bytes", scope["method"], path, status, milliseconds, size)
