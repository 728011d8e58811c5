"""Labels in front of a line, found on the characters alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.labels import find_labels, find_timed_starts

_MARKED = st.text(st.sampled_from("aB QA.?!,:“”\"'*_()—\n\r\t05\u00a0"), max_size=80)


def _labels(text: str) -> list[tuple[str, str, str]]:
    """Return each label with its mark and the words that it labels."""
    return [(text[x.begin : x.end], text[x.mark], text[x.body : x.stop]) for x in find_labels(text)]


@given(st.text(max_size=60) | _MARKED)
@settings(deadline=None)
def test_labels_of_any_text_are_in_order_and_stand_in_front_of_what_they_label(text: str) -> None:
    found = list(find_labels(text))
    assert all(0 <= x.begin < x.end <= x.mark < x.body <= x.stop <= len(text) for x in found)
    assert all(left.stop <= right.begin for left, right in pairwise(found))
    assert all(0 < start < len(text) for start in find_timed_starts(text))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Q: Why now?", "Q"),
        ("MARIA ELLING: We wait.", "MARIA ELLING"),
        ("Dr. Ilse Dorn (Labour): We wait.", "Dr. Ilse Dorn (Labour)"),
        ("Mayor of Molde Ilse Dorn: We wait.", "Mayor of Molde Ilse Dorn"),
        ("Ilse Dorn, mayor of Molde: We wait.", "Ilse Dorn, mayor of Molde"),
        ("Harbour Board spokeswoman Anna Lund: We wait.", "Harbour Board spokeswoman Anna Lund"),
        ("O’Brien: we wait", "O’Brien"),
        ("Åse van der Ørn: we wait", "Åse van der Ørn"),
    ],
)
def test_a_name_with_a_colon_that_opens_a_line_is_a_label(text: str, label: str) -> None:
    assert [found[0] for found in _labels(text)] == [label]


@pytest.mark.parametrize("text", ["**Dorn:** We wait.", "**Dorn**: We wait.", "__Dorn__: We wait.", "*Dorn:* We wait."])
def test_marks_of_emphasis_are_no_part_of_a_label_or_of_what_it_labels(text: str) -> None:
    assert _labels(text) == [("Dorn", ":", "We wait.")]


def test_a_letter_with_a_stop_labels_a_turn() -> None:
    assert _labels("Q. Why now?\n\nA. We wait.") == [("Q", ".", "Why now?"), ("A", ".", "We wait.")]


@pytest.mark.parametrize("time", ["14:05", "14.05", "9:05am", "12.30pm GMT", "14:05 –", "**14:05**", "14:05 |"])
def test_a_time_in_front_of_a_label_is_no_part_of_it(time: str) -> None:
    found = list(find_labels(f"{time} NATO: The convoy waits."))
    assert [(x.begin, x.is_timed) for x in found] == [(len(time) + 1, True)]


def test_a_time_in_the_line_before_marks_a_label_as_timed() -> None:
    assert [x.is_timed for x in find_labels("14:05\n\nDorn: We wait.\n\nHolm: We go.")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Dorn said: “We wait.”",
        "Holm has one message: go home.",
        "The list has three names: Dorn, Brask and Holm.",
        "one thing is clear: we wait.",
        "At 14:05 the convoy left.",
        "See https://news.example for more.",
        "",
    ],
)
def test_words_of_a_sentence_in_front_of_a_colon_are_no_label(text: str) -> None:
    assert _labels(text) == []


def test_the_text_behind_a_time_starts_anew() -> None:
    text = "14:05 Trucks crossed the bridge."
    assert list(find_timed_starts(text)) == [text.index("Trucks")]
