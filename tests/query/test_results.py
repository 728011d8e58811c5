from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from kg.errors import ExportFormatError
from kg.query.results import Result, read_result, to_value
from kg.store.terms import NamedNode, OxLiteral, OxStore, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

XSD = "http://www.w3.org/2001/XMLSchema#"
NASTY = 'a "b" \\ <c> & \t,\r\n🙂\x01'


def typed(value: str, kind: str) -> OxLiteral:
    return OxLiteral(value, datatype=NamedNode(XSD + kind))


TABLE = Result(
    ("s", "o"), ((NamedNode("https://e.example/a"), OxLiteral(NASTY)), (None, OxLiteral("hallo", language="de")), (None, None))
)
ANSWER = Result(answer=False)
TRIPLES = Result(triples=(Triple(NamedNode("https://e.example/a"), NamedNode("https://e.example/b"), OxLiteral(NASTY)),))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (NamedNode("https://e.example/a"), "https://e.example/a"),
        (OxLiteral("x"), "x"),
        (typed("7", "nonNegativeInteger"), 7),
        (typed("0.90", "decimal"), Decimal("0.90")),
        (typed("1e3", "double"), 1000.0),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("2025-03-04", "date"), "2025-03-04"),
        (typed("seven", "integer"), "seven"),
        (typed("much", "decimal"), "much"),
    ],
)
def test_a_term_becomes_a_value_of_its_type(term: object, value: object) -> None:
    found = to_value(term)  # type: ignore[arg-type]
    assert found == value
    assert type(found) is type(value)


def test_json_is_the_w3c_format_and_keeps_every_character() -> None:
    document = json.loads(TABLE.serialize("json"))
    assert document["head"] == {"vars": ["s", "o"]}
    assert document["results"]["bindings"] == [
        {"s": {"type": "uri", "value": "https://e.example/a"}, "o": {"type": "literal", "value": NASTY}},
        {"o": {"type": "literal", "value": "hallo", "xml:lang": "de"}},
        {},
    ]


def test_tsv_reads_back_as_the_same_terms() -> None:
    again = read_result(parse_query_results(TABLE.serialize("tsv"), QueryResultsFormat.TSV))
    assert (again.variables, again.rows) == (TABLE.variables, TABLE.rows)


def test_csv_quotes_what_it_must() -> None:
    rows = list(csv.reader(io.StringIO(TABLE.serialize("csv").decode(), newline="")))
    assert rows == [["s", "o"], ["https://e.example/a", NASTY], ["", "hallo"], ["", ""]]


def test_xml_parses_and_replaces_only_what_xml_cannot_carry() -> None:
    root = ET.fromstring(TABLE.serialize("xml").decode())  # noqa: S314 our own output
    literals = [node.text for node in root.iter("{http://www.w3.org/2005/sparql-results#}literal")]
    assert [text.replace("\r\n", "\n") for text in literals if text] == [
        NASTY.replace("\x01", "\ufffd").replace("\r\n", "\n"),
        "hallo",
    ]


@pytest.mark.parametrize(("form", "text"), [("json", b'"boolean":false'), ("xml", b"<boolean>false</boolean>")])
def test_an_answer_is_written_as_json_or_xml(form: str, text: bytes) -> None:
    assert text in ANSWER.serialize(form).replace(b" ", b"")  # type: ignore[arg-type]


def test_triples_are_written_as_turtle_or_n_triples() -> None:
    for form, syntax in (("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES)):
        written = TRIPLES.serialize(form)  # type: ignore[arg-type]
        assert tuple(quad.triple for quad in parse(written, format=syntax)) == TRIPLES.triples


@pytest.mark.parametrize(
    ("result", "form"), [(TABLE, "ttl"), (ANSWER, "csv"), (ANSWER, "nt"), (TRIPLES, "json"), (TRIPLES, "csv")]
)
def test_a_form_that_does_not_fit_is_refused(result: Result, form: str) -> None:
    with pytest.raises(ExportFormatError):
        result.serialize(form)  # type: ignore[arg-type]


@pytest.mark.parametrize(("limit", "count", "is_cut"), [(None, 3, False), (3, 3, False), (2, 2, True), (0, 0, True)])
def test_a_row_limit_tells_whether_it_cut(limit: int | None, count: int, is_cut: bool) -> None:
    result = read_result(OxStore().query("SELECT ?x { VALUES ?x { 1 2 3 } }"), limit)
    assert (len(result.rows), result.is_cut) == (count, is_cut)
