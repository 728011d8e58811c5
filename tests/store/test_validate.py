import pyshacl
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from kg.model.annotation import Annotation
from kg.rdf import namespaces as ns
from kg.rdf.ontology import ontology_quads
from kg.rdf.terms import XSD, Iri, Literal, Quad, Term, to_boolean, to_text
from kg.store.embedded import Store
from kg.store.terms import NamedNode, RdfFormat, serialize, to_ox_quad
from kg.store.validate import ValidationReport, find_shape_files, validate_store
from tests.store.in_memory import open_memory

BASE = "https://sayso.example/"


@pytest.fixture
def store(lake_quads: tuple[Quad, ...], registry) -> Store:
    store = open_memory(registry)
    store.replace_document(lake_quads[0].graph.value, lake_quads)
    store.replace_ontology(ontology_quads())
    return store


def spoil(store: Store, part: str, predicate: Iri, *values: Term) -> Store:
    """Put these values in place of what a part of the example says; no value removes it."""
    document = Iri(next(iter(store.documents())))
    subject = Iri(f"{document.value}{part}")
    for quad in list(store.inner.quads_for_pattern(NamedNode(subject.value), NamedNode(predicate.value), None, None)):
        store.inner.remove(quad)
    store.inner.extend(to_ox_quad(Quad(subject, predicate, value, document)) for value in values)
    return store


def validate_as_oracle(store: Store) -> set[tuple[str, str]]:
    """Return focus and message of every top-level result of pyshacl."""
    lines = serialize((quad.triple for quad in store.inner), format=RdfFormat.N_TRIPLES)
    shapes = Graph()
    for path in find_shape_files():
        shapes.parse(str(path))
    _, report, _ = pyshacl.validate(Graph().parse(data=lines, format="nt"), shacl_graph=shapes, advanced=True)
    (root,) = report.subjects(RDF.type, SH.ValidationReport)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
        for result in report.objects(root, SH.result)
    }


def name_breaches(report: ValidationReport) -> set[tuple[str, str]]:
    return {(finding.focus.rpartition("#")[2], finding.message) for finding in report.findings}


def test_the_example_is_valid(store: Store) -> None:
    assert validate_store(store).findings == ()
    assert validate_as_oracle(store) == set()


def test_an_empty_store_is_valid() -> None:
    assert validate_store(open_memory({})).conforms


SPOILED = [
    ("#a1", ns.BEGIN_INDEX, (Literal("9999", XSD + "integer"),), "needs one begin, an offset before its end"),
    ("#a1", ns.BEGIN_INDEX, (), "needs one begin, an offset before its end"),
    ("#a1", ns.END_INDEX, (to_text("41"),), "needs one end, an offset"),
    ("#a1", ns.ANCHOR_OF, (), "needs its exact characters"),
    ("#a1", ns.CONTENT, (), "needs the words that are attributed"),
    ("#a1", ns.SPEAKER, (to_text("Tamas Orlik"),), "is said by speakers with a label"),
    ("#a1", ns.SPEAKER, (Iri("urn:nobody"),), "is said by speakers with a label"),
    ("#a1", ns.POLARITY, (Iri("urn:maybe"),), "needs one polarity of the scheme"),
    ("#a1", ns.MODALITY, (ns.name_concept("modality", "actual"),), "needs one modality of claims"),
    ("#a1", ns.CONFIDENCE, (Literal("1.2", XSD + "decimal"),), "needs one confidence, a decimal from 0 to 1"),
    ("#a1", ns.CONFIDENCE, (Literal("0.9", XSD + "double"),), "needs one confidence, a decimal from 0 to 1"),
    ("#a1", ns.CUE_TYPE, (), "needs one cue type of the scheme"),
    ("#a1", ns.FRAME, (ns.name_concept("plover", "AID"),), "bears frames of the scheme"),
    ("#a1", ns.FRAME, (ns.name_concept("frame", "nonsense"),), "bears frames of the scheme"),
    ("#a1", ns.CUE_NEGATED, (to_boolean(value=True),), "is not said where the cue is negated"),
    ("#a1", ns.CUE_NEGATED, (to_boolean(value=False),), "is stated only where true"),
    ("#a1", ns.CONTENT_SPANS, (to_text("4 to 9"),), "needs the spans of its content"),
    ("#a5", ns.WITHIN_CLAIM, (Iri("urn:gone"),), "stands within one claim at most"),
    ("#e1", ns.EVENT_TYPE, (Iri("urn:PARTY"),), "needs one PLOVER root type"),
    ("#e1", ns.TRIGGER, (), "needs its trigger"),
    ("#e1", ns.DATE, (to_text("Friday"),), "has one date at most"),
    ("#e1", ns.EXTRACTED_BY, (), "needs the name of the rule or model that found it"),
    ("#r1", ns.MEMBER, (), "needs one holder with a label"),
    ("#m3", ns.MENTION_TYPE, (Iri("urn:Thing"),), "needs one class of actor or place"),
    ("#m3", ns.BEGIN_INDEX, (), "needs begin, end and exact characters"),
    ("", ns.SHA256, (to_text("abc"),), "needs the SHA-256 of its bytes"),
    ("", ns.PATH, (), "needs the path of its file"),
    ("", ns.PUBLISHED, (to_text("today"),), "has one date of publication at most, a date or a time"),
]


@pytest.mark.parametrize(("part", "predicate", "values", "message"), SPOILED)
def test_a_breach_is_found_at_its_node(store: Store, part: str, predicate: Iri, values: tuple[Term, ...], message: str) -> None:
    (document,) = store.documents() or [""]
    found = validate_store(spoil(store, part, predicate, *values)).findings
    assert (f"{document}{part}", message) in {(finding.focus, finding.message) for finding in found}
    assert {finding.document for finding in found} <= {document, ""}


def test_both_validators_find_the_same(store: Store) -> None:
    for part, predicate, values, _ in SPOILED[:24:3]:
        spoil(store, part, predicate, *values)
    found = {(finding.focus, finding.message) for finding in validate_store(store).findings}
    assert len(found) >= 6
    assert found == validate_as_oracle(store)


def test_an_actor_without_a_label_is_found(store: Store) -> None:
    label = next(store.inner.quads_for_pattern(None, NamedNode(ns.PREF_LABEL.value), None, NamedNode(f"{BASE}graph/actors")))
    store.inner.remove(label)
    assert label.subject.value in {finding.focus for finding in validate_store(store).findings}


def test_a_part_in_another_graph_than_its_documents_is_found(store: Store, lake_talks: Annotation) -> None:
    claim = Iri("urn:other#a1")
    store.inner.add(to_ox_quad(Quad(claim, ns.WAS_DERIVED_FROM, Iri(lake_talks.document.id), Iri("urn:other"))))
    found = [finding for finding in validate_store(store).findings if finding.focus == claim.value]
    assert [(finding.document, finding.value) for finding in found] == [("urn:other", lake_talks.document.id)]


def test_a_blank_node_of_a_malformed_graph_is_reported_too(store: Store) -> None:
    store.inner.load(input=f"[] a <{ns.CLAIM.value}> .".encode(), format=RdfFormat.TURTLE, to_graph=NamedNode("urn:other"))
    assert not validate_store(store).conforms
