import csv
import io
import os
import re
from pathlib import Path

import pyoxigraph
import pytest

from kg.analyse.relations import Filters
from kg.errors import ExportFormatError, OutputUnwritableError, ParameterInvalidError
from kg.export.formats import NETWORK_FORMATS, PAGE_FORMATS, RDF_FORMATS, find_format, name_nodes_file, run_export
from kg.export.output import open_text_output
from kg.export.tables import write_edges_csv, write_nodes_csv
from kg.export.text import to_cell, to_xml


def read_csv(write, network):
    stream = io.StringIO(newline="")
    write(network, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline=""))), stream.getvalue()


def read_table(path):
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_ending_names_the_format_in_any_case():
    assert find_format("Out.GEXF") == "gexf"


def test_a_format_that_is_given_overrides_the_ending():
    assert find_format("out.txt", "graphml") == "graphml"


@pytest.mark.parametrize("output", ["out.pdf", "out", "-"])
def test_an_unknown_ending_is_refused_with_the_known_ones_listed(output):
    with pytest.raises(ExportFormatError, match="ttl, trig, nt, nq, jsonld, rdf, gexf, graphml, csv, html"):
        find_format(output)


def test_csv_writes_edges_to_the_file_and_nodes_beside_it(reader, tmp_path):
    summary = run_export(reader, str(tmp_path / "x.csv"), view="roles")
    assert summary.paths == (str(tmp_path / "x.csv"), str(tmp_path / "x-nodes.csv"))
    (edge,) = read_table(tmp_path / "x.csv")
    assert (edge["source_label"], edge["kind"], edge["target_label"], edge["title"]) == (
        "Anna Noor",
        "role",
        "Harbour League",
        "secretary",
    )
    assert edge["evidence"] == "https://sayso.example/document/one#r1"
    assert [row["label"] for row in read_table(tmp_path / "x-nodes.csv")] == ["Harbour League", "Anna Noor"]


def test_the_nodes_file_keeps_folder_and_further_dots():
    assert name_nodes_file("a.b/c.d.csv") == str(Path("a.b") / "c.d-nodes.csv")


def test_csv_on_standard_output_says_that_nodes_are_left_out(reader):
    stdout = io.BytesIO()
    summary = run_export(reader, "-", file_format="csv", view="roles", stdout=stdout)
    assert len(stdout.getvalue().splitlines()) == 2
    assert "the table of nodes is left out; name a file to have both" in summary.notes


def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(hostile):
    rows, _ = read_csv(write_nodes_csv, hostile)
    assert [row["label"] for row in rows][1] == "'=1+1"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_every_beginning_of_a_formula_is_guarded(text):
    assert to_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "'quoted'", "“quoted”", "1-2"])
def test_other_cells_stay_as_they_are(text):
    assert to_cell(text) == text


def test_hostile_text_stays_in_its_cell(hostile, hostile_text):
    rows, text = read_csv(write_edges_csv, hostile)
    assert len(rows) == 2
    assert rows[0]["source_label"] == to_cell(hostile_text)
    assert "\x00" not in text


def test_lines_of_csv_end_as_rfc_4180_says(empty):
    _, text = read_csv(write_edges_csv, empty)
    assert text.endswith("evidence\r\n")


def test_the_summary_tells_what_was_summed_left_out_and_guarded(tmp_path, load):
    store = load(
        b"""
        PREFIX kg: <https://sayso.example/ontology#>
        PREFIX org: <http://www.w3.org/ns/org#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        <x:actors> { <x:a> a kg:Person ; skos:prefLabel "=SUM(A1)\\u0007" . <x:b> a kg:State ; skos:prefLabel "B" }
        <x:d> { <x:r1> a kg:Role ; org:member <x:a> ; org:organization <x:b> ; kg:confidence 0.9 .
                <x:r2> a kg:Role ; org:member <x:a> ; org:organization <x:b> ; kg:confidence 0.9 .
                <x:r3> a kg:Role ; org:member <x:a> ; org:organization <x:b> ; kg:confidence 0.1 }
        """
    )
    summary = run_export(store, str(tmp_path / "x.csv"), filters=Filters(min_confidence=0.5))
    assert summary.notes == (
        "2 claims, events and roles are summed in 1 edges",
        "left out, below the confidence asked for: 1",
        "1 control characters are replaced by U+FFFD",
        "1 texts that a spreadsheet would run as formulas begin with ' now",
    )


@pytest.mark.parametrize("name", [*RDF_FORMATS, *NETWORK_FORMATS, *PAGE_FORMATS])
def test_the_same_quads_in_another_order_give_the_same_bytes(name, reader, backwards):
    outputs = []
    for store in (reader, backwards):
        stdout = io.BytesIO()
        run_export(store, "-", file_format=name, stdout=stdout)
        outputs.append(stdout.getvalue())
    assert outputs[0] == outputs[1]
    assert b"Anna Noor" in outputs[0]


