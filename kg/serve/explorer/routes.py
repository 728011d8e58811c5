"""The addresses of the explorer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, ParameterInvalidError
from kg.query.pages.asked import QueryPage, describe_query, run_query
from kg.query.pages.picture import Picture, PictureParameters, read_picture
from kg.resources import find_bundle
from kg.serve.asking import Asker
from kg.serve.explorer.links import link_tie, make_link
from kg.serve.explorer.policy import CONTENT_SECURITY_POLICY, EDITOR_POLICY, make_headers
from kg.serve.explorer.rendering import PLACES, render
from kg.serve.problems import find_problem, read_parameters
from kg.serve.views import VIEWS, View

Answer = Callable[[Request], Awaitable[Response]]

_STATIC = Path(__file__).parent / "static"
#: Files that pages load, and their types.
_OWN = {"explorer.css": "text/css", "icon.svg": "image/svg+xml"}
_BUNDLED = {
    "explorer.js": "text/javascript",
    "yasgui.js": "text/javascript",
    "yasgui.css": "text/css",
    "licences.txt": "text/plain",
}
_COLOURS = {
    "Person": "#1f6f8b",
    "State": "#8a4b08",
    "Organisation": "#4a5a8c",
    "Group": "#5d6b2f",
    "Place": "#7a4069",
    "Actor": "#5c6670",
}
_STALLING = """PREFIX kg: <https://sayso.example/ontology#>
PREFIX frame: <https://sayso.example/scheme/frame/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# Who claims that somebody is stalling?
SELECT ?speaker ?target ?content ?published ?claim
WHERE {
  GRAPH ?document {
    ?claim a kg:Claim ; kg:speaker ?speaker_iri ; kg:frame frame:stalling ; kg:content ?content .
    OPTIONAL { ?claim kg:frameTarget ?target_iri }
    OPTIONAL { ?claim kg:published ?published }
  }
  GRAPH ?actors { ?speaker_iri skos:prefLabel ?speaker }
  OPTIONAL { GRAPH ?targets { ?target_iri skos:prefLabel ?target } }
}
ORDER BY DESC(?published)
LIMIT 50
"""


def routes(asker: Asker) -> list[BaseRoute]:
    """Return the routes of all pages and of what they load."""
    pages = [Route(view.path, _guard(partial(_show, asker, view)), methods=["GET"]) for view in VIEWS]
    return [
        *pages,
        Route("/queries/{name}", _guard(partial(_show_query, asker)), methods=["GET"]),
        Route("/queries/{name}/rows.{form}", _guard(partial(_write_rows, asker)), methods=["GET"]),
        Route("/editor", _guard(_show_editor), methods=["GET"]),
        Route("/network.json", _guard(partial(_write_network, asker)), methods=["GET"]),
        Route("/static/{name}", _send_file, methods=["GET"]),
    ]


def _guard(answer: Answer) -> Answer:
    """Return an answer that shows a page also where something is wrong with the request or with the store."""

    async def guarded(request: Request) -> Response:
        try:
            return await answer(request)
        except KgError as error:
            problem = find_problem(error)
            page = _send_page(request, render("problem", problem=problem, here=_describe_here(request, "")), problem.status)
            if problem.retry_after is not None:
                page.headers["Retry-After"] = str(problem.retry_after)
            return page

    return guarded


async def show_missing(request: Request, _: Exception) -> Response:
    """Answer an address that there is none of, for the application's handler of 404."""
    problem = find_problem(ParameterInvalidError(f"{request.url.path!r}: no such page; the menu has those that there are"))
    problem = problem.model_copy(update={"status": 404, "title": "Not Found"})
    return _send_page(request, render("problem", problem=problem, here=_describe_here(request, "")), 404)


async def _show(asker: Asker, view: View, request: Request) -> Response:
    given = read_parameters(view.parameters, request.query_params.multi_items())
    page = await asker.call(view.read, view.complete(given))
    here = _describe_here(request, view.name)
    return _send_page(request, render(view.name, page=page, given=given.model_dump(exclude_defaults=True), here=here))


