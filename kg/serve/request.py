"""The query in a request, as the SPARQL 1.1 Protocol sends it (section 2.1); everything else is refused with its status."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.query.lookup import to_iri
from kg.serve.asking import GraphNames

#: Bytes of a request's body: a query of a person has a few hundred.
MAX_BODY_BYTES = 1024 * 1024
_MAX_PARAMETERS = 100
#: How long the whole of a body may take to come.
BODY_SECONDS = 10.0
_DEFAULT_GRAPH, _NAMED_GRAPH = "default-graph-uri", "named-graph-uri"
#: Those are of updates.
_MISPLACED = ("using-graph-uri", "using-named-graph-uri")


class RequestRefusedError(Exception):
    """A request that is not answered: the status and one line that says why."""

    def __init__(self, status: HTTPStatus, problem: str) -> None:
        super().__init__(problem)
        self.status = status


class Question(NamedTuple):
    """A query as it was sent.

    Attributes:
        text: the SPARQL, not looked at yet.
        graphs: the dataset that the request names; None where it names none, and the query's own holds.
    """

    text: str
    graphs: GraphNames | None = None


async def read_question(request: Request) -> Question | None:
    """Return the query that a GET or POST request holds; None for a GET without parameters.

    Raises:
        RequestRefusedError: 400 where there is not exactly one query in UTF-8, or a graph's name is no absolute IRI;
            403 for an update; 408 for a body that does not come; 413 for one that is too large; 415 for one of another type.
        starlette.requests.ClientDisconnect: the client went away.
    """
    parameters = _parse_parameters(request.scope["query_string"])
    if request.method != "POST":
        return _choose_question(parameters) if parameters else None
    header = Message()
    header["content-type"] = request.headers.get("content-type", "application/octet-stream")
    media_type = header.get_content_type()
    if media_type == "application/sparql-update":
        raise _refuse_update()
    if media_type not in {"application/x-www-form-urlencoded", "application/sparql-query"}:
        problem = f"a body of the type {media_type} is not read; send application/sparql-query or a form"
        raise RequestRefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem)
    if header.get_content_charset("utf-8") not in {"utf-8", "us-ascii"}:
        raise RequestRefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the query must be sent as UTF-8")
    body = await _read_body(request)
    if media_type == "application/x-www-form-urlencoded":
        return _choose_question([*parameters, *_parse_parameters(body)])
    return _choose_question([*parameters, ("query", _decode(body))])


def _choose_question(parameters: list[tuple[str, str]]) -> Question:
    names = [name for name, _ in parameters]
    if "update" in names:
        raise _refuse_update()
    if names.count("query") != 1:
        problem = "no query; send it as the parameter query" if "query" not in names else "more than one query"
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, problem)
    misplaced = next((name for name in _MISPLACED if name in names), None)
    if misplaced is not None:
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, f"{misplaced} is for updates; send {_DEFAULT_GRAPH} or {_NAMED_GRAPH}")
    text = next(value for name, value in parameters if name == "query")
    default, named = (tuple(_read_graphs(parameters, name)) for name in (_DEFAULT_GRAPH, _NAMED_GRAPH))
    return Question(text, GraphNames(default, named) if default or named else None)


def _read_graphs(parameters: list[tuple[str, str]], wanted: str) -> Iterator[str]:
    """Yield the graphs that are named so, each once."""
    for value in dict.fromkeys(value for name, value in parameters if name == wanted):
        if value.startswith("<") or (graph := to_iri(value)) is None:
            problem = f"{wanted} {value[:100]!r} is no absolute IRI; send one, without angle brackets"
            raise RequestRefusedError(HTTPStatus.BAD_REQUEST, problem)
        yield graph.value


def _parse_parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decode(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except ValueError as error:
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, "the parameters are not valid UTF-8, or too many") from error


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, f"not valid UTF-8 at byte {error.start}") from error


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY_BYTES:
                    problem = f"the body has more than {MAX_BODY_BYTES:,} bytes"
                    raise RequestRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem)
    except TimeoutError as error:
        problem = f"the body did not come within {BODY_SECONDS:g} s"
        raise RequestRefusedError(HTTPStatus.REQUEST_TIMEOUT, problem) from error
    return bytes(body)


def _refuse_update() -> RequestRefusedError:
    return RequestRefusedError(HTTPStatus.FORBIDDEN, "this endpoint is read-only; updates are refused")
