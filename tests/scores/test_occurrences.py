"""How one event in many reports is scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputMissingError
from tests.scores.occurrences import Judged, read_occurrence_cases, score_cases

CASES = Path(__file__).parents[1] / "cases" / "occurrences"


def judge(wanted: str, found: tuple[int, ...], missing: tuple[str, ...] = ()) -> Judged:
    return Judged(tuple(wanted), found, missing, {}, ((), ()))


def test_what_is_right_scores_full() -> None:
    figures = score_cases([judge("aab", (1, 1, 2))])
    assert figures["pairs"]["f1"] == figures["b_cubed"]["f1"] == figures["cases_right"] == 100


def test_one_event_taken_for_two_costs_recall() -> None:
    figures = score_cases([judge("aaa", (1, 1, 2))])
    assert figures["pairs"] == {"precision": 100.0, "recall": 33.3, "f1": 50.0}
    assert figures["b_cubed"]["precision"] == 100
    assert figures["b_cubed"]["recall"] == pytest.approx(55.6)


def test_two_events_taken_for_one_cost_precision() -> None:
    figures = score_cases([judge("ab", (1, 1))])
    assert figures["pairs"]["precision"] == 0
    assert figures["b_cubed"]["precision"] == 50
    assert figures["b_cubed"]["recall"] == 100


def test_a_report_that_extraction_misses_is_counted_apart() -> None:
    figures = score_cases([judge("a", (1,), ("struck",))])
    assert figures["found"] == 50
    assert figures["cases_right"] == 0


def test_wrong_numbers_of_publishers_and_copies_count() -> None:
    item = judge("a", (1,))._replace(publishers={"a": (2, 1)}, copies=(((1, 2),), ()))
    figures = score_cases([item])
    assert figures["publishers"] == figures["copies"] == figures["cases_right"] == 0


def test_the_cases_are_well_formed() -> None:
    cases = read_occurrence_cases(CASES)
    assert len(cases) >= 40
    assert len({case.name for case in cases}) == len(cases)
    for case in cases:
        labels = {label for text in case.texts for label in text.events.values()}
        assert set(case.publishers) <= labels, case.name
        assert all(word in text.text.split() for text in case.texts for word in text.events), case.name
        assert all(1 <= number <= len(case.texts) for group in case.copies for number in group), case.name


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError):
        read_occurrence_cases(tmp_path)
