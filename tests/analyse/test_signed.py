from datetime import date

import networkx as nx
import pyoxigraph
import pytest

from kg.analyse.projections import Projection, read_projection
from kg.analyse.relations import Filters, Node, Relation
from kg.analyse.signed import CRITICAL, SUPPORTIVE, measure_balance, sum_stances, to_signed_graph

_GRAPH = """
@prefix kg: <https://sayso.example/ontology#> . @prefix doc: <https://sayso.example/document/> .
@prefix actor: <https://sayso.example/actor/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stance: <https://sayso.example/scheme/stance/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
GRAPH doc:one {
  doc:s1 a kg:Stance ; kg:holder actor:noor ; kg:towards actor:ostia ; kg:stance stance:critical ; kg:withinClaim doc:a1 ;
    kg:confidence 0.9 ; kg:published "2031-03-01"^^xsd:date .
  doc:s2 a kg:Stance ; kg:holder actor:noor ; kg:towards actor:veld ; kg:stance stance:supportive ; kg:withinClaim doc:a1 ;
    kg:confidence 0.8 ; kg:published "2031-03-01"^^xsd:date .
  doc:s3 a kg:Stance ; kg:holder actor:veld ; kg:towards actor:ostia ; kg:stance stance:neutral ; kg:withinClaim doc:a2 ;
    kg:confidence 0.7 .
}
GRAPH <https://sayso.example/graph/actors> {
  actor:noor skos:prefLabel "Anna Noor" ; a kg:Person . actor:veld skos:prefLabel "Bram Veld" ; a kg:Person .
  actor:ostia skos:prefLabel "Ostia" ; a kg:State .
}
GRAPH <https://sayso.example/graph/ontology> {
  stance:critical skos:notation "critical" . stance:neutral skos:notation "neutral" .
  stance:supportive skos:notation "supportive" .
}
"""


def stand(  # noqa: PLR0917 - reads as a sentence
    source: str, sign: int, target: str, confidence: float = 1.0, claim: str = "", day: str = ""
) -> Relation:
    kind = SUPPORTIVE if sign > 0 else CRITICAL
    return Relation(source, target, kind, claim or f"{source}-{target}", confidence, day)


def project(*relations: Relation) -> Projection:
    ends = sorted({end for relation in relations for end in (relation.source, relation.target)})
    return Projection(("stances",), {iri: Node(iri, iri.title(), "Person") for iri in ends}, tuple(sorted(relations)))


def list_camps(projection: Projection) -> list[list[str]]:
    return [[node.iri for node in camp.members] for camp in measure_balance(projection).camps]


def test_stances_that_are_not_neutral_are_read_from_the_graph() -> None:
    store = pyoxigraph.Store()
    store.load(_GRAPH.encode(), format=pyoxigraph.RdfFormat.TRIG)
    relations = read_projection(store, ["stances"]).relations
    found = [(r.source.rpartition("/")[2], r.kind, r.target.rpartition("/")[2], r.confidence, r.day) for r in relations]
    assert found == [("noor", "critical", "ostia", 0.9, "2031-03-01"), ("noor", "supportive", "veld", 0.8, "2031-03-01")]


def test_stances_are_filtered_by_date() -> None:
    store = pyoxigraph.Store()
    store.load(_GRAPH.encode(), format=pyoxigraph.RdfFormat.TRIG)
    assert read_projection(store, ["stances"], Filters(since=date(2031, 3, 2))).relations == ()


def test_the_stances_of_one_to_another_are_summed_with_their_confidence() -> None:
    edges = sum_stances(
        [
            stand("a", 1, "b", 0.9, "c1", "2031-01-02"),
            stand("a", -1, "b", 0.4, "c2", "2031-01-01"),
            stand("a", -1, "b", 0.3, "c3"),
        ]
    )
    assert len(edges) == 1
    assert edges[0][2:] == (0.2, 1, 2, ("c1", "c2", "c3"), "2031-01-01", "2031-01-02")


def test_one_claim_met_twice_counts_once() -> None:
    assert sum_stances([stand("a", 1, "b"), stand("a", 1, "b")])[0].supportive == 1


def test_relations_of_other_kinds_and_to_oneself_are_passed_over() -> None:
    assert sum_stances([Relation("a", "b", "speaks-of", "c1", 1.0), stand("a", 1, "a")]) == ()


def test_ties_join_both_directions_and_vanish_where_they_sum_up_to_nothing() -> None:
    graph = to_signed_graph(
        sum_stances([stand("a", 1, "b", 0.3), stand("b", -1, "a", 0.5), stand("c", 1, "a", 0.5), stand("a", -1, "c", 0.5)])
    )
    assert [(*sorted(pair), data["weight"], data["sign"]) for *pair, data in graph.edges(data=True)] == [("a", "b", -0.2, -1)]


