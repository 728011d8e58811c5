"""Days, weeks, months, years and decades: what a time expression of a text comes to on the calendar."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from kg.model.event import DatePrecision

Unit = Literal["day", "week", "month", "year", "decade"]

_ORDER: tuple[DatePrecision, ...] = ("day", "week", "month", "year", "decade")
_MONTHS_PER_YEAR = 12


class Period(NamedTuple):
    """A stretch of days, first and last included, told to the day, week, month, year or decade."""

    first: date
    last: date
    precision: DatePrecision

    @property
    def begin(self) -> str:
        """ISO 8601, reduced to the precision: "2025-10-20", "2025-10", "2025"."""
        return _reduce(self.first, self.precision)

    @property
    def end(self) -> str | None:
        """The same of the last day; None where that says nothing new. A week and a decade always have an end."""
        end = _reduce(self.last, self.precision)
        return None if end == self.begin else end

    @property
    def coarseness(self) -> int:
        """0 for a day, up to 4 for a decade."""
        return _ORDER.index(self.precision)


def _reduce(day: date, precision: DatePrecision) -> str:
    text = day.isoformat()
    return text if precision in {"day", "week"} else text[:7] if precision == "month" else text[:4]


def read_day(text: str | None) -> date | None:
    """Return the day that an ISO 8601 date or time begins with; None where it tells none."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", text or "")
    return make_day(int(match[1]), int(match[2]), int(match[3])) if match else None


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day; None where the calendar has none (31 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def make_period(unit: Unit, day: date) -> Period:
    """Return the day, the week from Monday to Sunday, the month, year or decade that a day falls in."""
    if unit == "day":
        return Period(day, day, "day")
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        return make_months(day.year, day.month)
    if unit == "year":
        return Period(date(day.year, 1, 1), date(day.year, 12, 31), "year")
    decade = day.year - day.year % 10
    return Period(date(decade, 1, 1), date(decade + 9, 12, 31), "decade")


def make_months(year: int, month: int, count: int = 1) -> Period:
    """Return `count` whole months from a month on."""
    last = year * _MONTHS_PER_YEAR + month - 1 + count - 1
    last_year, last_month = last // _MONTHS_PER_YEAR, last % _MONTHS_PER_YEAR + 1
    return Period(date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]), "month")


def shift(day: date, count: int, unit: Unit) -> date | None:
    """Return the day so many units later, or earlier where `count` is negative; None beyond the calendar.

    The 31st of a month is the last day of a shorter one.
    """
    try:
        if unit in {"day", "week"}:
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        months = day.year * _MONTHS_PER_YEAR + day.month - 1 + count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = months // _MONTHS_PER_YEAR, months % _MONTHS_PER_YEAR + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def join(left: Period, right: Period) -> Period | None:
    """Return the period from the begin of one to the end of the other, as exact as the vaguer; None where it runs backwards."""
    if right.last < left.first:
        return None
    return Period(left.first, right.last, max(left, right, key=lambda period: period.coarseness).precision)


def find_weekday(weekday: int, anchor: date, *, is_after: bool, is_strict: bool = False) -> date:
    """Return the day of the week nearest to the anchor, after it or before it; the anchor itself unless `is_strict`.

    `weekday` is 0 for Monday.
    """
    gap_days = (weekday - anchor.weekday()) % 7 if is_after else (anchor.weekday() - weekday) % 7
    gap_days += 7 if is_strict and gap_days == 0 else 0
    return anchor + timedelta(days=gap_days if is_after else -gap_days)


def find_month(month: int, anchor: date, *, is_after: bool, is_strict: bool = False) -> int:
    """Return the year of the month of this name nearest to the anchor; the anchor's own month counts unless `is_strict`."""
    if is_after:
        return anchor.year + (month < anchor.month or (is_strict and month == anchor.month))
    return anchor.year - (month > anchor.month or (is_strict and month == anchor.month))
