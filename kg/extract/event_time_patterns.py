"""Patterns of the time expressions of news English, each with its reading."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.event_periods import Period
from kg.extract.event_time_readings import (
    NUMBERS,
    PARTS,
    WEEKDAYS,
    Moment,
    read_ago,
    read_ahead,
    read_decade,
    read_holiday,
    read_iso,
    read_month,
    read_month_range,
    read_near,
    read_numeric,
    read_part,
    read_relative,
    read_season,
    read_span,
    read_unit,
    read_weekday,
    read_weekend,
    read_written,
    read_year,
)  # fmt: skip

Reading = Callable[[re.Match[str], Moment], Period | None]

#: Months begin with a capital: "may" and "march" are verbs.
_MONTH_NAMES = (
    r"(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH = rf"(?P<month>{_MONTH_NAMES})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d|[.,:]\d|s\b)"
_THAT_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?(?:(?P<that>last|this|next)\s+year|{_YEAR}))"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_ANY_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}),?\s+)?"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_CALENDAR_UNIT = r"(?P<unit>week|month|year|decade)"
_COUNT = rf"(?P<count>\d{{1,2}}|a\s+couple\s+of|an?|twenty|{'|'.join(NUMBERS)})"
_TO = r"\s*(?:-|–|—|to|through|until|till)\s*"
#: What stands in front of a bare month: without it "March" may march and "June" be a person.
_BEFORE_MONTH = (
    r"\b(?:in|since|by|from|until|till|during|of|early|late|mid|throughout|through|last|next|this|the)(?:\s+|-)"
    r"(?:(?:early|late|mid|the)(?:\s+|-))?"
)
_NO_NOUN = r"(?=\s*(?:[,.;:!?)”\"’]|$|\n))"
PATTERNS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)", read_iso),
        (r"(?<![\d/.])(?P<left>\d{1,2})(?P<mark>[/.])(?P<right>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d{2})\b", read_numeric),
        (
            rf"\b{_ANY_WEEKDAY}{_DAY}(?:(?:{_TO}|\s+and\s+)(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?{_MONTH}{_THAT_YEAR}?",
            read_written,
        ),
        (
            rf"\b{_ANY_WEEKDAY}{_MONTH}\s+{_DAY}(?:{_TO}(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)?(?![\d%:]|,\d{{3}}){_THAT_YEAR}?",
            read_written,
        ),
        (
            rf"(?<=\bbetween\s){_MONTH}\s+{_DAY}\s+and\s+(?P<until>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%:]|,\d{{3}}){_THAT_YEAR}?",
            read_written,
        ),
        (rf"\b{_MONTH}{_THAT_YEAR}", read_month),
        (rf"{_BEFORE_MONTH}{_MONTH}(?!\s+\d)", read_month),
        (rf"\b(?P<which>last|next|this)\s+{_MONTH}(?!\s+\d)", read_month),
        (rf"\b{_MONTH}(?=['’]s\b)", read_month),
        (
            (
                rf"\b(?:between|from)\s+(?P<from>{_MONTH_NAMES})\b\.?(?:\s+(?P<since>(?:19|20)\d{{2}}))?"
                rf"\s+(?:and|to|through|until|till)\s+{_MONTH}{_THAT_YEAR}?(?!\s+\d)"
            ),
            read_month_range,
        ),
        (rf"(?<![\w$€£.,:/-]){_YEAR}(?!\s*(?:GMT|hours|UTC|%|percent\b))", read_year),
        (r"\b(?:the\s+)?(?:(?:early|mid|late)(?:\s+|-))?(?P<decade>(?:19|20)\d0)s\b", read_decade),
        (
            (
                rf"\b(?:(?P<which>last|next|this|past|coming|following|previous)\s+)?{_WEEKDAY}"
                r"(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?"
            ),
            read_weekday,
        ),
        (
            (
                r"\b(?P<near>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tonight|tomorrow|overnight"
                r"|this\s+(?:morning|afternoon|evening)|last\s+night)\b"
            ),
            read_near,
        ),
        (rf"\b(?:(?:earlier|later|sometime)\s+)?(?P<which>last|this|next)\s+{_CALENDAR_UNIT}\b(?!\s+of\b)", read_unit),
        (rf"\b(?:end|start|beginning|middle|close|course)\s+of\s+(?P<which>the|this|last|next)\s+{_UNIT}\b", read_unit),
        (rf"\b(?:(?P<which>the|this)\s+)?{_CALENDAR_UNIT}(?:[’']s\s+|-)end\b", read_unit),
        (rf"\bthe\s+(?P<which>past|last|coming)\s+(?:{_COUNT}\s+)?{_UNIT}s?\b(?!\s+of\b)", read_span),
        (rf"\bthe\s+(?P<which>next)\s+{_COUNT}\s+{_UNIT}s?\b", read_span),
        (rf"\b{_COUNT}\s+(?P<unit>minute|hour|day|week|month|year|decade)s?\s+ago\b", read_ago),
        (rf"\bin\s+{_COUNT}\s+{_UNIT}s?(?:['’]s?)?(?:\s+time)?\b", read_ahead),
        (rf"\b{_COUNT}\s+{_UNIT}s?\s+(?P<which>earlier|later)\b", read_relative),
        (rf"\b{_COUNT}\s+{_UNIT}s?\s+(?P<which>before|after){_NO_NOUN}", read_relative),
        (rf"\b(?:the|that)\s+(?P<which>same|next|previous|following)\s+{_UNIT}\b", read_relative),
        (rf"\bthe\s+{_UNIT}\s+(?P<which>before|after){_NO_NOUN}", read_relative),
        (r"\b(?:(?:the|this|that)\s+)?(?:(?P<which>last|past|next|coming)\s+)?weekend\b", read_weekend),
        (r"\b(?:(?P<which>last|this|next)\s+)(?P<season>spring|summer|autumn|fall|winter)\b", read_season),
        (rf"\b(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter){_THAT_YEAR}", read_season),
        (rf"\bthe\s+(?P<nth>{'|'.join(PARTS)})\s+(?P<part>quarter|half){_THAT_YEAR}", read_part),
        (rf"\b(?P<holiday>Christmas\s+(?:Day|Eve)|New\s+Year['’]s\s+(?:Day|Eve)){_THAT_YEAR}?", read_holiday),
    )
)
