from pathlib import Path

import pytest

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri
from kg.store.actors import ActorDeriver
from kg.store.embedded import Store
from kg.store.surnames import find_bare_surname, find_surname, may_be_same
from kg.store.terms import OxStore

BASE = "https://sayso.example/"
ANN, EVA = "urn:actor:ann", "urn:actor:eva"
BARE = "urn:live#actor-person-orlik"
LAND, COAST, MINISTRY, HARBOUR = "urn:s:land", "urn:s:coast", "urn:o:ministry", "urn:o:harbour"
REGISTRY = {
    row.iri: row
    for row in (
        Actor(iri=LAND, type="State", label="Land", is_registered=True),
        Actor(iri=COAST, type="State", label="Coast", is_registered=True),
        Actor(iri=MINISTRY, type="Organisation", label="Ministry", country=LAND, is_registered=True),
        Actor(iri=HARBOUR, type="Organisation", label="Harbour Office", country=LAND, is_registered=True),
        Actor(iri="urn:p:known", type="Person", label="Ida Orlik", aliases=("Orlik",), country=COAST, is_registered=True),
    )
}


def open_memory() -> Store:
    return Store(Path("memory"), OxStore(), ActorDeriver(BASE, REGISTRY))


def read_values(store: Store, actor: str, predicate: Iri) -> list[str]:
    return sorted(quad.object.value for quad in store.quads(f"{BASE}graph/actors") if quad[:2] == (Iri(actor), predicate))


class Desk:
    """A store to which full names and bare surnames are added, a document each."""

    def __init__(self, pages) -> None:
        self.store = open_memory()
        self._pages = pages

    def add(self, document: str, *mentions: tuple[str, str], part_of: str | None = None) -> None:
        rows = [(actor, name, "name", "Person", "new") for actor, name in mentions]
        roles = [(mentions[0][0], part_of)] if part_of else []
        self.store.replace_document(document, self._pages.make(document, rows, roles))

    @property
    def presumed(self) -> list[str]:
        """Whom the bare surname is presumed to be."""
        return read_values(self.store, BARE, ns.PRESUMED_SAME)


@pytest.fixture
def desk(pages) -> Desk:
    return Desk(pages)


@pytest.mark.parametrize("is_bare_first", [True, False])
def test_a_bare_surname_is_presumed_to_be_the_only_person_who_bears_it(desk: Desk, is_bare_first: bool) -> None:
    documents = [("urn:live", (BARE, "Orlik")), ("urn:news", (ANN, "Ann Orlik"))]
    for document, mention in documents if is_bare_first else reversed(documents):
        desk.add(document, mention)
    assert desk.presumed == [ANN]
    assert read_values(desk.store, BARE, ns.PREF_LABEL) == ["Ann Orlik"]
    assert read_values(desk.store, BARE, ns.ALT_LABEL) == ["Orlik"]
    assert read_values(desk.store, ANN, ns.PRESUMED_SAME) == []


