"""The language of texts: when the small words of English decide, and when the model does."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest

from kg.read.language import LANGUAGES, guess_language, is_plainly_english

_ENGLISH = (
    "The harbour master said on Tuesday that the ferries will not sail before the storm has passed, and that all who "
    "bought a ticket could have their money back. It was the third time this month that they had to stay in port."
)
_POLISH = (
    "Kapitan portu powiedział we wtorek, że promy nie wypłyną, dopóki nie minie sztorm, a wszyscy, którzy kupili bilety, "
    "mogą odzyskać pieniądze. To już trzeci raz w tym miesiącu, kiedy musiały pozostać w porcie."
)


def _find_foreign_examples() -> Iterator[tuple[str, str]]:
    """Yield a language and a text of its own, of spaCy's example sentences."""
    for language in sorted(LANGUAGES - {"en", "no"}):
        try:
            yield language, " ".join(importlib.import_module(f"spacy.lang.{language}.examples").sentences)
        except ModuleNotFoundError:
            continue  # spaCy has no examples of some languages


def _is_plain(text: str) -> bool:
    return is_plainly_english(text, "".join(filter(str.isalpha, text)))


def test_news_in_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("kg.read.language._load_identifier", fail)
    assert guess_language(_ENGLISH) == "en"


def test_the_model_knows_other_languages() -> None:
    assert guess_language(_POLISH) == "pl"


def test_the_model_knows_english_without_small_words() -> None:
    headlines = "Ferries stay docked amid storm warnings\nHarbour traffic halts\nPassengers demand refunds\n"
    assert not _is_plain(headlines)
    assert guess_language(headlines) == "en"


def test_fewer_than_forty_letters_are_of_no_language() -> None:
    assert guess_language("The ferries will not sail.") is None


@pytest.mark.parametrize("text", [f"{_ENGLISH}\n{_POLISH}", f"{_POLISH}\n{_ENGLISH}"], ids=["english first", "english last"])
def test_a_text_in_two_languages_is_not_plainly_english(text: str) -> None:
    assert not _is_plain(text)


def test_english_words_within_another_alphabet_are_not_plainly_english() -> None:
    assert not _is_plain(f"{_ENGLISH} {'周二港口管理员表示渡轮在风暴过去之前不会启航' * 2}")


@pytest.mark.parametrize(("language", "text"), list(_find_foreign_examples()))
def test_no_other_language_is_plainly_english(language: str, text: str) -> None:
    assert not _is_plain(text), language


@pytest.mark.parametrize("name", ["Łukasz Żyła", "Gülşen Çağlar", "Ştefan Ţurcanu"])
def test_foreign_names_leave_a_text_english(name: str) -> None:
    assert _is_plain(f"{_ENGLISH} The captain, {name}, was not there.")