async def _show_query(asker: Asker, request: Request) -> Response:
    name = request.path_params["name"]
    is_run, values = _read_values(request)
    page: QueryPage = await asker.call(describe_query, name)
    needed = [parameter.name for parameter in page.query.parameters if parameter.is_required]
    if is_run and all(name in values for name in needed):
        page = await asker.call(run_query, name, tuple(values.items()))
    here = _describe_here(request, "query")
    return _send_page(request, render("query", page=page, given=values, here=here))


async def _write_rows(asker: Asker, request: Request) -> Response:
    _, values = _read_values(request)
    form = request.path_params["form"]
    if form not in ("csv", "json"):
        raise ParameterInvalidError(f"rows.{form}: rows are written as csv or json; choose one of these")
    result = await asker.ask_named(request.path_params["name"], values)
    types = {"csv": "text/csv; charset=utf-8; header=present", "json": "application/sparql-results+json"}
    return _send(request, result.serialize("csv" if form == "csv" else "json"), types[form])


def _read_values(request: Request) -> tuple[bool, dict[str, str]]:
    """Return whether a query is to be run, and its parameters: those that are left empty keep their defaults."""
    given = dict(request.query_params.multi_items())
    is_run = given.pop("run", "") != "" or bool(given)
    return is_run, {name: value for name, value in given.items() if value != ""}


async def _show_editor(request: Request) -> Response:
    query = request.query_params.get("query", "") or _STALLING
    body = render("editor", query=query, here=_describe_here(request, "editor"))
    return _send_page(request, body, policy=EDITOR_POLICY)


async def _write_network(asker: Asker, request: Request) -> Response:
    given = read_parameters(PictureParameters, request.query_params.multi_items())
    picture: Picture = await asker.call(read_picture, given)
    heaviest = max((node.weight for node in picture.nodes), default=1)
    strongest = max((tie.weight for tie in picture.ties), default=1)
    content = {
        "nodes": [
            {
                "id": node.actor.iri,
                "label": node.actor.label,
                "type": node.actor.type,
                "x": node.x,
                "y": node.y,
                "size": round(4 + 12 * (node.weight / heaviest) ** 0.5, 1),
                "colour": _COLOURS[node.actor.type],
                "href": make_link("/actor", iri=node.actor.iri),
            }
            for node in picture.nodes
        ],
        "edges": [
            {
                "source": tie.source,
                "target": tie.target,
                "kind": picture.view,
                "weight": round(4 * tie.weight / strongest, 2),
                "href": link_tie(picture.view, tie.source, tie.target),
            }
            for tie in picture.ties
        ],
    }
    return _send(request, json.dumps(content, ensure_ascii=False).encode(), "application/json")


async def _send_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name in _OWN:
        return _send(request, (_STATIC / name).read_bytes(), _OWN[name])
    path = find_bundle(name) if name in _BUNDLED else None
    if path is None:
        return await show_missing(request, KeyError(name))
    return _send(request, path.read_bytes(), _BUNDLED[name])


def _describe_here(request: Request, name: str) -> dict[str, str]:
    """Return what the frame of a page says of it: its name, its place in the menu, its address and that of its JSON."""
    query = f"?{request.url.query}" if request.url.query else ""
    view = next((view for view in VIEWS if view.name == name), None)
    return {
        "name": name,
        "place": PLACES.get(name, name),
        "path": request.url.path,
        "api": f"{view.api_path}{query}" if view else "",
        "q": request.query_params.get("q", "") if name == "search" else "",
    }


def _send_page(request: Request, body: str, status: int = 200, policy: str = CONTENT_SECURITY_POLICY) -> Response:
    return _send(request, body.encode(), "text/html; charset=utf-8", status, policy)


def _send(request: Request, body: bytes, content_type: str, status: int = 200, policy: str = CONTENT_SECURITY_POLICY) -> Response:
    """Return an answer, without its body where the browser has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {**make_headers(policy), "ETag": tag, "Content-Type": content_type}
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, status_code=status, headers=headers)
