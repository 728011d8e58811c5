"""When an event can have taken place, by what its text tells and by when that was published."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

#: News without a date tells of the last days: how far back an undated event is looked for, in days.
REACH_DAYS = 10
#: Clocks differ over the world, and a night has two days.
_SLACK_DAYS = 1
#: A time that is known no better than this is compared by its year alone.
_COARSE_DAYS = 45
_BUCKET_DAYS = 7
_WEEK = re.compile(r"(\d{4})-?W(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")


class Window(NamedTuple):
    """Days from `first` to `last`, both included, as ordinals of the proleptic Gregorian calendar.

    `is_told`: the text tells the date; else it is looked for in the days up to publication.
    """

    first: int
    last: int
    is_told: bool

    @property
    def days(self) -> int:
        """Number of days, 1 or more."""
        return self.last - self.first + 1


def read_day(text: str | None) -> date | None:
    """Return the day of an ISO 8601 date or date-time; None where there is none."""
    try:
        return None if text is None else date.fromisoformat(text[:10])
    except ValueError:
        return None


def read_window(told: str | None, published: str | None, *, is_ahead: bool = False) -> Window | None:
    """Return when an event can have taken place; None where nothing tells.

    Args:
        told: ISO 8601 day, week (`2026-W10`), month or year of the event, or an interval of two of these (`A/B`).
        published: ISO 8601 day of publication: what has happened is not later.
        is_ahead: whether it was still to come: then publication bounds it from below, and only by what was told.
    """
    bound = read_day(published)
    span = _read_span(told)
    if span is not None:
        first, last = span
        if bound is not None and not is_ahead and last > bound.toordinal() >= first:
            last = bound.toordinal()
        return Window(first, last, is_told=True)
    if bound is None:
        return None
    day = bound.toordinal()
    return Window(day - REACH_DAYS, day, is_told=False)


def _read_span(told: str | None) -> tuple[int, int] | None:
    if not told:
        return None
    begin, _, end = told.partition("/")
    first, last = _read_period(begin), _read_period(end or begin)
    return None if first is None or last is None or last[1] < first[0] else (first[0], last[1])


def _read_period(text: str) -> tuple[int, int] | None:
    """Return the first and last day of a day, week, month or year."""
    try:
        if match := _WEEK.fullmatch(text):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return monday.toordinal(), (monday + timedelta(days=6)).toordinal()
        if match := _MONTH.fullmatch(text):
            year, month = int(match[1]), int(match[2])
            return date(year, month, 1).toordinal(), date(year, month, calendar.monthrange(year, month)[1]).toordinal()
        if _YEAR.fullmatch(text):
            return date(int(text), 1, 1).toordinal(), date(int(text), 12, 31).toordinal()
    except (ValueError, calendar.IllegalMonthError):
        return None
    day = read_day(text)
    return None if day is None else (day.toordinal(), day.toordinal())


def measure_gap(left: Window, right: Window) -> int:
    """Return the days between two windows, 0 where they overlap."""
    return max(0, left.first - right.last, right.first - left.last)


def list_buckets(window: Window) -> tuple[str, ...]:
    """Return the names of the weeks of a window and of the days beside it; of the years, where it is coarse.

    Two windows that are not coarse and at most two days apart share a week.
    """
    if window.days > _COARSE_DAYS:
        years = range(date.fromordinal(window.first).year, date.fromordinal(window.last).year + 1)
        return tuple(f"y{year}" for year in years)
    weeks = range((window.first - _SLACK_DAYS) // _BUCKET_DAYS, (window.last + _SLACK_DAYS) // _BUCKET_DAYS + 1)
    return tuple(f"w{week:06}" for week in weeks)
