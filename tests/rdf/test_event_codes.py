"""How codes of an event stand in the graph, under the shapes, and in the object that is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.export.annotation import to_json
from kg.model.annotation import Annotation, Extraction, Resolution
from kg.model.document import Document
from kg.model.event import Event
from kg.model.span import Span
from kg.rdf import namespaces as ns
from kg.rdf.annotation import to_quads
from kg.rdf.ontology import ontology_quads
from kg.rdf.terms import XSD, Iri, Literal, Quad, to_text
from kg.store.embedded import open_store
from kg.store.validate import validate_store

TEXT = "Norland attacked Vostia."
DOC = "https://sayso.example/document/x"


def annotate(**told: Any) -> Annotation:
    document = Document(id=DOC, path="x", location="x", sha256="0" * 64, text=TEXT, published="2025-10-22", language="en")
    event = Event(
        **{"id": "e1", "trigger": (Span(8, 16),), "sentence": Span(0, len(TEXT)), "confidence": 0.5, "by": "rule:test", **told}
    )
    return Annotation(document=document, extraction=Extraction(events=(event,)), resolution=Resolution())


def find(annotation: Annotation, *predicates: Iri) -> dict[Iri, list[str]]:
    found: dict[Iri, list[str]] = {}
    for quad in to_quads(annotation, extractor_version="1", canonical={}):
        if quad.predicate in predicates:
            found.setdefault(quad.predicate, []).append(quad.object.value)
    return {predicate: sorted(values) for predicate, values in found.items()}


CODED = {"type": "ASSAULT", "mode": "heavy-weapons", "cameo": "194", "contexts": ("military", "territory")}


def test_an_event_has_its_codes_contexts_quad_class_and_goldstein_value() -> None:
    assert find(annotate(**CODED), ns.MODE, ns.CAMEO, ns.CONTEXT, ns.QUAD_CLASS, ns.GOLDSTEIN) == {
        ns.MODE: ["heavy-weapons"],
        ns.CAMEO: ["194"],
        ns.CONTEXT: ["military", "territory"],
        ns.QUAD_CLASS: [f"{ns.SCHEME}plover/material-conflict"],
        ns.GOLDSTEIN: ["-10"],
    }


def test_an_event_without_codes_has_its_quad_class_alone() -> None:
    assert list(find(annotate(type="AID"), ns.MODE, ns.CAMEO, ns.CONTEXT, ns.QUAD_CLASS, ns.GOLDSTEIN)) == [ns.QUAD_CLASS]


def test_the_printed_event_has_contexts_quad_class_and_goldstein_value() -> None:
    (event,) = to_json(annotate(**CODED))["events"]
    assert (event["contexts"], event["quad_class"], event["goldstein"]) == (["military", "territory"], "material-conflict", -10.0)
    (bare,) = to_json(annotate(type="AID"))["events"]
    assert (bare["contexts"], bare["quad_class"], bare["goldstein"]) == ([], "material-cooperation", None)


def validate(folder: Path, annotation: Annotation, *extra: Quad) -> set[str]:
    """Return the messages about the event."""
    with open_store(folder / "store", "https://sayso.example/", {}) as store:
        store.replace_ontology(ontology_quads())
        store.replace_document(DOC, (*to_quads(annotation, extractor_version="1", canonical={}), *extra))
        return {finding.message for finding in validate_store(store).findings if finding.focus.endswith("#e1")}


def test_the_codes_of_an_event_are_valid(tmp_path: Path) -> None:
    assert validate(tmp_path, annotate(**CODED)) == set()


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        (ns.CONTEXT, to_text("weather"), "has contexts of PLOVER alone"),
        (ns.CAMEO, to_text("19x"), "has one CAMEO code at most, of digits"),
        (ns.MODE, to_text("drone"), "has one mode at most"),
        (ns.GOLDSTEIN, Literal("11.0", f"{XSD}decimal"), "has one value on Goldstein's scale at most, from -10 to 10"),
        (ns.QUAD_CLASS, Iri(f"{ns.SCHEME}plover/verbal-conflict"), "has one quad class at most"),
    ],
)
def test_codes_that_cannot_be_are_found(tmp_path: Path, predicate: Iri, value: Iri | Literal, message: str) -> None:
    extra = Quad(Iri(f"{DOC}#e1"), predicate, value, Iri(DOC))
    assert validate(tmp_path, annotate(**CODED), extra) == {message}
