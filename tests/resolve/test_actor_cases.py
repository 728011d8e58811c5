"""Whom and what names mean: tests/cases/homonyms and tests/cases/aliases, through the whole of what the project ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.toolchain import Toolchain
from kg.settings import Settings
from tests.scores.actors import Case, Found, is_right, judge, locate, read_actor_cases

_FOLDER = Path(__file__).parents[1] / "cases"
CASES = [case for folder in ("homonyms", "aliases") for case in read_actor_cases(_FOLDER / folder)]


def _to_parameter(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=f"{case.group}: {case.phenomenon}", marks=marks)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(profile="fast")


@pytest.fixture(scope="module")
def toolchain(settings: Settings) -> Toolchain:
    return Toolchain(settings)


@pytest.mark.slow
@pytest.mark.parametrize("case", [_to_parameter(case) for case in CASES])
def test_the_words_of_a_case_mean_the_actors_listed(case: Case, toolchain: Toolchain, settings: Settings) -> None:
    assert judge(case, toolchain, settings.base) == []


def test_there_are_at_least_150_cases_and_none_twice() -> None:
    assert len({case.text + case.published for case in CASES}) == len(CASES) >= 150
    assert len({(case.group, case.phenomenon) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.phenomenon)
def test_the_words_of_a_case_stand_in_its_text(case: Case) -> None:
    for words in case.actors:
        begin, end = locate(case.text, words)
        assert case.text[begin:end] == words.partition("#")[0]


def test_a_slug_is_the_registered_actor_and_nothing_else() -> None:
    assert is_right("Georgia", "state/ge", Found("Georgia", "state/ge"))
    assert not is_right("Georgia", "state/ge", Found("Georgia", ""))
    assert is_right("Georgia", "!state/ge", Found("Georgia", ""))
    assert not is_right("Georgia", "!state/ge", Found("Georgia", "state/ge"))


def test_nothing_may_be_linked_where_nothing_is_listed_but_an_unregistered_actor_of_that_very_name() -> None:
    assert is_right("Kesler#3", "", Found("", ""))
    assert is_right("Victoria", "", Found("Victoria", ""))
    assert not is_right("Kesler#3", "", Found("Anna Kesler", ""))
    assert not is_right("Victoria", "", Found("Seychelles", "state/sc"))


def test_words_that_a_text_lacks_are_named() -> None:
    assert locate("Anna Kesler met Paul Kesler.", "Kesler#2") == (21, 27)
    with pytest.raises(ValueError, match="Kesler#3"):
        locate("Anna Kesler met Paul Kesler.", "Kesler#3")
