"""What time expressions come to: each reading takes the match of a pattern and what is known around it.

Two conventions where usage is divided: "last Tuesday" is the latest Tuesday before publication, "next Tuesday" the first one
after it. What happened "overnight" is of the day that tells it, what happened "last night" of the day before. A numeric date
of which nothing tells the order ("03/06/2025") comes to nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from kg.extract.event_periods import Period, Unit, find_month, find_weekday, join, make_day, make_months, make_period, shift


class Moment(NamedTuple):
    """What an expression is read against.

    Attributes:
        published: the day of publication, None where unknown.
        is_future: whether what is told of is still to come.
        named_day: the last day that the text named before, None where it named none.
        named: the last period of any precision that it named before.
    """

    published: date | None
    is_future: bool = False
    named_day: date | None = None
    named: Period | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {"a": 1, "an": 1, "a couple of": 2, "twenty": 20, **{word: at for at, word in enumerate(NUMBERS, 1)}}
_UNITS: dict[str, Unit] = {"day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade"}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
PARTS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "1st": 0, "2nd": 1, "3rd": 2, "4th": 3}
_HOLIDAYS = {"christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1), "new year's eve": (12, 31)}
_NEAR = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_SHIFTS = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}


def _to_month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _to_count(words: str) -> int:
    text = " ".join(words.lower().split())
    return _COUNTS.get(text) or int(text)


def _find_year(match: re.Match[str], moment: Moment) -> int | None:
    """Return the year that an expression states itself, in figures or as "last year"."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("that") and moment.published is not None:
        return moment.published.year + _SHIFTS[groups["that"].lower()]
    return None


