"""Names in questions: the longest first, as written where they are common words, descriptions never."""

from __future__ import annotations

import pytest

from kg.errors import ActorAmbiguousError
from kg.query.ask_names import ActorName, NameTable, Party, StoreNames, mark_names
from kg.store.terms import OxStore, RdfFormat

LOCAL = "https://sayso.example/document/x#actor-person-1"


def make_table(*rows: tuple[str, str, str, bool]) -> NameTable:
    return NameTable(ActorName(name, Party(label, label), kind, is_label) for name, label, kind, is_label in rows)


TABLE = make_table(
    ("Oda Brekke", "Oda Brekke", "Person", True),
    ("Union of the Fjords", "Union of the Fjords", "Organisation", True),
    ("Union", "Union of the Fjords", "Organisation", False),
    ("US", "United States", "State", False),
    ("WHO", "World Health Organization", "Organisation", False),
    ("ministers", "ministers", "Group", True),
    ("Norvik", "Norvik", "Place", True),
    ("Norvik", "Norvik Ltd", "Organisation", False),
)


def mark(text: str) -> tuple[str, list[str]]:
    named = mark_names(text, TABLE, ("prime minister", "foreign minister"))
    return named.text, [party.label for party in named.parties]


@pytest.mark.parametrize(
    ("text", "marked", "labels"),
    [
        ("what did Oda Brekke say", "what did ⟦0⟧ say", ["Oda Brekke"]),
        ("what did oda brekke say", "what did ⟦0⟧ say", ["Oda Brekke"]),
        ("what did Brekke say", "what did ⟦0⟧ say", ["Oda Brekke"]),
        ("Brekke's ferry", "⟦0⟧'s ferry", ["Oda Brekke"]),
        ("who left the Union of the Fjords", "who left ⟦0⟧", ["Union of the Fjords"]),
        ("what did Prime Minister Oda Brekke say", "what did ⟦0⟧ say", ["Oda Brekke"]),
        ("Brekke met Brekke", "⟦0⟧ met ⟦1⟧", ["Oda Brekke", "Oda Brekke"]),
        ("who told us", "who told us", []),
        ("who told the US", "who told ⟦0⟧", ["United States"]),
        ("who blames the WHO", "who blames ⟦0⟧", ["World Health Organization"]),
        ("who met ministers", "who met ministers", []),
    ],
)
def test_names_are_marked(text: str, marked: str, labels: list[str]) -> None:
    assert mark(text) == (marked, labels)


def test_what_acts_goes_before_a_place_where_one_is_no_better_a_name() -> None:
    table = make_table(("Norvik", "a", "Place", False), ("Norvik", "b", "State", False))
    assert table.find("Norvik") == Party("b", "b")


def test_an_actor_across_documents_goes_before_one_of_a_document() -> None:
    table = NameTable(
        [
            ActorName("Ada Orlik", Party("Ada Orlik", LOCAL), "Person", is_label=True),
            ActorName("Ada Orlik", Party("Ada Orlik-Senn", "https://sayso.example/actor/1"), "Person", is_label=False),
        ]
    )
    assert table.find("Ada Orlik") == Party("Ada Orlik-Senn", "https://sayso.example/actor/1")


def test_a_name_of_several_is_refused_with_all_of_them() -> None:
    table = make_table(("Ada Orlik", "Ada Orlik", "Person", True), ("Per Orlik", "Per Orlik", "Person", True))
    with pytest.raises(ActorAmbiguousError, match=r"Ada Orlik.*Per Orlik"):
        table.find("Orlik")


def test_an_iri_in_angle_brackets_is_an_actor(newsroom: OxStore) -> None:
    named = mark_names("what did <https://sayso.example/actor/putin> say", StoreNames(newsroom), ())
    assert (named.text, named.parties[0].label) == ("what did ⟦0⟧ say", "Vladimir Putin")


def test_a_city_that_texts_use_for_a_state_is_the_state() -> None:
    store = OxStore()
    store.load(
        b"""@prefix kg: <https://sayso.example/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix e: <https://sayso.example/actor/> .
        e:graph { e:city a kg:Place ; skos:prefLabel "Norvik" . e:state a kg:State ; skos:prefLabel "Fjordland" .
          e:other a kg:Place ; skos:prefLabel "Sundby" . }
        e:doc { e:m1 kg:name "Norvik" ; kg:refersTo e:state . e:m2 kg:name "Norvik" ; kg:refersTo e:state .
          e:m3 kg:name "Norvik" ; kg:refersTo e:city . e:m4 kg:name "Sundby" ; kg:refersTo e:other . }""",
        format=RdfFormat.TRIG,
    )
    names = StoreNames(store)
    assert [party and party.label for party in map(names.find, ("Norvik", "Sundby", "Nowhere"))] == ["Fjordland", "Sundby", None]
