from datetime import date

import networkx as nx
import pyoxigraph
import pytest

from kg.analyse.projections import PROJECTIONS, read_projection, to_digraph, to_multigraph
from kg.analyse.relations import Filters, sum_relations, to_day
from kg.errors import ParameterInvalidError

A = "https://sayso.example/actor/"
ONE = "https://sayso.example/document/one#"
TWO = "https://sayso.example/document/two#"


def list_pairs(projection):
    return [
        (r.source.removeprefix(A), r.target.removeprefix(A), r.kind, r.evidence.rpartition("/")[2]) for r in projection.relations
    ]


def test_each_claim_ties_its_speaker_to_every_actor_it_is_about(reader):
    assert list_pairs(read_projection(reader, ["speaks-of"])) == [
        ("noor", "ostia", "speaks-of", "one#a1"),
        ("noor", "ostia", "speaks-of", "two#a1"),
        ("noor", "veld", "speaks-of", "one#a1"),
        ("noor", "veld", "speaks-of", "one#a2"),
        ("veld", "ostia", "speaks-of", "one#a3"),
    ]


def test_a_claim_with_two_frames_is_one_relation_that_lists_both(reader):
    relation = read_projection(reader, ["speaks-of"]).relations[0]
    assert [value for name, value in relation.details if name == "frame"] == ["stalling", "threat"]


def test_a_claim_without_a_frame_has_no_frame(reader):
    relation = next(r for r in read_projection(reader, ["speaks-of"]).relations if r.evidence == ONE + "a2")
    assert [name for name, _ in relation.details] == ["cue_type", "polarity"]


def test_who_did_not_say_it_does_not_speak_of_it(reader):
    assert A + "silent" not in read_projection(reader, ["speaks-of", "discourse"]).nodes


def test_events_are_tied_by_plover_type_and_dated_by_the_event_before_the_report(reader):
    relations = read_projection(reader, ["events"]).relations
    assert [(r.kind, r.evidence, r.day) for r in relations if r.source == A + "veld"] == [
        ("CONSULT", ONE + "e1", "2025-02-27"),
        ("CONSULT", TWO + "e1", "2025-03-08"),
    ]


def test_negated_and_future_events_are_left_out_and_counted(reader):
    assert read_projection(reader, ["events"]).left_out == (("future events", 1), ("negated events", 1))


def test_negated_and_future_events_stay_where_they_are_asked_for(reader):
    projection = read_projection(reader, ["events"], Filters(unreal=True))
    assert {r.evidence for r in projection.relations} == {ONE + "e1", ONE + "e2", ONE + "e3", TWO + "e1", TWO + "e2"}
    assert projection.left_out == ()


def test_a_role_ties_a_person_to_an_organisation_with_the_title_of_the_post(reader):
    (relation,) = read_projection(reader, ["roles"]).relations
    assert (relation.source, relation.target, relation.kind) == (A + "noor", A + "league", "role")
    assert dict(relation.details) == {"held": "current", "title": "secretary"}


def test_a_claim_within_a_claim_ties_the_outer_speaker_to_the_inner_one(reader):
    assert list_pairs(read_projection(reader, ["reports"])) == [("noor", "veld", "reports", "one#a3")]


def test_discourse_ties_speakers_to_frames_by_agreement(reader):
    relations = read_projection(reader, ["discourse"]).relations
    assert [(r.source.removeprefix(A), r.target.rpartition("/")[2], r.kind) for r in relations] == [
        ("noor", "stalling", "affirms"),
        ("noor", "stalling", "rejects"),
        ("noor", "threat", "affirms"),
        ("veld", "stalling", "rejects"),
    ]


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("abel", "affirms"),  # said that Kyiv is stalling while Putin waits
        ("bea", "rejects"),  # said that Putin is not stalling
        ("cato", "rejects"),  # denied that Putin is stalling Kyiv
        ("dora", "affirms"),  # denied that Putin is not stalling Kyiv
        ("edda", "affirms"),  # said that Putin does not intend to end the war
        ("finn", "asks"),  # asked whether Putin is stalling
        ("jarl", "rejects"),  # does not believe that Putin is stalling
    ],
)
def test_what_the_content_denies_and_the_cue_decide_who_affirms_a_frame(stances, speaker, kind):
    relations = read_projection(stances, ["discourse"]).relations
    assert [r.kind for r in relations if (r.source, r.target.rpartition("/")[2]) == (A + speaker, "stalling")] == [kind]


