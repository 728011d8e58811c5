"""Copied texts, credited agencies, and who tells of an event independently."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model.document import Document, Zone
from kg.model.span import Span
from kg.resolve.across_events.agencies import find_credits, fold_publisher
from kg.resolve.across_events.copies import (
    Likeness,
    compare_texts,
    find_copies,
    find_sample,
    find_shingles,
    pack_shingles,
    unpack_shingles,
)
from kg.resolve.across_events.publishers import count_publishers
from tests.resolve.across_events.samples import make_origin, make_report

LONG = (
    "The harbour council of Vestvik met until midnight and could not agree whether the old ferry should be sold. "
    "Six members wanted to keep it for the summer, five wanted the money for a school, and one had gone home early. "
    "A second vote is planned after Easter, when the owners of the shipyard have named their price."
)


def make_document(text: str, **told: Any) -> Document:
    return Document(**{"id": "d", "path": "d", "location": "d", "sha256": "0", "text": text, **told})


def shingle(text: str) -> frozenset[int]:
    return find_shingles(make_document(text))


def test_a_text_is_like_itself() -> None:
    assert compare_texts(shingle(LONG), shingle(LONG)) == Likeness(1.0, 1.0)


def test_small_changes_leave_a_text_the_same() -> None:
    found = compare_texts(shingle(LONG), shingle(LONG.replace("Easter", "Whitsun")))
    assert found is not None
    assert found.is_same


def test_a_text_that_is_cut_is_a_copy_and_not_the_same() -> None:
    found = compare_texts(shingle(LONG), shingle(LONG.partition(", and one")[0]))
    assert found is not None
    assert found.contained == 1
    assert not found.is_same


def test_a_shared_sentence_makes_no_copy() -> None:
    other = LONG.partition(". ")[0] + ". Elsewhere " + " ".join(f"word{number}" for number in range(200))
    assert compare_texts(shingle(LONG), shingle(other)) is None


def test_a_short_text_has_no_shingles_and_copies_nothing() -> None:
    assert shingle("Too few words.") == frozenset()
    assert compare_texts(shingle(""), shingle(LONG)) is None


def test_furniture_is_not_compared() -> None:
    end = len(LONG)
    text = LONG + " Write to the editor of this paper at any hour of the day."
    assert find_shingles(make_document(text, zones=(Zone(kind="boilerplate", span=Span(end, len(text))),))) == shingle(LONG)


def test_shingles_come_back_as_they_were_packed() -> None:
    found = shingle(LONG)
    assert unpack_shingles(pack_shingles(found)) == found
    assert set(find_sample(found)) < found


def test_every_copy_names_the_earliest_text() -> None:
    alike, part = Likeness(1.0, 0.9), Likeness(0.6, 0.3)
    published = {"a": None, "b": "2026-03-03", "c": "2026-03-02", "d": "2026-03-04"}
    found = find_copies(published, {("a", "b"): alike, ("a", "c"): part, ("b", "c"): alike, ("b", "d"): alike})
    assert {document: (copy.original, copy.is_same) for document, copy in found.items()} == {
        "b": ("c", True),
        "a": ("c", False),
        "d": ("c", False),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSLO (Reuters) - The talks ended.", (("Reuters", "text"),)),
        ("OSLO, March 3 (AP) — The talks ended.", (("Associated Press", "text"),)),
        ("Talks end\nBy Tora Vik, Associated Press\nThe talks ended.", (("Associated Press", "text"),)),
        ("The talks ended.\n(AFP)\n", (("Agence France-Presse", "text"),)),
        ("The talks ended.\nSource: Interfax-Ukraine", (("Interfax-Ukraine", "text"),)),
        ("The talks ended. AP contributed to this report.", (("Associated Press", "help"),)),
        ("The talks ended.\nAdditional reporting by Reuters and AFP", (("Agence France-Presse", "help"), ("Reuters", "help"))),
        ("The minister told Reuters that the talks had ended.", ()),
        ("The talks ended, Reuters reported (the ministry did not).", ()),
        ("APPLE talks ended.", ()),
    ],
)
def test_an_agency_is_credited_where_the_document_says_so(text: str, expected: object) -> None:
    assert find_credits(make_document(text)) == expected


def test_a_document_by_an_agency_carries_its_text() -> None:
    assert find_credits(make_document("The talks ended.", publisher="Reuters")) == (("Reuters", "text"),)


def test_publishers_are_compared_without_article_and_case() -> None:
    assert fold_publisher("The Harbour Post") == fold_publisher("harbour post") == "harbour post"
    assert fold_publisher("www.harbour.example") == fold_publisher("harbour.example")
    assert fold_publisher(None) == ""


SENTENCE = "Algeria recalled its ambassador from Mali on Sunday after a drone had been shot down over the desert."


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"publisher": "one"}, {"publisher": "two"}, 2),
        ({"publisher": "one"}, {"publisher": "one"}, 1),
        ({}, {}, 1),
        ({}, {"publisher": "two"}, 2),
        ({"publisher": "one"}, {"publisher": "two", "copy_of": "a"}, 1),
        ({"publisher": "one", "credits": (("AP", "text"),)}, {"publisher": "two", "credits": (("AP", "text"),)}, 1),
        ({"publisher": "one", "credits": (("AP", "text"),)}, {"publisher": "two", "credits": (("AFP", "text"),)}, 2),
        ({"publisher": "one", "credits": (("AP", "help"),)}, {"publisher": "two", "credits": (("AP", "help"),)}, 2),
    ],
)
def test_publishers_that_depend_on_each_other_count_once(left: Any, right: Any, expected: int) -> None:
    reports = [make_report("a#e1"), make_report("b#e1")]
    assert count_publishers(reports, {"a": make_origin("a", **left), "b": make_origin("b", **right)}) == expected


def test_one_sentence_in_two_papers_is_one_voice() -> None:
    origins = {"a": make_origin("a", "one"), "b": make_origin("b", "two")}
    assert count_publishers([make_report("a#e1", SENTENCE), make_report("b#e1", f"Late: {SENTENCE}")], origins) == 1
    rewritten = "On Sunday Mali lost the ambassador of Algeria, who went home because a drone fell on the desert border."
    assert count_publishers([make_report("a#e1", SENTENCE), make_report("b#e1", rewritten)], origins) == 2


def test_with_an_agency_that_helped_both_less_in_common_is_enough() -> None:
    half = "Algeria recalled its ambassador from Mali on Sunday after weeks of quarrels about wells, herds and the border."
    reports = [make_report("a#e1", SENTENCE), make_report("b#e1", half)]
    helped = (("AP", "help"),)
    assert count_publishers(reports, {"a": make_origin("a", "one"), "b": make_origin("b", "two")}) == 2
    with_help = {"a": make_origin("a", "one", credits=helped), "b": make_origin("b", "two", credits=helped)}
    assert count_publishers(reports, with_help) == 1
