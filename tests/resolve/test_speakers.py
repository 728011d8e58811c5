"""Who speaks: tests/cases/speakers/*.toml, through the whole of what the project ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.toolchain import Toolchain
from kg.settings import Settings
from tests.scores.speakers import Case, Found, annotate_case, find_speaker, is_right, read_speaker_cases

CASES = read_speaker_cases(Path(__file__).parents[1] / "cases" / "speakers")


def _to_parameter(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=f"{case.group}: {case.phenomenon}", marks=marks)


@pytest.fixture(scope="module", params=["best", "fast"])
def toolchain(request: pytest.FixtureRequest) -> Toolchain:
    return Toolchain(Settings(profile=request.param))


@pytest.mark.slow
@pytest.mark.parametrize("case", [_to_parameter(case) for case in CASES])
def test_the_words_of_a_case_are_given_to_who_says_them(case: Case, toolchain: Toolchain) -> None:
    found = find_speaker(case, annotate_case(case, toolchain))
    assert found is not None, "no attribution holds the words"
    assert is_right(case, found), found


def test_there_are_at_least_60_cases_and_none_twice() -> None:
    assert len({(case.text, case.content) for case in CASES}) == len(CASES) >= 60
    assert len({(case.group, case.phenomenon) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.phenomenon)
def test_the_words_of_a_case_stand_in_its_text_once(case: Case) -> None:
    assert case.text.count(case.content) == 1


def test_a_name_must_be_the_same_and_a_description_must_hold_the_words_listed() -> None:
    named = Case("x", "x", "x", "x", "Ada Reyes")
    assert is_right(named, Found("Ada Reyes", "Kenya"))
    assert not is_right(named, Found("Reyes", "Kenya"))
    unnamed = Case("x", "x", "x", "x", "Greek official", "Greece")
    assert is_right(unnamed, Found("senior Greek official", "Greece"))
    assert not is_right(unnamed, Found("senior Greek official", ""))
    assert not is_right(unnamed, Found("Greek diplomat", "Greece"))
    assert not is_right(unnamed, Found("", "Greece"))
