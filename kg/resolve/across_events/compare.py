"""Whether two reports tell of one event: log-odds, summed over what they share and what keeps them apart.

The weights were set by hand on `tests/cases/occurrences/seen.toml`; `python -m tests.scores.occurrences` measures them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kg.model.identity import Feature
from kg.model.occurrence import EventReport, Party, ReportComparison
from kg.model.plover import QUAD_CLASSES
from kg.resolve.across_events.parties import Match, is_elsewhere, list_names, list_shared, match_sides
from kg.resolve.across_events.types import MUTUAL, SPOKEN, is_confused
from kg.resolve.across_events.windows import REACH_DAYS, Window, measure_gap, read_day, read_window

#: What two reports are with nothing else known: the deeds of one pair of actors in some days are mostly several.
_PRIOR = -2.5
_SAME_TYPE, _CONFUSED_TYPE = 0.5, -1.7
_TRIGGER = 0.4
#: By how well the sides match, see `kg.resolve.across_events.parties`.
_SIDES = ((0.9, 1.5), (0.6, 0.7), (0.45, 0.4), (0.3, 0.0), (0.0, -4.0))
_SIDE_UNTOLD = -0.3
_SAME_DAY, _SAME_TIME, _NEXT_DAY = 1.5, 0.7, -1.0
#: An event without a date against one that has one, by the days from that to the publication of the first.
_LAGS = ((2, 0.7), (5, 0.0), (REACH_DAYS, -1.0))
#: Two events without dates, by the days between the publications.
_PUBLISHED = ((1, 0.6), (3, 0.0), (7, -1.0), (REACH_DAYS, -2.0))
#: Where in a state it was is not told.
_SAME_PLACE, _SAME_STATE = 1.5, 0.2
_SAME_NUMBER, _NEAR_NUMBER, _OTHER_NUMBER = 1.0, -0.3, -3.5
#: Tolls are counted again; half as many more are others.
_NEAR_RATIO = 1.5
_WORDS_SLOPE, _WORDS_MIDDLE, _WORDS_MOST = 5.0, 0.2, 2.5
#: A single word in common is not much, be there nothing else.
_MOST_PER_WORD = 0.7
_NO_WORDS, _NO_WORDS_SPOKEN = -1.5, -3.2
#: Fewer stems than this on either side say nothing by being others.
_FEWEST_WORDS = 2


#: Its name, what was compared, as an argument list of `_SHOW[name]`, and its weight.
_Feature = tuple[str, tuple[Any, ...], float]


class Prepared(NamedTuple):
    """A report with what comparing asks of it again and again; made by `prepare`.

    Attributes:
        parties: actors and recipients.
        agents, allies: see `list_names`, of the actors and of all parties.
    """

    report: EventReport
    kind: tuple[str, str, str]
    window: Window | None
    published: int | None
    parties: tuple[Party, ...]
    agents: frozenset[str]
    allies: frozenset[str]
    trigger: frozenset[str]
    content: frozenset[str]
    quantities: dict[str, set[float]]


def prepare(report: EventReport) -> Prepared:
    """Return a report as it is compared."""
    quantities: dict[str, set[float]] = {}
    for unit, number in report.quantities:
        quantities.setdefault(unit, set()).add(number)
    day = read_day(report.published)
    trigger = frozenset(report.trigger)
    return Prepared(
        report=report,
        kind=(QUAD_CLASSES[report.type], report.polarity, report.modality),
        window=read_window(report.date, report.published, is_ahead=report.modality != "actual"),
        published=None if day is None else day.toordinal(),
        parties=(*report.actors, *report.recipients),
        agents=list_names(report.actors),
        allies=list_names((*report.actors, *report.recipients)),
        trigger=trigger,
        content=frozenset(report.content),
        quantities=quantities,
    )


def compare_reports(left: Prepared, right: Prepared) -> ReportComparison:
    """Return how likely two reports tell of one event, with the reasons; the same in either order."""
    if right.report.event < left.report.event:
        left, right = right, left
    apart = find_contradiction(left, right)
    features = [] if apart else list(_find_features(left, right))
    return ReportComparison(
        left=left.report.event,
        right=right.report.event,
        features=tuple(Feature(name=name, detail=_SHOW[name](*told), weight=round(weight, 3)) for name, told, weight in features),
        score=0.0 if apart else _sum(features),
        apart=show_contradiction(*apart) if apart else "",
    )


def score_reports(left: Prepared, right: Prepared) -> float | None:
    """Return the log-odds that two reports tell of one event; None where something excludes it."""
    if right.report.event < left.report.event:
        left, right = right, left
    if _are_strangers(left, right) or find_contradiction(left, right):
        return None
    return _sum(_find_features(left, right))


def _are_strangers(left: Prepared, right: Prepared) -> bool:
    """Whether nobody of one side can be anybody of the other: what most pairs of a block have against them, told at once."""
    if MUTUAL.issuperset((left.report.type, right.report.type)):
        return bool(left.allies and right.allies) and left.allies.isdisjoint(right.allies)
    return bool(left.agents and right.agents) and left.agents.isdisjoint(right.agents)


def to_probability(log_odds: float) -> float:
    """Return the probability of log-odds, three decimals."""
    return round(1 / (1 + math.exp(-log_odds)), 3)


def _sum(features: Iterable[_Feature]) -> float:
    return round(_PRIOR + sum([weight for _, _, weight in features]), 3)


def find_contradiction(left: Prepared, right: Prepared) -> tuple[Any, ...]:
    """Return what excludes that two reports tell of one event: what each tells of it, or a phrase; empty where nothing does.

    Excluded are: denied and affirmed, planned and done; types that no reports confuse; other times, places and actors; and
    two deeds of one sentence.
    """
    one, other = left.report, right.report
    if left.kind != right.kind:
        return left.kind, right.kind
    if one.type != other.type and not is_confused(one.type, other.type):
        return one.type, other.type
    if one.document == other.document and one.words == other.words:
        return ("two deeds of one sentence",)
    if _weigh_time(left, right) is None:
        return one.date or one.published, other.date or other.published
    if is_elsewhere(one.places, other.places):
        return one.places, other.places
    if MUTUAL.issuperset((one.type, other.type)):
        match = match_sides(left.parties, right.parties)
        return (left.parties, right.parties) if match.size and match.share < _SIDES[3][0] else ()
    match = match_sides(one.actors, other.actors)
    return (one.actors, other.actors) if match.size and match.share == 0 else ()


def show_contradiction(*told: Any) -> str:
    """Return in words what `find_contradiction` found."""
    return " / ".join(map(_show_told, told))


def _show_told(told: Any) -> str:
    if isinstance(told, tuple):
        return _list(told) if told and isinstance(told[0], Party) else " ".join(told)
    return str(told)


def _list(parties: Iterable[Party]) -> str:
    return ", ".join(party.actor for party in parties)


def _find_features(left: Prepared, right: Prepared) -> Iterator[_Feature]:
    """Yield (name, what was compared, weight) of two reports that nothing excludes; `_SHOW` tells it in words."""
    one, other = left.report, right.report
    yield "type", (one.type, other.type), _SAME_TYPE if one.type == other.type else _CONFUSED_TYPE
    if shared := left.trigger & right.trigger:
        yield "trigger", (shared,), _TRIGGER
    if MUTUAL.issuperset((one.type, other.type)):
        match = match_sides(left.parties, right.parties)
        yield "parties", (match, left.parties, right.parties), _weigh_side(match) * min(match.size, 2)
    else:
        match = match_sides(one.actors, other.actors)
        yield "actors", (match, one.actors, other.actors), _weigh_side(match)
        match = match_sides(one.recipients, other.recipients)
        yield "recipients", (match, one.recipients, other.recipients), _weigh_side(match)
    time = _weigh_time(left, right)
    assert time is not None
    yield "time", (one, other), time
    if one.places and other.places:
        beside = {place.actor for place in other.places}
        if shared_places := [place for place in one.places if place.actor in beside]:
            is_state = all(place.type == "State" for place in shared_places)
            yield "place", (shared_places,), _SAME_STATE if is_state else _SAME_PLACE
    yield from _compare_quantities(left.quantities, right.quantities)
    yield from _compare_words(left, right)


def _weigh_side(match: Match) -> float:
    if not match.size:
        return _SIDE_UNTOLD
    return next(weight for share, weight in _SIDES if match.share >= share)


def _weigh_time(left: Prepared, right: Prepared) -> float | None:
    """Return what the times of two events add; None where they are not one time."""
    one, other = left.window, right.window
    if one is None or other is None:
        return 0.0
    if one.is_told and other.is_told:
        gap = measure_gap(one, other)
        if gap:
            return _NEXT_DAY if gap == 1 else None
        return _SAME_DAY if one.days == other.days == 1 else _SAME_TIME
    if not one.is_told and not other.is_told:
        return _look_up(abs(one.last - other.last), _PUBLISHED)
    told, untold = (one, other) if one.is_told else (other, one)
    lag = untold.last - told.last if untold.last > told.last else min(0, untold.last - told.first)
    is_ahead = left.report.modality != "actual"
    return _look_up(abs(lag) if is_ahead else lag, _LAGS)


def _look_up(days: int, table: Sequence[tuple[int, float]]) -> float | None:
    """Return the weight of so many days; None for more than the table has, and for days before."""
    return next((weight for most, weight in table if 0 <= days <= most), None)


def _compare_quantities(left: dict[str, set[float]], right: dict[str, set[float]]) -> Iterator[_Feature]:
    for unit in sorted(left.keys() & right.keys()):
        ones, others = left[unit], right[unit]
        if ones & others:
            yield "number", (ones, others, unit), _SAME_NUMBER
        else:
            ratio = min(max(a, b) / max(1e-9, min(a, b)) for a in ones for b in others)
            yield "number", (ones, others, unit), _NEAR_NUMBER if ratio <= _NEAR_RATIO else _OTHER_NUMBER


def _compare_words(left: Prepared, right: Prepared) -> Iterator[_Feature]:
    ones, others = left.content, right.content
    if len(left.trigger) == len(right.trigger) == 1:
        # What a single verb tells is told by the type; longer triggers hold what the event is about.
        told = left.trigger | right.trigger
        ones, others = ones - told, others - told
    counted = left.quantities.keys() & right.quantities.keys()
    ones, others = ones - counted, others - counted
    smaller = min(len(ones), len(others))
    if not smaller:
        return
    shared = ones & others
    dice = 2 * len(shared) / (len(ones) + len(others))
    if dice >= _WORDS_MIDDLE:
        weight = min(_WORDS_MOST, _WORDS_SLOPE * (dice - _WORDS_MIDDLE), _MOST_PER_WORD * len(shared))
    else:
        floor = _NO_WORDS_SPOKEN if left.report.type in SPOKEN else _NO_WORDS
        weight = (floor if smaller >= _FEWEST_WORDS else floor / 2) * (1 - dice / _WORDS_MIDDLE)
    yield "words", (dice, shared), weight


def _show_types(left: str, right: str) -> str:
    return left if left == right else f"{left} ~ {right}"


def _show_sides(match: Match, left: Sequence[Party], right: Sequence[Party]) -> str:
    return ", ".join(list_shared(left, right)) or (f"{match.share:.2f}" if match.size else "not told")


def _show_times(*reports: EventReport) -> str:
    return " ~ ".join(report.date or f"until {report.published}" for report in reports)


def _show_numbers(left: Iterable[float], right: Iterable[float], unit: str) -> str:
    told = ("/".join(f"{number:g}" for number in sorted(numbers)) for numbers in (left, right))
    return f"{' ~ '.join(told)} {unit}"


def _show_words(dice: float, shared: Iterable[str]) -> str:
    return f"{dice:.2f} {' '.join(sorted(shared))}".strip()


#: Millions of pairs are scored for each one whose reasons are told.
_SHOW: dict[str, Callable[..., str]] = {
    "type": _show_types,
    "trigger": lambda shared: " ".join(sorted(shared)),
    "parties": _show_sides,
    "actors": _show_sides,
    "recipients": _show_sides,
    "time": _show_times,
    "place": _list,
    "number": _show_numbers,
    "words": _show_words,
}
