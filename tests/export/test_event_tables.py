"""Events as tables in the columns of POLECAT and of GDELT."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.analyse.relations import Filters
from kg.errors import ExportFormatError, ParameterInvalidError
from kg.export.events import EventRecord, read_event_records
from kg.export.events_layouts import POLECAT_COLUMNS, write_gdelt, write_polecat
from kg.export.table_layouts import find_layout, run_table_export
from kg.read.event_tables.rows import find_table
from kg.store.reader import Reader

GRAPH = """
@prefix kg: <https://sayso.example/ontology#> .
@prefix plover: <https://sayso.example/scheme/plover/> .
@prefix polarity: <https://sayso.example/scheme/polarity/> .
@prefix modality: <https://sayso.example/scheme/modality/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix a: <https://sayso.example/actor/> .
@prefix d: <https://sayso.example/document/> .
@prefix w: <https://sayso.example/document/wire#> .
@prefix t: <https://sayso.example/document/day#> .
<https://sayso.example/graph/ontology> {
  plover:CONSULT skos:notation "CONSULT" . plover:ASSAULT skos:notation "ASSAULT" . plover:AID skos:notation "AID" .
  polarity:affirmed skos:notation "affirmed" . polarity:negated skos:notation "negated" .
  modality:actual skos:notation "actual" . modality:future skos:notation "future" .
}
<https://sayso.example/graph/actors> {
  a:no a kg:State ; skos:prefLabel "Norway" . a:se a kg:State ; skos:prefLabel "Sweden" .
  a:nila a kg:Person ; skos:prefLabel "Nila Ost" ; kg:partOf a:no ; owl:sameAs <http://www.wikidata.org/entity/Q0> .
  a:larvik a kg:Place ; skos:prefLabel "Larvik" ; kg:partOf a:no ; kg:geonames "3148133" .
}
<https://sayso.example/graph/registry> {
  a:no kg:iso3 "NOR" ; kg:cowNumber "385" ; kg:cameoActor "NOR" . a:se kg:iso3 "SWE" ; kg:cowNumber "380" ;
    kg:cameoActor "SWE" .
}
d:wire {
  d:wire a kg:Document ; dcterms:publisher "The Quay" ; kg:path "wire.txt" ; dcterms:language "en" ;
    kg:extractorVersion "1.0" ;
    schema:url "https://quay.example/1"^^xsd:anyURI .
  w:m1 a kg:Mention ; kg:refersTo a:nila . w:m2 a kg:Mention ; kg:refersTo a:se . w:m3 a kg:Mention ; kg:refersTo a:larvik .
  w:e1 a kg:Event ; kg:eventType plover:CONSULT ; kg:cameo "046" ; kg:actor a:nila ; kg:actorText "Minister Ost" ;
    kg:recipient a:se , a:no ; kg:recipientText "Sweden" , "Norway" ; kg:date "2024-01-05"^^xsd:date ; kg:place a:larvik ;
    kg:polarity polarity:affirmed ; kg:modality modality:actual ; kg:confidence 0.8 ;
    kg:published "2024-01-06T08:00:00Z"^^xsd:dateTime ;
    nif:anchorOf "Minister Ost met them\\nin Larvik." ; kg:reportedIn w:a1 .
  w:a1 kg:speaker a:se .
  w:e2 a kg:Event ; kg:eventType plover:ASSAULT ; kg:actorText "=insurers" ; kg:date "2024-01"^^xsd:gYearMonth ;
    kg:polarity polarity:affirmed ; kg:modality modality:actual ; kg:confidence 0.4 ; nif:anchorOf "Insurers hit back." .
  w:e3 a kg:Event ; kg:eventType plover:AID ; kg:actor a:no ; kg:polarity polarity:negated ;
    kg:modality modality:actual ; kg:confidence 0.9 .
  w:e4 a kg:Event ; kg:eventType plover:AID ; kg:actor a:no ; kg:polarity polarity:affirmed ;
    kg:modality modality:future ; kg:confidence 0.9 .
}
d:day {
  d:day a kg:Document ; kg:path "day.csv#1" .
  t:e1 a kg:CodedEvent ; kg:eventType plover:ASSAULT ; kg:cameo "193" ; kg:mode "firearms" ;
    kg:context "legal" , "military" ;
    kg:intensity -9.5 ; kg:articleCount 4 ; dcterms:identifier "700000001" ; kg:actor a:no ; kg:actorText "OSLO" ;
    kg:actorCode "NORMIL" ;
    kg:actorSector "MIL" ; kg:recipientText "POLICE" ; kg:recipientCode "COP" ; kg:recipientSector "COP" ;
    kg:placeText "Larvik, Norway" ;
    kg:date "2024-01-02"^^xsd:date ; kg:polarity polarity:affirmed ; kg:modality modality:actual ;
    schema:url "https://harbour.example/a"^^xsd:anyURI .
  t:e2 a kg:CodedEvent ; kg:cameo "010" ; dcterms:identifier "700000002" ; kg:actor a:no ; kg:actorText "OSLO" ;
    kg:date "2024-01-02"^^xsd:date ; kg:polarity polarity:affirmed ; kg:modality modality:actual .
}
"""


@pytest.fixture(scope="module")
def store(load: Callable[[bytes], Reader]) -> Reader:
    return load(GRAPH.encode())


@pytest.fixture(scope="module")
def records(store: Reader) -> tuple[EventRecord, ...]:
    return read_event_records(store, Filters())[0]


def write(records: tuple[EventRecord, ...], delimiter: str = ",") -> str:
    stream = io.StringIO()
    write_polecat(records, stream, delimiter)
    return stream.getvalue()


def read(records: tuple[EventRecord, ...]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write(records), newline="")))


def read_gdelt(records: tuple[EventRecord, ...]) -> list[list[str]]:
    stream = io.StringIO()
    write_gdelt(records, stream)
    return [line.split("\t") for line in stream.getvalue().splitlines()]


def test_events_that_did_not_happen_are_left_out_and_counted(store: Reader) -> None:
    records, left_out = read_event_records(store, Filters())
    assert [record.iri.rpartition("/")[2] for record in records] == ["wire#e2", "day#e1", "day#e2", "wire#e1"]
    assert left_out == (("future events", 1), ("negated events", 1))


def test_filters_by_day_type_and_confidence_hold(store: Reader) -> None:
    def find(filters: Filters) -> list[str]:
        return [record.iri.rpartition("/")[2] for record in read_event_records(store, filters)[0]]

    assert find(Filters(since=date(2024, 1, 3))) == ["wire#e1"]
    assert find(Filters(kinds=frozenset({"ASSAULT"}))) == ["wire#e2", "day#e1"]
    assert find(Filters(min_confidence=0.5)) == ["day#e1", "day#e2", "wire#e1"]


def test_a_polecat_row_says_what_is_known_of_an_event_of_a_text(records: tuple[EventRecord, ...]) -> None:
    (row, other) = [row for row in read(records) if row["Event Type"] == "CONSULT"]
    assert {name: value for name, value in row.items() if value} == {
        "Event ID": "https://sayso.example/document/wire#e1",
        "Event Date": "2024-01-05",
        "Event Type": "CONSULT",
        "Intensity": "2.5",
        "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Nila Ost",
        "Actor Country": "NOR",
        "Actor COW": "385",
        "Actor Name Raw": "Minister Ost",
        "Actor Wikidata": "Q0",
        "Recipient Name": "Norway",
        "Recipient Country": "NOR",
        "Recipient COW": "385",
        "Recipient Name Raw": "Norway; Sweden",
        "Placename": "Larvik",
        "Country": "Norway",
        "GeoNames ID": "3148133",
        "Story People": "Nila Ost",
        "Story Locations": "Larvik;Sweden",
        "Language": "en",
        "Version": "1.0",
        "Source": "The Quay",
        "Publication Date": "2024-01-06",
        "Reported By": "Sweden",
        "Confidence": "0.8",
        "URL": "https://quay.example/1",
        "Sentence": "Minister Ost met them in Larvik.",
        "Event IRI": "https://sayso.example/document/wire#e1",
    }
    assert (other["Event ID"], other["Recipient Name"]) == (row["Event ID"], "Sweden")


def test_a_polecat_row_of_a_table_keeps_what_the_table_said(records: tuple[EventRecord, ...]) -> None:
    (row,) = [row for row in read(records) if row["Event ID"] == "700000001"]
    assert (row["Intensity"], row["Event Mode"], row["Contexts"]) == ("-9.5", "firearms", "legal;military")
    assert (row["Primary Actor Sector"], row["Recipient Name"], row["Confidence"]) == ("MIL", "POLICE", "")


def test_what_has_no_plover_type_is_left_out_of_polecat_and_counted(records: tuple[EventRecord, ...]) -> None:
    assert write_polecat(records, io.StringIO(), ",") == 1
    assert "700000002" not in {row["Event ID"] for row in read(records)}


def test_a_text_that_a_spreadsheet_would_run_has_an_apostrophe_and_a_number_has_none(records: tuple[EventRecord, ...]) -> None:
    assert ',"\'=insurers",' in write(records)
    assert ",-9.5," in write(records)


def test_a_table_with_tabs_has_the_very_text(records: tuple[EventRecord, ...]) -> None:
    stream = io.StringIO()
    write_polecat(records, stream, "\t")
    assert "\t=insurers\t" in stream.getvalue()


def test_the_same_with_tabs_has_one_line_a_row(records: tuple[EventRecord, ...]) -> None:
    lines = write(records, "\t").splitlines()
    assert lines[0].split("\t") == list(POLECAT_COLUMNS)
    assert {len(line.split("\t")) for line in lines} == {len(POLECAT_COLUMNS)}


def test_a_polecat_table_of_ours_is_read_back(records: tuple[EventRecord, ...]) -> None:
    lines = write(records, "\t").splitlines()
    table = find_table(lines[0])
    assert table is not None
    event = table.read_row(next(line for line in lines if "700000001" in line).split("\t"), 2)
    assert (event.type, event.date, event.mode, event.intensity) == ("ASSAULT", "2024-01-02", "firearms", -9.5)
    assert (event.actors[0].name, event.actors[0].country, event.contexts) == ("Norway", "NOR", ("legal", "military"))


def test_a_gdelt_row_of_a_table_is_read_back_as_it_came(records: tuple[EventRecord, ...]) -> None:
    (row,) = [row for row in read_gdelt(records) if row[0] == "700000001"]
    table = find_table("\t".join(row))
    assert table is not None
    assert table.layout == "gdelt-1.0"
    event = table.read_row(row, 1)
    assert (event.date, event.cameo, event.intensity, event.article_count) == ("2024-01-02", "193", -9.5, 4)
    assert (event.actors[0].code, event.actors[0].country, event.actors[0].sectors) == ("NORMIL", "NOR", ("MIL",))
    assert (event.place, event.url) == ("Larvik, Norway", "https://harbour.example/a")


def test_a_gdelt_row_leaves_empty_what_is_unknown(records: tuple[EventRecord, ...]) -> None:
    (row,) = [row for row in read_gdelt(records) if "=insurers" in row]
    assert {place: cell for place, cell in enumerate(row) if cell and place} == {
        2: "202401",
        3: "2024",
        6: "=insurers",
        29: "4",
        31: "1",
        32: "1",
        33: "1",
        57: "https://quay.example/1",
    }
    assert row[0].isdecimal()
    assert int(row[0]) < 1 << 63


def test_each_pair_of_a_gdelt_event_has_a_number_of_its_own(records: tuple[EventRecord, ...]) -> None:
    numbers = [row[0] for row in read_gdelt(records)]
    assert len(set(numbers)) == len(numbers) == 5


def test_a_name_alone_tells_the_layout_only_of_certain_files() -> None:
    assert [find_layout(name) for name in ("a/events.csv", "Events.TSV", "discourse.csv", "my-events.csv", "-")] == [
        "polecat",
        "polecat",
        "dna",
        None,
        None,
    ]
    with pytest.raises(ParameterInvalidError, match="no such layout"):
        find_layout("events.csv", "icews")


def test_an_ending_that_the_layout_is_not_written_in_is_refused(store: Reader, tmp_path: Path) -> None:
    with pytest.raises(ExportFormatError, match="csv or tsv"):
        run_table_export(store, str(tmp_path / "events.ttl"), "polecat")


def test_the_summary_names_what_is_left_out(store: Reader, tmp_path: Path) -> None:
    summary = run_table_export(store, str(tmp_path / "events.csv"), "polecat")
    assert summary.notes == ("left out, future events: 1", "left out, negated events: 1", "left out, without a PLOVER type: 1")
    assert (tmp_path / "events.csv").read_text("utf-8").count("\n") == 5
