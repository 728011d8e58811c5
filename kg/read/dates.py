"""Dates as news gives them, to ISO 8601; what is invalid or could mean two days is None, never a guess."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_NAMES = (
    "jan january",
    "feb february",
    "mar march",
    "apr april",
    "may",
    "jun june",
    "jul july",
    "aug august",
    "sep sept september",
    "oct october",
    "nov november",
    "dec december",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?:(?:\s*,)?\s*(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*\(?(?P<zone>[A-Z]{1,4}|(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d\d)?)?\)?)?"
)
_NAMED = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE)
    for form in (rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})", rf"{_DAY}(?:\s+of)?\s+{_MONTH},?\s+(?P<year>\d{{4}})")
)
_NUMBERS = re.compile(r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4})" + _TIME, re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d\d:?(?:\d\d)?)?)?", re.IGNORECASE)
_RFC = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|[a-z]{1,4})?(?:\s*\([^()]{0,40}\))?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"(\d{9,11})(?:\.\d{1,9})?|(\d{12,14})")
#: Hours from UTC; only abbreviations that name one zone in English news.
_ZONES = {"Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7} | {
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
}
#: Longer strings are no dates, and are not tried.
_MAX_LENGTH = 80


def to_iso(value: str | None) -> str | None:
    """Return an ISO 8601 date or date-time with the offset it was given with.

    Takes ISO 8601, RFC 2822, "20 October 2025", "Oct. 20, 2025, 6:14 PM EDT", "2025/10/20", "20.10.2025" and
    seconds or milliseconds since 1970 (in UTC). A time without an offset stays without one.

    Returns:
        None for no date, an impossible one, or one whose day and month could be exchanged ("10/11/2025").
    """
    text = " ".join((value or "").split())
    if not text or len(text) > _MAX_LENGTH:
        return None
    try:
        moment = _read_moment(text)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat() if moment is not None and moment.year >= 1000 else None


def _read_moment(text: str) -> date | datetime | None:
    if _ISO.fullmatch(text):
        compact = text.upper().replace(" ", "")
        return (
            date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(compact[:10] + "T" + compact[10:].lstrip("T"))
        )
    if _RFC.fullmatch(text) and not re.search(r"\b(?:CET|CEST|EET|EEST|MSK)\b", text, re.IGNORECASE):
        return parsedate_to_datetime(text)
    seconds = _SECONDS.fullmatch(text)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]) if seconds[1] else int(seconds[2]) // 1000, UTC)
    for pattern in _NAMED:
        named = pattern.fullmatch(text)
        if named:
            month = _MONTHS.get(named["month"].lower())
            return None if month is None else _add_time(date(int(named["year"]), month, int(named["day"])), named)
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        day = _read_numbers(numbers["a"], int(numbers["b"]), numbers["c"])
        return None if day is None else _add_time(day, numbers)
    return None


def _read_numbers(first: str, second: int, third: str) -> date | None:
    if len(first) == 4:
        return date(int(first), second, int(third))
    if len(third) != 4:
        return None
    left = int(first)
    if left <= 12 and second <= 12 and left != second:
        return None
    return date(int(third), second, left) if second <= 12 else date(int(third), left, second)


def _add_time(day: date, match: re.Match[str]) -> date | datetime:
    if match["hour"] is None:
        return day
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    moment = datetime(day.year, day.month, day.day, hour, int(match["minute"]), int(match["second"] or 0))  # noqa: DTZ001
    zone = (match["zone"] or "").upper()
    offset = _read_offset(zone)
    return moment if offset is None else moment.replace(tzinfo=offset)


def _read_offset(zone: str) -> timezone | None:
    if zone in _ZONES:
        return timezone(timedelta(hours=_ZONES[zone]))
    match = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?", zone)
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