def read_written(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "3 June 2024", "June 3-5", "between 3 and 5 June"; without a year the nearest by tense."""
    groups = match.groupdict()
    month, days = _to_month(match["month"]), [int(match["day"]), int(groups.get("until") or match["day"])]
    year = _find_year(match, moment)
    if year is None:
        if moment.published is None:
            return None
        anchor = moment.published
        year = anchor.year
        if moment.is_future and (month, days[1]) < (anchor.month, anchor.day):
            year += 1
        elif not moment.is_future and (month, days[0]) > (anchor.month, anchor.day):
            year -= 1
    first, last = (make_day(year, month, day) for day in days)
    return None if first is None or last is None or last < first else Period(first, last, "day")


def read_iso(match: re.Match[str], _: Moment) -> Period | None:
    """Read "2024-02-29"."""
    return _to_day(make_day(int(match["year"]), int(match["number"]), int(match["day"])))


def read_numeric(match: re.Match[str], _: Moment) -> Period | None:
    """Read "17/02/2024", "02/17/2024", "17.02.2024"; None where day and month could be either."""
    left, right, year = int(match["left"]), int(match["right"]), int(match["year"])
    day_first, month_first = make_day(year, right, left), make_day(year, left, right)
    if match["mark"] == ".":
        return _to_day(day_first)
    if day_first is not None and month_first is not None and day_first != month_first:
        return None
    return _to_day(day_first or month_first)


def _to_day(day: date | None) -> Period | None:
    return None if day is None else Period(day, day, "day")


def read_month(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "June 2019", "last June", "June last year", "in June"; a bare month is the nearest by tense."""
    groups = match.groupdict()
    month, year = _to_month(match["month"]), _find_year(match, moment)
    if year is None and moment.published is not None:
        which = (groups.get("which") or "").lower()
        is_after = which == "next" or (which != "last" and moment.is_future)
        year = find_month(month, moment.published, is_after=is_after, is_strict=which in {"last", "next"})
    return None if year is None else make_months(year, month)


def read_month_range(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "from November to February", "between March 2019 and May 2021"."""
    last = read_month(match, moment)
    if last is None:
        return None
    month = _to_month(match["from"])
    year = int(match["since"]) if match["since"] else last.first.year - (month > last.first.month)
    return join(make_months(year, month), last)


def read_year(match: re.Match[str], _: Moment) -> Period | None:
    """Read "2014"."""
    return make_period("year", date(int(match["year"]), 1, 1))


def read_decade(match: re.Match[str], _: Moment) -> Period | None:
    """Read "the late 1990s"."""
    return make_period("decade", date(int(match["decade"]), 1, 1))


def read_weekday(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "Tuesday", "next Monday", "Friday last week", "the following Monday"; a bare one is the nearest by tense."""
    weekday, which = WEEKDAYS.index(match["weekday"].lower()), (match["which"] or "").lower()
    if which in {"following", "previous"}:
        anchor = moment.named_day
        return None if anchor is None else _to_day(find_weekday(weekday, anchor, is_after=which == "following", is_strict=True))
    if moment.published is None:
        return None
    if match["week"]:
        week = make_period("week", moment.published + timedelta(days=7 * _SHIFTS[match["week"].lower()]))
        return _to_day(week.first + timedelta(days=weekday))
    is_after = which in {"next", "coming"} or (which not in {"last", "past"} and moment.is_future)
    is_strict = which in {"last", "past", "next", "coming"}
    return _to_day(find_weekday(weekday, moment.published, is_after=is_after, is_strict=is_strict))


def read_near(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "yesterday", "overnight", "this morning", "the day after tomorrow"."""
    days = _NEAR.get(" ".join(match["near"].lower().split()), 0)
    return None if moment.published is None else _to_day(moment.published + timedelta(days=days))


def read_unit(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "last month", "earlier this year", "the end of the year" against publication."""
    which, unit = (match["which"] or "the").lower(), _UNITS[match["unit"].lower()]
    day = None if moment.published is None else shift(moment.published, _SHIFTS.get(which, 0), unit)
    return None if day is None else make_period(unit, day)


def read_span(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "in the past week", "over the next three months": from or until the day of publication."""
    unit, count, anchor = _UNITS[match["unit"].lower()], _to_count(match["count"] or "one"), moment.published
    other = None if anchor is None else shift(anchor, count if match["which"].lower() in {"next", "coming"} else -count, unit)
    if anchor is None or other is None:
        return None
    return Period(
        min(anchor, other), max(anchor, other), "day" if unit in {"day", "week"} else "month" if unit == "month" else "year"
    )


def read_ago(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "three days ago", "a week ago": as exact as the unit it counts in."""
    if match["unit"].lower() in {"hour", "minute"}:
        return _to_day(moment.published)
    unit = _UNITS[match["unit"].lower()]
    day = None if moment.published is None else shift(moment.published, -_to_count(match["count"]), unit)
    return None if day is None else make_period(unit, day)


def read_ahead(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "in two weeks" of what is to come; of what has happened it is how long that took."""
    unit = _UNITS[match["unit"].lower()]
    day = shift(moment.published, _to_count(match["count"]), unit) if moment.published is not None and moment.is_future else None
    return None if day is None else make_period(unit, day)


def read_relative(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "two weeks earlier", "the next day", "the same month" against what the text named last."""
    groups = match.groupdict()
    unit = _UNITS[match["unit"].lower()]
    if unit in {"day", "week"}:
        anchor = moment.named_day
    else:
        exact = moment.named is not None and moment.named.coarseness <= make_period(unit, date(2000, 1, 1)).coarseness
        anchor = moment.named.first if moment.named is not None and exact else None
    which = match["which"].lower()
    count = _to_count(groups.get("count") or "one")
    count *= 0 if which in {"same", "that same"} else -1 if which in {"earlier", "before", "previous", "day before"} else 1
    day = None if anchor is None else shift(anchor, count, unit)
    return None if day is None else make_period(unit, day)


def read_weekend(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "over the weekend", "last weekend": Saturday to Sunday."""
    which, anchor = (match["which"] or "").lower(), moment.published
    if anchor is None:
        return None
    is_after = which in {"next", "coming"} or (which not in {"last", "past"} and moment.is_future)
    saturday = find_weekday(5, anchor, is_after=is_after)
    if is_after and which == "" and anchor.weekday() == 6:
        saturday = anchor - timedelta(days=1)
    return Period(saturday, saturday + timedelta(days=1), "day")


def read_season(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "last summer", "the winter of 2023": three months, of the northern year."""
    month, which = _SEASONS[match["season"].lower()], (match.groupdict().get("which") or "").lower()
    year = _find_year(match, moment)
    if year is None and moment.published is not None:
        ends = make_months(moment.published.year, month, 3)
        is_after = which == "next" or (which != "last" and moment.is_future)
        year = moment.published.year
        if is_after and ends.last < moment.published:
            year += 1
        elif not is_after and (ends.first > moment.published or (which == "last" and ends.last >= moment.published)):
            year -= 1
    return None if year is None else make_months(year, month, 3)


def read_part(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "the third quarter of 2024", "the first half of this year"."""
    year, length = _find_year(match, moment), 3 if match["part"].lower() == "quarter" else 6
    month = 1 + PARTS[match["nth"].lower()] * length
    return None if year is None or month > 12 else make_months(year, month, length)


def read_holiday(match: re.Match[str], moment: Moment) -> Period | None:
    """Read "Christmas Eve", "New Year's Day 2024"."""
    month, day = _HOLIDAYS[" ".join(match["holiday"].lower().replace("’", "'").split())]
    year = _find_year(match, moment)
    if year is None and moment.published is not None:
        anchor = moment.published
        is_later = (month, day) > (anchor.month, anchor.day)
        year = anchor.year + (not is_later and moment.is_future and (month, day) != (anchor.month, anchor.day))
        year -= is_later and not moment.is_future
    return _to_day(make_day(year, month, day)) if year is not None else None
