"""Where a text tells when: its time expressions, without overlap, ranges joined ("from Monday to Wednesday")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kg.extract.event_periods import Period, join
from kg.extract.event_time_patterns import PATTERNS, Reading
from kg.extract.event_time_readings import Moment

_JOINT = re.compile(r"\s*(?:-|–|—|to|through|until|till)\s*(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_EVE = re.compile(r"\b(?:the\s+)?eve\s+of\s+(?:the\s+)?$", re.IGNORECASE)
#: The longest of what is looked for in front of an expression ("on the eve of the ").
_BEFORE = 24
#: Nothing is a time expression without one of these: most sentences are told apart by them at little cost.
_HINT = re.compile(
    r"\d|day\b|days\b|week|month|year|decade|tonight|night|tomorrow|morning|afternoon|evening|hour|minute|spring|summer|autumn"
    r"|fall\b|winter|quarter|half|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Eve\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell when.

    Attributes:
        begin, end: code points of the text; "on the eve of" is part of what it shifts, other prepositions are not.
        parts: the one expression, or first and last of a range, with their readings.
        is_eve: whether the day before is meant.
    """

    begin: int
    end: int
    parts: tuple[tuple[re.Match[str], Reading], ...]
    is_eve: bool = False

    def resolve(self, moment: Moment) -> Period | None:
        """Return what it comes to; None where that cannot be told."""
        periods = [reading(match, moment) for match, reading in self.parts]
        last = periods[-1]
        if last is None:
            return None
        if len(periods) > 1:
            return self._resolve_range(moment, last)
        if self.is_eve:
            return (
                Period(last.first - timedelta(days=1), last.first - timedelta(days=1), "day") if last.precision == "day" else None
            )
        return last

    def _resolve_range(self, moment: Moment, last: Period) -> Period | None:
        """Read the begin against the end: "28 June to 2 July 2024" states one year, "Saturday to Monday" crosses a week."""
        match, reading = self.parts[0]
        if match.groupdict().get("year"):
            first = reading(match, moment)
        else:
            first = reading(match, moment._replace(published=last.first, is_future=False))
        return None if first is None else join(first, last)


def find_expressions(text: str) -> list[TimeExpression]:
    """Return the time expressions of a text in order; of two that overlap the one that begins first, then the longer."""
    if not _HINT.search(text):
        return []
    found = [
        (_skip_preposition(match), -match.end(), rank, match)
        for rank, (pattern, _) in enumerate(PATTERNS)
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda item: item[:3])
    single: list[TimeExpression] = []
    end = 0
    for begin, negative, rank, match in found:
        if begin >= end:
            end = -negative
            single.append(TimeExpression(begin, end, ((match, PATTERNS[rank][1]),)))
    return list(_join_ranges(text, single))


def _skip_preposition(match: re.Match[str]) -> int:
    """Return where the expression itself begins: a bare month is found with the preposition that makes it one."""
    names = [name for name in ("month", "from") if match.groupdict().get(name)]
    if not names or match.re.groupindex.keys() & {"day", "that", "which"}:
        return match.start()
    return min(match.start(name) for name in names)


def _join_ranges(text: str, single: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    at = 0
    while at < len(single):
        one = single[at]
        front = text[max(0, one.begin - _BEFORE) : one.begin]
        if at + 1 < len(single) and (
            (other := single[at + 1]) and _fits_range(text[one.end : other.begin], is_between=_BETWEEN.search(front) is not None)
        ):
            yield TimeExpression(one.begin, other.end, one.parts + other.parts)
            at += 2
            continue
        eve = _EVE.search(front)
        begin = one.begin if eve is None else one.begin - len(front) + eve.start()
        yield TimeExpression(begin, one.end, one.parts, is_eve=eve is not None)
        at += 1


def _fits_range(gap: str, *, is_between: bool) -> bool:
    pattern: Callable[[str], re.Match[str] | None] = _AND.fullmatch if is_between else _JOINT.fullmatch
    return pattern(gap) is not None
