"""What graph programs drop or stumble over does not reach a file: each case once, and what becomes of it."""

import io
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from kg.analyse.relations import Edge
from kg.export.columns import LABEL_LENGTH
from kg.export.gexf import to_spell, write_gexf
from kg.export.graphml import write_graphml
from kg.export.network import Network, NetworkNode, read_network
from kg.export.settle import settle

GEXF = "{http://gexf.net/1.3}"
A = NetworkNode("x:a", "A", "Person")
B = NetworkNode("x:b", "B", "State")

both = pytest.mark.parametrize("write", [write_gexf, write_graphml])


def make_edge(kind="AID", *, weight=1, first="", last="", evidence=("x:e1",), source="x:a", target="x:b", details=()):
    return Edge(source, target, kind, weight, 0.5, evidence, first, last, details)


def write_text(write, settled):
    stream = io.StringIO()
    write(Network("events", settled.nodes, settled.edges, len(settled.edges)), stream)
    return stream.getvalue()


def read_gexf_elements(settled, tag):
    return list(ET.fromstring(write_text(write_gexf, settled)).iter(GEXF + tag))  # noqa: S314 - our own output


def test_an_edge_of_no_weight_is_left_out_and_counted():
    settled = settle([A, B], [make_edge(weight=0), make_edge("CONSULT")])
    assert [edge.kind for edge in settled.edges] == ["CONSULT"]
    assert settled.left_out == (("edges of no weight", 1),)


def test_edges_of_one_pair_and_kind_become_one_that_sums_them():
    settled = settle(
        [A, B],
        [
            make_edge(weight=2, first="2031-03-05", last="2031-03-09", evidence=("x:e3", "x:e1")),
            make_edge(weight=1, first="2031-03-01", last="2031-03-02", evidence=("x:e2",), details=(("frame", "threat"),)),
        ],
    )
    (edge,) = settled.edges
    assert (edge.weight, edge.evidence) == (3, ("x:e1", "x:e2", "x:e3"))
    assert edge.details == (("frame", "threat"),)
    assert (edge.first_seen, edge.last_seen) == ("2031-03-01", "2031-03-09")


def test_edges_of_one_pair_and_several_kinds_stay_apart():
    assert [edge.kind for edge in settle([A, B], [make_edge("CONSULT"), make_edge("AID")]).edges] == ["AID", "CONSULT"]


def test_edges_of_both_directions_stay_apart():
    settled = settle([A, B], [make_edge(), make_edge(source="x:b", target="x:a")])
    assert [(edge.source, edge.target) for edge in settled.edges] == [("x:a", "x:b"), ("x:b", "x:a")]


@pytest.mark.parametrize(
    ("first", "last"), [("2031-03-09", "2031-03-01"), ("in May", "2031-03-01"), ("2031-03-01", "2031-02-30"), ("2031", "2032")]
)
def test_days_that_are_none_or_in_the_wrong_order_make_no_spell_and_are_counted(first, last):
    settled = settle([A, B], [make_edge(first=first, last=last)])
    (edge,) = read_gexf_elements(settled, "edge")
    assert (edge.get("start"), edge.get("end")) == (None, None)
    assert settled.left_out == (("days that are none, or in the wrong order", 1),)


def test_spells_of_merged_edges_do_not_overlap_because_there_is_one():
    days = [("2031-03-01", "2031-03-05"), ("2031-03-04", "2031-03-09")]
    (edge,) = read_gexf_elements(settle([A, B], [make_edge(first=first, last=last) for first, last in days]), "edge")
    assert (edge.get("start"), edge.get("end")) == ("2031-03-01", "2031-03-10")
    assert read_gexf_elements(settle([A, B], [make_edge(first=f, last=t) for f, t in days]), "spell") == []


def test_a_spell_of_one_day_lasts_a_day():
    start, end = map(date.fromisoformat, to_spell("2031-02-28", "2031-02-28"))
    assert end - start == timedelta(days=1)


def test_a_spell_until_the_last_day_of_the_calendar_ends_on_it():
    assert to_spell("0001-01-01", "9999-12-31") == ("0001-01-01", "9999-12-31")


def test_a_node_is_there_from_the_first_to_the_last_day_of_its_edges():
    settled = settle(
        [A, B],
        [
            make_edge("AID", first="2031-03-05", last="2031-03-09"),
            make_edge("CONSULT", first="2031-03-01", last="2031-03-01"),
            make_edge("ASSAULT"),
        ],
    )
    assert {(node.first_seen, node.last_seen) for node in settled.nodes} == {("2031-03-01", "2031-03-09")}
    assert {(n.get("start"), n.get("end")) for n in read_gexf_elements(settled, "node")} == {("2031-03-01", "2031-03-10")}


def test_a_node_without_any_date_has_no_spell():
    for node in read_gexf_elements(settle([A, B], [make_edge()]), "node"):
        assert (node.get("start"), node.get("end"), node.get("timestamp")) == (None, None, None)


def test_a_node_counts_what_its_edges_sum_and_a_loop_once():
    settled = settle([A, B], [make_edge(weight=3), make_edge("CONSULT", weight=2, target="x:a")])
    assert {node.iri: node.relation_count for node in settled.nodes} == {"x:a": 5, "x:b": 3}


def test_an_end_without_a_node_becomes_one():
    settled = settle([A], [make_edge()])
    assert [(node.iri, node.label, node.type) for node in settled.nodes] == [("x:a", "A", "Person"), ("x:b", "x:b", "Actor")]


