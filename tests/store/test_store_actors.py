import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri
from kg.store.embedded import Store
from kg.store.terms import OxStore
from tests.store.in_memory import open_memory

BASE = "https://sayso.example/"


def read_values(store: Store, actor: str, predicate: Iri) -> list[str]:
    return sorted(quad.object.value for quad in store.quads(f"{BASE}graph/actors") if quad[:2] == (Iri(actor), predicate))


def describe(pages, *names: tuple[str, ...], roles: tuple[tuple[str, str], ...] = ()) -> Store:
    store = open_memory({})
    store.replace_document("urn:d", pages.make("urn:d", [("urn:x", *name) for name in names], roles))
    return store


def test_the_label_is_the_fullest_name(pages) -> None:
    person = ("name", "Person", "new")
    store = describe(pages, ("Kask", *person), ("Kask", *person), ("Anna Kask", *person))
    assert read_values(store, "urn:x", ns.PREF_LABEL) == ["Anna Kask"]
    assert read_values(store, "urn:x", ns.ALT_LABEL) == ["Kask"]


def test_of_equally_full_names_the_more_frequent_is_the_label(pages) -> None:
    person = ("name", "Person", "new")
    store = describe(pages, ("Ana Kask", *person), ("Anna Kask", *person), ("Ana Kask", *person))
    assert read_values(store, "urn:x", ns.PREF_LABEL) == ["Ana Kask"]


def test_a_name_in_capitals_is_not_the_label_where_there_is_another(pages) -> None:
    person = ("name", "Person", "new")
    store = describe(pages, ("ANNA KASK", *person), ("ANNA KASK", *person), ("Anna Kask", *person))
    assert read_values(store, "urn:x", ns.PREF_LABEL) == ["Anna Kask"]


def test_a_noun_phrase_or_pronoun_is_no_name(pages) -> None:
    store = describe(
        pages,
        ("Kask", "name", "Person", "new"),
        ("the old minister", "nominal", "Person", "title"),
        ("she", "pronoun", "Person", "pronoun"),
    )
    assert read_values(store, "urn:x", ns.PREF_LABEL) == ["Kask"]
    assert read_values(store, "urn:x", ns.ALT_LABEL) == []


def test_the_we_of_a_speaker_makes_no_group_of_a_person(pages) -> None:
    store = describe(
        pages, ("Kask", "name", "Person", "new"), ("we", "pronoun", "Group", "pronoun"), ("we", "pronoun", "Group", "pronoun")
    )
    assert read_values(store, "urn:x", ns.TYPE) == [ns.PERSON.value]


def test_an_actor_without_a_name_is_called_by_its_noun_phrase(pages) -> None:
    store = describe(pages, ("they", "pronoun", "Group", "pronoun"), ("coastal diplomats", "nominal", "Group", "new"))
    assert read_values(store, "urn:x", ns.PREF_LABEL) == ["coastal diplomats"]
    assert read_values(store, "urn:x", ns.TYPE) == [ns.GROUP.value]


def test_the_name_of_a_capital_is_no_alias_of_the_state_that_it_stands_for(pages) -> None:
    store = describe(pages, ("Belmar", "name", "State", "new"), ("Port Sel City", "name", "Place", "metonym"))
    assert read_values(store, "urn:x", ns.PREF_LABEL) == ["Belmar"]
    assert read_values(store, "urn:x", ns.ALT_LABEL) == []


def test_an_actor_is_part_of_what_its_roles_say_most_often(pages) -> None:
    person = ("Anna Kask", "name", "Person", "new")
    roles = (("urn:x", "urn:b"), ("urn:x", "urn:a"), ("urn:x", "urn:b"))
    assert read_values(describe(pages, person, roles=roles), "urn:x", ns.PART_OF) == ["urn:b"]


def test_a_registered_actor_has_its_row_and_nothing_from_documents(pages, registry: dict[str, Actor]) -> None:
    store = open_memory(registry)
    store.replace_document("urn:d", pages.make("urn:d", [("urn:r:minister", "Addie", "name", "Person", "registry")]))
    assert read_values(store, "urn:r:minister", ns.PREF_LABEL) == ["Ada Minister"]
    assert read_values(store, "urn:r:minister", ns.ALT_LABEL) == ["Minister"]


