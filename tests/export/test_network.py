from datetime import date

import pyoxigraph
import pytest

from kg.analyse.relations import Edge, Filters
from kg.errors import ParameterInvalidError
from kg.export.layout import find_looks
from kg.export.network import VIEWS, Network, NetworkNode, read_network

A = "https://sayso.example/actor/"
ONE = "https://sayso.example/document/one#"
TWO = "https://sayso.example/document/two#"


def list_edges(network, iri):
    return {(e.source, e.kind, e.target) for e in network.edges if iri in (e.source, e.target)}


def test_the_default_view_joins_speech_events_and_roles_by_kind(reader):
    network = read_network(reader)
    assert {edge.kind for edge in network.edges} == {"speaks-of", "CONSULT", "AID", "role"}
    assert (network.relation_count, len(network.edges)) == (9, 6)


def test_the_claims_view_ties_a_claim_to_its_speaker_and_whom_it_is_about(reader):
    assert list_edges(read_network(reader, "claims"), ONE + "a3") == {
        (A + "veld", "says", ONE + "a3"),
        (ONE + "a3", "about", A + "ostia"),
        (ONE + "a3", "within", ONE + "a2"),
    }


def test_the_claims_view_ties_an_event_to_actor_recipient_and_claim(reader):
    assert list_edges(read_network(reader, "claims"), TWO + "e1") == {
        (A + "veld", "acts", TWO + "e1"),
        (TWO + "e1", "recipient", A + "noor"),
        (TWO + "e1", "reported-in", TWO + "a1"),
    }


def test_the_claims_view_does_not_let_anyone_say_what_they_did_not_say(reader):
    assert (A + "silent", "does-not-say", TWO + "a2") in list_edges(read_network(reader, "claims"), TWO + "a2")
    assert (A + "silent", "says", TWO + "a2") not in list_edges(read_network(reader, "claims"), TWO + "a2")


def test_the_claims_view_keeps_claims_of_unknown_speakers_with_their_words(reader):
    node = next(node for node in read_network(reader, "claims").nodes if node.iri == TWO + "a3")
    assert (node.label, node.type) == ("whether Westerland would help", "Claim")
    assert dict(node.details)["source_text"] == "Officials"
    assert dict(node.details)["quote"] == "Officials asked whether Westerland would help."


def test_a_claim_with_two_frames_is_one_node_that_lists_both(reader):
    (node,) = (node for node in read_network(reader, "claims").nodes if node.iri == ONE + "a1")
    assert dict(node.details)["frame"] == "stalling; threat"


def test_a_claim_tells_which_of_its_frames_it_denies(reader):
    denied = {
        node.iri: dict(node.details).get("denied_frame") for node in read_network(reader, "claims").nodes if node.type == "Claim"
    }
    assert {iri for iri, frames in denied.items() if frames == "stalling"} == {TWO + "a1"}
    assert set(denied.values()) == {"stalling", None}


def test_a_claim_that_is_filtered_away_takes_its_links_along(reader):
    network = read_network(reader, "claims", Filters(min_confidence=0.75))
    assert {node.iri for node in network.nodes if node.type == "Claim"} == {ONE + "a1", ONE + "a2", TWO + "a1", TWO + "a2"}
    assert not [edge for edge in network.edges if edge.kind in {"within", "reported-in"}]
    assert network.left_out == (("below the confidence asked for", 7),)


def test_a_link_to_a_claim_that_is_filtered_away_goes_too(reader):
    network = read_network(reader, "claims", Filters(until=date(2025, 2, 28)))
    assert {node.iri for node in network.nodes} == {ONE + "e1", A + "noor", A + "veld"}


def test_the_claims_view_can_be_limited_to_kinds_of_edges(reader):
    network = read_network(reader, "claims", Filters(kinds=frozenset({"says"})))
    assert {edge.kind for edge in network.edges} == {"says"}
    assert ("of another kind", len(read_network(reader, "claims").edges) - len(network.edges)) in network.left_out


@pytest.mark.parametrize("view", VIEWS)
def test_every_end_of_an_edge_is_a_node_and_all_are_sorted(view, reader):
    network = read_network(reader, view)
    iris = [node.iri for node in network.nodes]
    keys = [(edge.source, edge.target, edge.kind) for edge in network.edges]
    assert iris == sorted(set(iris))
    assert keys == sorted(set(keys))
    assert {iri for edge in network.edges for iri in (edge.source, edge.target)} <= set(iris)


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_store_has_an_empty_network(view):
    network = read_network(pyoxigraph.Store(), view)
    assert (network.nodes, network.edges) == ((), ())


def test_the_order_in_which_quads_were_stored_has_no_effect(reader, backwards):
    assert [read_network(backwards, view) for view in VIEWS] == [read_network(reader, view) for view in VIEWS]


def test_an_unknown_view_is_refused_with_the_known_ones_listed(reader):
    with pytest.raises(ParameterInvalidError, match=r"'everything'.*network, actors, events"):
        read_network(reader, "everything")


def test_a_long_claim_has_a_short_label_and_all_its_words(load):
    words = "the harbour " * 20
    store = load(
        f"""
        PREFIX kg: <https://sayso.example/ontology#>
        PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        <x:schemes> {{ <x:n> skos:notation "notation" }}
        <x:d> {{ <x:c> a kg:Claim ; kg:content "{words}" ; kg:speech <x:n> ; kg:cueType <x:n> ; kg:polarity <x:n> ;
            kg:modality <x:n> ; kg:confidence 0.5 ; kg:extractedBy "rule:x" ; kg:contentSpans "0-240" ;
            nif:beginIndex 0 ; nif:endIndex 240 ; nif:anchorOf "{words}" }}
        """.encode()
    )
    (node,) = read_network(store, "claims").nodes
    assert node.label == "the harbour the harbour the harbour the harbour the harbour…"
    assert dict(node.details)["words"] == words


def build(count):
    nodes = tuple(NetworkNode(f"x:{n:04}", f"{n}", "Person") for n in range(count))
    edges = tuple(Edge("x:0000", node.iri, "speaks-of", 1, 0.5, ("x:c",)) for node in nodes[1:])
    return Network("actors", nodes, edges, len(edges))


@pytest.mark.parametrize("count", [0, 1, 2, 40, 501])
def test_every_node_of_a_network_of_any_size_has_its_own_place(count):
    looks = find_looks(build(count))
    assert len(looks) == count
    assert len({(look.x, look.y) for look in looks.values()}) == count
    assert all(-1000 <= look.x <= 1000 and -1000 <= look.y <= 1000 for look in looks.values())


@pytest.mark.parametrize("count", [40, 501])
def test_places_are_the_same_on_every_run(count):
    assert find_looks(build(count)) == find_looks(build(count))


def test_the_busiest_node_is_the_largest():
    looks = find_looks(build(10))
    assert looks["x:0000"].size == 40
    assert all(look.size < 40 for iri, look in looks.items() if iri != "x:0000")


def test_a_node_of_an_unknown_class_has_a_colour(hostile):
    assert find_looks(hostile)["x:b"].colour == (90, 90, 90)
