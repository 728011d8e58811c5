import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.model.attribution import CueType, Modality, Polarity, Speech
from kg.model.event import Context, EventModality, EventType
from kg.rdf import namespaces as ns
from kg.rdf.ontology import find_ontology_files, read_frames
from kg.rdf.terms import Iri
from kg.resources import find_resource
from kg.store.validate import find_shape_files

FILES = [*find_ontology_files(), *find_shape_files()]
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(str(find_resource("ontology/kg.ttl")))


@pytest.fixture(scope="module")
def schemes() -> Graph:
    graph = Graph()
    for path in sorted(find_resource("ontology/schemes").glob("*.ttl")):
        graph.parse(str(path))
    return graph


def find_terms(graph: Graph) -> Iterator[URIRef]:
    for kind in KINDS:
        yield from (term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_reads_the_same_in_two_parsers(path: Path) -> None:
    lines = ox.serialize(
        (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)), format=ox.RdfFormat.N_TRIPLES
    )
    by_rdflib = Graph().parse(str(path))
    assert len(by_rdflib) > 0
    assert isomorphic(by_rdflib, Graph().parse(data=lines, format="nt"))


def test_every_term_has_a_label_a_definition_and_its_ontology(vocabulary: Graph) -> None:
    incomplete = [
        term
        for term in find_terms(vocabulary)
        if not all(vocabulary.value(term, p) for p in (RDFS.label, SKOS.definition, RDFS.isDefinedBy))
    ]
    assert incomplete == []


def test_every_iri_that_code_mints_is_declared(vocabulary: Graph) -> None:
    minted = {value.value for value in vars(ns).values() if isinstance(value, Iri) and value.value.startswith(ns.KG)}
    assert minted - {str(term) for term in find_terms(vocabulary)} == set()


def test_every_declared_term_is_used_by_code(vocabulary: Graph) -> None:
    minted = {value.value for value in vars(ns).values() if isinstance(value, Iri)}
    assert {str(term) for term in find_terms(vocabulary)} - minted == set()


def test_every_term_on_the_page_of_the_graph_is_declared(vocabulary: Graph) -> None:
    page = (find_resource("ontology") / "README.md").read_text("utf-8")
    named = {ns.KG + name for name in re.findall(r"\bkg:([A-Za-z0-9]+)", page)}
    assert named - {str(term) for term in find_terms(vocabulary)} == set()


def test_every_term_in_shapes_and_alignments_is_declared(vocabulary: Graph) -> None:
    graph = Graph()
    for path in (*find_shape_files(), *sorted(find_resource("ontology/alignments").glob("*.ttl"))):
        graph.parse(str(path))
    used = {str(node) for triple in graph for node in triple if isinstance(node, URIRef) and str(node).startswith(ns.KG)}
    assert used - {str(term) for term in find_terms(vocabulary)} == set()


def test_domains_and_ranges_are_declared_or_foreign(vocabulary: Graph) -> None:
    declared = {str(term) for term in find_terms(vocabulary)}
    named = {str(node) for p in (RDFS.domain, RDFS.range, RDFS.subClassOf) for node in vocabulary.objects(None, p)}
    assert {iri for iri in named if iri.startswith(ns.KG)} - declared == set()


def test_every_concept_has_label_definition_notation_and_scheme(schemes: Graph) -> None:
    concepts = set(schemes.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) >= 50
    for concept in concepts:
        for predicate in (SKOS.prefLabel, SKOS.definition, SKOS.notation, SKOS.inScheme):
            assert len(set(schemes.objects(concept, predicate))) == 1, (concept, predicate)


def test_the_notation_of_a_concept_ends_its_iri(schemes: Graph) -> None:
    for concept in schemes.subjects(RDF.type, SKOS.Concept):
        assert str(concept) == f"{schemes.value(concept, SKOS.inScheme)}/{schemes.value(concept, SKOS.notation)}"


def test_every_scheme_is_declared(schemes: Graph) -> None:
    assert set(schemes.objects(None, SKOS.inScheme)) == set(schemes.subjects(RDF.type, SKOS.ConceptScheme))


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("plover", set(EventType.__args__)),
        ("context", set(Context.__args__)),
        ("cue-type", set(CueType.__args__)),
        ("speech", set(Speech.__args__)),
        ("polarity", set(Polarity.__args__)),
        ("modality", {*Modality.__args__, *EventModality.__args__}),
    ],
)
def test_a_scheme_has_the_values_of_the_model(schemes: Graph, scheme: str, values: set[str]) -> None:
    concepts = schemes.subjects(SKOS.inScheme, URIRef(f"{ns.SCHEME}{scheme}"))
    leaves = {concept for concept in concepts if not schemes.value(predicate=SKOS.broader, object=concept, any=True)}
    assert {str(schemes.value(concept, SKOS.notation)) for concept in leaves} == values


