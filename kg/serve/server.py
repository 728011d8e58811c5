"""The server: listens on 127.0.0.1 until it is interrupted."""

from __future__ import annotations

import logging
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from kg.errors import SettingInvalidError
from kg.serve.app import HOST, make_app
from kg.serve.asking import Limits
from kg.serve.protocol import PatientProtocol
from kg.store.reader import open_reader

#: Connections beyond which further ones are turned away; queries have a queue of their own before that.
_MAX_CONNECTIONS = 512
_SHUTDOWN_SECONDS = 2
_ORIGIN = re.compile(r"https?://[a-z0-9.\-]+(:[0-9]+)?|https?://\[[0-9a-f:]+\](:[0-9]+)?")


def run_server(
    store_path: str | Path, port: int, limits: Limits | None = None, origins: Sequence[str] = (), *, is_logged: bool = False
) -> None:
    """Answer requests until the process is interrupted; print the address first.

    Args:
        store_path: the store; it may be written to meanwhile, and what is committed shows within seconds.
        port: on 127.0.0.1; 0 takes a free one.
        limits: of queries.
        origins: whose pages may read answers, see `make_app`.
        is_logged: whether each request has a line on stderr, without its parameters; else only what went wrong.

    Raises:
        StoreMissingError, StoreInvalidError: there is no store that can be read.
        SettingInvalidError: the port cannot be used, or an origin is none.
    """
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SettingInvalidError(f"origin {origin!r}: not one; write it as https://notes.example, without a path, or *")
    open_reader(store_path).close()
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO if is_logged else logging.WARNING)
    app = make_app(store_path, limits, origins)
    with _listen(port) as listener:
        sys.stdout.write(f"http://{HOST}:{listener.getsockname()[1]}/ (SPARQL at /sparql; Ctrl-C ends it)\n")
        sys.stdout.flush()
        try:
            uvicorn.Server(make_config(app)).run(sockets=[listener])
        except KeyboardInterrupt:
            return  # the way to end it; the server has closed its connections by now


def make_config(app: Starlette) -> uvicorn.Config:
    """Return how the application is served, for `run_server` and for tests."""
    return uvicorn.Config(
        app,
        loop="asyncio",
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        problem = error.strerror or str(error)
        raise SettingInvalidError(f"port {port} on {HOST}: cannot be used ({problem}); choose another with --port") from error