def test_a_page_has_no_views(reader, tmp_path):
    with pytest.raises(ParameterInvalidError, match="html has no views"):
        run_export(reader, str(tmp_path / "x.html"), view="roles")
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_not_filtered_by_kind(reader, tmp_path):
    with pytest.raises(ParameterInvalidError, match="not filtered by kind"):
        run_export(reader, str(tmp_path / "x.html"), filters=Filters(kinds=frozenset({"AID"})))


def test_a_missing_folder_is_one_clear_error(reader, tmp_path):
    path = str(tmp_path / "missing" / "x.gexf")
    with pytest.raises(OutputUnwritableError, match=r"x\.gexf.*No such file or directory"):
        run_export(reader, path)


def test_a_folder_is_not_written_over(reader, tmp_path):
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(OutputUnwritableError, match="it is a folder"):
        run_export(reader, str(tmp_path / "x.csv"))


def test_a_file_is_as_it_was_when_writing_fails(tmp_path):
    path = tmp_path / "x.gexf"
    path.write_text("before")

    def write_half():
        with open_text_output(str(path)) as stream:
            stream.write("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_neither_table_is_written_when_the_second_cannot_be(reader, tmp_path):
    (tmp_path / "x-nodes.csv").mkdir()
    with pytest.raises(OutputUnwritableError, match=r"x-nodes\.csv"):
        run_export(reader, str(tmp_path / "x.csv"))
    assert not (tmp_path / "x.csv").exists()


def test_a_link_stays_a_link_to_the_new_file(tmp_path):
    (tmp_path / "real.gexf").write_text("before")
    link = tmp_path / "link.gexf"
    link.symlink_to("real.gexf")
    with open_text_output(str(link)) as stream:
        stream.write("after")
    assert link.is_symlink()
    assert (tmp_path / "real.gexf").read_text() == "after"


def test_a_device_is_written_to_and_not_replaced():
    with open_text_output(os.devnull) as stream:
        stream.write("gone")
    assert Path(os.devnull).is_char_device()


def test_an_xml_text_keeps_its_line_ends_as_references():
    assert to_xml("a\tb\r\nc") == "a&#9;b&#13;&#10;c"


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_rdf_holds_every_triple_of_the_store(name, reader, tmp_path):
    path = tmp_path / f"x.{name}"
    summary = run_export(reader, str(path))
    assert (summary.paths, summary.format, summary.view, summary.notes) == ((str(path),), name, "", ())
    found = {quad.triple for quad in pyoxigraph.parse(path=str(path), format=RDF_FORMATS[name])}
    assert found == {quad.triple for quad in reader.inner}


def test_rdf_has_no_views_and_no_filters(reader, tmp_path):
    with pytest.raises(ParameterInvalidError, match="ttl has no views"):
        run_export(reader, str(tmp_path / "x.ttl"), view="roles")
    with pytest.raises(ParameterInvalidError, match="holds the whole store"):
        run_export(reader, str(tmp_path / "x.ttl"), filters=Filters(min_confidence=0.5))


def test_an_rdf_file_in_a_missing_folder_is_one_clear_error(reader, tmp_path):
    with pytest.raises(OutputUnwritableError, match=r"x\.ttl.*No such file or directory"):
        run_export(reader, str(tmp_path / "missing" / "x.ttl"))


def test_characters_that_rdf_xml_cannot_hold_are_counted(load, tmp_path):
    store = load(b'<x:g> { <x:s> <x:p#p> "bell \\u0007" }')
    assert run_export(store, str(tmp_path / "x.rdf")).notes == ("1 control characters are replaced by U+FFFD",)


def test_edges_that_the_timeline_cannot_place_are_counted_for_gexf_alone(reader, tmp_path):
    undated = "1 edges have no date: the timeline shows them at any time"
    assert undated in run_export(reader, str(tmp_path / "x.gexf")).notes
    assert undated not in run_export(reader, str(tmp_path / "x.graphml")).notes


def test_the_claims_that_a_view_cannot_show_are_counted(reader, tmp_path):
    notes = run_export(reader, str(tmp_path / "x.graphml"), view="discourse").notes
    assert any(re.fullmatch(r"left out, claims without a known speaker and a frame: [1-9]\d*", note) for note in notes)


def test_an_edge_of_very_many_claims_tells_that_its_evidence_is_cut(load, tmp_path):
    roles = "".join(
        f"<x:r{n}> a kg:Role ; org:member <x:a> ; org:organization <x:b> ; kg:confidence 0.9 . " for n in range(1_001)
    )
    store = load(
        f"""
        PREFIX kg: <https://sayso.example/ontology#>
        PREFIX org: <http://www.w3.org/ns/org#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        <x:actors> {{ <x:a> a kg:Person ; skos:prefLabel "A" . <x:b> a kg:State ; skos:prefLabel "B" }}
        <x:d> {{ {roles} }}
        """.encode()
    )
    told = "1 edges list the first 1000 of their claims as evidence; their weights count all"
    assert told in run_export(store, str(tmp_path / "x.gexf"), view="roles").notes
    assert told not in run_export(store, str(tmp_path / "x.csv"), view="roles").notes
