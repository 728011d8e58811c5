"""The read-only SPARQL 1.1 endpoint over one store (SPARQL 1.1 Protocol, query operations).

An answer is complete or it is an error: nothing is sent before the last row is known. There is no header that lets pages of other
origins read it, unless the person who serves names them (`kg.serve.app`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import ExportFormatError, KgError, QuerySyntaxError, QueryTimeoutError, ResultTooLargeError, ServerBusyError
from kg.query.guard import find_kind
from kg.query.resident.writing import Written
from kg.serve.asking import Asker
from kg.serve.connection import ClientGoneError, Shelf, ShelvedResponse, run_while_connected
from kg.serve.description import write_description
from kg.serve.negotiation import GRAPHS, OFFERS, Offer, rank_offers
from kg.serve.request import Question, RequestRefusedError, read_question

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}
#: For a connection that nobody listens at any more; nginx made the number a habit.
_CLIENT_GONE = 499
_STATUSES: tuple[tuple[type[KgError], HTTPStatus], ...] = (
    (QuerySyntaxError, HTTPStatus.BAD_REQUEST),
    (ResultTooLargeError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ServerBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (QueryTimeoutError, HTTPStatus.SERVICE_UNAVAILABLE),
)


def routes(asker: Asker) -> list[BaseRoute]:
    """Return the endpoint's address: `/sparql`."""
    shelf = Shelf(asker.limits.held_bytes)

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(_METHODS), **_HEADERS})
        accept = ",".join(request.headers.getlist("accept"))
        try:
            question = await read_question(request)
            if question is None:
                return _describe(request, accept)
            offer, written = await run_while_connected(request, _find_answer(asker, question, accept))
            return ShelvedResponse(written.body, {"Content-Type": offer.content_type, **_HEADERS}, shelf)
        except RequestRefusedError as error:
            return _refuse(error.status, str(error))
        except KgError as error:
            return _refuse_error(error)
        except (ClientDisconnect, ClientGoneError):
            return Response(status_code=_CLIENT_GONE)

    return [Route("/sparql", answer, methods=list(_METHODS))]


async def _find_answer(asker: Asker, question: Question, accept: str) -> tuple[Offer, Written]:
    """Return the answer in the format that the client likes best of those that can hold it."""
    ranked = {kind: rank_offers(accept, offers) for kind, offers in OFFERS.items()}
    kind = find_kind(question.text)
    problem: ExportFormatError | None = None
    while any(ranked.values()) and (kind is None or ranked[kind]):
        chosen = {each: offers[0] if offers else None for each, offers in ranked.items()}
        forms: dict[str, str | None] = {each: offer.form if offer else None for each, offer in chosen.items()}
        try:
            written = await asker.write(question.text, forms, question.graphs)
        except ExportFormatError as error:
            problem = error
            ranked = {each: _drop(offers) for each, offers in ranked.items()}
            continue
        if written is None:
            break
        return next(offer for offer in chosen.values() if offer is not None and offer.form == written.form), written
    raise _refuse_accept(accept, OFFERS[kind] if kind else GRAPHS, problem)


def _drop(offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers without the first one and others of its format."""
    return [offer for offer in offers if offer.form != offers[0].form]


def _describe(request: Request, accept: str) -> Response:
    ranked = rank_offers(accept, GRAPHS)
    if not ranked:
        raise _refuse_accept(accept, GRAPHS, None)
    endpoint = str(request.url.replace(query="", fragment=""))
    return Response(write_description(endpoint, ranked[0].form), headers={"Content-Type": ranked[0].content_type, **_HEADERS})


def _refuse_error(error: KgError) -> Response:
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    headers = {"Retry-After": str(error.retry_after_seconds)} if isinstance(error, ServerBusyError) else {}
    return _refuse(status, str(error), headers)


def _refuse_accept(accept: str, offers: Sequence[Offer], problem: ExportFormatError | None) -> RequestRefusedError:
    known = ", ".join(dict.fromkeys(offer.media_type for offer in offers))
    reason = f" ({problem})" if problem else ""
    text = f"nothing that {accept[:100]!r} accepts can be written for this query{reason}; known are {known}"
    return RequestRefusedError(HTTPStatus.NOT_ACCEPTABLE, text)


def _refuse(status: HTTPStatus, problem: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{' '.join(problem.split())}\n", status_code=status, headers={**_HEADERS, **(headers or {})})
