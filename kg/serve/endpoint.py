"""A read-only SPARQL 1.1 endpoint over one store.

An answer is complete or it is an error: nothing is sent before the last row is known. There is no CORS header, so that pages of
the web cannot read the store.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, QuerySyntaxError, QueryTimeoutError
from kg.query.results import Result
from kg.serve.asking import Asker, Limits
from kg.serve.negotiation import ANSWERS, GRAPHS, TABLES, choose_offer, list_offers
from kg.serve.request import RequestRefusedError, read_query

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


def routes(asker: Asker) -> list[BaseRoute]:
    """Return the endpoint's addresses: `/sparql`."""

    async def answer(request: Request) -> Response:
        accept = ",".join(request.headers.getlist("accept"))
        try:
            text = await read_query(request)
            if text is None:
                return Response(_DESCRIPTION, media_type="text/turtle", headers=_HEADERS)
            if choose_offer(accept, (*TABLES, *ANSWERS, *GRAPHS)) is None:
                raise _refuse_accept(accept)
            return _write_result(await asker.ask(text), accept, asker.limits)
        except RequestRefusedError as error:
            return _refuse(error.status, str(error))
        except KgError as error:
            return _refuse(_find_status(error), str(error))

    return [Route("/sparql", answer, methods=["GET", "POST"])]


_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Accept"}


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
