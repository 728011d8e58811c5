"""Other wordings of a text: states by label, capital and government, persons by the post that they hold."""

from __future__ import annotations

import pytest

from kg.query.search_variants import list_variants


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("Moscow wants peace", "Russia wants peace"),
        ("Russia wants peace", "Moscow wants peace"),
        ("the Kremlin wants peace", "Russia wants peace"),
        ("Japan will not yield", "the Japanese government will not yield"),
        ("Tehran's envoy left", "Iran's envoy left"),
        ("Zelensky met the envoy", "the Ukrainian president met the envoy"),
    ],
)
def test_a_name_is_exchanged(text: str, variant: str) -> None:
    assert variant in list_variants(text)


def test_the_text_itself_comes_first() -> None:
    assert list_variants("Moscow wants peace")[0] == "Moscow wants peace"


def test_a_text_that_names_nobody_has_no_other_wording() -> None:
    assert list_variants("the ferry sails at noon") == ("the ferry sails at noon",)


def test_a_name_within_a_word_or_without_its_capital_is_none() -> None:
    assert list_variants("a turkey and the Ukrainian-born Iranologist") == ("a turkey and the Ukrainian-born Iranologist",)


def test_all_states_of_a_text_are_exchanged_at_once() -> None:
    assert "Moscow attacked Kyiv" in list_variants("Russia attacked Ukraine")
