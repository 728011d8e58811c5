"""SPARQL 1.1 Protocol, query operations: what is answered, and with which status everything else is refused."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg.serve.asking import Limits
from kg.serve.request import MAX_BODY_BYTES
from kg.store.terms import RdfFormat, parse
from tests.serve.conftest import Client

SELECT = "SELECT ?s ?label { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?s LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a ?k } WHERE { ?s a ?k } LIMIT 3"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}


def test_a_query_in_the_address_is_answered_in_json(client: Client) -> None:
    answer = client.get("/sparql", params={"query": SELECT})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert len(answer.json()["results"]["bindings"]) == 3


def test_a_form_and_a_direct_post_give_the_same_answer_as_an_address(client: Client) -> None:
    by_address = client.get("/sparql", params={"query": SELECT}).content
    assert client.post("/sparql", data={"query": SELECT}).content == by_address
    assert client.post("/sparql", content=SELECT, headers=QUERY).content == by_address


def test_the_charset_of_a_direct_post_may_be_said(client: Client) -> None:
    headers = {"Content-Type": 'application/sparql-query; charset="UTF-8"'}
    assert client.post("/sparql", content="ASK { ?s ?p ?o }", headers=headers).json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8; header=present"),
        (SELECT, "text/tab-separated-values;q=0.9, text/csv;q=0.2", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/html, application/json;q=0.5", "application/json"),
        (SELECT, "text/*;q=0.5, text/csv;q=0", "text/tab-separated-values; charset=utf-8"),
        ("ASK {}", "text/csv, application/xml", "application/xml"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples, text/turtle;q=0.3", "application/n-triples"),
        (CONSTRUCT, "application/sparql-results+json;q=1, */*;q=0.1", "text/turtle; charset=utf-8"),
    ],
)
def test_the_format_is_the_one_that_the_client_likes_best(client: Client, query: str, accept: str, content_type: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    assert answer.headers["vary"] == "Accept"


def test_every_format_can_be_parsed(client: Client) -> None:
    def ask(query: str, accept: str) -> bytes:
        return client.get("/sparql", params={"query": query}, headers={"Accept": accept}).content

    rows = list(csv.reader(io.StringIO(ask(SELECT, "text/csv").decode())))
    assert (rows[0], len(rows)) == (["s", "label"], 4)
    assert len(ET.fromstring(ask(SELECT, "application/sparql-results+xml")).findall(".//{*}result")) == 3  # noqa: S314 ours
    assert ask(SELECT, "text/tab-separated-values").count(b"\n") == 4
    for accept, form in (("text/turtle", RdfFormat.TURTLE), ("application/n-triples", RdfFormat.N_TRIPLES)):
        assert len(list(parse(ask(CONSTRUCT, accept), format=form))) == 3


@pytest.mark.parametrize(
    ("query", "accept", "known"),
    [
        (SELECT, "image/png", "application/sparql-results+json"),
        (CONSTRUCT, "text/csv", "application/ld+json"),
        ("ASK {}", "text/turtle", "application/sparql-results+xml"),
        (SELECT, "*/*;q=0", "text/csv"),
    ],
)
def test_a_format_that_cannot_be_written_is_not_acceptable(client: Client, query: str, accept: str, known: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert known in answer.text


@pytest.mark.parametrize(
    "text", ["SELECT ?x {", "DELETE WHERE { ?s ?p ?o }", "", "SELECT * { SERVICE <http://127.0.0.1:9/> { } }"]
)
def test_what_is_no_allowed_query_is_a_bad_request_in_one_line(client: Client, text: str) -> None:
    answer = client.get("/sparql", params={"query": text})
    assert answer.status_code == 400
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "address",
    [
        "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D",
        "/sparql?question=ASK%20%7B%7D",
        "/sparql?query=%FF",
        "/sparql?query=ASK%20%7B%7D&default-graph-uri=relative%2Fg",
        "/sparql?query=ASK%20%7B%7D&named-graph-uri=%3Chttps%3A%2F%2Fe.example%2Fg%3E",
        "/sparql?query=ASK%20%7B%7D" + 200 * "&a=b",
    ],
)
def test_parameters_that_do_not_say_one_query_are_a_bad_request(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_body_that_is_not_utf_8_is_a_bad_request(client: Client) -> None:
    assert client.post("/sparql", content=b"ASK { ?s ?p '\xff' }", headers=QUERY).status_code == 400
    assert client.post("/sparql", content=b"query=ASK{}\xff", headers=FORM).status_code == 400


@pytest.mark.parametrize("name", ["update", "using-graph-uri"])
def test_an_update_in_a_form_changes_nothing(client: Client, name: str) -> None:
    before = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).content
    answer = client.post("/sparql", data={name: "DELETE WHERE { ?s ?p ?o }"})
    assert answer.status_code == (403 if name == "update" else 400)
    assert client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).content == before


def test_an_update_as_a_body_is_forbidden(client: Client) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content="CLEAR ALL", headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client: Client, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "application/sparql-query; charset=utf-16", None])
def test_a_body_of_another_type_is_not_supported(client: Client, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    assert client.post("/sparql", content=b"ASK {}", headers=headers).status_code == 415


def test_a_body_beyond_the_limit_is_too_large(client: Client) -> None:
    text = f"ASK {{ }} #{'x' * MAX_BODY_BYTES}"
    assert client.post("/sparql", content=text, headers=QUERY).status_code == 413


def test_a_query_beyond_its_time_is_unavailable_and_not_cut(store_path: Path) -> None:
    with Client(store_path, Limits(seconds=0.6)) as client:
        answer = client.get("/sparql", params={"query": ENDLESS})
    assert answer.status_code == 503
    assert "0.6 s" in answer.text


def test_a_result_with_too_many_rows_is_refused_and_not_cut(store_path: Path) -> None:
    with Client(store_path, Limits(rows=2)) as client:
        answer = client.get("/sparql", params={"query": SELECT})
    assert answer.status_code == 422
    assert "more than 2 rows" in answer.text


def test_a_result_with_too_many_bytes_is_refused_and_not_cut(store_path: Path) -> None:
    with Client(store_path, Limits(response_bytes=50)) as client:
        assert client.get("/sparql", params={"query": SELECT}).status_code == 422


def test_from_restricts_the_default_graph(client: Client) -> None:
    def count(text: str) -> int:
        (row,) = client.get("/sparql", params={"query": text}).json()["results"]["bindings"]
        return int(row["n"]["value"])

    everything = count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    actors = count("SELECT (COUNT(*) AS ?n) FROM <https://sayso.example/graph/actors> { ?s ?p ?o }")
    assert 0 < actors < everything


def test_without_a_query_the_service_describes_itself(client: Client) -> None:
    answer = client.get("/sparql")
    assert answer.status_code == 200
    described = list(parse(answer.content, format=RdfFormat.TURTLE, base_iri="http://127.0.0.1:8000/sparql"))
    assert any("sparql-service-description#endpoint" in quad.predicate.value for quad in described)
