"""When the events of our own sentences take place, found by the shipped rules; all cases are in `tests/cases/dates`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.pipeline import Annotator
from kg.extract.extractor import RuleExtractor
from kg.model.document import Document
from kg.resolve.registry import read_registry
from kg.settings import Settings
from tests.scores.dates import Case, read_date_cases, select_date

_CASES = read_date_cases(Path(__file__).parents[1] / "cases" / "dates")


@cache
def _tools() -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    return Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())


def _to_parameter(case: Case) -> Any:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=f"{case.group}: {case.phenomenon}", marks=marks)


@pytest.mark.parametrize("case", [_to_parameter(case) for case in _CASES])
def test_an_event_takes_place_when_its_sentence_tells(case: Case) -> None:
    annotator, extractor = _tools()
    document = Document(
        id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=case.text, published=case.published
    )
    extraction = extractor.extract(annotator.annotate(document))
    assert select_date(case, extraction.events) == case.expected


def test_there_are_cases_of_every_precision_of_ranges_and_of_no_date() -> None:
    assert {case.precision for case in _CASES} == {"day", "week", "month", "year", "decade"}
    assert sum(bool(case.date_end) for case in _CASES) >= 10
    assert sum(not case.date for case in _CASES) >= 15
