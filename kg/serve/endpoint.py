"""A read-only SPARQL 1.1 endpoint over one store, bound to 127.0.0.1.

Each query runs in a process of its own that is killed at its limits (`kg.query.run`). An answer is complete or it is an
error: nothing is sent before the last row is known. There is no CORS header, and requests for another host name are
refused, so that pages of the web can neither read the store nor rebind their name to it.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import KgError, QuerySyntaxError, QueryTimeoutError, SettingInvalidError
from kg.query.catalogue import list_queries
from kg.query.results import Result
from kg.query.run import run_query
from kg.serve.negotiation import ANSWERS, GRAPHS, TABLES, choose_offer, list_offers
from kg.serve.page import CONTENT_SECURITY_POLICY, write_page
from kg.serve.request import RequestRefusedError, read_query
from kg.store.reader import open_reader

_HOST = "127.0.0.1"
#: Requests under way before further ones are turned away with 503.
_MAX_REQUESTS = 64
_SHUTDOWN_SECONDS = 2

#: What a GET without a query is answered with (SPARQL 1.1 Service Description); IRIs are relative to the request's.
_DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
[] a sd:Service ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
    formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples .
"""


class Limits(NamedTuple):
    """What one query may take.

    Attributes:
        seconds: the time of its process, start included.
        rows: rows or triples of its result.
        response_bytes: of the answer as it is written.
        memory_bytes: of its process.
        processes: queries that run at once; others wait for their turn.
    """

    seconds: float = 30.0
    rows: int = 100_000
    response_bytes: int = 64 * 1024 * 1024
    memory_bytes: int = 1024 * 1024 * 1024
    processes: int = 4


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
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MAX_REQUESTS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    with _listen(port) as listener:
        sys.stdout.write(f"http://{_HOST}:{listener.getsockname()[1]}/ (SPARQL at /sparql; Ctrl-C ends it)\n")
        sys.stdout.flush()
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            return  # the way to end it; the server has closed its connections by now


def make_app(store_path: str | Path, limits: Limits | None = None) -> Starlette:
    """Return the application, `/` and `/sparql`, for `run_server` and for tests.

    Raises:
        QueryHeaderError: a named query's header is malformed.
    """
    limits = limits or Limits()
    page = write_page(list_queries())
    turns = asyncio.Semaphore(limits.processes)

    def ask(text: str, accept: str) -> Response:
        result = run_query(
            store_path,
            text,
            time_limit_seconds=limits.seconds,
            row_limit=limits.rows,
            memory_limit_bytes=limits.memory_bytes,
        )
        return _write_result(result, accept, limits)

    async def show_page(_: Request) -> Response:
        return HTMLResponse(page, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY, **_HEADERS})

    async def answer(request: Request) -> Response:
        accept = ",".join(request.headers.getlist("accept"))
        try:
            text = await read_query(request)
            if text is None:
                return Response(_DESCRIPTION, media_type="text/turtle", headers=_HEADERS)
            if choose_offer(accept, (*TABLES, *ANSWERS, *GRAPHS)) is None:
                raise _refuse_accept(accept)
            async with turns:
                return await run_in_threadpool(ask, text, accept)
        except RequestRefusedError as error:
            return _refuse(error.status, str(error))
        except KgError as error:
            return _refuse(_find_status(error), str(error))

    routes = [Route("/", show_page, methods=["GET"]), Route("/sparql", answer, methods=["GET", "POST"])]
    hosts = [Middleware(TrustedHostMiddleware, allowed_hosts=[_HOST, "localhost"])]
    return Starlette(routes=routes, middleware=hosts)


_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Accept"}


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port))
    except OSError as error:
        problem = error.strerror or str(error)
        raise SettingInvalidError(f"port {port} on {_HOST}: cannot be used ({problem}); choose another with --port") from error


def _write_result(result: Result, accept: str, limits: Limits) -> Response:
    if result.is_cut:
        problem = f"the result has more than {limits.rows:,} rows; narrow the query, add LIMIT, or use `kg query`"
        raise RequestRefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    offer = choose_offer(accept, list_offers(result))
    if offer is None:
        raise _refuse_accept(accept)
    body = result.serialize(offer.form)
    if len(body) > limits.response_bytes:
        problem = f"the result has more than {limits.response_bytes:,} bytes; narrow the query, or use `kg query`"
        raise RequestRefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    return Response(body, headers={"Content-Type": offer.content_type, **_HEADERS})


def _find_status(error: KgError) -> HTTPStatus:
    if isinstance(error, QuerySyntaxError):
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, QueryTimeoutError) else HTTPStatus.INTERNAL_SERVER_ERROR


def _refuse_accept(accept: str) -> RequestRefusedError:
    known = ", ".join(dict.fromkeys(offer.media_type for offer in (*TABLES, *GRAPHS)))
    problem = f"nothing that {accept[:100]!r} accepts can be written for this query; known are {known}"
    return RequestRefusedError(HTTPStatus.NOT_ACCEPTABLE, problem)


def _refuse(status: HTTPStatus, problem: str) -> Response:
    return PlainTextResponse(f"{' '.join(problem.split())}\n", status_code=status, headers=_HEADERS)
