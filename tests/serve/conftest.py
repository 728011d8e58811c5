"""The endpoint over a small newsroom, without a socket."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
import pytest

from kg.serve.app import make_app
from kg.serve.asking import Limits
from kg.store.terms import OxStore, RdfFormat

T = TypeVar("T")
TRIG = Path(__file__).parents[1] / "queries" / "graphs" / "newsroom.trig"


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


class Client:
    """Sends requests straight into the application, which is open between `with` and its end."""

    def __init__(self, path: Path, limits: Limits | None = None, origins: tuple[str, ...] = ()) -> None:
        self.app = make_app(path, limits, origins)
        self._transport = httpx.ASGITransport(self.app)

    def __enter__(self) -> Self:
        self._loop = Loop()
        self._lifespan = self.app.router.lifespan_context(self.app)
        try:
            self._loop.run(self._lifespan.__aenter__())  # type: ignore[arg-type]
        except BaseException:
            self._loop.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.run(self._lifespan.__aexit__(None, None, None))  # type: ignore[arg-type]
        self._loop.close()

    async def send(self, method: str, address: str, **parts: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8000") as client:
            return await client.request(method, address, **parts)

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        return self._loop.run(work())

    def request(self, method: str, address: str, **parts: Any) -> httpx.Response:
        return self._loop.run(self.send(method, address, **parts))

    def get(self, address: str, **parts: Any) -> httpx.Response:
        return self.request("GET", address, **parts)

    def post(self, address: str, **parts: Any) -> httpx.Response:
        return self.request("POST", address, **parts)


def make_store(path: Path, trig: str | None = None) -> Path:
    """Return a store with the newsroom's graphs, or others in TriG."""
    store = OxStore(str(path))
    store.load(TRIG.read_bytes() if trig is None else trig.encode(), format=RdfFormat.TRIG)
    store.flush()
    return path


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def client(store_path: Path) -> Iterator[Client]:
    with Client(store_path) as client:
        yield client
