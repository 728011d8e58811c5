from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.query.pages.choosing import Chosen
from kg.query.pages.timeline import Unit, make_series

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))


def choose(*days: str) -> list[Chosen]:
    return [Chosen(f"https://e.example/{number}", day) for number, day in enumerate(days)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DAYS, max_size=40), st.lists(DAYS, max_size=40), st.sampled_from([None, "day", "week", "month", "year"]))
def test_everything_is_in_a_stretch_or_told_to_be_earlier(claims: list[date], events: list[date], unit: Unit | None) -> None:
    series = make_series(choose(*map(date.isoformat, claims)), choose(*map(date.isoformat, events)), unit)
    assert sum(bucket.claims for bucket in series.buckets) + series.earlier_claims == len(claims)
    assert sum(bucket.events for bucket in series.buckets) + series.earlier_events == len(events)
    assert series.earlier_claims + series.earlier_events <= 0.04 * (len(claims) + len(events))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DAYS, min_size=1, max_size=40))
def test_stretches_follow_each_other_without_a_gap_and_fit_a_picture(days: list[date]) -> None:
    series = make_series(choose(*map(date.isoformat, days)))
    assert 1 <= len(series.buckets) <= 122
    for bucket, following in zip(series.buckets, series.buckets[1:], strict=False):
        assert bucket.last + timedelta(days=1) == following.first


def test_days_of_one_month_are_shown_by_day_and_decades_by_year() -> None:
    assert make_series(choose("2026-03-01", "2026-03-30")).unit == "day"
    assert make_series(choose("2024-03-01", "2026-03-30")).unit == "week"
    assert make_series(choose("2020-03-01", "2026-03-30")).unit == "month"
    assert make_series(choose("1950-03-01", "2026-03-30")).unit == "year"


def test_a_unit_that_gives_too_many_bars_is_not_taken() -> None:
    assert make_series(choose("2020-03-01", "2026-03-30"), unit="day").unit == "month"


def test_a_few_early_days_do_not_press_all_others_together() -> None:
    series = make_series(choose("1916-02-21", *["2026-03-01"] * 20, *["2026-03-09"] * 20))
    assert (series.unit, series.earlier_claims, len(series.buckets)) == ("day", 1, 9)


@pytest.mark.parametrize(
    ("text", "first"), [("2026", "2026-01-01"), ("2026-03", "2026-03-01"), ("2026-03-04T10:00:00+02:00", "2026-03-04")]
)
def test_years_and_months_count_at_their_first_day(text: str, first: str) -> None:
    (bucket,) = make_series(choose(text), unit="day").buckets
    assert bucket.first == date.fromisoformat(first)


def test_what_has_no_day_is_counted_apart() -> None:
    series = make_series(choose("", "no day", "2026-03-04"), choose(""))
    assert (series.undated_claims, series.undated_events, len(series.buckets)) == (2, 1, 1)


def test_weeks_begin_on_monday_and_are_called_by_their_number() -> None:
    (bucket,) = make_series(choose("2026-01-01"), unit="week").buckets
    assert (bucket.first, bucket.label) == (date(2025, 12, 29), "2026-W01")


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_the_last_days_of_the_calendar_have_a_stretch(unit: Unit) -> None:
    (bucket,) = make_series(choose("9999-12-31"), unit=unit).buckets
    assert bucket.last == date.max


def test_nothing_has_no_stretches() -> None:
    assert make_series([]).buckets == ()