def test_a_speaker_who_rejects_one_frame_may_affirm_another_in_the_same_claim(stances):
    relations = read_projection(stances, ["discourse"]).relations
    kinds = {r.target.rpartition("/")[2]: r.kind for r in relations if r.source == A + "kaja"}
    assert kinds == {"stalling": "rejects", "wants-peace": "affirms"}


def test_who_denies_affirms_denial_and_rejects_what_is_denied(denials):
    relations = read_projection(denials, ["discourse"]).relations
    assert [(r.source.removeprefix(A), r.target.rpartition("/")[2], r.kind) for r in relations] == [
        ("nils", "denial", "affirms"),
        ("nils", "stalling", "rejects"),
        ("olga", "denial", "affirms"),
        ("pia", "denial", "rejects"),
    ]


def test_who_does_not_believe_a_negation_takes_no_side(stances):
    assert A + "ines" not in read_projection(stances, ["discourse"]).nodes


def test_discourse_tells_of_whom_the_frame_is_said(reader, stances):
    relations = {r.source: r for r in read_projection(stances, ["discourse"]).relations}
    assert dict(relations[A + "abel"].details)["about"] == "Ukraine"
    (both, *_) = (r for r in read_projection(reader, ["discourse"]).relations if r.evidence == ONE + "a1")
    assert [value for name, value in both.details if name == "about"] == ["Bram Veld", "Ostia"]


def test_who_speaks_of_whom_names_a_frame_only_beside_its_target(stances):
    relations = {
        r.target: dict(r.details).get("frame")
        for r in read_projection(stances, ["speaks-of"]).relations
        if r.source == A + "abel"
    }
    assert relations == {A + "ukraine": "stalling", A + "putin": None}


def test_who_speaks_of_whom_tells_which_frames_are_denied(stances):
    (relation,) = (r for r in read_projection(stances, ["speaks-of"]).relations if r.source == A + "kaja")
    assert [value for name, value in relation.details if name == "denied_frame"] == ["stalling"]


def test_discourse_is_bipartite_between_actors_and_frames(reader):
    nodes = read_projection(reader, ["discourse"]).nodes.values()
    assert {(node.label, node.type) for node in nodes} == {
        ("Anna Noor", "Person"),
        ("Bram Veld", "Person"),
        ("is stalling", "Frame"),
        ("threatens", "Frame"),
    }


def test_since_and_until_include_their_own_day(reader):
    day = date(2025, 3, 8)
    assert list_pairs(read_projection(reader, ["speaks-of"], Filters(since=day, until=day))) == [
        ("noor", "ostia", "speaks-of", "two#a1")
    ]


def test_a_relation_without_a_date_is_left_out_of_a_period_and_counted(reader):
    projection = read_projection(reader, ["events"], Filters(since=date(2025, 1, 1)))
    assert ("without a date", 1) in projection.left_out
    assert A + "wester" not in projection.nodes


def test_relations_below_the_confidence_are_left_out_and_counted(reader):
    projection = read_projection(reader, ["speaks-of"], Filters(min_confidence=0.8))
    assert {r.evidence for r in projection.relations} == {ONE + "a1", ONE + "a2", TWO + "a1"}
    assert projection.left_out == (("below the confidence asked for", 1),)


def test_only_the_kinds_that_were_asked_for_stay(reader):
    projection = read_projection(reader, ["events"], Filters(kinds=frozenset({"AID"})))
    assert list_pairs(projection) == [("wester", "wester", "AID", "two#e2")]


