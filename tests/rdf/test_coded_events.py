"""Parts of event tables as N-Triples."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

from kg.model.coded_event import CodedEvent, CodedParty, EventTablePart
from kg.model.mention import MentionType
from kg.rdf import namespaces as ns
from kg.rdf.coded_events import TableGraph, to_graph
from kg.rdf.terms import Iri

PART = "https://data.example/document/day-1"
NORWAY = "https://data.example/actor/state/no"


def resolve(party: CodedParty) -> tuple[str | None, MentionType, str]:
    return (NORWAY, "State", "country") if party.country == "NOR" else (None, "Group", "")


def make_graph(*events: CodedEvent) -> TableGraph:
    part = EventTablePart(PART, 'day "x"\\.csv#1', "day.csv#1", "0" * 64, "Events", "gdelt-1.0", events)
    return to_graph(part, resolve, extractor_version="1")


def parse(graph: TableGraph) -> Graph:
    return Graph().parse(data=graph.statements, format="nt")


def find(graph: Graph, line: int, predicate: Iri) -> set[str]:
    return {str(value) for value in graph.objects(URIRef(f"{PART}#e{line}"), URIRef(predicate.value))}


EVENT = CodedEvent(
    line=7,
    identifier="700",
    type="ASSAULT",
    date="2024-01-02",
    actors=(CodedParty("OSLO", "NORMIL", "NOR", "", ("MIL", "ELI")),),
    recipients=(CodedParty("POLICE", "COP", sectors=("COP",)),),
    cameo="193",
    mode="firearms",
    contexts=("military", "legal"),
    intensity=-10.0,
    article_count=4,
    place="Larvik",
    url='https://harbour.example/a"b',
)


def test_a_row_is_an_event_with_all_that_it_says() -> None:
    graph = parse(make_graph(EVENT))
    expected = {
        ns.TYPE: {ns.CODED_EVENT.value},
        ns.EVENT_TYPE: {f"{ns.SCHEME}plover/ASSAULT"},
        ns.QUAD_CLASS: {f"{ns.SCHEME}plover/material-conflict"},
        ns.CAMEO: {"193"},
        ns.MODE: {"firearms"},
        ns.CONTEXT: {"military", "legal"},
        ns.INTENSITY: {"-10"},
        ns.ARTICLE_COUNT: {"4"},
        ns.PLACE_TEXT: {"Larvik"},
        ns.URL: {'https://harbour.example/a"b'},
        ns.EVENT_ACTOR: {NORWAY},
        ns.ACTOR_TEXT: {"OSLO"},
        ns.ACTOR_CODE: {"NORMIL"},
        ns.ACTOR_SECTOR: {"MIL", "ELI"},
        ns.RECIPIENT_TEXT: {"POLICE"},
        ns.RECIPIENT_CODE: {"COP"},
        ns.RECIPIENT_SECTOR: {"COP"},
        ns.WAS_DERIVED_FROM: {PART},
        ns.POLARITY: {f"{ns.SCHEME}polarity/affirmed"},
        ns.MODALITY: {f"{ns.SCHEME}modality/actual"},
        ns.IDENTIFIER: {"700"},
        ns.DATE: {"2024-01-02"},
    }
    assert {predicate: find(graph, 7, predicate) for predicate in expected} == expected
    said = {predicate for predicate, _ in graph.predicate_objects(URIRef(f"{PART}#e7"))}
    assert said == {URIRef(predicate.value) for predicate in expected}


def test_what_a_row_leaves_empty_is_left_out() -> None:
    graph = parse(make_graph(CodedEvent(1, "7", None, "2024-01-02", cameo="010")))
    for predicate in (
        ns.EVENT_TYPE,
        ns.QUAD_CLASS,
        ns.INTENSITY,
        ns.EVENT_ACTOR,
        ns.ACTOR_TEXT,
        ns.URL,
        ns.PLACE_TEXT,
        ns.ARTICLE_COUNT,
    ):
        assert find(graph, 1, predicate) == set()
    assert find(graph, 1, ns.CAMEO) == {"010"}


def test_a_name_of_an_actor_is_a_cell_once_and_nobody_has_none() -> None:
    graph = make_graph(EVENT, EVENT._replace(line=8))
    cells = {quad.subject for quad in graph.cells}
    assert cells == {Iri(f"{PART}#m1")}
    assert parse(graph).value(URIRef(f"{PART}#m1"), URIRef(ns.REFERS_TO.value)) == URIRef(NORWAY)
    assert all(quad.graph == Iri(PART) for quad in graph.cells)


def test_the_part_describes_itself_and_its_words_survive_escaping() -> None:
    graph = parse(make_graph())
    part = URIRef(PART)
    assert graph.value(part, RDF.type) == URIRef(ns.DOCUMENT.value)
    assert graph.value(part, URIRef(ns.PATH.value)) == Literal('day "x"\\.csv#1')
    assert graph.value(part, DCTERMS.title) == Literal("Events")
    assert graph.value(part, URIRef(ns.TABLE_LAYOUT.value)) == Literal("gdelt-1.0")


def test_a_day_is_a_date_and_a_lone_surrogate_is_replaced() -> None:
    graph = parse(make_graph(EVENT._replace(place="a\ud800b")))
    assert graph.value(URIRef(f"{PART}#e7"), URIRef(ns.DATE.value)) == Literal("2024-01-02", datatype=XSD.date)
    assert find(graph, 7, ns.PLACE_TEXT) == {"a\ufffdb"}
