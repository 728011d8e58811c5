"""Word match: rare words and names count most, inflection and case do not."""

from __future__ import annotations

import numpy as np
import pytest

from kg.query.search_words import find_name_stems, find_stems, fold_text, index_words, score_words

TEXTS = (
    "the grid was struck again",
    "strikes on the power grid of Lviv",
    "the harvest failed",
    "talks on the grid of Lviv failed and the harvest was late",
)


def rank(text: str) -> list[int]:
    scores = score_words(index_words(TEXTS), text)
    return sorted(range(len(TEXTS)), key=lambda row: -scores[row])


def test_case_diacritics_punctuation_and_spaces_make_no_other_wording() -> None:
    assert fold_text("“Talabér  said: NO!”") == fold_text("talaber said no")


def test_a_negation_makes_another_wording() -> None:
    assert fold_text("it is not over") != fold_text("it is over")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strikes", "strike"),
        ("parties", "party"),
        ("stalled", "stalling"),
        ("crosses", "cross"),
        ("Russia's", "Russia"),
        ("planned", "planning"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert find_stems(one) == find_stems(other)


def test_words_that_any_text_holds_have_no_stem_but_negations_do() -> None:
    assert find_stems("that it is not the") == ["not"]


def test_a_capital_makes_a_name_but_not_at_the_beginning() -> None:
    assert find_name_stems("Strikes on Lviv and Kharkiv") == {"lviv", "kharkiv"}


def test_the_text_with_the_most_words_is_first() -> None:
    assert rank("power grid strikes") == [1, 0, 3, 2]


def test_a_name_outweighs_a_word_as_rare() -> None:
    index = index_words(("the mayor of Lviv", "the mayor resigned", "the roof of a barn"))
    scores = score_words(index, "a barn in Lviv")
    assert scores[0] > scores[2]


def test_a_full_match_scores_at_most_one_and_an_unknown_word_takes_from_it() -> None:
    index = index_words(TEXTS)
    full, partial = score_words(index, "harvest failed")[2], score_words(index, "harvest failed utterly")[2]
    assert 0 < partial < full <= 1


def test_a_text_of_stopwords_or_none_matches_nothing() -> None:
    assert not score_words(index_words(TEXTS), "who is it").any()
    assert not score_words(index_words(TEXTS), "").any()


def test_no_texts_give_an_empty_index() -> None:
    assert score_words(index_words(()), "grid").shape == (0,)


def test_texts_without_any_word_are_indexed() -> None:
    assert np.array_equal(score_words(index_words(("…", "?")), "grid"), np.zeros(2))
