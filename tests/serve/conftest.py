"""The endpoint over a small newsroom, without a socket."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.serve.app import make_app
from kg.serve.asking import Limits
from kg.store.terms import OxStore, RdfFormat

TRIG = Path(__file__).parents[1] / "queries" / "graphs" / "newsroom.trig"


class Client:
    """Sends requests straight into the application."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self._transport = httpx.ASGITransport(make_app(path, limits))

    def request(self, method: str, address: str, **parts: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8000") as client:
                return await client.request(method, address, **parts)

        return asyncio.run(send())

    def get(self, address: str, **parts: Any) -> httpx.Response:
        return self.request("GET", address, **parts)

    def post(self, address: str, **parts: Any) -> httpx.Response:
        return self.request("POST", address, **parts)


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "store"
    store = OxStore(str(path))
    store.load(path=str(TRIG), format=RdfFormat.TRIG)
    store.flush()
    return path


@pytest.fixture(scope="session")
def client(store_path: Path) -> Client:
    return Client(store_path)
