"""How the time of an event stands in the graph and in the object that is printed."""

from __future__ import annotations

import pytest

from kg.export.annotation import to_json
from kg.model.annotation import Annotation, Extraction, Resolution
from kg.model.document import Document
from kg.model.event import DatePrecision, Event
from kg.model.span import Span
from kg.rdf.annotation import to_quads
from kg.rdf.namespaces import DATE, DATE_END, DATE_PRECISION
from kg.rdf.terms import Iri, Literal

_TEXT = "Norland attacked Vostia."
_XSD = "http://www.w3.org/2001/XMLSchema#"


def _annotate(date: str | None, date_end: str | None, precision: DatePrecision | None) -> Annotation:
    iri = "https://sayso.example/document/x"
    document = Document(id=iri, path="x", location="x", sha256="0", text=_TEXT, published="2025-10-22")
    event = Event(
        id="e1", type="ASSAULT", trigger=(Span(8, 16),), sentence=Span(0, len(_TEXT)), date=date, date_end=date_end,
        date_precision=precision, confidence=0.5, by="rule:test",
    )  # fmt: skip
    return Annotation(document=document, extraction=Extraction(events=(event,)), resolution=Resolution())


def _find_times(annotation: Annotation) -> dict[Iri, tuple[str, str]]:
    return {
        quad.predicate: (quad.object.value, quad.object.datatype.removeprefix(_XSD))
        for quad in to_quads(annotation, extractor_version="1", canonical={})
        if quad.predicate in {DATE, DATE_END, DATE_PRECISION} and isinstance(quad.object, Literal)
    }


@pytest.mark.parametrize(
    ("date", "precision", "datatype"),
    [("2025-10-21", "day", "date"), ("2024-03", "month", "gYearMonth"), ("2014", "year", "gYear")],
)
def test_a_date_is_typed_by_what_the_text_tells(date: str, precision: DatePrecision, datatype: str) -> None:
    found = _find_times(_annotate(date, None, precision))
    assert found == {DATE: (date, datatype), DATE_PRECISION: (precision, "string")}


def test_a_period_has_its_end() -> None:
    found = _find_times(_annotate("2025-10-13", "2025-10-19", "week"))
    assert found[DATE_END] == ("2025-10-19", "date")


def test_an_event_without_time_has_no_date_in_the_graph_though_the_document_has_one() -> None:
    assert _find_times(_annotate(None, None, None)) == {}


def test_the_printed_event_states_end_and_precision_beside_the_date() -> None:
    (event,) = to_json(_annotate("1990", "1999", "decade"))["events"]
    assert (event["date"], event["date_end"], event["date_precision"]) == ("1990", "1999", "decade")
