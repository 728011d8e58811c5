"""The JSON API under `/api`: what each page shows, as an object, described at `/api/openapi.json`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, ParameterInvalidError
from kg.model.base import Frozen
from kg.query.pages.asked import describe_query, run_query
from kg.serve.asking import Asker
from kg.serve.openapi import describe_api
from kg.serve.problems import Problem, find_problem, read_parameters
from kg.serve.views import VIEWS, View

Answer = Callable[[Request], Awaitable[Response]]

_JSON = "application/json"
_PROBLEM = "application/problem+json"


def routes(asker: Asker) -> list[BaseRoute]:
    """Return the routes of the API, the last of which answers every other address below `/api` with a problem."""
    description = json.dumps(describe_api(), ensure_ascii=False, indent=1).encode()

    async def describe(_: Request) -> Response:
        return Response(description, media_type=_JSON)

    return [
        Route("/api", describe, methods=["GET"]),
        Route("/api/openapi.json", describe, methods=["GET"]),
        *(Route(view.api_path, _guard(partial(_answer, asker, view)), methods=["GET"]) for view in VIEWS),
        Route("/api/queries/{name}", _guard(partial(_answer_query, asker)), methods=["GET"]),
        Route("/api/{rest:path}", _refuse_address, methods=["GET"]),
    ]


def _guard(answer: Answer) -> Answer:
    async def guarded(request: Request) -> Response:
        try:
            return await answer(request)
        except KgError as error:
            return _tell(find_problem(error))

    return guarded


async def _answer(asker: Asker, view: View, request: Request) -> Response:
    given = read_parameters(view.parameters, request.query_params.multi_items())
    return _send(await asker.call(view.read, view.complete(given)))


async def _answer_query(asker: Asker, request: Request) -> Response:
    name = request.path_params["name"]
    values = {key: value for key, value in request.query_params.multi_items() if value != ""}
    page = await asker.call(describe_query, name)
    missing = [parameter.name for parameter in page.query.parameters if parameter.is_required and parameter.name not in values]
    if missing and not values:
        return _send(page)
    return _send(await asker.call(run_query, name, tuple(sorted(values.items()))))


async def _refuse_address(request: Request) -> Response:
    error = ParameterInvalidError(f"{request.url.path!r}: no such address; /api/openapi.json lists those that there are")
    return _tell(find_problem(error).model_copy(update={"status": 404, "title": "Not Found"}))


def _send(page: Frozen) -> Response:
    return Response(page.model_dump_json(), media_type=_JSON)


def _tell(problem: Problem) -> Response:
    headers = {} if problem.retry_after is None else {"Retry-After": str(problem.retry_after)}
    return Response(problem.model_dump_json(), status_code=problem.status, media_type=_PROBLEM, headers=headers)
