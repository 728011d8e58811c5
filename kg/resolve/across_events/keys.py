"""Block keys: reports that share none cannot be of one event, so that work grows with what happens at one time."""

from __future__ import annotations

from kg.model.occurrence import EventReport
from kg.model.plover import QUAD_CLASSES
from kg.resolve.across_events.parties import find_local_name
from kg.resolve.across_events.windows import list_buckets, read_window


def find_keys(report: EventReport) -> tuple[str, ...]:
    """Return the keys of the blocks in which a report is compared, sorted; none where nothing is known of parties or time.

    A key is a week, a quad class, polarity, modality, and one of those who take part, its state, or the place: reports tell
    one event with more and with fewer of its parties, and not every document tells whose a party is.
    """
    window = read_window(report.date, report.published, is_ahead=report.modality != "actual")
    if window is None:
        return ()
    parties = (*report.actors, *report.recipients, *report.places)
    who = {
        one
        for party in parties
        for one in (party.country, find_local_name(party) or party.actor if party.is_named else None)
        if one
    }
    kind = f"{QUAD_CLASSES[report.type]} {report.polarity} {report.modality}"
    return tuple(sorted(f"{bucket} {kind} {one}" for bucket in list_buckets(window) for one in who))
