"""What the reports of one event together tell of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kg.model.occurrence import EventReport, Occurrence, Origin, Party
from kg.resolve.across_events.compare import Prepared, compare_reports, prepare, to_probability
from kg.resolve.across_events.publishers import count_publishers
from kg.resolve.across_events.windows import read_day

#: Comparisons that are looked at for confidence and reasons; more than this would only repeat them.
_MOST_REASONS = 50


def describe_occurrence(reports: Iterable[EventReport], origins: Mapping[str, Origin]) -> Occurrence:
    """Return what happened, as its reports tell.

    Args:
        reports: of one event, one or more, in any order.
        origins: of their documents, by IRI.
    """
    ordered = sorted(reports, key=lambda report: (report.published or "9999", report.event))
    prepared = [prepare(report) for report in ordered]
    types = Counter(report.type for report in ordered)
    first = ordered[0]
    earliest, latest = _find_dates(prepared)
    compared = [compare_reports(prepared[0], other) for other in prepared[1 : _MOST_REASONS + 1]]
    confidence = min((to_probability(item.score) for item in compared), default=1.0)
    return Occurrence(
        reports=tuple(sorted(report.event for report in ordered)),
        type=min(types, key=lambda name: (-types[name], name)),
        polarity=first.polarity,
        modality=first.modality,
        actors=_list_actors(party for report in ordered for party in report.actors),
        recipients=_list_actors(party for report in ordered for party in report.recipients),
        places=_list_actors(party for report in ordered for party in report.places),
        earliest=earliest,
        latest=latest,
        documents=len({report.document for report in ordered}),
        publishers=count_publishers(ordered, origins),
        confidence=confidence,
        reasons=tuple(
            sorted({f"{feature.name}: {feature.detail}" for item in compared for feature in item.features if feature.weight > 0})
        ),
    )


def _list_actors(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({party.actor for party in parties}))


def _find_dates(reports: Sequence[Prepared]) -> tuple[str | None, str | None]:
    """Return the first and the last day on which it can have taken place.

    The days are those that all reports with a date allow, or where they differ by one, all that they name. Without any, what
    has happened took place no later than the first publication.
    """
    windows = [window for item in reports if (window := item.window) is not None]
    told = [window for window in windows if window.is_told]
    if told:
        first, last = max(w.first for w in told), min(w.last for w in told)
        if first > last:
            first, last = min(w.first for w in told), max(w.last for w in told)
        return _to_iso(first), _to_iso(last)
    if reports[0].report.modality != "actual":
        return None, None
    days = [day for item in reports if (day := read_day(item.report.published)) is not None]
    return None, min(days).isoformat() if days else None


def _to_iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
