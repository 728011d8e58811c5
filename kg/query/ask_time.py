"""The time that a question names, as days of publication: "in October 2025", "since Monday", "in the last two weeks"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in tuple(_MONTHS.items())} | {"sept": 9}
_DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
    "twelve": 12,
    "": 1,
}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}

_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name))) + r")\.?"
_DAY = "(?:" + "|".join(_DAYS) + ")"
_NUMBER = r"(?:\d{1,3}|" + "|".join(name for name in _NUMBERS if name) + ")"
#: A period that stands by itself: a day, month, quarter or year.
_PERIOD = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{4}-\d{2}"
    rf"|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}(?:,?\s+(?:of\s+)?\d{{4}})?"
    r"|(?:the\s+)?(?:first|second|third|fourth|last)\s+quarter\s+of\s+\d{4}"
    rf"|(?:19|20)\d{{2}}|(?:last\s+)?{_DAY}|today|yesterday|(?:last|this)\s+(?:week|month|year))"
)
#: A day or month by name, the day before or behind it.
_DATE = re.compile(
    r"(?:(?P<a>\d{1,2})(?:st|nd|rd|th)? (?:of )?)?(?P<month>[a-z]+)\.?(?: (?P<b>\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?: (?:of )?(?P<year>\d{4}))?"
)
_FLAGS = re.IGNORECASE


class Days(NamedTuple):
    """From the first to the last day, both included; None where it is open."""

    since: date | None
    until: date | None


def find_days(text: str, today: date) -> tuple[Days, str]:
    """Return the days that a question names and the question without these words; open on both sides where it names none.

    Args:
        text: a question.
        today: what "last week" and a month without a year count from: the latest one that has begun.
    """
    for pattern, read in _EXPRESSIONS:
        match = pattern.search(text)
        days = read(match, today) if match is not None else None
        if match is not None and days is not None:
            rest = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}"
            return days, re.sub(r"\s+([?.,])", r"\1", rest).strip(" ,")
    return Days(None, None), text


def read_period(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and last day of a period as `_PERIOD` matches it; None for a day that there is not."""
    words = " ".join(text.casefold().replace(",", " ").split()).removeprefix("the ")
    try:
        return _read_words(words, today)
    except ValueError:
        return None


def _read_words(words: str, today: date) -> tuple[date, date] | None:
    if words in {"today", "yesterday"}:
        day = today - timedelta(days=words == "yesterday")
        return day, day
    if match := re.fullmatch(r"(last|this) (week|month|year)", words):
        return _read_unit(match[2], today, 1 if match[1] == "last" else 0)
    if words.removeprefix("last ") in _DAYS:
        back = (today.weekday() - _DAYS[words.removeprefix("last ")]) % 7
        day = today - timedelta(days=back or 7 * words.startswith("last "))
        return day, day
    if match := re.fullmatch(r"(\w+) quarter of (\d{4})", words):
        first = 3 * _QUARTERS[match[1]] - 2
        return date(int(match[2]), first, 1), _end_month(int(match[2]), first + 2)
    if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", words):
        return _read_numbers(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    match = _DATE.fullmatch(words.removeprefix("last ").removeprefix("this "))
    if match is None:
        return None
    month, day_number = _MONTHS[match["month"]], int(match["a"] or match["b"] or 0)
    year = int(match["year"]) if match["year"] else today.year
    if not match["year"] and date(year, month, max(day_number, 1)) > today:
        year -= 1
    return _read_numbers(year, month, day_number)


def _read_numbers(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return date(year, month, day), date(year, month, day)
    return (date(year, month, 1), _end_month(year, month)) if month else (date(year, 1, 1), date(year, 12, 31))


def _read_unit(unit: str, today: date, back: int) -> tuple[date, date]:
    """Return the calendar week (from Monday), month or year that is so many before that of today."""
    if unit == "week":
        first = today - timedelta(days=today.weekday() + 7 * back)
        return first, first + timedelta(days=6)
    if unit == "year":
        return date(today.year - back, 1, 1), date(today.year - back, 12, 31)
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1), _end_month(months // 12, months % 12 + 1)


def _end_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _read_between(match: re.Match[str], today: date) -> Days | None:
    later = read_period(match["b"], today)
    year = re.search(r"\d{4}", match["b"])
    # "between May and June 2024": the year holds for both.
    text = match["a"] if year is None or re.search(r"\d{4}", match["a"]) else f"{match['a']} {year[0]}"
    earlier = read_period(text, today)
    return None if earlier is None or later is None else Days(earlier[0], later[1])


def _read_bound(match: re.Match[str], today: date) -> Days | None:
    period = read_period(match["a"], today)
    if period is None:
        return None
    word = " ".join(match["word"].casefold().split())
    if word in {"since", "from"}:
        return Days(period[0], None)
    if word == "after":
        return Days(period[1] + timedelta(days=1), None)
    return Days(None, period[0] - timedelta(days=1)) if word in {"before", "prior to"} else Days(None, period[1])


def _read_within(match: re.Match[str], today: date) -> Days | None:
    period = read_period(match["a"], today)
    return None if period is None else Days(*period)


def _read_past(match: re.Match[str], today: date) -> Days | None:
    word = (match["n"] or "").casefold().strip()
    number = int(word) if word.isdigit() else _NUMBERS[word]
    return Days(_step_back(today, number, match["unit"].casefold()), today)


def _read_ago(match: re.Match[str], today: date) -> Days | None:
    word = match["n"].casefold()
    return Days(_step_back(today, int(word) if word.isdigit() else _NUMBERS[word], match["unit"].casefold()), None)


def _step_back(today: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return today - timedelta(days=number * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


_EXPRESSIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]], ...] = (
    (
        re.compile(rf"\b(?:between|from)\s+(?P<a>{_PERIOD})\s+(?:and|to|until|till)\s+(?P<b>{_PERIOD})(?!\w)", _FLAGS),
        _read_between,
    ),
    (re.compile(rf"\bsince\s+(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year)s?\s+ago\b", _FLAGS), _read_ago),
    (
        re.compile(
            rf"\b(?:in|over|during|within)\s+the\s+(?:last|past)\s+(?P<n>{_NUMBER}\s+)?(?P<unit>day|week|month|year)s?\b", _FLAGS
        ),
        _read_past,
    ),
    (
        re.compile(rf"\b(?P<word>since|from|after|before|prior\s+to|until|till|up\s+to|by)\s+(?P<a>{_PERIOD})(?!\w)", _FLAGS),
        _read_bound,
    ),
    (re.compile(rf"\b(?:in|on|during|throughout|of)\s+(?P<a>{_PERIOD})(?!\w)", _FLAGS), _read_within),
    (
        re.compile(
            rf"(?<![\w-])(?P<a>today|yesterday|(?:last|this)\s+(?:week|month|year|{_DAY}|(?:{_MONTH}))|\d{{4}}-\d{{2}}-\d{{2}})(?!\w)",
            _FLAGS,
        ),
        _read_within,
    ),
)