def test_two_friends_with_one_foe_are_balanced_in_two_camps() -> None:
    found = measure_balance(project(stand("ann", 1, "bo"), stand("ann", -1, "cy"), stand("bo", -1, "cy")))
    assert (found.positive, found.negative, found.triangles, found.balanced) == (1, 2, (0, 0, 1, 0), 1.0)
    assert [[node.iri for node in camp.members] for camp in found.camps] == [["ann", "bo"], ["cy"]]
    assert (found.frustrated, found.frustration, found.is_exact) == ((), 0.0, True)


def test_a_foe_of_one_of_two_friends_frustrates_the_weakest_tie() -> None:
    """Ann and Bo are friends (0.9), Ann is Cy's foe (0.8), Bo Cy's friend (0.3): least is lost where Bo's tie to Cy is wrong."""
    found = measure_balance(project(stand("ann", 1, "bo", 0.9), stand("ann", -1, "cy", 0.8), stand("bo", 1, "cy", 0.3)))
    assert (found.triangles, found.balanced) == ((0, 1, 0, 0), 0.0)
    assert found.frustrated == (("bo", "cy"),)
    assert found.frustration == pytest.approx(0.3 / 2.0)


def test_three_foes_of_each_other_cannot_be_balanced() -> None:
    found = measure_balance(project(stand("ann", -1, "bo"), stand("bo", -1, "cy"), stand("cy", -1, "ann")))
    assert (found.triangles, found.balanced, len(found.frustrated)) == ((0, 0, 0, 1), 0.0, 1)
    assert found.frustration == pytest.approx(1 / 3)


def test_two_coalitions_that_quarrel_are_found_with_the_tie_that_does_not_fit() -> None:
    """By hand: {a, b, c} and {d, e} are foes; of nine ties only c's praise of d is on the wrong side.

    Of the seven triangles abc has no negative tie, acd and bcd have one, abd, abe, ade and bde two.
    """
    friends = [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e"), ("c", "d")]
    foes = [("a", "d"), ("a", "e"), ("b", "d"), ("b", "e")]
    found = measure_balance(project(*(stand(x, 1, y) for x, y in friends), *(stand(x, -1, y) for x, y in foes)))
    assert [[node.iri for node in camp.members] for camp in found.camps] == [["a", "b", "c"], ["d", "e"]]
    assert found.triangles == (1, 2, 4, 0)
    assert found.balanced == pytest.approx(5 / 7)
    assert (found.frustrated, found.frustration) == ((("c", "d"),), pytest.approx(1 / 9))


def test_parts_that_no_tie_joins_have_camps_of_their_own() -> None:
    relations = (stand("a", -1, "b"), stand("p", 1, "q"), stand("q", 1, "r"))
    camps = measure_balance(project(*relations)).camps
    assert [(camp.part, camp.number, [node.iri for node in camp.members]) for camp in camps] == [
        (1, 1, ["p", "q", "r"]),
        (2, 1, ["a"]),
        (2, 2, ["b"]),
    ]


def test_nothing_said_is_no_balance() -> None:
    found = measure_balance(project())
    assert found == (0, 0, (0, 0, 0, 0), None, (), (), 0.0, True)


def test_large_parts_are_split_into_the_camps_that_they_were_made_of() -> None:
    """Thirty actors in two camps, a ring of friends within each and foes across: no tie is on the wrong side."""
    names = [f"n{at:02}" for at in range(30)]
    near = [stand(names[at], 1, names[(at + 2) % 30]) for at in range(30)]
    far = [stand(names[at], -1, names[at + 1]) for at in range(29)]
    found = measure_balance(project(*near, *far))
    assert (found.is_exact, found.frustration) == (False, 0.0)
    assert [len(camp.members) for camp in found.camps] == [15, 15]


def test_no_single_change_of_side_betters_the_camps_of_a_large_part() -> None:
    graph = nx.gnm_random_graph(24, 70, seed=5)
    relations = [stand(f"n{a:02}", 1 if (a * b) % 3 else -1, f"n{b:02}", 0.5 + (a % 5) / 10) for a, b in graph.edges()]
    found = measure_balance(project(*relations))
    side = {node.iri: (camp.part, camp.number) for camp in found.camps for node in camp.members}
    ties = to_signed_graph(sum_stances(relations))

    def lose(iri: str, *, is_moved: bool) -> float:
        return sum(
            abs(data["weight"])
            for other, data in ties[iri].items()
            if ((side[iri] == side[other]) != is_moved) != (data["weight"] > 0)
        )

    assert all(lose(iri, is_moved=False) <= lose(iri, is_moved=True) + 1e-9 for iri in ties)


def test_the_order_of_stances_does_not_show() -> None:
    relations = [stand(a, 1 if a < b else -1, b, 0.5) for a in "abcde" for b in "abcde" if a != b]
    one, other = project(*relations), project(*reversed(relations))
    assert measure_balance(one) == measure_balance(other._replace(relations=tuple(reversed(other.relations))))
