"""GEXF files against the grammar of GEXF 1.3, and the grammar against what the specification allows and forbids."""

import io
from pathlib import Path

import pytest
from lxml import etree

from kg.export.gexf import write_gexf
from kg.export.network import VIEWS, read_network

HEAD = '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'


@pytest.fixture(scope="session")
def grammar():
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf-1.3.rng")))


def parse(network):
    stream = io.StringIO()
    write_gexf(network, stream)
    return etree.fromstring(stream.getvalue().encode("utf-8"))


def assert_valid(grammar, root):
    assert grammar.validate(root), grammar.error_log


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_valid(grammar, view, told):
    assert_valid(grammar, parse(read_network(told, view)))


def test_a_file_full_of_hostile_text_is_valid(grammar, hostile):
    assert_valid(grammar, parse(hostile))


def test_an_empty_network_is_valid(grammar, empty):
    assert_valid(grammar, parse(empty))


GOOD = {
    "the smallest graph": "<graph/>",
    "a description": '<meta lastmodifieddate="2031-03-20"><creator>A</creator><description>B</description></meta><graph/>',
    "two nodes and an edge": (
        '<graph mode="static" defaultedgetype="directed"><nodes><node id="0" label="a"/><node id="1"/></nodes>'
        '<edges><edge id="0" source="0" target="1" type="mutual" weight="2.5" kind="k"/></edges></graph>'
    ),
    "attributes with a default and options": (
        '<graph><attributes class="node"><attribute id="0" title="frog" type="boolean"><default>true</default>'
        '<options>true|false</options></attribute></attributes><nodes><node id="0"><attvalues>'
        '<attvalue for="0" value="false"/></attvalues></node></nodes></graph>'
    ),
    "spells": (
        '<graph mode="dynamic" timeformat="date" timerepresentation="interval"><nodes><node id="0"><spells>'
        '<spell start="2031-01-01" end="2031-01-15"/><spell start="2031-01-30"/></spells></node></nodes></graph>'
    ),
    "dynamic values": (
        '<graph mode="dynamic" timeformat="double"><attributes class="node" mode="dynamic">'
        '<attribute id="p" title="price" type="float"/></attributes><nodes><node id="0" start="1" end="4.5"><attvalues>'
        '<attvalue for="p" value="1" start="1" end="2"/><attvalue for="p" value="2" start="3"/>'
        "</attvalues></node></nodes></graph>"
    ),
    "timestamps": (
        '<graph mode="dynamic" timerepresentation="timestamp" timezone="UTC">'
        '<nodes><node id="0" timestamp="2031-01-01T10:00:00Z"/></nodes></graph>'
    ),
    "looks": (
        '<graph><nodes><node id="0"><viz:color r="239" g="173" b="66" a="0.6"/><viz:position x="15.8" y="-40.1" z="0.0"/>'
        '<viz:size value="2.0375757"/><viz:shape value="image" uri="http://a.example/x.png"/></node></nodes>'
        '<edges><edge source="0" target="0"><viz:color hex="#FF00AA"/><viz:thickness value="3"/><viz:shape value="dotted"/>'
        "</edge></edges></graph>"
    ),
}

BAD = {
    "another version": '<gexf xmlns="http://gexf.net/1.3" version="1.2"><graph/></gexf>',
    "another namespace": '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.3"><graph/></gexf>',
    "no graph": f"{HEAD}</gexf>",
    "an unknown time format": f'{HEAD}<graph timeformat="datetime"/></gexf>',
    "a node without an id": f'{HEAD}<graph><nodes><node label="a"/></nodes></graph></gexf>',
    "an edge without a target": f'{HEAD}<graph><edges><edge id="0" source="0"/></edges></graph></gexf>',
    "a weight in words": f'{HEAD}<graph><edges><edge source="0" target="1" weight="much"/></edges></graph></gexf>',
    "a float colour": f'{HEAD}<graph><nodes><node id="0"><viz:color r="0.5" g="0" b="0"/></node></nodes></graph></gexf>',
    "a colour above 255": f'{HEAD}<graph><nodes><node id="0"><viz:color r="256" g="0" b="0"/></node></nodes></graph></gexf>',
    "a colour of no namespace": f'{HEAD}<graph><nodes><node id="0"><color r="1" g="0" b="0"/></node></nodes></graph></gexf>',
    "a spell that is no date": f'{HEAD}<graph><nodes><node id="0" start="in May"/></nodes></graph></gexf>',
    "an interval and a timestamp": (
        f'{HEAD}<graph><nodes><node id="0" start="2031-01-01" timestamp="2031-01-01"/></nodes></graph></gexf>'
    ),
    "an attribute without a type": (
        f'{HEAD}<graph><attributes class="node"><attribute id="a" title="a"/></attributes></graph></gexf>'
    ),
    "attributes of nothing": f'{HEAD}<graph><attributes class="all"/></graph></gexf>',
    "a value without an attribute": (
        f'{HEAD}<graph><nodes><node id="0"><attvalues><attvalue value="1"/></attvalues></node></nodes></graph></gexf>'
    ),
    "a node of another shape": (f'{HEAD}<graph><nodes><node id="0"><viz:shape value="dotted"/></node></nodes></graph></gexf>'),
    "text between nodes": f'{HEAD}<graph><nodes>text<node id="0"/></nodes></graph></gexf>',
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD.keys())
def test_the_grammar_allows_what_the_specification_shows(grammar, body):
    assert_valid(grammar, etree.fromstring(f"{HEAD}{body}</gexf>"))


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_the_grammar_refuses_what_gephi_cannot_read(grammar, text):
    assert not grammar.validate(etree.fromstring(text))
