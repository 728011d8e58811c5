"""From tokens to spans: whatever tokens are chosen, the spans are in order, apart, and trimmed."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.token_spans import to_spans
from kg.model.span import quote_spans

_NLP = spacy.blank("en")
_TEXTS = st.text(st.sampled_from("ab Z.,;:–“”\"'\n!?…é\u0301🙂"), max_size=50) | st.text(max_size=30)


def _spans_of(text: str, *indexes: int) -> str:
    return quote_spans(text, to_spans(_NLP(text), indexes))


@given(_TEXTS, st.data())
@settings(deadline=None)
def test_spans_of_any_tokens_are_ordered_disjoint_trimmed_and_within_the_text(text: str, data: st.DataObject) -> None:
    doc = _NLP(text)
    chosen = data.draw(st.sets(st.integers(0, len(doc) - 1))) if len(doc) else set()
    spans = to_spans(doc, chosen)
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    assert all(left.end <= right.begin for left, right in pairwise(spans))
    for begin, end in spans:
        inside = [token.text for token in doc if begin <= token.idx < end]
        assert text[begin:end] == text[begin:end].strip()
        assert inside[0] not in set(",;:–—-….!?")
        assert inside[-1] not in set(",;:–—-…")
    own = {at for token in doc if token.i in chosen for at in range(token.idx, token.idx + len(token))}
    gaps = {at for begin, end in spans for at in range(begin, end)} - own
    assert all(text[at].isspace() for at in gaps)


def test_neighbours_are_one_span_and_a_gap_makes_two() -> None:
    assert _spans_of("one two three four", 0, 1, 3) == "one two … four"


def test_order_and_repetition_of_the_tokens_make_no_difference() -> None:
    assert _spans_of("one two three", 2, 0, 2, 1) == "one two three"


def test_a_comma_and_a_stop_at_the_end_are_left_out() -> None:
    assert _spans_of("the road is open.", *range(5)) == "the road is open"
    assert _spans_of("the road, and", 0, 1, 2) == "the road"


def test_a_stop_stays_inside_its_closing_mark() -> None:
    assert _spans_of("“ We wait . ”", *range(5)) == "“ We wait . ”"


def test_the_stop_of_a_quotation_that_is_never_closed_stays() -> None:
    assert _spans_of("“ We wait .", *range(4)) == "“ We wait ."


@pytest.mark.parametrize("text", [".", ", ;", "“ ”", " "])
def test_nothing_but_marks_is_no_span(text: str) -> None:
    assert to_spans(_NLP(text), range(len(_NLP(text)))) == ()


def test_no_tokens_are_no_spans() -> None:
    assert to_spans(_NLP("a b"), ()) == ()
