"""The server: listens on 127.0.0.1 until it is interrupted."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn

from kg.errors import SettingInvalidError
from kg.serve.app import HOST, make_app
from kg.store.reader import open_reader

#: Connections beyond which further ones are turned away with 503.
_MAX_REQUESTS = 64
_SHUTDOWN_SECONDS = 2


def run_server(store_path: str | Path, port: int) -> None:
    """Answer requests until the process is interrupted; print the address first.

    Args:
        store_path: the store; it may be written to meanwhile, each query sees it as of its last commit.
        port: on 127.0.0.1; 0 takes a free one.

    Raises:
        StoreMissingError, StoreInvalidError: there is no store that can be read.
        SettingInvalidError: the port cannot be used.
    """
    open_reader(store_path).close()
    app = make_app(store_path)
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MAX_REQUESTS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    with _listen(port) as listener:
        sys.stdout.write(f"http://{HOST}:{listener.getsockname()[1]}/ (SPARQL at /sparql; Ctrl-C ends it)\n")
        sys.stdout.flush()
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            return  # the way to end it; the server has closed its connections by now


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        problem = error.strerror or str(error)
        raise SettingInvalidError(f"port {port} on {HOST}: cannot be used ({problem}); choose another with --port") from error
