import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.across.body_names import make_body_key, parse_body_name, relate_body_names
from kg.resolve.across.personal_names import parse_name, relate_names
from kg.resolve.across.spelling import is_near, make_skeleton, measure_distance, normalise_spelling
from kg.resolve.names import fold_name

_WORDS = st.text("abcdeghiknorstuvyz", max_size=9)
_NAMES = st.lists(
    st.sampled_from(["Anna", "A.", "Bo", "Maria", "Mario", "Kim", "Jong", "un", "van", "al-Tarbi", "Holt", "Holtz", "Jr."]),
    max_size=4,
)


@pytest.mark.parametrize("spellings", [
    ["Borodensky", "Borodenskyy", "Borodenskiy", "Borodenskij", "Borodenski"], ["Kharvenko", "Harvenko"],
    ["Mühlbeck", "Muehlbeck"],
    ["Yeltovin", "Eltovin"], ["Hussein", "Hussain", "Husayn"], ["Lukaschek", "Lukashek"], ["Alexei", "Aleksey"],
    ["Defence", "Defense"],
])  # fmt: skip
def test_transliterations_of_one_name_are_normalised_to_one(spellings: list[str]) -> None:
    assert len({normalise_spelling(fold_name(s)) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [("Hansen", "Hanson"), ("Holm", "Holmes"), ("Ivanov", "Ivanova"), ("Mario", "Maria"), ("Grornic", "Grornik")],
)
def test_names_that_only_look_alike_are_not_normalised_to_one(left: str, right: str) -> None:
    assert normalise_spelling(left.lower()) != normalise_spelling(right.lower())


def test_a_skeleton_bridges_what_no_rule_of_spelling_can() -> None:
    assert len({make_skeleton(word) for word in ("gassouri", "qasuri", "khasoury", "kasory")}) == 1


@pytest.mark.parametrize(("left", "right", "distance"), [
    ("", "", 0), ("tarn", "tarn", 0), ("tarn", "trn", 1), ("tarn", "atrn", 1), ("tarn", "torn", 1), ("tarn", "", 3),
    ("ab", "ba", 1),
    ("tarnow", "traonw", 2),
])  # fmt: skip
def test_a_distance_counts_edits_and_swaps(left: str, right: str, distance: int) -> None:
    assert measure_distance(left, right) == distance


@given(_WORDS, _WORDS)
def test_a_distance_is_the_same_for_both_orders(left: str, right: str) -> None:
    assert measure_distance(left, right) == measure_distance(right, left)
    assert is_near(left, right) == is_near(right, left)


@pytest.mark.parametrize(("name", "given", "family"), [
    ("Anna Haldorsen", ("anna",), "haldorsen"), ("Kim Tae-gwang", ("taegwang",), "kim"), ("Tae-gwang Kim", ("taegwang",), "kim"),
    ("Zhao Minghai", ("minghai",), "zhao"), ("Kim Brandsted", ("kim",), "brandsted"), ("Lee Cohanim", ("lee",), "cohanim"),
    ("Ursel von der Linde", ("ursel",), "linde"), ("Ben Tanwick", ("ben",), "tanwick"), ("Al Tanwick", ("al",), "tanwick"),
    ("Rashid bin Talal Al Madhir", ("rashid",), "talal"), ("Karim al-Zubeidi", ("karim",), "zubeidi"),
    ("J.R. Tanwick", ("j", "r"), "tanwick"), ("Seán O’Tanwick", ("sean",), "otanwick"), ("Haldorsen", (), "haldorsen"),
    ("…", (), ""),
])  # fmt: skip
def test_a_name_is_taken_apart(name: str, given: tuple[str, ...], family: str) -> None:
    parsed = parse_name(name)
    assert (parsed.given, parsed.family) == (given, family)


def test_all_words_of_a_local_name_are_surname() -> None:
    assert parse_name("van der Moolen Braak", is_bare=True).family_words == ("moolen", "braak")


@pytest.mark.parametrize(("left", "right", "relation"), [
    ("Anna Holt", "ANNA HOLT", "equal"), ("Taras Boronsky", "Taras Boronskiy", "variant"),
    ("Bob Holt", "Robert Holt", "nickname"),
    ("Anna Holt", "Anna Maria Holt", "middle"), ("Anna M. Holt", "Anna Maria Holt", "middle"),
    ("A. Holt", "Anna Holt", "initial"),
    ("Erik Tilhansen", "Erik Tilhanson", "near"), ("Holt", "Anna Holt", "bare"), ("Cyril Holt", "Matthias Cyril Holt", "middle"),
    ("Ian Holt", "Yan Holt", "near"),
    ("Ali Holt", "Omar Holt", "none"), ("Anna Maria Holt", "Anna Sofia Holt", "none"),
    ("Martin Holt Jr.", "Martin Holt Sr.", "none"),
    ("Mario Holt", "Maria Holt", "none"), ("Anna Holt", "Anna Holm", "none"), ("B. Holt", "Anna Holt", "none"),
    ("", "Holt", "none"),
])  # fmt: skip
def test_two_names_of_persons_stand_to_each_other_so(left: str, right: str, relation: str) -> None:
    assert relate_names(parse_name(left), parse_name(right)) == relation


@given(_NAMES, _NAMES)
def test_how_names_stand_to_each_other_does_not_depend_on_their_order(left: list[str], right: list[str]) -> None:
    one, other = parse_name(" ".join(left)), parse_name(" ".join(right))
    assert relate_names(one, other) == relate_names(other, one)


@pytest.mark.parametrize(("left", "right", "relation"), [
    ("Rapid Harbour Forces", "RHF", "acronym"), ("R.H.F.", "RHF", "equal"),
    ("Harbour Defence Fund", "Harbor Defense Fund", "variant"),
    ("Ministry of Dikes", "MoD", "acronym"), ("Brennick Steel Ltd", "Brennick Steel", "equal"),
    ("The Coastal Front", "coastal front", "equal"),
    ("Northern Rail Fund", "National Rice Fund", "none"), ("RHF", "RHG", "none"), ("Brennick", "B", "none"), ("", "RHF", "none"),
    ("Self-Help Union", "SHU", "acronym"), ("Office for Co-operation", "OC", "acronym"),
    ("Fund of Rivers", "Rivers Fund", "near"),
])  # fmt: skip
def test_two_names_of_bodies_stand_to_each_other_so(left: str, right: str, relation: str) -> None:
    one, other = parse_body_name(left), parse_body_name(right)
    assert relate_body_names(one, other) == relate_body_names(other, one) == relation


@pytest.mark.parametrize("names", [
    ["Rapid Harbour Forces", "RHF", "R.H.F.", "the Rapid Harbour Forces"], ["Harakat", "Kharakat"], ["Volma", "VOLMA"],
    ["Ministry of Dikes", "MoD"],
])  # fmt: skip
def test_what_may_be_one_body_shares_a_key(names: list[str]) -> None:
    assert len({make_body_key(name) for name in names}) == 1
