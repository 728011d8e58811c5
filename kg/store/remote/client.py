"""One SPARQL endpoint over HTTP: queries, updates, whole graphs; retried where it was only away for a moment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple, Self
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import urllib3

from kg.errors import RemoteStoreError
from kg.store.terms import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

_SCHEMES = ("sparql+http", "sparql+https")
_ENVIRONMENT = {"update": "KG_SPARQL_UPDATE", "graphs": "KG_SPARQL_GRAPHS"}
_USER, _PASSWORD, _TOKEN = "KG_SPARQL_USER", "KG_SPARQL_PASSWORD", "KG_SPARQL_TOKEN"
_RETRIED_STATUSES = (429, 502, 503, 504)
_MESSAGE_LENGTH = 200
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_BOOLEANS = {"1": "true", "0": "false"}


class Endpoint(NamedTuple):
    """Where a store answers.

    Attributes:
        query, update: URLs of the SPARQL 1.1 Protocol.
        graphs: URL of the Graph Store HTTP Protocol; empty where it has none: graphs are then written by updates.
    """

    query: str
    update: str
    graphs: str


def is_remote(store: str) -> bool:
    """Whether the name of a store is that of an endpoint: `sparql+http://...`, `sparql+https://...`."""
    return store.partition("://")[0] in _SCHEMES


def read_endpoint(store: str, environment: Mapping[str, str] | None = None) -> Endpoint:
    """Return the endpoint of a name such as `sparql+http://127.0.0.1:7878/query`.

    A path that ends in `/query` has its updates at `/update` and its graphs at `/store`, as Oxigraph has; any other path
    takes updates as well, and graphs nowhere. `KG_SPARQL_UPDATE` and `KG_SPARQL_GRAPHS` name other URLs.

    Raises:
        RemoteStoreError: it has no host, or holds a password, which belongs in the environment.
    """
    given = os.environ if environment is None else environment
    url = store.removeprefix("sparql+")
    parts = urlsplit(url)
    if not is_remote(store) or not parts.hostname:
        raise RemoteStoreError(store, "is no endpoint; write sparql+http://HOST:PORT/PATH")
    if parts.username or parts.password:
        raise RemoteStoreError(f"{parts.scheme}://{parts.hostname}", f"put user and password into {_USER} and {_PASSWORD}")
    head, is_named, _ = parts.path.rpartition("/query")
    siblings = {name: urlunsplit(parts._replace(path=f"{head}/{name}", query="")) for name in ("update", "store")}
    update = given.get(_ENVIRONMENT["update"]) or (siblings["update"] if is_named else url)
    graphs = given.get(_ENVIRONMENT["graphs"]) or (siblings["store"] if is_named else "")
    return Endpoint(url, update, graphs)


class RemoteClient:
    """A connection to an endpoint; a context manager.

    What it writes is idempotent, so that everything may be sent twice: after a lost connection, after 429, 502, 503 or 504.

    Args:
        endpoint: where.
        timeout_seconds: for one request.
        tries: how often a request is sent again, after 0.5, 1, 2, ... seconds.
    """

    def __init__(self, endpoint: Endpoint, timeout_seconds: float = 300.0, tries: int = 5) -> None:
        self.endpoint = endpoint
        retries = urllib3.Retry(
            total=tries,
            redirect=0,
            backoff_factor=0.5,
            status_forcelist=_RETRIED_STATUSES,
            allowed_methods=None,
            raise_on_status=False,
        )
        self._pool = urllib3.PoolManager(
            retries=retries, timeout=urllib3.Timeout(connect=10.0, read=timeout_seconds), headers=_authorise(os.environ)
        )

    def query(self, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return the results of a query.

        Raises:
            SyntaxError: the endpoint holds it to be no SPARQL.
            RemoteStoreError: the endpoint cannot be reached, or answers otherwise than with results.
        """
        accept = "application/sparql-results+json, application/n-triples;q=0.9"
        # As a form, which every endpoint takes: Virtuoso 7.2 never answers where the body is the query itself.
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        body = urlencode({"query": text}).encode()
        response = self._send("POST", self.endpoint.query, body, headers, is_syntax_told=True)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        try:
            if kind == "application/n-triples":
                triples: QueryTriples = (quad.triple for quad in parse(response.data, format=RdfFormat.N_TRIPLES))  # type: ignore[assignment]
                return triples
            return parse_query_results(_check_results(response.data), QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise RemoteStoreError(self.endpoint.query, f"answers {kind or 'something'} that is no result ({error})") from error

    def update(self, text: str) -> None:
        """Send an update; raises `RemoteStoreError`."""
        self._send("POST", self.endpoint.update, text.encode(), {"Content-Type": "application/sparql-update"})

    def put_graph(self, graph: str, statements: bytes) -> None:
        """Put N-Triples in place of a named graph, by the Graph Store Protocol; raises `RemoteStoreError`."""
        url = f"{self.endpoint.graphs}?graph={quote(graph, safe='')}"
        self._send("PUT", url, statements, {"Content-Type": "application/n-triples"})

    def _send(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str], *, is_syntax_told: bool = False
    ) -> urllib3.BaseHTTPResponse:
        try:
            response = self._pool.request(method, url, body=body, headers={**self._pool.headers, **headers})
        except urllib3.exceptions.HTTPError as error:
            raise RemoteStoreError(url, f"cannot be reached ({_shorten(str(error))}); is it running?") from error
        if 200 <= response.status < 300:
            return response
        message = _shorten(response.data.decode("utf-8", "replace"))
        if response.status == 400 and is_syntax_told:
            raise SyntaxError(message)
        if response.status in {401, 403}:
            message = f"{message}; set {_USER} and {_PASSWORD}, or {_TOKEN}"
        raise RemoteStoreError(url, f"answers {response.status} ({message})")

    def close(self) -> None:
        """Close the connections; closing twice is no error."""
        self._pool.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _authorise(environment: Mapping[str, str]) -> dict[str, str]:
    if token := environment.get(_TOKEN):
        return {"Authorization": f"Bearer {token}"}
    if user := environment.get(_USER):
        return dict(urllib3.make_headers(basic_auth=f"{user}:{environment.get(_PASSWORD, '')}"))
    return {}


def _check_results(results: bytes) -> bytes:
    """Return results in JSON, with booleans as `true` and `false`: Virtuoso gives them as `1` and `0`, which mean the same.

    Raises:
        SyntaxError: they are cut, or no JSON; they are parsed row by row later, when it is too late to tell.
    """
    has_booleans = _BOOLEAN.encode() in results
    try:
        told = json.loads(results, object_hook=_spell_boolean if has_booleans else None)
    except ValueError as error:
        raise SyntaxError(str(error)) from error
    return json.dumps(told).encode() if has_booleans else results


def _spell_boolean(part: dict[str, Any]) -> dict[str, Any]:
    """Return an object of the results; where it is a term that is a boolean, spelt as a word."""
    if part.get("datatype") == _BOOLEAN and (word := _BOOLEANS.get(str(part.get("value")))):
        part["value"] = word
    return part


def _shorten(message: str) -> str:
    """Return the message on one line, cut: servers send whole pages."""
    line = " ".join(message.split())
    return json.dumps(line if len(line) <= _MESSAGE_LENGTH else f"{line[:_MESSAGE_LENGTH]}...", ensure_ascii=False)[1:-1]
