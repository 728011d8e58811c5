"""GEXF and GraphML, read back by networkx and checked against what Gephi's importers choke on."""

import io
import re
from datetime import date
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.network import VIEWS, read_network
from kg.export.text import replace_forbidden

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
A = "https://sayso.example/actor/"

both = pytest.mark.parametrize("write", [write_gexf, write_graphml])
every_view = pytest.mark.parametrize("view", VIEWS)


def write_bytes(write, network):
    stream = io.StringIO()
    write(network, stream)
    return stream.getvalue().encode("utf-8")


def read_xml(write, network):
    return ET.fromstring(write_bytes(write, network))  # noqa: S314 - our own output


def read_graph(write, network):
    read = nx.read_gexf if write is write_gexf else nx.read_graphml
    return read(io.BytesIO(write_bytes(write, network)))


@both
@every_view
def test_networkx_reads_back_every_node_and_edge(write, view, reader):
    network = read_network(reader, view)
    graph = read_graph(write, network)
    assert graph.is_directed()
    assert {(iri, data["label"]) for iri, data in graph.nodes(data=True)} == {(n.iri, n.label) for n in network.nodes}
    found = sorted((s, t, d["relation"], d["weight"], d["evidence"]) for s, t, d in graph.edges(data=True))
    assert found == [(e.source, e.target, e.kind, e.weight, " ".join(e.evidence)) for e in network.edges]


@both
def test_hostile_text_is_read_back_as_text(write, hostile, hostile_text):
    expected = replace_forbidden(hostile_text)
    graph = read_graph(write, hostile)
    assert (graph.nodes["x:a"]["label"], graph.nodes["x:a"]["wikidata"]) == (expected, expected)
    assert expected in [data.get("title") for _, _, data in graph.edges(data=True)]


@both
def test_hostile_text_adds_no_element(write, hostile):
    assert not [element for element in read_xml(write, hostile).iter() if element.tag.endswith("}script")]


@both
def test_parallel_edges_stay_apart_by_kind(write, hostile):
    graph = read_graph(write, hostile)
    assert sorted(data["relation"] for data in graph.get_edge_data("x:a", "x:b").values()) == ["AID", "CONSULT"]


@both
def test_an_empty_network_is_an_empty_graph(write, empty):
    graph = read_graph(write, empty)
    assert (len(graph), graph.size()) == (0, 0)


@both
@every_view
def test_edge_ids_are_unique(write, view, told):
    ids = [e.get("id") for e in read_xml(write, read_network(told, view)).iter() if e.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) > 0
    assert all(ids)


@both
def test_the_same_network_gives_the_same_bytes(write, reader):
    first, second = (write_bytes(write, read_network(reader)) for _ in range(2))
    assert first == second


@both
def test_no_weight_is_nought(write, reader):
    assert min(data["weight"] for _, _, data in read_graph(write, read_network(reader, "claims")).edges(data=True)) >= 1


@both
def test_colours_are_whole_numbers_in_range(write, reader):
    root = read_xml(write, read_network(reader))
    if write is write_gexf:
        colours = [colour.get(c) for colour in root.iter(f"{VIZ}color") for c in "rgb"]
    else:
        colours = [data.text for data in root.iter(f"{GRAPHML}data") if data.get("key") in {"node-r", "node-g", "node-b"}]
    assert colours
    assert all(re.fullmatch(r"\d{1,3}", colour) and int(colour) <= 255 for colour in colours)


def test_gexf_says_how_its_dates_are_to_be_read(reader):
    graph = read_xml(write_gexf, read_network(reader)).find(f"{GEXF}graph")
    assert graph.attrib == {
        "defaultedgetype": "directed",
        "mode": "dynamic",
        "timeformat": "date",
        "timerepresentation": "interval",
        "timezone": "UTC",
        "idtype": "string",
    }


@every_view
def test_gexf_spells_are_whole_dates_that_do_not_end_before_they_start(view, told):
    edges = list(read_xml(write_gexf, read_network(told, view)).iter(f"{GEXF}edge"))
    spells = [(date.fromisoformat(e.get("start")), date.fromisoformat(e.get("end"))) for e in edges if e.get("start")]
    assert spells
    assert all(start <= end for start, end in spells)
    assert all(e.get("timestamp") is None for e in edges)


def test_a_gexf_edge_without_a_date_has_no_spell(reader):
    (edge,) = (e for e in read_xml(write_gexf, read_network(reader)).iter(f"{GEXF}edge") if e.get("kind") == "AID")
    assert edge.get("start") is None
    assert edge.get("end") is None


def test_a_gexf_edge_carries_kind_label_weight_and_iso_dates(reader):
    edges = read_xml(write_gexf, read_network(reader)).iter(f"{GEXF}edge")
    edge = next(e for e in edges if (e.get("source"), e.get("target")) == (A + "noor", A + "ostia"))
    assert (edge.get("kind"), edge.get("label"), edge.get("weight")) == ("speaks-of", "speaks-of", "2.0")
    values = {value.get("for"): value.get("value") for value in edge.iter(f"{GEXF}attvalue")}
    assert (values["relation"], values["first_seen"], values["last_seen"]) == ("speaks-of", "2025-03-01", "2025-03-08")


@every_view
def test_gexf_has_one_block_of_attributes_a_class_with_ids_equal_to_titles_and_plain_types(view, reader):
    blocks = list(read_xml(write_gexf, read_network(reader, view)).iter(f"{GEXF}attributes"))
    assert [block.get("class") for block in blocks] == ["node", "edge"]
    for attribute in (a for block in blocks for a in block):
        assert attribute.get("id") == attribute.get("title")
        assert attribute.get("type") in {"string", "integer", "double"}


@every_view
def test_every_gexf_value_has_a_declared_attribute(view, reader):
    root = read_xml(write_gexf, read_network(reader, view))
    for of in ("node", "edge"):
        declared = {a.get("id") for block in root.iter(f"{GEXF}attributes") if block.get("class") == of for a in block}
        used = {value.get("for") for element in root.iter(GEXF + of) for value in element.iter(f"{GEXF}attvalue")}
        assert used <= declared


@every_view
def test_every_gexf_node_has_a_label_a_place_a_size_and_a_colour(view, reader):
    for node in read_xml(write_gexf, read_network(reader, view)).iter(f"{GEXF}node"):
        assert node.get("label")
        assert {child.tag for child in node} >= {f"{VIZ}color", f"{VIZ}position", f"{VIZ}size"}


@every_view
def test_every_graphml_key_belongs_to_one_class_and_holds_one_type(view, reader):
    root = read_xml(write_graphml, read_network(reader, view))
    keys = {key.get("id"): key for key in root.iter(f"{GRAPHML}key")}
    assert len(keys) == len(list(root.iter(f"{GRAPHML}key")))
    readers = {"string": str, "double": float, "int": int}
    for element in (*root.iter(f"{GRAPHML}node"), *root.iter(f"{GRAPHML}edge")):
        for data in element:
            key = keys[data.get("key")]
            assert element.tag == GRAPHML + key.get("for")
            readers[key.get("attr.type")](data.text)


def test_a_graphml_edge_has_its_kind_as_a_plain_label(reader):
    labels = {edge.get("label") for edge in read_xml(write_graphml, read_network(reader)).iter(f"{GRAPHML}edge")}
    assert labels == {"AID", "CONSULT", "role", "speaks-of"}
