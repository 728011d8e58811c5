"""Texts that no format was made for: every answer can be read back as its format says, and says what the store says."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from kg.store.terms import (
    NamedNode,
    OxLiteral,
    OxQuad,
    OxStore,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from tests.serve.conftest import Client

E = "https://e.example/"
WORDS = {
    "markup": "<script>alert('x')</script>&amp;]]>",
    "quotes": "\"He said 'so'\", “twice”",
    "formula": '=HYPERLINK("https://e.example","x")',
    "lines": "one\ntwo\r\nthree\rfour\tfive",
    "spaces": "  both ends  ",
    "backslash": "C:\\new\\table",
    "right-to-left": "\u202egnp.exe\u202c \u2067אב\u2069",
    "separators": "a\u2028b\u2029c\u0085d",
    "astral": "𝕏 😀 e\u0301",
    "empty": "",
    "long": "x" * 100_000,
}
#: What XML cannot hold.
CONTROLS = {"null": "a\x00b", "bell": "a\x07b", "escape": "a\x1bb", "no character": "a\ufffeb\uffffc"}
ALL = "SELECT ?name ?text { ?s <https://e.example/text> ?text ; <https://e.example/name> ?name } ORDER BY ?name"
ALL_TRIPLES = "CONSTRUCT { ?s <https://e.example/text> ?text } { ?s <https://e.example/text> ?text }"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    path = tmp_path_factory.mktemp("hostile") / "store"
    store = OxStore(str(path))
    graph = NamedNode(f"{E}g")
    for number, (name, text) in enumerate({**WORDS, **CONTROLS}.items()):
        subject = NamedNode(f"{E}{number}")
        store.add(OxQuad(subject, NamedNode(f"{E}text"), OxLiteral(text), graph))
        store.add(OxQuad(subject, NamedNode(f"{E}name"), OxLiteral(name), graph))
    store.flush()
    with Client(path) as client:
        yield client


def ask(client: Client, query: str, accept: str) -> bytes:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    return answer.content


def test_json_says_what_the_store_says(hostile: Client) -> None:
    rows = json.loads(ask(hostile, ALL, "application/sparql-results+json"))["results"]["bindings"]
    assert {row["name"]["value"]: row["text"]["value"] for row in rows} == {**WORDS, **CONTROLS}


def test_tsv_says_what_the_store_says(hostile: Client) -> None:
    found = parse_query_results(ask(hostile, ALL, "text/tab-separated-values"), QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions)
    assert {row["name"].value: row["text"].value for row in found} == {**WORDS, **CONTROLS}


def test_csv_is_quoted_and_not_guarded_against_spreadsheets(hostile: Client) -> None:
    """W3C's CSV has the characters as they are: a guard against formulas would change the data."""
    rows = list(csv.reader(io.StringIO(ask(hostile, ALL, "text/csv").decode(), newline=""), strict=True))
    assert dict(rows[1:]) == {**WORDS, **CONTROLS}


def test_xml_is_well_formed_and_replaces_only_what_xml_cannot_hold(hostile: Client) -> None:
    root = ET.fromstring(ask(hostile, ALL, "application/sparql-results+xml"))  # noqa: S314 ours
    rows = [tuple(literal.text or "" for literal in row.findall(".//{*}literal")) for row in root.findall(".//{*}result")]
    replaced = {"null": "a\ufffdb", "bell": "a\ufffdb", "escape": "a\ufffdb", "no character": "a\ufffdb\ufffdc"}
    assert dict(rows) == {**WORDS, **replaced}


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/trig", RdfFormat.TRIG),
        ("application/n-quads", RdfFormat.N_QUADS),
    ],
)
def test_every_syntax_of_triples_says_what_the_store_says(hostile: Client, accept: str, syntax: RdfFormat) -> None:
    quads = parse(ask(hostile, ALL_TRIPLES, accept), format=syntax)
    assert sorted(quad.object.value for quad in quads) == sorted([*WORDS.values(), *CONTROLS.values()])


def test_rdf_xml_is_well_formed_and_replaces_only_what_xml_cannot_hold(hostile: Client) -> None:
    root = ET.fromstring(ask(hostile, ALL_TRIPLES, "application/rdf+xml"))  # noqa: S314 ours
    found = sorted(element.text or "" for element in root.iter("{https://e.example/}text"))
    replaced = ["a\ufffdb", "a\ufffdb", "a\ufffdb", "a\ufffdb\ufffdc"]
    assert found == sorted([*WORDS.values(), *replaced])


@pytest.mark.parametrize("predicate", ["https://e.example/9", "https://e.example/", "https://e.example/a?b=", "urn:x:1"])
def test_a_predicate_that_is_no_element_name_is_not_written_as_rdf_xml(hostile: Client, predicate: str) -> None:
    query = f"CONSTRUCT {{ <https://e.example/s> <{predicate}> 1 }} {{}}"
    answer = hostile.post("/sparql", data={"query": query}, headers={"Accept": "application/rdf+xml"})
    assert answer.status_code == 406
    assert "RDF/XML" in answer.text


def test_the_next_format_is_taken_where_the_best_one_cannot_hold_the_triples(hostile: Client) -> None:
    query = "CONSTRUCT { <https://e.example/s> <https://e.example/9> 1 } {}"
    accept = "application/rdf+xml, application/n-triples;q=0.5"
    answer = hostile.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/n-triples")


def test_a_problem_is_told_as_plain_text_that_no_browser_reads_as_a_page(hostile: Client) -> None:
    answer = hostile.get("/sparql", params={"query": "SELECT <script>alert(1)</script>"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
