import os
import subprocess
import sys

import networkx as nx
import pytest

from kg.analyse import measures
from kg.analyse.measures import MEASURES, find_communities, find_components, measure_centrality
from kg.analyse.projections import read_projection, to_digraph
from kg.errors import MeasureUnsettledError, ParameterInvalidError


def build(*edges, nodes=()):
    graph = nx.DiGraph()
    for name in nodes:
        graph.add_node(name, label=name)
    for source, target, weight in edges:
        graph.add_edge(source, target, weight=weight)
    return graph


def list_scores(graph, measure):
    return [(s.node.iri, s.score) for s in measure_centrality(graph, measure).scores]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("degree", [("b", 2), ("a", 1), ("c", 1)]),
        ("in-degree", [("b", 1), ("c", 1), ("a", 0)]),
        ("out-degree", [("a", 1), ("b", 1), ("c", 0)]),
        ("weighted-degree", [("b", 5), ("a", 3), ("c", 2)]),
        ("weighted-in-degree", [("b", 3), ("c", 2), ("a", 0)]),
        ("weighted-out-degree", [("a", 3), ("b", 2), ("c", 0)]),
        ("betweenness", [("b", 0.5), ("a", 0), ("c", 0)]),
    ],
)
def test_a_chain_of_three_has_the_scores_that_one_counts_by_hand(measure, expected):
    assert list_scores(build(("a", "b", 3), ("b", "c", 2)), measure) == expected


def test_pagerank_of_a_ring_is_even_and_ties_go_by_label():
    assert list_scores(build(("c", "a", 1), ("a", "b", 1), ("b", "c", 1)), "pagerank") == [
        ("a", pytest.approx(1 / 3)),
        ("b", pytest.approx(1 / 3)),
        ("c", pytest.approx(1 / 3)),
    ]


def test_pagerank_follows_the_weights():
    scores = dict(list_scores(build(("a", "b", 9), ("a", "c", 1), ("b", "a", 1), ("c", "a", 1)), "pagerank"))
    assert scores["a"] > scores["b"] > scores["c"]


def test_ties_are_broken_by_label_and_not_by_iri():
    graph = nx.DiGraph()
    graph.add_node("x:1", label="Zed")
    graph.add_node("x:2", label="Abe")
    assert [s.node.label for s in measure_centrality(graph, "degree").scores] == ["Abe", "Zed"]


@pytest.mark.parametrize("measure", MEASURES)
def test_an_empty_graph_has_no_scores(measure):
    assert measure_centrality(nx.DiGraph(), measure).scores == ()


@pytest.mark.parametrize("measure", MEASURES)
def test_a_single_node_has_one_score(measure):
    ((name, score),) = list_scores(build(nodes=["a"]), measure)
    assert (name, score) == ("a", 1.0 if measure == "pagerank" else 0.0)


@pytest.mark.parametrize("measure", MEASURES)
def test_who_speaks_of_himself_is_measured_like_others(measure):
    scores = dict(list_scores(build(("a", "a", 2), ("b", "a", 1)), measure))
    assert set(scores) == {"a", "b"}
    if measure == "weighted-degree":
        assert scores == {"a": 5.0, "b": 1.0}


def test_an_unknown_measure_is_refused_with_the_known_ones_listed():
    with pytest.raises(ParameterInvalidError, match=r"'fame'.*pagerank"):
        measure_centrality(nx.DiGraph(), "fame")


def test_pagerank_that_does_not_settle_is_one_clear_error(monkeypatch):
    def fail(_graph, **_options):
        raise nx.PowerIterationFailedConvergence(100)

    monkeypatch.setattr(nx, "pagerank", fail)
    with pytest.raises(MeasureUnsettledError, match="does not settle on 2 nodes"):
        measure_centrality(build(("a", "b", 1)), "pagerank")


def test_betweenness_of_a_large_graph_says_that_it_is_an_estimate(monkeypatch):
    monkeypatch.setattr(measures, "_PIVOTS", 10)
    graph = build(*((str(n), str(n + 1), 1) for n in range(30)))
    first, second = (measure_centrality(graph, "betweenness") for _ in range(2))
    assert first.is_estimate
    assert first == second
    assert not measure_centrality(build(("a", "b", 1)), "betweenness").is_estimate


def test_components_ignore_direction_and_come_largest_first():
    graph = build(("d", "e", 1), ("a", "b", 1), ("c", "b", 1), nodes=["z"])
    assert [[n.iri for n in part.members] for part in find_components(graph)] == [["a", "b", "c"], ["d", "e"], ["z"]]


def test_two_cliques_with_one_bridge_are_two_communities():
    cliques = [(a, b, 5) for group in ("abcd", "wxyz") for a in group for b in group if a < b]
    found = find_communities(build(*cliques, ("d", "w", 1)))
    assert [[n.iri for n in c.members] for c in found.communities] == [list("abcd"), list("wxyz")]
    assert found.modularity == pytest.approx(60 / 61 - 0.5)


def test_both_directions_of_a_tie_count_for_a_community():
    graph = build(("a", "b", 3), ("b", "a", 3), ("c", "d", 3), ("d", "c", 3), ("b", "c", 1))
    assert [[n.iri for n in c.members] for c in find_communities(graph).communities] == [["a", "b"], ["c", "d"]]


def test_nodes_without_edges_are_communities_of_their_own():
    found = find_communities(build(nodes=["b", "a"]))
    assert [[n.iri for n in c.members] for c in found.communities] == [["a"], ["b"]]
    assert found.modularity == 0.0


def test_an_empty_graph_has_no_communities_and_no_components():
    assert find_communities(nx.DiGraph()).communities == ()
    assert find_components(nx.DiGraph()) == ()


def test_a_resolution_of_nought_is_refused():
    with pytest.raises(ParameterInvalidError, match="more than 0"):
        find_communities(build(("a", "b", 1)), resolution=0)


def test_communities_do_not_depend_on_the_order_in_which_edges_were_added():
    edges = [(str(a), str(b), 1) for a, b in nx.gnm_random_graph(40, 90, seed=3).edges]
    backwards = edges[::-1]
    assert find_communities(build(*edges)) == find_communities(build(*backwards))


def test_communities_do_not_depend_on_the_hash_seed():
    program = (
        "import networkx as nx\n"
        "from kg.analyse.measures import find_communities\n"
        "graph = nx.DiGraph((f'n{a}', f'n{b}') for a, b in nx.gnm_random_graph(40, 90, seed=3).edges)\n"
        "print([[n.iri for n in c.members] for c in find_communities(graph).communities])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert "n0" in outputs.pop()


def test_the_one_who_speaks_most_of_others_has_the_highest_weighted_out_degree(reader):
    best = measure_centrality(to_digraph(read_projection(reader, ["speaks-of"])), "weighted-out-degree").scores[0]
    assert (best.node.label, best.score) == ("Anna Noor", 4.0)
