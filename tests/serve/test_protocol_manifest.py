"""The query operations of W3C's manifest for the SPARQL 1.1 Protocol, one test each under its name there, on data of our own."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest

from tests.serve.conftest import Client, make_store

DATA = "https://data.example/"
GRAPHS = """
@prefix d: <https://data.example/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
d:one { d:one a foaf:Document }
d:two { d:two a foaf:Document }
d:three { d:three a foaf:Document }
"""
PREFIX = "PREFIX d: <https://data.example/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
DEFAULT_ONE = f"{PREFIX}ASK {{ d:one a foaf:Document }}"
DEFAULT_TWO = f"{PREFIX}ASK {{ d:one a foaf:Document . d:two a foaf:Document }}"
NAMED_TWO = f"{PREFIX}ASK {{ GRAPH ?g {{ d:one a foaf:Document }} GRAPH ?h {{ d:two a foaf:Document }} }}"
FULL = f"""{PREFIX}ASK {{
  GRAPH ?g {{ ?s a ?type }} GRAPH ?h {{ ?t a ?type }} FILTER(?g = d:one && ?h = d:two)
  ?u a ?type FILTER(?u = d:three)
  FILTER NOT EXISTS {{ GRAPH d:three {{ ?s a ?type }} }}
}}"""
JSON = {"Accept": "application/sparql-results+json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def w3c(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client(make_store(tmp_path_factory.mktemp("w3c") / "store", GRAPHS)) as client:
        yield client


def encode(*parameters: tuple[str, str]) -> str:
    return urlencode(parameters)


def name_graphs(kind: str, *names: str) -> list[tuple[str, str]]:
    return [(f"{kind}-graph-uri", f"{DATA}{name}") for name in names]


def is_true(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    return bool(answer.json()["boolean"])


def test_query_get(w3c: Client) -> None:
    assert is_true(w3c.get(f"/sparql?{encode(('query', 'ASK {}'))}", headers=JSON))


def test_query_post_form(w3c: Client) -> None:
    assert is_true(w3c.post("/sparql", content=encode(("query", "ASK {}")), headers={**JSON, **FORM}))


def test_query_post_direct(w3c: Client) -> None:
    assert is_true(w3c.post("/sparql", content="ASK {}", headers={**JSON, **QUERY}))


def test_query_dataset_default_graph(w3c: Client) -> None:
    address = encode(("query", DEFAULT_ONE), *name_graphs("default", "one"))
    assert is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_another_default_graph_does_not_hold_it(w3c: Client) -> None:
    address = encode(("query", DEFAULT_ONE), *name_graphs("default", "two"))
    assert not is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_query_dataset_default_graphs_get(w3c: Client) -> None:
    address = encode(("query", DEFAULT_TWO), *name_graphs("default", "one", "two"))
    assert is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_query_dataset_default_graphs_post(w3c: Client) -> None:
    """The graphs stand in the address beside a direct body, as the manifest has it."""
    address = encode(*name_graphs("default", "one", "two"))
    assert is_true(w3c.post(f"/sparql?{address}", content=DEFAULT_TWO, headers={**JSON, **QUERY}))


def test_query_dataset_default_graphs_post_form(w3c: Client) -> None:
    body = encode(("query", DEFAULT_TWO), *name_graphs("default", "one", "two"))
    assert is_true(w3c.post("/sparql", content=body, headers={**JSON, **FORM}))


def test_query_dataset_named_graphs_get(w3c: Client) -> None:
    address = encode(("query", NAMED_TWO), *name_graphs("named", "one", "two"))
    assert is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_query_dataset_named_graphs_post(w3c: Client) -> None:
    address = encode(*name_graphs("named", "one", "two"))
    assert is_true(w3c.post(f"/sparql?{address}", content=NAMED_TWO, headers={**JSON, **QUERY}))


def test_query_dataset_named_graphs_post_form(w3c: Client) -> None:
    body = encode(("query", NAMED_TWO), *name_graphs("named", "one", "two"))
    assert is_true(w3c.post("/sparql", content=body, headers={**JSON, **FORM}))


def test_graphs_that_are_not_named_are_not_asked(w3c: Client) -> None:
    address = encode(("query", NAMED_TWO), *name_graphs("named", "one", "three"))
    assert not is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_without_a_default_graph_that_of_named_ones_is_empty(w3c: Client) -> None:
    address = encode(("query", "ASK { ?s ?p ?o }"), *name_graphs("named", "one"))
    assert not is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_without_named_graphs_a_default_graph_stands_alone(w3c: Client) -> None:
    address = encode(("query", "ASK { GRAPH ?g { ?s ?p ?o } }"), *name_graphs("default", "one"))
    assert not is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_a_graph_that_the_store_does_not_have_is_empty(w3c: Client) -> None:
    address = encode(("query", "ASK { ?s ?p ?o }"), *name_graphs("default", "none-of-these"))
    assert not is_true(w3c.get(f"/sparql?{address}", headers=JSON))


def test_query_dataset_full(w3c: Client) -> None:
    address = encode(*name_graphs("default", "three"), *name_graphs("named", "one", "two"))
    assert is_true(w3c.post(f"/sparql?{address}", content=FULL, headers={**JSON, **QUERY}))


def test_query_multiple_dataset(w3c: Client) -> None:
    """The dataset of the protocol wins over FROM."""
    text = DEFAULT_ONE.replace("ASK {", "ASK FROM <https://data.example/two> {")
    assert not is_true(w3c.post("/sparql", content=text, headers={**JSON, **QUERY}))
    address = encode(*name_graphs("default", "one"))
    assert is_true(w3c.post(f"/sparql?{address}", content=text, headers={**JSON, **QUERY}))


def test_the_dataset_of_the_protocol_wins_over_from_named(w3c: Client) -> None:
    text = NAMED_TWO.replace("ASK {", "ASK FROM NAMED <https://data.example/three> {", 1)
    address = encode(*name_graphs("named", "one", "two"))
    assert is_true(w3c.post(f"/sparql?{address}", content=text, headers={**JSON, **QUERY}))


@pytest.mark.parametrize(
    ("text", "accept", "types"),
    [
        pytest.param(
            "SELECT (1 AS ?value) {}",
            "application/sparql-results+xml, application/sparql-results+json, text/csv",
            {"application/sparql-results+xml", "application/sparql-results+json", "text/csv"},
            id="query_content_type_select",
        ),
        pytest.param(
            "ASK {}",
            "application/sparql-results+xml, application/sparql-results+json",
            {"application/sparql-results+xml", "application/sparql-results+json"},
            id="query_content_type_ask",
        ),
        pytest.param(
            "DESCRIBE <https://data.example/one>",
            "application/rdf+xml, text/turtle",
            {"application/rdf+xml", "text/turtle"},
            id="query_content_type_describe",
        ),
        pytest.param(
            "CONSTRUCT { <s> <p> 1 } WHERE {}",
            "application/rdf+xml, text/turtle",
            {"application/rdf+xml", "text/turtle"},
            id="query_content_type_construct",
        ),
    ],
)
def test_query_content_type(w3c: Client, text: str, accept: str, types: set[str]) -> None:
    text = text.replace("<s>", "<https://data.example/s>").replace("<p>", "<https://data.example/p>")
    answer = w3c.get(f"/sparql?{encode(('query', text))}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] in types


def test_bad_query_method(w3c: Client) -> None:
    assert w3c.request("PUT", f"/sparql?{encode(('query', 'ASK {}'))}").status_code == 405


def test_bad_multiple_queries(w3c: Client) -> None:
    address = encode(("query", "ASK {}"), ("query", "SELECT * {}"))
    assert w3c.get(f"/sparql?{address}").status_code == 400


def test_bad_query_wrong_media_type(w3c: Client) -> None:
    assert w3c.post("/sparql", content="ASK {}", headers={"Content-Type": "text/plain"}).status_code == 415


def test_bad_query_missing_form_type(w3c: Client) -> None:
    assert w3c.post("/sparql", content=encode(("query", "ASK {}")).encode()).status_code == 415


def test_bad_query_missing_direct_type(w3c: Client) -> None:
    assert w3c.post("/sparql", content=b"ASK {}").status_code == 415


def test_bad_query_non_utf8(w3c: Client) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=UTF-16"}
    assert w3c.post("/sparql", content="ASK {}".encode("utf-16"), headers=headers).status_code == 415
    assert w3c.post("/sparql", content="ASK {}".encode("utf-16"), headers=QUERY).status_code == 400


def test_bad_query_syntax(w3c: Client) -> None:
    assert w3c.get(f"/sparql?{encode(('query', 'ASK {'))}").status_code == 400


def test_the_store_is_as_it_was(w3c: Client) -> None:
    """Whatever the tests above sent, nothing was written."""
    text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    (row,) = w3c.post("/sparql", content=text, headers={**JSON, **QUERY}).json()["results"]["bindings"]
    assert row["n"]["value"] == "3"
