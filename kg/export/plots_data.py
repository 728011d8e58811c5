"""What plots show: claims by frame and time, speakers by kind of cue, events by quad class and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kg.analyse.relations import Filters, check_filters
from kg.errors import ParameterInvalidError
from kg.export.statements import Record, Statement, read_record
from kg.model.plover import QUAD_CLASSES
from kg.query.pages.timeline import Unit, find_step, list_steps
from kg.query.reader import Reader
from kg.query.search_filters import ClaimFilters, find_claims
from kg.query.sides import find_side

#: A plot has at most so many steps, so that each is wide enough to be seen.
_MAX_STEPS = 31


class PlotFilters(NamedTuple):
    """What is counted; everything that is given must hold.

    Attributes:
        about: IRI of an actor: whom claims are about, who takes part in events. Empty for any, as are all others.
        speaker: IRI of an actor: who makes the claims.
        frame: notation of a frame that claims take up; of `about`, where that is given.
        since, until: days, both included: of publication for claims, for events of their own date where the text tells it.
        min_confidence: 0 to 1.
    """

    about: str = ""
    speaker: str = ""
    frame: str = ""
    since: date | None = None
    until: date | None = None
    min_confidence: float = 0.0

    def to_relation_filters(self) -> Filters:
        """Return those that hold for events and networks, too."""
        return Filters(since=self.since, until=self.until, min_confidence=self.min_confidence)

    def to_claim_filters(self, frame: str = "") -> ClaimFilters:
        """Return those of claims, dates and confidence aside."""
        return ClaimFilters(speaker=self.speaker, about=(self.about,) if self.about else (), frame=frame or self.frame)


class Series(NamedTuple):
    """Counts of some kinds of things, step by step or name by name.

    Attributes:
        name: of the frame, the speaker; empty where there is but one series.
        counts: (step or kind of thing, number) pairs: see the functions that make them.
        total: of all.
    """

    name: str
    counts: dict[tuple[date, str], int]
    total: int


class TimeSeries(NamedTuple):
    """Series over time.

    Attributes:
        unit: what a step is.
        steps: first days of all steps from the first to the last that has anything, without gaps.
        series: most first, then by name; their counts are by (first day of the step, kind).
        documents: the number of documents that they come from.
        first, last: the first and last day that is counted.
        undated: how many things were left out because they have no date.
    """

    unit: Unit
    steps: tuple[date, ...]
    series: tuple[Series, ...]
    documents: int
    first: date
    last: date
    undated: int


class Ranking(NamedTuple):
    """Who says how much, by kind of cue.

    Attributes:
        names: label and IRI of each speaker, most claims first, then by label and IRI.
        counts: by (IRI, notation of the cue's type).
        documents: the number of documents that the claims come from.
        first, last: the first and last day of publication that is known; None where none is.
        unknown: how many claims have no speaker that is known.
    """

    names: tuple[tuple[str, str], ...]
    counts: dict[tuple[str, str], int]
    documents: int
    first: date | None
    last: date | None
    unknown: int


def count_frames(reader: Reader, filters: PlotFilters) -> TimeSeries | None:
    """Return how often each frame is affirmed or denied, by the rules of the query `frames-over-time`; None for no claim.

    Questions are neither; of what was expressly not said, there are only beliefs that are not held.
    """
    claims = list(_list(_read(reader, filters), "Claim"))
    frames = {frame for claim in claims for frame in _split(claim, "frame")}
    chosen = frames & {filters.frame} if filters.frame else frames
    if filters.about:
        # Of whom a frame is said is asked frame by frame: one claim may say different frames of different actors.
        allowed = {frame: find_claims(reader, filters.to_claim_filters(frame)) for frame in sorted(chosen)}
    else:
        allowed = dict.fromkeys(chosen, _find_allowed(reader, filters, claims))
    return _make_series(
        (frame, side, claim)
        for claim in claims
        for frame in _split(claim, "frame")
        if claim.iri in allowed.get(frame, ()) and (side := _find_side(claim, frame)) is not None
    )


def count_events(reader: Reader, filters: PlotFilters) -> TimeSeries | None:
    """Return how many reports there are of events that happened, by quad class, as one series; None for none.

    Raises:
        ParameterInvalidError: a speaker or a frame is given, which events do not have.
    """
    if filters.speaker or filters.frame:
        raise ParameterInvalidError("events have no speaker and no frame; leave these out, or plot frames-over-time")
    record = _read(reader, filters)
    taking_part = {
        link.statement for link in record.links if link.other == filters.about and link.relation in {"acts", "recipient"}
    }
    told = [
        ("", QUAD_CLASSES[facts["type"]], event)  # type: ignore[index]  # one of the notations of PLOVER
        for event in _list(record, "Event")
        for facts in (dict(event.facts),)
        if (facts.get("modality"), facts.get("polarity")) == ("actual", "affirmed")
        and (not filters.about or event.iri in taking_part)
        and facts["type"] in QUAD_CLASSES
    ]
    return _make_series(told)


def rank_speakers(reader: Reader, filters: PlotFilters) -> Ranking | None:
    """Return how many claims each speaker makes; None for none.

    A claim counts once for each of its speakers. What was expressly not said is left out.
    """
    record = _read(reader, filters)
    every = list(_list(record, "Claim"))
    allowed = _find_allowed(reader, filters, every)
    claims = {claim.iri: claim for claim in every if not claim.is_disowned and claim.iri in allowed}
    said = {
        (link.other, link.statement)
        for link in record.links
        if link.relation == "says" and link.statement in claims and filters.speaker in {"", link.other}
    }
    if not said:
        return None
    counts = Counter((speaker, dict(claims[claim].facts).get("cue_type", "statement")) for speaker, claim in said)
    totals = Counter(speaker for speaker, _ in said)
    labels = {iri: record.actors[iri].label if iri in record.actors else iri for iri in totals}
    names = sorted(((label, iri) for iri, label in labels.items()), key=lambda name: (-totals[name[1]], name))
    spoken = [claims[iri] for iri in {claim for _, claim in said}]
    days = sorted(date.fromisoformat(claim.day) for claim in spoken if claim.day)
    return Ranking(
        names=tuple(names),
        counts=dict(counts),
        documents=len({claim.document for claim in spoken}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        unknown=0 if filters.speaker else len(claims) - len(spoken),
    )


def find_unit(first: date, last: date) -> Unit:
    """Return the smallest unit of which there are few enough from one day to the other."""
    days = (last - first).days + 1
    sizes: tuple[tuple[Unit, float], ...] = (("day", 1), ("week", 7), ("month", 30.4))
    return next((unit for unit, size in sizes if days / size <= _MAX_STEPS), "year")


def _make_series(told: Iterable[tuple[str, str, Statement]]) -> TimeSeries | None:
    """Count (series, kind, statement) by step."""
    every = list(told)
    dated = [(name, kind, statement, date.fromisoformat(statement.day)) for name, kind, statement in every if statement.day]
    if not dated:
        return None
    days = [day for *_, day in dated]
    first, last = min(days), max(days)
    unit = find_unit(first, last)
    counts: dict[str, Counter[tuple[date, str]]] = {}
    for name, kind, _, day in dated:
        counts.setdefault(name, Counter())[find_step(day, unit), kind] += 1
    series = (Series(name, dict(count), count.total()) for name, count in counts.items())
    return TimeSeries(
        unit=unit,
        steps=list_steps(first, last, unit),
        series=tuple(sorted(series, key=lambda item: (-item.total, item.name))),
        documents=len({statement.document for _, _, statement, _ in dated}),
        first=first,
        last=last,
        undated=len({statement.iri for _, _, statement in every if not statement.day}),
    )


def _read(reader: Reader, filters: PlotFilters) -> Record:
    limits = filters.to_relation_filters()
    check_filters(limits)
    return read_record(reader, limits)


def _find_allowed(reader: Reader, filters: PlotFilters, claims: Iterable[Statement]) -> set[str]:
    """Return the claims that pass, by IRI."""
    wanted = filters.to_claim_filters()
    return {claim.iri for claim in claims} if wanted == ClaimFilters() else find_claims(reader, wanted)


def _list(record: Record, kind: str) -> Iterator[Statement]:
    return (statement for statement in record.statements.values() if statement.kind == kind)


def _split(claim: Statement, name: str) -> list[str]:
    return [frame for frame in dict(claim.facts).get(name, "").split("; ") if frame]


def _find_side(claim: Statement, frame: str) -> str | None:
    cue_type = dict(claim.facts).get("cue_type", "")
    side = find_side(frame, cue_type, is_denied=frame in _split(claim, "denied_frame"), is_unsaid=claim.is_disowned)
    return "denied" if side == "negated" else side
