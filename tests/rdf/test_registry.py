"""The registry as quads: labels, codes and times in office."""

from __future__ import annotations

from kg.rdf import namespaces as ns
from kg.rdf.registry import registry_quads
from kg.rdf.terms import XSD, Iri, Literal
from kg.resolve.entries import RegistryActor, RegistryPost
from kg.resolve.registry import read_registry

BASE = "https://data.example/"
STATE = RegistryActor(
    "state/qq", "State", "Quillia", ("Republic of Quillia",), iso2="QQ", iso3="QQQ", cow="999", cameo="QQQ", wikidata="Q1"
)
ALLIANCE = RegistryActor(
    "org/lla", "Organisation", "Lake Alliance", acronyms=("LLA",), sort="alliance", scope="regional", source="x"
)
MINISTER = RegistryActor(
    "person/ada-reyes",
    "Person",
    "Ada Reyes",
    surnames=("Reyes",),
    gender="female",
    country="state/qq",
    posts=(
        RegistryPost("foreign minister", "state/qq", "2019-03-01", "2021-05"),
        RegistryPost("head", "org/lla", "2022"),
        RegistryPost("envoy", "org/lla", None, "2018"),
    ),
)


DESCRIBED = {f"{BASE}actor/{actor.slug}" for actor in (STATE, ALLIANCE, MINISTER)}


def find(subject: str, predicate: Iri, *actors: RegistryActor) -> list[str | Literal]:
    quads = registry_quads(actors or (STATE, ALLIANCE, MINISTER), BASE, DESCRIBED)
    terms = [q.object for q in quads if q.subject == Iri(BASE + subject) and q.predicate == predicate]
    return [term if isinstance(term, Literal) else term.value for term in terms]


def test_quads_come_sorted_once_each_and_in_the_graph_of_the_registry() -> None:
    quads = registry_quads((STATE, MINISTER, STATE), BASE, DESCRIBED)
    assert list(quads) == sorted(set(quads))
    assert {quad.graph for quad in quads} == {ns.name_registry_graph(BASE)}
    assert quads == registry_quads((MINISTER, STATE), BASE, DESCRIBED)


def test_no_entries_give_no_quads() -> None:
    assert registry_quads((), BASE, DESCRIBED) == ()


def test_names_of_actors_are_told_elsewhere() -> None:
    quads = registry_quads((STATE, ALLIANCE, MINISTER), BASE, DESCRIBED)
    assert not {q.subject.value for q in quads if q.predicate == ns.PREF_LABEL} & DESCRIBED


def test_an_office_in_what_the_store_does_not_describe_is_left_out() -> None:
    quads = registry_quads((MINISTER,), BASE, {f"{BASE}actor/state/qq"})
    assert {q.object.value for q in quads if q.predicate == ns.ORGANIZATION} == {f"{BASE}actor/state/qq"}


def test_codes_of_a_state_are_told() -> None:
    for predicate, value in ((ns.ISO3, "QQQ"), (ns.COW_NUMBER, "999"), (ns.CAMEO_ACTOR, "QQQ")):
        assert find("actor/state/qq", predicate) == [Literal(value)]


def test_what_is_unknown_is_not_told() -> None:
    for predicate in (ns.GENDER, ns.SCOPE, ns.SORT, ns.SOURCE, ns.PART_OF):
        assert find("actor/state/qq", predicate) == []


def test_an_organisation_has_its_sort_scope_and_source() -> None:
    assert find("actor/org/lla", ns.SORT) == [Literal("alliance")]
    assert find("actor/org/lla", ns.SCOPE) == [Literal("regional")]
    assert find("actor/org/lla", ns.SOURCE) == [Literal("x")]


def test_a_time_in_office_is_a_membership_with_role_organisation_and_dates_as_exact_as_they_are_known() -> None:
    membership = "actor/person/ada-reyes/membership/foreign-minister-state-qq-2019-03-01"
    assert find(membership, ns.TYPE) == [ns.MEMBERSHIP.value]
    assert find(membership, ns.MEMBER) == [BASE + "actor/person/ada-reyes"]
    assert find(membership, ns.ORGANIZATION) == [BASE + "actor/state/qq"]
    assert find(membership, ns.ORG_ROLE) == [BASE + "role/foreign-minister"]
    assert find(membership, ns.START_DATE) == [Literal("2019-03-01", XSD + "date")]
    assert find(membership, ns.END_DATE) == [Literal("2021-05", XSD + "gYearMonth")]
    assert find("role/foreign-minister", ns.PREF_LABEL) == [Literal("foreign minister")]


def test_a_time_without_a_known_begin_has_none() -> None:
    membership = "actor/person/ada-reyes/membership/envoy-org-lla-until-2018"
    assert find(membership, ns.START_DATE) == []
    assert find(membership, ns.END_DATE) == [Literal("2018", XSD + "gYear")]


def test_only_an_office_whose_time_has_no_end_is_held() -> None:
    assert find("actor/person/ada-reyes", ns.HOLDS) == [BASE + "actor/org/lla/post/head"]
    assert find("actor/org/lla/post/head", ns.POST_IN) == [BASE + "actor/org/lla"]


def test_every_row_that_is_shipped_becomes_quads_whose_dates_are_typed() -> None:
    registry = read_registry(BASE)
    described = {registry.to_iri(slug) for slug in registry.actors}
    quads = registry_quads(registry.actors.values(), BASE, described)
    memberships = {q.subject for q in quads if q.object == ns.MEMBERSHIP}
    posts = {(a.slug, p.title, p.organisation, p.begin, p.end) for a in registry.actors.values() for p in a.posts}
    dates = [q.object for q in quads if q.predicate in {ns.START_DATE, ns.END_DATE}]
    assert len(memberships) == len(posts)
    assert len(dates) == sum((begin is not None) + (end is not None) for *_, begin, end in posts)
