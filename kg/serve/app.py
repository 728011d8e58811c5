"""The application: the endpoint's address and those of the pages, behind one check of the host name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from kg.serve import api, endpoint, explorer
from kg.serve.asking import Asker, Limits
from kg.serve.headers import StrictHeaders
from kg.serve.records import RequestLog

HOST = "127.0.0.1"


def make_app(store_path: str | Path, limits: Limits | None = None, origins: Sequence[str] = ()) -> Starlette:
    """Return the application, `/sparql` and the pages, for `run_server` and for tests.

    Its lifespan opens and closes the one `Asker` that all routes share.

    Args:
        store_path: the store's folder.
        limits: of queries.
        origins: whose pages may read answers (CORS), as browsers write them (`https://notes.example`); `*` for all.

    Raises:
        QueryHeaderError: a named query's header is malformed.
    """
    asker = Asker(store_path, limits)

    @asynccontextmanager
    async def open_asker(_: Starlette) -> AsyncIterator[None]:
        async with asker:
            yield

    routes = [*endpoint.routes(asker), *api.routes(asker), *explorer.routes(asker)]
    middleware = [
        Middleware(RequestLog),
        Middleware(StrictHeaders),
        # A page of the web can make its own name mean this machine, but not choose the name that the browser sends.
        Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"], www_redirect=False),
    ]
    if origins:
        methods = ("GET", "HEAD", "POST")
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=methods, allow_headers=["Accept"])
        )
    return Starlette(routes=routes, middleware=middleware, lifespan=open_asker, exception_handlers={404: explorer.show_missing})