@pytest.mark.parametrize(
    "filters",
    [Filters(min_confidence=1.5), Filters(since=date(2025, 2, 1), until=date(2025, 1, 1))],
    ids=["confidence", "period"],
)
def test_a_filter_that_nothing_can_pass_is_refused(reader, filters):
    with pytest.raises(ParameterInvalidError):
        read_projection(reader, ["events"], filters)


def test_an_unknown_projection_is_refused_with_the_known_ones_listed(reader):
    with pytest.raises(ParameterInvalidError, match=r"'friends'.*speaks-of, events, roles"):
        read_projection(reader, ["friends"])


def test_parallel_edges_are_summed_with_the_evidence_of_each(reader):
    graph = to_digraph(read_projection(reader, ["speaks-of"]))
    edge = graph.edges[A + "noor", A + "ostia"]
    assert (edge["weight"], edge["evidence"]) == (2, (ONE + "a1", TWO + "a1"))
    assert (edge["first_seen"], edge["last_seen"], edge["confidence"]) == ("2025-03-01", "2025-03-08", 0.9)


def test_edges_of_several_kinds_are_one_edge_that_names_the_kinds(reader):
    graph = to_digraph(read_projection(reader, ["speaks-of", "reports"]))
    edge = graph.edges[A + "noor", A + "veld"]
    assert (edge["kind"], edge["weight"]) == ("reports speaks-of", 3)


def test_the_multigraph_keeps_one_edge_a_claim(reader):
    graph = to_multigraph(read_projection(reader, ["speaks-of"]))
    assert isinstance(graph, nx.MultiDiGraph)
    edges = graph.get_edge_data(A + "noor", A + "ostia")
    assert [edge["evidence"] for edge in edges.values()] == [(ONE + "a1",), (TWO + "a1",)]
    assert [edge["polarity"] for edge in edges.values()] == ["affirmed", "negated"]


def test_nodes_carry_label_type_and_identifiers(reader):
    graph = to_digraph(read_projection(reader, ["speaks-of"]))
    assert graph.nodes[A + "ostia"] == {
        "label": "Ostia",
        "type": "State",
        "wikidata": "http://www.wikidata.org/entity/Q0",
        "iso2": "OS",
    }


def test_nodes_and_edges_come_in_one_order_whatever_the_order_of_the_rows(reader):
    class Backwards:
        def query(self, text, /):
            solutions = reader.query(text)
            rows = list(solutions)[::-1]

            class Solutions:
                variables = solutions.variables

                def __iter__(self):
                    return iter(rows)

            return Solutions()

    expected, found = (read_projection(r, PROJECTIONS) for r in (reader, Backwards()))
    assert found == expected
    assert list(to_digraph(found).edges) == list(to_digraph(expected).edges)
    assert list(found.nodes) == sorted(found.nodes)


def test_an_empty_store_has_empty_projections():
    projection = read_projection(pyoxigraph.Store(), PROJECTIONS)
    assert (projection.nodes, projection.relations) == ({}, ())
    assert len(to_digraph(projection)) == 0


def test_the_same_claim_met_twice_for_a_pair_counts_once(reader):
    relations = read_projection(reader, ["speaks-of"]).relations
    doubled = [*relations, relations[0]._replace(confidence=0.99)]
    assert sum_relations(doubled, by_kind=True)[0].weight == 2


def test_the_union_graph_as_default_graph_counts_nothing_twice(reader):
    class Union:
        def query(self, text, /):
            return reader.query(text, use_default_graph_as_union=True)

    assert read_projection(Union(), PROJECTIONS) == read_projection(reader, PROJECTIONS)


@pytest.mark.parametrize(
    ("literals", "day"),
    [
        (("2024-03-05T23:30:00-05:00",), "2024-03-05"),
        (("2024-03", "2025-03-07"), "2024-03-01"),
        (("2014", "2025-03-07"), "2014-01-01"),
        (("", "2025-03-07"), "2025-03-07"),
        (("2024-13", "soon"), ""),
    ],
)
def test_an_event_is_dated_by_the_first_day_of_its_month_or_year_before_the_day_of_publication(
    literals: tuple[str, ...], day: str
) -> None:
    assert to_day(*literals) == day
