"""A coded event is explained by the row of its table."""

from __future__ import annotations

import pytest

from kg.query.coded_rows import CodedRow
from kg.query.evidence import Explanation
from kg.query.explain import explain_claim, explain_triple
from kg.store.terms import OxStore, RdfFormat

DOC = "https://sayso.example/document/"
TRIG = """
@prefix kg: <https://sayso.example/ontology#> .
@prefix plover: <https://sayso.example/scheme/plover/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix a: <https://sayso.example/actor/> .
@prefix d: <https://sayso.example/document/> .
<https://sayso.example/graph/ontology> {
  plover:ASSAULT skos:notation "ASSAULT" . plover:PROTEST skos:notation "PROTEST" .
  plover:material-conflict skos:notation "material-conflict" .
}
<https://sayso.example/graph/actors> { a:no a kg:State ; skos:prefLabel "Norway" . }
d:day {
  d:day a kg:Document ; kg:path "tables/day.csv#2" ; kg:tableLayout "gdelt-1.0" ; dcterms:title "GDELT 1.0 events" .
  <https://sayso.example/document/day#e17> a kg:CodedEvent ; kg:eventType plover:ASSAULT ; kg:cameo "193" ;
    kg:quadClass plover:material-conflict ; kg:intensity -10.0 ; kg:actor a:no ; kg:actorText "NORWAY" ;
    kg:actorCode "NORMIL" ; kg:recipientText "POLICE" ; dcterms:identifier "700" ; kg:date "2024-01-02"^^xsd:date ;
    schema:url "https://quay.example/a"^^xsd:anyURI ; prov:wasDerivedFrom d:day .
  <https://sayso.example/document/day#e18> a kg:CodedEvent ; kg:cameo "010" ; kg:actor a:no ; dcterms:identifier "701" .
}
d:polecat {
  d:polecat a kg:Document ; kg:path "week.tsv#1" ; kg:tableLayout "polecat" .
  <https://sayso.example/document/polecat#e2> a kg:CodedEvent ; kg:eventType plover:PROTEST ; kg:mode "demo" ;
    kg:context "legal" , "gender" ; kg:quadClass plover:material-conflict ; dcterms:identifier "p1" .
}
d:other { <https://sayso.example/document/other#e2> a kg:CodedEvent ; dcterms:identifier "x9" . }
"""


@pytest.fixture(scope="module")
def store() -> OxStore:
    store = OxStore()
    store.load(TRIG.encode(), format=RdfFormat.TRIG)
    return store


def explain(store: OxStore, name: str) -> tuple[Explanation, CodedRow]:
    found = explain_claim(store, DOC + name)
    assert found.row is not None
    return found, found.row


def test_a_row_of_gdelt_is_shown_by_its_columns_with_table_line_and_report(store: OxStore) -> None:
    found, row = explain(store, "day#e17")
    assert (found.kind, found.sentence, found.parts, found.confidence) == ("coded event", "", (), None)
    assert (row.table, row.line, row.layout, row.url) == ("tables/day.csv", 17, "gdelt-1.0", "https://quay.example/a")
    assert dict(row.cells) == {
        "GLOBALEVENTID": "700",
        "SQLDATE": "2024-01-02",
        "Actor1Name": "NORWAY",
        "Actor1Code": "NORMIL",
        "Actor2Name": "POLICE",
        "EventCode": "193",
        "GoldsteinScale": "-10",
        "SOURCEURL": "https://quay.example/a",
    }


def test_a_code_of_cameo_is_shown_with_what_plover_makes_of_it(store: OxStore) -> None:
    _, row = explain(store, "day#e17")
    mapping = dict(row.mapping)
    assert mapping["CAMEO"] == "193 fights with small arms"
    assert mapping["PLOVER"].startswith("ASSAULT (firearms): ")
    assert (mapping["contexts of the code"], mapping["quad class"]) == ("military", "material-conflict")


def test_a_code_that_plover_has_dropped_says_so(store: OxStore) -> None:
    _, row = explain(store, "day#e18")
    assert dict(row.mapping) == {"CAMEO": "010 statement", "PLOVER": "has dropped this code"}
    assert row.url is None


def test_a_row_of_polecat_is_shown_with_the_cameo_code_that_stands_for_it(store: OxStore) -> None:
    _, row = explain(store, "polecat#e2")
    assert row.cells == (
        ("Event ID", "p1"),
        ("Event Type", "PROTEST"),
        ("Event Mode", "demo"),
        ("Contexts", "gender"),
        ("Contexts", "legal"),
    )
    assert dict(row.mapping)["CAMEO"] == "141 stands for it"


def test_a_row_of_an_undescribed_part_is_shown_by_the_names_of_its_properties(store: OxStore) -> None:
    _, row = explain(store, "other#e2")
    assert (row.table, row.layout, row.cells) == ("", "", (("identifier", "x9"),))


def test_who_is_meant_stands_in_the_details(store: OxStore) -> None:
    found, _ = explain(store, "day#e17")
    assert ("actor", "Norway") in found.details


def test_a_triple_of_a_coded_event_is_explained_by_it(store: OxStore) -> None:
    found = explain_triple(store, f"{DOC}day#e17", "kg:eventType", "ASSAULT")
    assert [explanation.iri for explanation in found] == [f"{DOC}day#e17"]