def test_a_presumption_leaves_no_trace_when_the_full_name_goes(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"))
    before = desk.store.sorted_quads()
    desk.add("urn:news", (ANN, "Ann Orlik"))
    desk.store.remove_document("urn:news")
    assert desk.store.sorted_quads() == before


def test_a_second_bearer_ends_a_presumption_until_they_go(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"))
    desk.add("urn:news", (ANN, "Ann Orlik"))
    desk.add("urn:other", (EVA, "Eva Orlik"))
    assert desk.presumed == []
    assert read_values(desk.store, BARE, ns.PREF_LABEL) == ["Orlik"]
    desk.store.remove_document("urn:news")
    assert desk.presumed == [EVA]


def test_a_bearer_who_gets_another_name_gives_the_surname_up(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"))
    desk.add("urn:news", (ANN, "Ann Orlik"))
    desk.add("urn:news", (ANN, "Ann Lind"))
    assert desk.presumed == []


def test_a_fuller_label_of_the_bearer_is_taken_over(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"))
    desk.add("urn:news", (ANN, "Ann Orlik"))
    desk.add("urn:more", (ANN, "Ann Maria Orlik"))
    assert read_values(desk.store, BARE, ns.PREF_LABEL) == ["Ann Maria Orlik"]


def test_a_registered_person_bears_the_surname_while_a_document_mentions_them(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"))
    assert desk.presumed == []
    desk.add("urn:news", ("urn:p:known", "Ida Orlik"))
    assert desk.presumed == ["urn:p:known"]
    assert read_values(desk.store, "urn:p:known", ns.SURNAME) == ["orlik"]


def test_capitals_and_diacritics_make_no_other_surname(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "ORLIK"))
    desk.add("urn:news", (ANN, "Ann Örlik"))
    assert desk.presumed == [ANN]


def test_a_surname_of_two_bare_actors_is_presumed_for_both(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"))
    desk.add("urn:day2", ("urn:day2#actor-person-orlik", "Orlik"))
    desk.add("urn:news", (ANN, "Ann Orlik"))
    assert desk.presumed == read_values(desk.store, "urn:day2#actor-person-orlik", ns.PRESUMED_SAME) == [ANN]


def test_two_bare_surnames_alone_are_not_presumed_to_be_each_other(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"))
    desk.add("urn:day2", ("urn:day2#actor-person-orlik", "Orlik"))
    assert desk.presumed == []


def test_whoever_the_document_itself_tells_apart_stays_apart(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"), (ANN, "Ann Orlik"))
    assert desk.presumed == []
    desk.add("urn:live", (BARE, "Orlik"))
    desk.add("urn:news", (ANN, "Ann Orlik"))
    assert desk.presumed == [ANN]


@pytest.mark.parametrize(("own", "others", "is_same"), [
    (None, LAND, True), (LAND, None, True), (LAND, LAND, True), (MINISTRY, LAND, True), (LAND, MINISTRY, True),
    (MINISTRY, HARBOUR, True), (LAND, COAST, False), (MINISTRY, COAST, False), ("urn:o:unknown", LAND, False),
])  # fmt: skip
def test_what_both_are_part_of_must_not_contradict(desk: Desk, own: str | None, others: str | None, is_same: bool) -> None:
    desk.add("urn:live", (BARE, "Orlik"), part_of=own)
    desk.add("urn:news", (ANN, "Ann Orlik"), part_of=others)
    assert desk.presumed == ([ANN] if is_same else [])


def test_a_post_that_is_told_later_can_end_a_presumption(desk: Desk) -> None:
    desk.add("urn:live", (BARE, "Orlik"), part_of=LAND)
    desk.add("urn:news", (ANN, "Ann Orlik"))
    assert desk.presumed == [ANN]
    desk.add("urn:more", (ANN, "Ann Orlik"), part_of=COAST)
    assert desk.presumed == []


@pytest.mark.parametrize("mention_class", ["Group", "Organisation"])
def test_only_a_person_bears_a_surname(pages, mention_class: str) -> None:
    store = open_memory()
    store.replace_document("urn:live", pages.make("urn:live", [(BARE, "Orlik", "name", "Person", "local")]))
    store.replace_document("urn:news", pages.make("urn:news", [("urn:x", "House Orlik", "name", mention_class, "new")]))
    assert read_values(store, BARE, ns.PRESUMED_SAME) == []


def test_a_noun_phrase_is_no_surname(pages) -> None:
    store = open_memory()
    store.replace_document("urn:live", pages.make("urn:live", [(BARE, "orlik", "nominal", "Person", "local")]))
    store.replace_document("urn:news", pages.make("urn:news", [(ANN, "Ann Orlik", "name", "Person", "new")]))
    assert read_values(store, BARE, ns.SURNAME) == []


def test_both_of_one_step_are_seen_together(pages) -> None:
    store = open_memory()
    store.replace_documents(
        {
            "urn:live": pages.make("urn:live", [(BARE, "Orlik", "name", "Person", "local")]),
            "urn:news": pages.make("urn:news", [(ANN, "Ann Orlik", "name", "Person", "new")]),
        }
    )
    assert read_values(store, BARE, ns.PRESUMED_SAME) == [ANN]


@pytest.mark.parametrize(("name", "surname"), [
    ("Ann Orlik", "orlik"), ("Ann Orlik, Jr.", "orlik"), ("Ann Lind-Orlik", "lind-orlik"), ("Orlik", None), ("", None),
    ("?! ...", None),
])  # fmt: skip
def test_a_surname_is_the_last_word_of_a_full_name(name: str, surname: str | None) -> None:
    assert find_surname(name) == surname


@pytest.mark.parametrize(("names", "surname"), [
    (["Orlik", "ORLIK", "Örlik"], "orlik"), (["Orlik", "Lind"], None), (["Orlik", "Ann Orlik"], None), ([], None), (["…"], None),
])  # fmt: skip
def test_a_bare_surname_is_one_word_however_it_is_written(names: list[str], surname: str | None) -> None:
    assert find_bare_surname(names) == surname


def test_what_is_unknown_contradicts_nothing() -> None:
    assert may_be_same("", COAST, REGISTRY)
    assert may_be_same(COAST, "", {})
