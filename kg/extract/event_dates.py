"""The day of an event, where its sentence tells it and the document's date resolves it."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|" + "|".join(_MONTHS) + r")\b\.?"
_ABSOLUTE = (
    re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>(?:19|20)\d{{2}}))?", re.IGNORECASE),
    re.compile(
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[-–:%]|\d)(?:,?\s+(?P<year>(?:19|20)\d{{2}}))?", re.IGNORECASE
    ),
)
_WEEKDAY = re.compile(rf"\b(?:(?P<which>last|next|this|past)\s+)?(?P<name>{'|'.join(_DAYS)})\b", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?P<word>yesterday|today|tonight|tomorrow|overnight|this (?:morning|afternoon|evening)|last night)\b", re.IGNORECASE
)
_AGO = re.compile(
    r"\b(?P<count>\d{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week)s?\s+(?:ago|earlier)\b",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_OFFSETS = {"yesterday": -1, "tomorrow": 1, "last night": -1}


def find_date(phrase: str, published: str | None, is_future: bool) -> str | None:
    """Return the ISO 8601 day that a time phrase tells, None where it tells none to the day.

    Args:
        phrase: the words of one adverbial phrase ("on Tuesday", "20 October 2025", "three days ago").
        published: the document's date, ISO 8601; without it only dates with a year resolve.
        is_future: whether the event is still to come: "on Tuesday" is then the next one.
    """
    anchor = _read_day(published)
    for pattern in _ABSOLUTE:
        match = pattern.search(phrase)
        if match:
            return _resolve_absolute(match, anchor, is_future)
    if anchor is None:
        return None
    near, ago, weekday = _NEAR.search(phrase), _AGO.search(phrase), _WEEKDAY.search(phrase)
    if ago:
        count = ago["count"].lower()
        days = int(_COUNTS.get(count, 0) or count) * (7 if ago["unit"].lower() == "week" else 1)
        # "a week ago" is no day.
        return None if ago["unit"].lower() == "week" else (anchor - timedelta(days=days)).isoformat()
    if near:
        return (anchor + timedelta(days=_OFFSETS.get(near["word"].lower(), 0))).isoformat()
    return None if weekday is None else _resolve_weekday(weekday, anchor, is_future).isoformat()


def _read_day(published: str | None) -> date | None:
    if published is None:
        return None
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", published)
    return _to_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _to_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _resolve_absolute(match: re.Match[str], anchor: date | None, is_future: bool) -> str | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _to_month(groups["month"])
    if groups.get("year"):
        found = _to_date(int(groups["year"]), month, int(groups["day"]))
    elif anchor is None:
        return None
    else:
        found = _to_date(anchor.year, month, int(groups["day"]))
        if found is not None and not is_future and found > anchor:
            found = _to_date(anchor.year - 1, month, int(groups["day"]))
        elif found is not None and is_future and found < anchor:
            found = _to_date(anchor.year + 1, month, int(groups["day"]))
    return None if found is None else found.isoformat()


def _to_month(name: str) -> int:
    return next(at for at, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _resolve_weekday(match: re.Match[str], anchor: date, is_future: bool) -> date:
    gap_days = (anchor.weekday() - _DAYS.index(match["name"].lower())) % 7
    which = (match["which"] or "").lower()
    if which == "next" or (is_future and which not in {"last", "past"}):
        return anchor + timedelta(days=(7 - gap_days) if gap_days or which == "next" else 0)
    return anchor - timedelta(days=7 if which in {"last", "past"} and gap_days == 0 else gap_days)
