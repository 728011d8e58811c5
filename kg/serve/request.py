"""The query in a request, as the SPARQL 1.1 Protocol sends it (section 2.1); everything else is refused with its status."""

from __future__ import annotations

from email.message import Message
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request

#: Bytes of a request's body: a query of a person has a few hundred.
MAX_BODY_BYTES = 1024 * 1024
_MAX_PARAMETERS = 100
_DATASET_PARAMETERS = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")


class RequestRefusedError(Exception):
    """A request that is not answered: the status and one line that says why."""

    def __init__(self, status: HTTPStatus, problem: str) -> None:
        super().__init__(problem)
        self.status = status


async def read_query(request: Request) -> str | None:
    """Return the text of the query that a GET or POST request holds; None for a GET without parameters.

    Raises:
        RequestRefusedError: 400 where there is not exactly one query in UTF-8, or a dataset is named outside of it;
            403 for an update; 413 for a body that is too large; 415 for a body of another type.
    """
    parameters = _parse_parameters(request.scope["query_string"])
    if request.method != "POST":
        return _choose_query(parameters) if parameters else None
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
        return _choose_query([*parameters, *_parse_parameters(body)])
    return _choose_query([*parameters, ("query", _decode(body))])


def _choose_query(parameters: list[tuple[str, str]]) -> str:
    names = [name for name, _ in parameters]
    if "update" in names:
        raise _refuse_update()
    if names.count("query") != 1:
        problem = "no query; send it as the parameter query" if "query" not in names else "more than one query"
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, problem)
    dataset = next((name for name in _DATASET_PARAMETERS if name in names), None)
    if dataset is not None:
        # Answering from another dataset than the one that was asked for would be wrong without a sign of it.
        problem = f"{dataset} is not supported; write FROM or GRAPH into the query"
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, problem)
    return next(value for name, value in parameters if name == "query")


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
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            problem = f"the body has more than {MAX_BODY_BYTES:,} bytes"
            raise RequestRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem)
    return bytes(body)


def _refuse_update() -> RequestRefusedError:
    return RequestRefusedError(HTTPStatus.FORBIDDEN, "this endpoint is read-only; updates are refused")