def test_what_a_registered_actor_is_part_of_is_described_too(pages, registry: dict[str, Actor]) -> None:
    store = open_memory(registry)
    store.replace_document("urn:d", pages.make("urn:d", [("urn:r:minister", "Ada", "name", "Person", "registry")]))
    assert read_values(store, "urn:r:alliance", ns.PREF_LABEL) == ["Alliance"]
    store.remove_document("urn:d")
    assert store.size == 0


def test_a_state_stays_described_while_one_of_its_people_is_mentioned(pages, registry: dict[str, Actor]) -> None:
    store = open_memory(registry)
    store.replace_document("urn:a", pages.make("urn:a", [("urn:r:state", "State", "name", "State", "registry")]))
    store.replace_document("urn:b", pages.make("urn:b", [("urn:r:minister", "Ada", "name", "Person", "registry")]))
    store.remove_document("urn:a")
    assert read_values(store, "urn:r:state", ns.PREF_LABEL) == ["State"]


def test_a_registry_that_goes_in_a_circle_ends(pages) -> None:
    rows = {
        iri: Actor(iri=iri, type="Organisation", label=iri, country=other, is_registered=True)
        for iri, other in (("urn:o:a", "urn:o:b"), ("urn:o:b", "urn:o:a"))
    }
    store = open_memory(rows)
    store.replace_document("urn:d", pages.make("urn:d", [("urn:o:a", "A", "name", "Organisation", "registry")]))
    store.remove_document("urn:d")
    assert store.size == 0


def test_a_changed_registry_shows_after_a_refresh(pages) -> None:
    inner = OxStore()
    page = pages.make("urn:d", [("urn:x", "Anna Kask", "name", "Person", "registry")])
    open_memory({}, inner).replace_document("urn:d", page)
    row = Actor(iri="urn:x", type="Person", label="Anna Kask-Orlik", is_registered=True)
    store = open_memory({"urn:x": row}, inner)
    store.refresh_actors()
    assert read_values(store, "urn:x", ns.PREF_LABEL) == ["Anna Kask-Orlik"]


LOCAL = [f"urn:d:{number}#actor-person-bo" for number in (1, 2, 3)]
ACTORS = ["urn:x", "urn:y", "urn:r:minister", "urn:r:state", "urn:r:alliance", *LOCAL]
MENTIONS = st.lists(
    st.tuples(
        st.sampled_from(ACTORS),
        st.sampled_from(["Bo", "Ann Bo", "ANN BO", "An Bo", "Minister"]),
        st.sampled_from(["name", "nominal", "pronoun", "author", "demonym"]),
        st.sampled_from(["Person", "State", "Group"]),
        st.sampled_from(["new", "metonym"]),
    ),
    max_size=4,
)
ROLES = st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS)), max_size=2)
DOCUMENTS = st.sampled_from(["urn:d:1", "urn:d:2", "urn:d:3"])
STEPS = st.lists(
    st.dictionaries(DOCUMENTS, st.none() | st.tuples(MENTIONS, ROLES), min_size=1, max_size=3), min_size=1, max_size=6
)


@pytest.mark.parametrize("many", [1, 3, 1000])
@given(steps=STEPS)
@settings(max_examples=40, deadline=None)
def test_any_sequence_of_changes_ends_as_a_build_from_scratch(pages, registry: dict[str, Actor], many: int, steps) -> None:
    """However many mentions an actor needs for what is said of it to be remembered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.store.actors._MANY", many)
        check_sequence(pages, registry, steps)


def check_sequence(pages, registry: dict[str, Actor], steps) -> None:
    store, wanted = open_memory(registry), {}
    for step in steps:
        changed = {iri: pages.make(iri, *content) for iri, content in step.items() if content is not None}
        for iri in sorted(set(step) - set(changed)):
            store.remove_document(iri)
            wanted.pop(iri, None)
        store.replace_documents(changed)
        wanted.update(changed)
    rebuilt = open_memory(registry)
    for iri in sorted(wanted, reverse=True):
        rebuilt.replace_document(iri, wanted[iri])
    assert store.sorted_quads() == rebuilt.sorted_quads()
