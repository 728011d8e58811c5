"""How many claims were published and how many events happened, day by day, week by week or month by month."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from kg.model.base import Frozen
from kg.query.pages.choosing import Chosen, choose_claims, choose_events
from kg.query.pages.parameters import (
    ActorName,
    Chip,
    ClaimParameters,
    EventParameters,
    Since,
    Text,
    Until,
    list_chips,
    to_claim_choice,
    to_event_choice,
)
from kg.query.reader import Reader

Unit = Literal["day", "week", "month", "year"]

#: Bars that a picture can show: with more of them a longer unit is taken.
_MOST_BARS = 120
#: A few old dates must not press all others into one bar: so large a part of all may be left out before the first bar.
_LEFT_OUT = 0.04
_UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")
_LENGTHS = {"day": 1, "week": 7, "month": 30.4, "year": 365.25}


class TimelineParameters(Frozen):
    """Whose time is shown; everything that is given must hold."""

    actor: ActorName = Field("", description="Whom claims are by or about, and who is a party of events.")
    frame: Text = Field("", description="Notation of a frame: claims that take it up, and no events.")
    type: Text = Field("", description="PLOVER type of events; with it, no claims.")
    since: Since = None
    until: Until = None
    by: Literal["", "day", "week", "month", "year"] = Field("", description="How long a bar is; left out, as fits the span.")


class Bucket(Frozen):
    """A stretch of time, and what lies in it.

    Attributes:
        first: its first day; last: its last one.
        label: what it is called: "2026-03-04", "2026-W10", "2026-03", "2026".
    """

    first: date
    last: date
    label: str
    claims: int
    events: int


class Series(Frozen):
    """Stretches of equal length without a gap, the earliest first; none where nothing has a date.

    Attributes:
        earlier_claims, earlier_events: those before the first stretch: few and far off, they are left out.
    """

    unit: Unit
    buckets: tuple[Bucket, ...]
    earlier_claims: int = 0
    earlier_events: int = 0
    undated_claims: int = 0
    undated_events: int = 0


class Timeline(Frozen):
    """The claims and events that fit, over time."""

    chips: tuple[Chip, ...] = Field(description="The filters in force.")
    series: Series
    claims: int
    events: int


def read_timeline(reader: Reader, given: TimelineParameters) -> Timeline:
    """Return the claims and events that fit, over time.

    Raises:
        ActorMissingError, ActorAmbiguousError, ParameterInvalidError: see `kg.query.pages.parameters`.
    """
    days = {"since": given.since, "until": given.until}
    claims: list[Chosen] = []
    events: list[Chosen] = []
    chips: dict[str, Chip] = {}
    if not given.type:
        roles = ({"speaker": given.actor}, {"about": given.actor}) if given.actor else ({},)
        choices = [to_claim_choice(reader, ClaimParameters(frame=given.frame, **days, **role)) for role in roles]
        claims = list({chosen.iri: chosen for choice in choices for chosen in choose_claims(reader, choice)}.values())
        chips |= {"actor" if c.name in ("speaker", "about") else c.name: c for o in choices for c in list_chips(reader, o)}
    if not given.frame:
        choice = to_event_choice(reader, EventParameters(party=given.actor, type=given.type, **days))
        events = choose_events(reader, choice)
        chips |= {"actor" if chip.name == "party" else chip.name: chip for chip in list_chips(reader, choice)}
    series = make_series(claims, events, given.by or None)
    return Timeline(
        chips=tuple(chip.model_copy(update={"name": name}) for name, chip in chips.items()),
        series=series,
        claims=len(claims),
        events=len(events),
    )


def make_series(claims: Iterable[Chosen], events: Iterable[Chosen] = (), unit: Unit | None = None) -> Series:
    """Return claims and events by stretches of time.

    Args:
        claims: with their days of publication.
        events: with their own days.
        unit: how long a stretch is, or longer where the time is too long for it; None for the shortest that fits.
    """
    claim_days, event_days = (Counter(to_day(entry.day) for entry in chosen) for chosen in (claims, events))
    undated_claims, undated_events = claim_days.pop(None, 0), event_days.pop(None, 0)
    dated = {day: claim_days[day] + event_days[day] for day in {*claim_days, *event_days} if day is not None}
    if not dated:
        return Series(unit=unit or "month", buckets=(), undated_claims=undated_claims, undated_events=undated_events)
    unit, start = choose_unit(dated, unit)
    counts = [Counter[date](), Counter[date]()]
    for total, days in zip(counts, (claim_days, event_days), strict=True):
        for day, number in days.items():
            if day is not None:
                total[find_step(day, unit)] += number
    buckets = []
    for first in list_steps(start, max(dated), unit):
        last = find_last_day(first, unit)
        label = _name(first, unit)
        buckets.append(Bucket(first=first, last=last, label=label, claims=counts[0][first], events=counts[1][first]))
    return Series(
        unit=unit,
        buckets=tuple(buckets),
        earlier_claims=counts[0].total() - sum(bucket.claims for bucket in buckets),
        earlier_events=counts[1].total() - sum(bucket.events for bucket in buckets),
        undated_claims=undated_claims,
        undated_events=undated_events,
    )


def choose_unit(counts: Mapping[date, int], asked: Unit | None) -> tuple[Unit, date]:
    """Return how long a stretch is to be, and the first day to be shown.

    That is the unit asked for, or the shortest, where so many bars can be shown, else the next longer one that fits; and the
    first day of all, unless a shorter unit fits by leaving out a few early ones.

    Args:
        counts: how many there are of each day; at least one day.
        asked: the unit asked for; None for any.
    """
    days = sorted(counts)
    spare = int(sum(counts.values()) * _LEFT_OUT)
    first = 0
    while (spare := spare - counts[days[first]]) >= 0:
        first += 1
    for unit in _UNITS[_UNITS.index(asked) if asked else 0 :]:
        for start in (days[0], days[first]):
            if ((days[-1] - start).days + 1) / _LENGTHS[unit] <= _MOST_BARS:
                return unit, start
    return "year", days[0]


def to_day(text: str) -> date | None:
    """Return the first day of a date, month or year as the graph has it, of a time its day; None for what is none of these."""
    try:
        return date.fromisoformat({4: text + "-01-01", 7: text + "-01"}.get(len(text), text[:10]))
    except ValueError:
        return None


def find_step(day: date, unit: Unit) -> date:
    """Return the first day of the stretch that a day is in; weeks begin on Monday."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def find_last_day(first: date, unit: Unit) -> date:
    """Return the last day of the stretch that begins on `first`; the calendar ends on the last day of 9999."""
    if unit == "day":
        return first
    if unit == "week":
        return first + min(timedelta(days=6), date.max - first)
    return first.replace(day=monthrange(first.year, first.month)[1]) if unit == "month" else first.replace(month=12, day=31)


def list_steps(first: date, last: date, unit: Unit) -> tuple[date, ...]:
    """Return the first days of all stretches from that of `first` to that of `last`."""
    steps = [find_step(first, unit)]
    while (end := find_last_day(steps[-1], unit)) < last:
        steps.append(end + timedelta(days=1))
    return tuple(steps)


def _name(first: date, unit: Unit) -> str:
    if unit == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]