def test_every_plover_type_stands_under_one_broad_class(schemes: Graph) -> None:
    for notation in EventType.__args__:
        broader = list(schemes.objects(URIRef(ns.name_concept("plover", notation).value), SKOS.broader))
        assert len(broader) == 1, notation
        assert (broader[0], SKOS.topConceptOf, URIRef(f"{ns.SCHEME}plover")) in schemes


BY_NOTATION = {frame.notation: frame for frame in read_frames()}
FRAMES = list(BY_NOTATION)


def find_matches(notation: str, sentence: str) -> list[str]:
    frame = BY_NOTATION[notation]
    vetoes = [m.span() for pattern in frame.exclusions for m in re.finditer(pattern, sentence, re.IGNORECASE)]
    matches = [m for pattern in frame.patterns for m in re.finditer(pattern, sentence, re.IGNORECASE)]
    return [m.group() for m in matches if not any(begin < m.end() and m.start() < end for begin, end in vetoes)]


def test_the_frames_of_the_contract_are_there() -> None:
    assert set(FRAMES) >= {
        "stalling",
        "wants-peace",
        "escalation",
        "aid-pledge",
        "sanctions",
        "ceasefire-refusal",
        "territorial-demand",
        "violation",
        "threat",
        "denial",
    }


@pytest.mark.parametrize("notation", FRAMES)
def test_a_frame_is_found_in_an_example_by_its_wording(schemes: Graph, notation: str) -> None:
    """Meaning finds the rest (`tests/extract/test_frame_meaning.py`)."""
    examples = list(schemes.objects(URIRef(ns.name_concept("frame", notation).value), SKOS.example))
    assert len(examples) >= 4
    assert any(find_matches(notation, str(example)) for example in examples)


@pytest.mark.parametrize("notation", FRAMES)
def test_a_frame_is_not_found_in_its_counter_example(schemes: Graph, notation: str) -> None:
    concept = URIRef(ns.name_concept("frame", notation).value)
    examples = list(schemes.objects(concept, URIRef(ns.COUNTER_EXAMPLE.value)))
    assert len(examples) >= 4
    assert [find_matches(notation, str(example)) for example in examples] == [[]] * len(examples)


@pytest.mark.parametrize(
    ("notation", "sentence", "is_found"),
    [
        ("stalling", "The warlord keeps dragging the talks out", True),
        ("stalling", "he is not serious about peace", True),
        ("stalling", "the rebels do not want the war to end", False),
        ("stalling", "an engine of the plane stalled", False),
        ("wants-peace", "she wants peace", True),
        ("wants-peace", "he does not want peace", False),
        ("wants-peace", "they are ready to negotiate a lasting ceasefire", True),
        ("escalation", "a step towards de-escalation", False),
        ("escalation", "escalating prices", False),
        ("aid-pledge", "we will send 200 million euros", True),
        ("aid-pledge", "we will not send tanks", False),
        ("sanctions", "freezing the assets of the bank", True),
        ("ceasefire-refusal", "there will be no ceasefire until the port is free", True),
        ("territorial-demand", "the north must cede the two provinces", True),
        ("territorial-demand", "they surrendered their weapons", False),
        ("violation", "breached the airspace of its neighbour", True),
        ("violation", "we never violated the truce", False),
        ("threat", "they will pay a heavy price", True),
        ("threat", "the fleet is no threat", False),
        ("denial", "these allegations are baseless", True),
        ("denial", "was denied entry", False),
    ],
)
def test_a_frame_is_told_from_what_only_looks_like_it(notation: str, sentence: str, is_found: bool) -> None:
    assert bool(find_matches(notation, sentence)) == is_found


def test_no_pattern_takes_long_on_a_long_sentence() -> None:
    sentence = "no not delaying the peace talks of the region " * 400
    for frame in read_frames():
        for pattern in (*frame.patterns, *frame.exclusions):
            assert len(list(re.finditer(pattern, sentence, re.IGNORECASE))) < len(sentence)
