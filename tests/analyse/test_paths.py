import pytest

from kg.analyse.paths import find_paths
from kg.analyse.projections import Projection, read_projection
from kg.analyse.relations import Node, Relation
from kg.errors import ParameterInvalidError

A = "https://sayso.example/actor/"


def project(*pairs):
    relations = tuple(sorted(Relation(s, t, "speaks-of", f"claim:{s}{t}", 0.9) for s, t in pairs))
    return Projection(("speaks-of",), {iri: Node(iri, iri, "Person") for pair in sorted(pairs) for iri in pair}, relations)


def list_nodes(result):
    return [[path[0].begin.iri, *(hop.end.iri for hop in path)] for path in result.paths]


def test_a_path_leads_over_the_fewest_hops():
    result = find_paths(project(("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")), "a", "c")
    assert list_nodes(result) == [["a", "b", "c"], ["a", "d", "c"]]


def test_every_hop_lists_its_edges_with_kind_weight_and_evidence(reader):
    (path,) = find_paths(read_projection(reader, ["speaks-of", "roles"]), A + "league", A + "ostia").paths
    assert [(hop.begin.label, hop.end.label) for hop in path] == [("Harbour League", "Anna Noor"), ("Anna Noor", "Ostia")]
    (edge,) = path[1].edges
    assert (edge.kind, edge.weight) == ("speaks-of", 2)
    assert edge.evidence == ("https://sayso.example/document/one#a1", "https://sayso.example/document/two#a1")


def test_an_edge_against_the_step_keeps_its_own_direction(reader):
    (path,) = find_paths(read_projection(reader, ["roles"]), A + "league", A + "noor").paths
    assert (path[0].edges[0].source, path[0].edges[0].target) == (A + "noor", A + "league")


def test_a_hop_lists_both_directions_and_all_kinds(reader):
    (path,) = find_paths(read_projection(reader, ["speaks-of", "events"]), A + "noor", A + "veld").paths
    assert [(edge.source.removeprefix(A), edge.kind) for edge in path[0].edges] == [("noor", "speaks-of"), ("veld", "CONSULT")]


def test_a_directed_path_follows_the_arrows_only():
    projection = project(("a", "b"), ("c", "b"))
    assert not find_paths(projection, "a", "c", directed=True).is_found
    assert find_paths(projection, "a", "c").is_found


def test_a_hop_of_a_directed_path_leaves_out_edges_against_it():
    (path,) = find_paths(project(("a", "b"), ("b", "a")), "a", "b", directed=True).paths
    assert [edge.source for edge in path[0].edges] == ["a"]


def test_actors_in_different_parts_have_no_path():
    result = find_paths(project(("a", "b"), ("c", "d")), "a", "d")
    assert (result.is_found, result.paths) == (False, ())


def test_an_actor_without_ties_has_no_path():
    assert not find_paths(project(("a", "b")), "a", "nobody").is_found


def test_an_actor_reaches_itself_without_a_hop():
    result = find_paths(project(("a", "b"), ("a", "a")), "a", "a")
    assert (result.is_found, result.paths) == (True, ((),))


def test_more_paths_than_asked_for_are_cut_and_it_says_so():
    projection = project(*((x, y) for m in "mno" for x, y in (("a", m), (m, "z"))))
    assert [find_paths(projection, "a", "z", limit=n).is_cut for n in (2, 3)] == [True, False]
    assert list_nodes(find_paths(projection, "a", "z", limit=2)) == [["a", "m", "z"], ["a", "n", "z"]]


def test_a_limit_of_nought_is_refused():
    with pytest.raises(ParameterInvalidError, match="1 or more"):
        find_paths(project(("a", "b")), "a", "b", limit=0)
