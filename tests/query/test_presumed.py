"""Actors that are presumed to be another one: queries that name the other mean both."""

from __future__ import annotations

import warnings

import pytest
import rdflib

from kg.errors import ActorAmbiguousError
from kg.query.actors import describe_actor
from kg.query.binding import bind_choices
from kg.query.catalogue import NamedQuery, find_query, list_queries
from kg.query.explain import explain_triple
from kg.query.lookup import find_presumed, resolve_actor
from kg.query.parameters import bind_parameters
from kg.query.run import run_named_query
from kg.store.terms import NamedNode, OxLiteral, OxStore, QuerySolutions, RdfFormat

ACTOR = "https://sayso.example/actor/"
ANN = f"{ACTOR}ann-orlik"
BARE = "https://sayso.example/document/live#actor-person-orlik"
TRIG = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX cue: <https://sayso.example/scheme/cue-type/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX actor: <https://sayso.example/actor/>
PREFIX news: <https://sayso.example/document/news#>
PREFIX live: <https://sayso.example/document/live#>

GRAPH <https://sayso.example/graph/actors> {
  actor:ann-orlik a kg:Person ; skos:prefLabel "Ann Orlik" ; kg:surname "orlik" .
  live:actor-person-orlik a kg:Person ; skos:prefLabel "Ann Orlik" ; skos:altLabel "Orlik" ; kg:surname "orlik" ;
    kg:presumedSame actor:ann-orlik .
  actor:land a kg:State ; skos:prefLabel "Land" .
}
GRAPH <https://sayso.example/document/news> {
  <https://sayso.example/document/news> a kg:Document ; kg:path "news.txt" .
  news:a1 a kg:Claim ; kg:speaker actor:ann-orlik ; kg:about actor:land ; kg:content "that Land waits" ;
    kg:cueType cue:statement ; prov:wasDerivedFrom <https://sayso.example/document/news> .
  news:m1 a kg:Mention ; kg:refersTo actor:ann-orlik .
}
GRAPH <https://sayso.example/document/live> {
  <https://sayso.example/document/live> a kg:Document ; kg:path "live.txt" .
  live:a1 a kg:Claim ; kg:speaker live:actor-person-orlik ; kg:about actor:land ; kg:content "Land is late" ;
    kg:cueType cue:statement ; prov:wasDerivedFrom <https://sayso.example/document/live> .
  live:a2 a kg:Claim ; kg:speaker actor:land ; kg:about live:actor-person-orlik ; kg:content "Orlik is wrong" ;
    kg:cueType cue:statement ; prov:wasDerivedFrom <https://sayso.example/document/live> .
  live:m1 a kg:Mention ; kg:refersTo live:actor-person-orlik .
  live:m2 a kg:Mention ; kg:refersTo live:actor-person-orlik .
}
"""


def load(extra: str = "") -> OxStore:
    store = OxStore()
    store.load((TRIG + extra).encode(), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def presumed() -> OxStore:
    return load()


def read_contents(store: OxStore, name: str, **values: str) -> list[str]:
    found = run_named_query(store, find_query(name), values)
    return sorted(str(row[found.variables.index("content")].value) for row in found.rows)


@pytest.mark.parametrize("name", ["Ann Orlik", "ann orlik", "Orlik", ANN])
def test_a_name_of_either_means_the_one_with_the_full_name(presumed: OxStore, name: str) -> None:
    assert resolve_actor(presumed, name).value == ANN


def test_the_iri_of_a_presumed_actor_means_itself_alone(presumed: OxStore) -> None:
    assert resolve_actor(presumed, BARE).value == BARE
    assert read_contents(presumed, "claims-by", speaker=BARE) == ["Land is late"]


def test_several_presumed_actors_are_one_candidate() -> None:
    extra = """GRAPH <https://sayso.example/graph/actors> {
      <urn:d#actor-person-orlik> a kg:Person ; skos:prefLabel "Ann Orlik" ; skos:altLabel "Orlik" ;
        kg:presumedSame actor:ann-orlik }"""
    store = load(extra)
    assert resolve_actor(store, "Orlik").value == ANN
    assert [actor.value for actor in find_presumed(store, NamedNode(ANN))] == [BARE, "urn:d#actor-person-orlik"]


def test_a_bearer_who_is_not_meant_stays_a_candidate() -> None:
    extra = """GRAPH <https://sayso.example/graph/actors> {
      actor:eva a kg:Person ; skos:prefLabel "Eva Orlik" ; skos:altLabel "Orlik" }"""
    with pytest.raises(ActorAmbiguousError) as caught:
        resolve_actor(load(extra), "Orlik")
    assert caught.value.candidates == (("Ann Orlik", ANN), ("Eva Orlik", f"{ACTOR}eva"))


def test_a_parameter_binds_those_who_are_presumed_to_be_its_actor(presumed: OxStore) -> None:
    assert read_contents(presumed, "claims-by", speaker="Ann Orlik") == ["Land is late", "that Land waits"]
    assert read_contents(presumed, "who-claims", about="Orlik") == ["Orlik is wrong"]


def test_two_parameters_are_bound_in_every_combination(presumed: OxStore) -> None:
    text = bind_parameters(presumed, find_query("who-speaks-of-whom"), {"speaker": "Ann Orlik", "about": "Ann Orlik"})
    rows = [f"(<{speaker}> <{about}> UNDEF UNDEF 1)" for speaker in (ANN, BARE) for about in (ANN, BARE)]
    assert f"{{ {' '.join(rows)} }}" in text


def test_an_actor_is_described_with_those_who_are_presumed_to_be_it(presumed: OxStore) -> None:
    found = describe_actor(presumed, "Ann Orlik")
    assert (found.entry.iri, found.names) == (ANN, ("Ann Orlik", "Orlik"))
    assert (found.entry.claims, found.entry.mentions) == (2, 3)
    assert len(found.says) == 2
    assert [row["content"] for row in found.said_of] == ["Orlik is wrong"]


def test_a_triple_is_explained_by_what_either_says(presumed: OxStore) -> None:
    found = explain_triple(presumed, "Ann Orlik", "about", "Land")
    assert [explanation.iri.rpartition("/")[2] for explanation in found] == ["live#a1", "news#a1"]


QUERIES = [
    pytest.param(query, name, id=f"{query.name}-{name}")
    for query in list_queries()
    for name, parameter in query.header.params.items()
    if parameter.type == "actor" and query.name != "frames-over-time"  # its rows are sums over all that the actors say
]


@pytest.mark.parametrize(("query", "name"), QUERIES)
def test_rows_of_several_actors_are_the_rows_of_each(newsroom: OxStore, query: NamedQuery, name: str) -> None:
    people = [NamedNode(f"{ACTOR}{slug}") for slug in ("putin", "ilmar-kask", "estonia")]
    names = list(query.header.params)
    each = [row for person in people for row in ask(newsroom, bind_choices(query.text, names, {name: [person]}))]
    together = ask(newsroom, bind_choices(query.text, names, {name: people}))
    assert set(together) == set(each)
    assert len(together) == len(set(together))


def ask(store: OxStore, text: str) -> list[tuple[str, ...]]:
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    width = len(found.variables)
    return [tuple(str(row[index]) for index in range(width)) for row in found]


def test_several_rows_mean_the_same_in_rdflib(presumed: OxStore) -> None:
    text = bind_parameters(presumed, find_query("claims-by"), {"speaker": "Ann Orlik", "about": "Land"})
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own parser uses what rdflib deprecates
        dataset.parse(data=TRIG, format="trig")
        contents = sorted(str(row["content"]) for row in dataset.query(text))
    assert contents == ["Land is late", "that Land waits"]


def test_rows_keep_the_cells_that_are_not_given() -> None:
    text = "SELECT ?a_param ?b_param { VALUES (?a_param ?b_param) { (UNDEF  # none\n 1) } }"
    bound = bind_choices(text, ["a", "b"], {"a": [OxLiteral("x) }"), OxLiteral("y")]})
    assert sorted(ask(OxStore(), bound)) == sorted(
        (str(OxLiteral(value)), '"1"^^<http://www.w3.org/2001/XMLSchema#integer>') for value in ("x) }", "y")
    )