def test_of_two_nodes_of_one_iri_the_first_is_kept():
    assert [node.label for node in settle([A, A._replace(label="Z")], []).nodes] == ["A"]


def test_a_node_without_a_label_has_its_iri_for_one():
    assert settle([A._replace(label="")], []).nodes[0].label == "x:a"


def test_what_was_left_out_before_is_counted_on():
    settled = settle([A, B], [make_edge(weight=0)], [("edges of no weight", 2), ("negated events", 0)])
    assert settled.left_out == (("edges of no weight", 3),)


@both
def test_edge_ids_differ_whatever_the_edges(write):
    text = write_text(write, settle([A, B], [make_edge(), make_edge(), make_edge("CONSULT"), make_edge(source="x:b")]))
    ids = [e.get("id") for e in ET.fromstring(text).iter() if e.tag.endswith("}edge")]  # noqa: S314 - our own output
    assert len(ids) == len(set(ids)) == 3


@both
def test_no_edge_says_how_it_is_directed_but_by_the_default(write):
    text = write_text(write, settle([A, B], [make_edge(), make_edge(source="x:b", target="x:a")]))
    edges = [e for e in ET.fromstring(text).iter() if e.tag.endswith("}edge")]  # noqa: S314 - our own output
    assert all(edge.get("type") is None and edge.get("directed") is None for edge in edges)
    assert 'defaultedgetype="directed"' in text or 'edgedefault="directed"' in text


@both
def test_what_is_not_known_has_no_value_rather_than_an_empty_one(write):
    text = write_text(write, settle([A, B], [make_edge(evidence=(), details=(("title", ""),))]))
    root = ET.fromstring(text)  # noqa: S314 - our own output
    values = [e.get("value", e.text) for e in root.iter() if e.tag.endswith(("}attvalue", "}data"))]
    assert values
    assert all(values)


@both
def test_several_values_of_one_name_are_one_text(write):
    text = write_text(write, settle([A, B], [make_edge(details=(("frame", "threat"), ("frame", "stalling")))]))
    read = nx.read_gexf if write is write_gexf else nx.read_graphml
    ((_, _, data),) = read(io.BytesIO(text.encode())).edges(data=True)
    assert data["frame"] == "stalling; threat"


@both
def test_dates_are_strings_and_counts_whole_numbers(write):
    text = write_text(write, settle([A, B], [make_edge(weight=3, first="2031-03-01", last="2031-03-09")]))
    read = nx.read_gexf if write is write_gexf else nx.read_graphml
    ((_, _, data),) = read(io.BytesIO(text.encode())).edges(data=True)
    assert (data["first_seen"], data["last_seen"], data["count"]) == ("2031-03-01", "2031-03-09", 3)


@both
def test_a_number_and_a_word_of_one_name_are_both_text(write):
    nodes = [A._replace(details=(("iso2", "1"),)), B._replace(details=(("iso2", "no"),))]
    read = nx.read_gexf if write is write_gexf else nx.read_graphml
    graph = read(io.BytesIO(write_text(write, settle(nodes, [make_edge()])).encode()))
    assert [graph.nodes[iri]["iso2"] for iri in ("x:a", "x:b")] == ["1", "no"]


def test_no_graphml_key_is_for_all():
    root = ET.fromstring(write_text(write_graphml, settle([A, B], [make_edge()])))  # noqa: S314 - our own output
    assert {key.get("for") for key in root.iter() if key.tag.endswith("}key")} == {"node", "edge"}


@both
def test_a_name_of_100_kilobytes_has_a_short_label_and_all_its_characters(write):
    name = "Ż\u200f" * 25_000 + "<&>"
    read = nx.read_gexf if write is write_gexf else nx.read_graphml
    graph = read(io.BytesIO(write_text(write, settle([A._replace(label=name), B], [make_edge()])).encode()))
    assert len(graph.nodes["x:a"]["label"]) == LABEL_LENGTH
    assert graph.nodes["x:a"]["name"] == name


@both
@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_replaced(write, character):
    text = write_text(write, settle([A._replace(label=f"a{character}b"), B], [make_edge()]))
    assert "a\ufffdb" in text
    ET.fromstring(text.encode("utf-8"))  # noqa: S314 - our own output


@both
@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\x85", "\u2028", "\U0001f600", "\ufdd0"])
def test_any_other_character_stays(write, character):
    read = nx.read_gexf if write is write_gexf else nx.read_graphml
    text = write_text(write, settle([A._replace(label=f"a{character}b"), B], [make_edge()]))
    assert read(io.BytesIO(text.encode())).nodes["x:a"]["label"] == f"a{character}b"


def test_people_bear_their_posts_in_every_view(reader):
    for view in ("actors", "roles", "claims"):
        (node,) = (node for node in read_network(reader, view).nodes if node.label == "Anna Noor")
        assert dict(node.details)["posts"] == "secretary (Harbour League)"


def test_the_claims_view_has_the_posts_as_edges(reader):
    (edge,) = (edge for edge in read_network(reader, "claims").edges if edge.kind == "role")
    assert dict(edge.details)["title"] == "secretary"


def test_what_has_no_place_in_a_view_is_counted(reader):
    left_out = dict(read_network(reader, "actors").left_out)
    claims = sum(node.type == "Claim" for node in read_network(reader, "claims").nodes)
    evidence = {iri for edge in read_network(reader, "actors").edges for iri in edge.evidence}
    assert left_out["claims without a known speaker who says something about a known actor"] == claims - len(evidence)


def test_neutral_stances_are_counted(stances):
    assert dict(read_network(stances, "stances").left_out) == {"neutral stances": 1}
