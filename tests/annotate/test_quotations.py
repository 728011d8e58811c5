"""Quotations, paragraphs and sentence starts, found on the characters alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.boundaries import find_sentence_insides, find_sentence_starts
from kg.annotate.layout import find_paragraphs
from kg.annotate.quotations import find_inner_quotations, find_quotations
from kg.model.document import Zone
from kg.model.quotation import Quotation
from kg.model.span import Span

#: Text in which marks, stops and line breaks meet more often than in any article.
_MARKED = st.text(st.sampled_from("ab AZ.?!,:;“”«»„‘’\"'`()—\n\r\t\u00a0\u2028"), max_size=80)
_ANY = st.text(max_size=60) | _MARKED


def _quoted(text: str) -> list[str]:
    return [text[quotation.begin : quotation.end] for quotation in find_quotations(text)]


def _paragraphs(text: str) -> list[str]:
    return [text[begin:end] for begin, end in find_paragraphs(text)]


def _split(text: str) -> list[str]:
    """Cut a text where a sentence must start."""
    starts = sorted({0, *find_sentence_starts(text, (), tuple(find_quotations(text))), len(text)})
    return [text[begin:end] for begin, end in pairwise(starts)]


@given(_ANY)
@settings(deadline=None)
def test_quotations_of_any_text_are_ordered_disjoint_and_within_it(text: str) -> None:
    found = list(find_quotations(text))
    assert all(0 <= q.begin < q.end <= len(text) for q in found)
    assert all(left.end <= right.begin for left, right in pairwise(found))


@given(_ANY)
@settings(deadline=None)
def test_a_quotation_of_any_text_never_runs_over_a_paragraph_end(text: str) -> None:
    paragraphs = list(find_paragraphs(text))
    for quotation in find_quotations(text):
        assert any(begin <= quotation.begin and quotation.end <= end for begin, end in paragraphs)


@given(_ANY)
def test_paragraphs_of_any_text_are_ordered_disjoint_and_hold_all_its_words(text: str) -> None:
    found = list(find_paragraphs(text))
    assert all(left.end <= right.begin for left, right in pairwise(found))
    covered = {at for begin, end in found for at in range(begin, end)}
    assert {at for at, character in enumerate(text) if not character.isspace()} <= covered
    assert all(text[begin:end] == text[begin:end].rstrip() != "" for begin, end in found)


@given(_ANY, st.data())
@settings(deadline=None)
def test_sentence_starts_of_any_text_lie_within_it(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    quotations = tuple(find_quotations(text))
    zones = (Zone(kind="boilerplate", span=Span(begin, end)),)
    starts = set(find_sentence_starts(text, zones, quotations))
    assert {begin, end} <= starts
    assert all(0 <= at <= len(text) for at in (*starts, *find_sentence_insides(text, quotations)))


def test_a_curly_quote_is_closed_by_its_partner() -> None:
    assert _quoted("He said “a b” and “c d”.") == ["“a b”", "“c d”"]


def test_straight_marks_close_in_turn() -> None:
    assert _quoted('"One," he said. "Two."') == ['"One,"', '"Two."']


@pytest.mark.parametrize("text", ["„Wir warten“, he said", "«We wait», he said", "``We wait'', he said", "''We wait'', he said"])
def test_other_pairs_of_marks_hold_a_quotation(text: str) -> None:
    assert _quoted(text) == [text[: text.index(", he")]]


def test_single_quotes_hold_a_quotation_and_apostrophes_none() -> None:
    assert _quoted("‘We wait,’ he said.") == ["‘We wait,’"]
    assert _quoted("The ministers' plan and the city's don't differ.") == []


def test_an_inch_mark_behind_a_number_opens_nothing() -> None:
    assert _quoted('A 5" pipe burst.') == []


def test_a_quotation_within_a_quotation_is_part_of_the_outer_one() -> None:
    assert _quoted("“He said ‘go home’ and I went,” she said.") == ["“He said ‘go home’ and I went,”"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "She said: “We wait. We hope.\n\nThe road is open."
    assert list(find_quotations(text)) == [Quotation(10, text.index("\n"), is_closed=False)]


def test_a_quotation_that_opens_in_mid_sentence_and_never_closes_ends_with_the_sentence() -> None:
    assert _quoted("He called it “a mess and left. The road is open.") == ["“a mess and left."]


def test_a_mark_at_the_next_paragraph_continues_an_unclosed_quotation() -> None:
    first, second = find_quotations("“We wait.\n\n“We hope.”")
    assert (first.is_closed, first.is_continued) == (False, False)
    assert (second.is_closed, second.is_continued) == (True, True)


def test_a_second_opening_mark_ends_the_first_quotation_at_its_last_full_sentence() -> None:
    assert _quoted("“We wait. So he said. “We hope.”") == ["“We wait. So he said.", "“We hope.”"]


def test_no_text_has_no_quotations_and_no_paragraphs() -> None:
    assert _quoted("") == _paragraphs("") == _paragraphs(" \n\t\r\n ") == []


def test_every_line_of_prose_on_long_lines_is_a_paragraph() -> None:
    assert _paragraphs("One line.\nAnother line.\r\nThird.") == ["One line.", "Another line.", "Third."]


def test_hard_wrapped_lines_are_one_paragraph_up_to_a_blank_line() -> None:
    line = "the quick ferry crosses the grey sound at noon and"
    text = f"{line}\n{line}\r\n{line}\n{line}\n\nNew paragraph."
    assert _paragraphs(text) == [f"{line}\n{line}\r\n{line}\n{line}", "New paragraph."]


def test_a_turn_of_an_interview_opens_a_paragraph_in_hard_wrapped_prose() -> None:
    line = "the quick ferry crosses the grey sound at noon and"
    assert _paragraphs(f"Q: {line}\n{line}\nA: {line}\n{line}") == [f"Q: {line}\n{line}", f"A: {line}\n{line}"]


def test_short_lines_are_no_hard_wrapped_prose() -> None:
    assert _paragraphs("14:05\nOslo\nTrucks\nRoad") == ["14:05", "Oslo", "Trucks", "Road"]


def test_a_missing_space_between_sentences_is_a_sentence_start() -> None:
    assert _split("They want peace.But nobody came.") == ["They want peace.", "But nobody came."]


def test_a_glued_quotation_starts_a_sentence_with_its_mark() -> None:
    assert _split('She left the UN."But nobody came," he said.') == ["She left the UN.", '"But nobody came," he said.']


def test_a_glued_closing_mark_stays_with_its_sentence() -> None:
    assert _split('"They want peace."But nobody came.') == ['"They want peace."', "But nobody came."]


@pytest.mark.parametrize("text", ["The U.S. army", "Version 3.5 of it", "at example.com today", "J.K. Rolf came"])
def test_a_stop_within_an_abbreviation_or_number_starts_no_sentence(text: str) -> None:
    assert _split(text) == [text]


def test_no_sentence_starts_behind_an_opening_mark_at_a_closing_one_or_at_the_words_that_go_on_behind_it() -> None:
    text = "“We wait!” he said."
    assert set(find_sentence_insides(text, tuple(find_quotations(text)))) == {1, text.index("”"), text.index("he")}


def test_a_sentence_may_start_behind_a_quotation_if_a_capital_follows() -> None:
    text = "“We wait!” Trucks came."
    assert set(find_sentence_insides(text, tuple(find_quotations(text)))) == {1, text.index("”")}


def test_an_opening_mark_behind_a_full_sentence_starts_a_sentence() -> None:
    assert _split("The road is open. “We wait,” he said.") == ["The road is open. ", "“We wait,” he said."]


def test_a_sentence_that_ends_in_a_pronoun_ends_at_its_stop() -> None:
    assert _split("So am I. Nobody came.") == ["So am I.", " Nobody came."]


@pytest.mark.parametrize("text", ["We wait,” he said.", 'We wait," he said.'])
def test_a_closing_mark_that_nothing_opened_closes_its_sentence(text: str) -> None:
    assert _quoted(f"Snow fell. {text}") == [text[:9]]


@pytest.mark.parametrize("text", ['A 5" pipe burst.', "The “gate” fell, he said.", "It was a ten inch” pipe."])
def test_a_closing_mark_without_a_comma_or_stop_in_front_opens_nothing_backwards(text: str) -> None:
    assert "".join(_quoted(text)) in {"", "“gate”"}


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“He said, ‘Go home,’ and left,” she said.", ["‘Go home,’"]),
        ("'He said: \"Go home.\" Then he left,' she said.", ['"Go home."']),
        ("“We wait,” she said.", []),
        ("“The ‘gate’ and the ‘wall’ fell,” she said.", ["‘gate’", "‘wall’"]),
    ],
)
def test_quotations_within_a_quotation_are_found_apart(text: str, inner: list[str]) -> None:
    found = find_inner_quotations(text, list(find_quotations(text)))
    assert [text[quotation.begin : quotation.end] for quotation in found] == inner


@given(_ANY)
@settings(deadline=None)
def test_inner_quotations_of_any_text_lie_within_an_outer_one(text: str) -> None:
    outer = list(find_quotations(text))
    for inner in find_inner_quotations(text, outer):
        assert any(quotation.begin < inner.begin < inner.end <= quotation.end for quotation in outer)
