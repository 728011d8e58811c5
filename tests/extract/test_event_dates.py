"""Time expressions of a text, and what each comes to: 2025-10-22 is a Wednesday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.event_periods import Period, Unit, find_weekday, join, make_period, shift
from kg.extract.event_time_expressions import find_expressions
from kg.extract.event_time_readings import Moment

_WEDNESDAY = date(2025, 10, 22)
_NAMED = date(2025, 8, 20)
_UNITS: st.SearchStrategy[Unit] = st.sampled_from(["day", "week", "month", "year", "decade"])
_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def _read(phrase: str, moment: Moment) -> tuple[str, str | None, str] | None:
    expressions = find_expressions(phrase)
    assert len(expressions) <= 1, [phrase[e.begin : e.end] for e in expressions]
    period = expressions[0].resolve(moment) if expressions else None
    return None if period is None else (period.begin, period.end, period.precision)


@pytest.mark.parametrize(
    ("phrase", "begin", "end", "precision"),
    [
        ("on Tuesday", "2025-10-21", None, "day"),
        ("on Wednesday", "2025-10-22", None, "day"),
        ("last Wednesday", "2025-10-15", None, "day"),
        ("this past Sunday", "2025-10-19", None, "day"),
        ("next Monday", "2025-10-27", None, "day"),
        ("Thursday of last week", "2025-10-16", None, "day"),
        ("Monday this week", "2025-10-20", None, "day"),
        ("yesterday", "2025-10-21", None, "day"),
        ("the day before yesterday", "2025-10-20", None, "day"),
        ("overnight", "2025-10-22", None, "day"),
        ("tonight", "2025-10-22", None, "day"),
        ("tomorrow", "2025-10-23", None, "day"),
        ("three days ago", "2025-10-19", None, "day"),
        ("12 days ago", "2025-10-10", None, "day"),
        ("two hours ago", "2025-10-22", None, "day"),
        ("a week ago", "2025-10-13", "2025-10-19", "week"),
        ("a couple of weeks ago", "2025-10-06", "2025-10-12", "week"),
        ("eight months ago", "2025-02", None, "month"),
        ("ten years ago", "2015", None, "year"),
        ("a decade ago", "2010", "2019", "decade"),
        ("on 3 October 2024", "2024-10-03", None, "day"),
        ("on the 3rd of October", "2025-10-03", None, "day"),
        ("on October 3", "2025-10-03", None, "day"),
        ("on Oct. 3rd, 2021", "2021-10-03", None, "day"),
        ("on Dec. 30", "2024-12-30", None, "day"),
        ("on Friday, 3 October", "2025-10-03", None, "day"),
        ("on 3 June last year", "2024-06-03", None, "day"),
        ("on 2024-02-29", "2024-02-29", None, "day"),
        ("on 17.02.2024", "2024-02-17", None, "day"),
        ("on 17/02/2024", "2024-02-17", None, "day"),
        ("on 02/17/2024", "2024-02-17", None, "day"),
        ("June 3–5", "2025-06-03", "2025-06-05", "day"),
        ("June 3 to 5, 2022", "2022-06-03", "2022-06-05", "day"),
        ("between June 3 and 5", "2025-06-03", "2025-06-05", "day"),
        ("3 to 5 June 2022", "2022-06-03", "2022-06-05", "day"),
        ("from 30 December to 2 January", "2024-12-30", "2025-01-02", "day"),
        ("June 28 – July 2", "2025-06-28", "2025-07-02", "day"),
        ("from Friday to Monday", "2025-10-17", "2025-10-20", "day"),
        ("between Saturday and Monday", "2025-10-18", "2025-10-20", "day"),
        ("from November to February", "2024-11", "2025-02", "month"),
        ("from March 2019 to May 2021", "2019-03", "2021-05", "month"),
        ("from 2014 until 2019", "2014", "2019", "year"),
        ("this week", "2025-10-20", "2025-10-26", "week"),
        ("the past week", "2025-10-15", "2025-10-22", "day"),
        ("the last three days", "2025-10-19", "2025-10-22", "day"),
        ("over the weekend", "2025-10-18", "2025-10-19", "day"),
        ("last weekend", "2025-10-18", "2025-10-19", "day"),
        ("in October", "2025-10", None, "month"),
        ("in late November", "2024-11", None, "month"),
        ("mid-March", "2025-03", None, "month"),
        ("March's", "2025-03", None, "month"),
        ("next June", "2026-06", None, "month"),
        ("in June of last year", "2024-06", None, "month"),
        ("later this month", "2025-10", None, "month"),
        ("last summer", "2025-06", "2025-08", "month"),
        ("in the summer of 2022", "2022-06", "2022-08", "month"),
        ("in the third quarter of 2024", "2024-07", "2024-09", "month"),
        ("in the first half of this year", "2025-01", "2025-06", "month"),
        ("at the end of last year", "2024", None, "year"),
        ("by year's end", "2025", None, "year"),
        ("in early 2024", "2024", None, "year"),
        ("in 2014", "2014", None, "year"),
        ("in the late 1990s", "1990", "1999", "decade"),
        ("on Christmas Eve", "2024-12-24", None, "day"),
        ("on the eve of Tuesday", "2025-10-20", None, "day"),
    ],
)
def test_a_phrase_is_read_against_the_day_of_publication(phrase: str, begin: str, end: str | None, precision: str) -> None:
    assert _read(phrase, Moment(_WEDNESDAY)) == (begin, end, precision)


@pytest.mark.parametrize(
    ("phrase", "begin"),
    [
        ("on Tuesday", "2025-10-28"),
        ("on Wednesday", "2025-10-22"),
        ("on January 5", "2026-01-05"),
        ("in February", "2026-02"),
        ("in two weeks", "2025-11-03"),
        ("in three months' time", "2026-01"),
        ("this weekend", "2025-10-25"),
        ("on New Year's Day", "2026-01-01"),
    ],
)
def test_what_is_to_come_is_after_publication(phrase: str, begin: str) -> None:
    found = _read(phrase, Moment(_WEDNESDAY, is_future=True))
    assert found is not None
    assert found[0] == begin


@pytest.mark.parametrize(
    ("phrase", "begin"),
    [
        ("two weeks earlier", "2025-08-04"),
        ("three days later", "2025-08-23"),
        ("the previous day", "2025-08-19"),
        ("the next day", "2025-08-21"),
        ("the same day", "2025-08-20"),
        ("that same day", "2025-08-20"),
        ("the day before", "2025-08-19"),
        ("a day after", "2025-08-21"),
        ("the following Monday", "2025-08-25"),
        ("the previous Wednesday", "2025-08-13"),
        ("the following month", "2025-09"),
        ("two years earlier", "2023"),
        ("the same year", "2025"),
    ],
)
def test_a_phrase_that_points_back_is_read_against_the_day_named_last(phrase: str, begin: str) -> None:
    found = _read(phrase, Moment(_WEDNESDAY, named_day=_NAMED, named=make_period("day", _NAMED)))
    assert found is not None
    assert found[0] == begin
    assert _read(phrase, Moment(_WEDNESDAY)) is None


def test_days_are_not_counted_from_a_month() -> None:
    moment = Moment(_WEDNESDAY, named=make_period("month", _NAMED))
    assert _read("two days later", moment) is None
    assert _read("two months later", moment) == ("2025-10", None, "month")


@pytest.mark.parametrize(
    ("phrase", "begin"),
    [("on 3 October 2024", "2024-10-03"), ("in June 2019", "2019-06"), ("on October 3", None), ("yesterday", None)],
)
def test_without_publication_only_expressions_with_a_year_are_read(phrase: str, begin: str | None) -> None:
    found = _read(phrase, Moment(None))
    assert (found and found[0]) == begin


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "in the park",
        "on 31 February 2025",
        "on 03/06/2025",
        "at 1900 GMT",
        "2,014 people",
        "$2014",
        "it may march on",
        "June Carter sang",
        "for three days",
        "at the same time",
        "several days ago",
        "on the last day of the summit",
        "in two weeks",
        "the day before the vote",
        "March 5,000 people",
        "the eve of the vote",
    ],
)
def test_what_tells_no_time_of_its_own_is_not_read(phrase: str) -> None:
    assert _read(phrase, Moment(_WEDNESDAY)) is None


@given(_DAYS, st.integers(-30, 30), _UNITS)
def test_shifting_there_and_back_ends_in_the_same_period(day: date, count: int, unit: Unit) -> None:
    there = shift(day, count, unit)
    assert there is not None
    back = shift(there, -count, unit)
    assert back is not None
    assert make_period(unit, back) == make_period(unit, day)


@given(_DAYS, _UNITS)
def test_a_period_holds_the_day_that_it_was_made_of(day: date, unit: Unit) -> None:
    period = make_period(unit, day)
    assert period.first <= day <= period.last
    assert period.end is None or period.begin < period.end


@given(_DAYS, st.integers(0, 6), st.booleans(), st.booleans())
def test_the_nearest_weekday_is_within_a_week(day: date, weekday: int, is_after: bool, is_strict: bool) -> None:
    found = find_weekday(weekday, day, is_after=is_after, is_strict=is_strict)
    assert found.weekday() == weekday
    gap_days = (found - day).days if is_after else (day - found).days
    assert is_strict <= gap_days <= 6 + is_strict


def test_a_range_that_runs_backwards_is_none() -> None:
    june, may = make_period("month", date(2024, 6, 1)), make_period("month", date(2024, 5, 1))
    assert join(june, may) is None
    assert join(may, june) == Period(date(2024, 5, 1), date(2024, 6, 30), "month")


def test_shifting_beyond_the_calendar_gives_no_day() -> None:
    assert shift(date(5, 1, 1), -1, "decade") is None
    assert shift(date(9999, 12, 31), 1, "day") is None


def test_of_overlapping_expressions_the_longest_counts() -> None:
    text = "They met on Tuesday, 14 October, and on Friday last week."
    assert [text[e.begin : e.end] for e in find_expressions(text)] == ["Tuesday, 14 October", "Friday last week"]


@given(st.text(alphabet="0123456789 -/.,JuneMayonthdlsrTusfMOctW'’", max_size=60))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    end = 0
    for expression in find_expressions(text):
        assert end <= expression.begin < expression.end <= len(text)
        end = expression.end
        expression.resolve(Moment(_WEDNESDAY, named_day=_NAMED, named=make_period("day", _NAMED)))
