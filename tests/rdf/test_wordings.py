"""Wordings as regular expressions: what each notation matches, and what it does not."""

from __future__ import annotations

import re

import pytest

from kg.rdf.wordings import compile_wording, inflect_verb


def find(wording: str, text: str) -> list[str]:
    return [match.group() for match in re.finditer(compile_wording(wording), text, re.IGNORECASE)]


def test_words_match_whatever_their_case_and_the_marks_between_them() -> None:
    assert find("red line", "A Red-Line, a ‘red’ line, a red lineage") == ["Red-Line", "red’ line"]


def test_a_star_stands_for_any_ending() -> None:
    assert find("negotiat*", "negotiating negotiators renegotiate") == ["negotiating", "negotiators"]


def test_a_verb_in_braces_stands_for_all_its_regular_forms() -> None:
    assert find("{stall} talks", "stalled talks, stalling talks, installed talks") == ["stalled talks", "stalling talks"]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("violate", ("violate", "violates", "violated", "violating")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("drag", ("drag", "drags", "dragged", "dragging")),
        ("crush", ("crush", "crushes", "crushed", "crushing")),
        ("delay", ("delay", "delays", "delayed", "delaying")),
        ("threaten", ("threaten", "threatens", "threatened", "threatening")),
    ],
)
def test_regular_verbs_are_spelt_as_they_should_be(verb: str, forms: tuple[str, ...]) -> None:
    assert inflect_verb(verb) == forms


def test_an_alternative_may_be_of_several_words() -> None:
    assert find("(talks|a round of talks) failed", "the talks failed; a round of talks failed") == [
        "talks failed",
        "a round of talks failed",
    ]


def test_optional_words_may_be_left_out_at_either_end() -> None:
    assert find("(more)? time (again)?", "more time again") == ["more time again"]
    assert find("(more)? time (again)?", "time") == ["time"]


def test_a_gap_has_up_to_so_many_words_and_may_have_none() -> None:
    assert find("buy ~2 time", "buy time, buy some more time, buy a very great deal of time") == [
        "buy time",
        "buy some more time",
    ]


def test_a_gap_without_a_number_is_of_three_words() -> None:
    assert find("end ~ war", "end this long bloody war") == ["end this long bloody war"]
    assert find("end ~ war", "end this long and bloody war") == []


def test_no_wording_reaches_over_the_end_of_a_sentence() -> None:
    assert find("stop ~3 war", "They stop. A war begins") == []


@pytest.mark.parametrize("wording", ["", "(a|b", "a)", "~2 a", "a ~2", "(a|)", "(a)?", "a {B}"])
def test_what_is_no_wording_is_refused(wording: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        compile_wording(wording)
