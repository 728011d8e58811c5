"""A political event: who did what to whom, coded by PLOVER."""

from __future__ import annotations

from typing import Literal

from kg.model.attribution import Polarity
from kg.model.base import Frozen
from kg.model.span import Span, Spans

#: The 16 root types of the PLOVER codebook.
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
#: The 37 general contexts of the PLOVER codebook, spelt as POLECAT spells them; `ontology/schemes/contexts.ttl` defines them.
Context = Literal[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
]
EventModality = Literal["actual", "future", "hypothetical"]
#: How exactly the text tells when: the unit of `Event.date` and `Event.date_end`.
DatePrecision = Literal["day", "week", "month", "year", "decade"]


class Argument(Frozen):
    """An actor or recipient of an event.

    Attributes:
        mention: mention id; None where the phrase names no actor ("insurers").
        spans: the whole noun phrase with article, title and apposition. Where the sentence leaves the argument out
            ("Oslo agreed"), the words that named it before; several parties of one phrase ("both sides") share its spans.
    """

    mention: str | None
    spans: Spans


class Event(Frozen):
    """An event as extraction finds it.

    Attributes:
        id: `e1`, `e2`, ... in order of the trigger's begin.
        mode: the manner, of those that PLOVER has for the type (`ontology/schemes/plover-modes.csv`).
        cameo: a code of `ontology/schemes/cameo.csv` that may stand for the type; None where none is known.
        contexts: the fields of politics that its sentence tells of, sorted; often none.
        trigger: the verb or noun that tells of it (particle included).
        sentence: the whole sentence that holds it: the evidence that is shown.
        place: mention id.
        date: when the event itself begins, or the one day, month or year in which it falls: ISO 8601, reduced to what the
            text tells ("2025-10-20", "2024-03", "2014"; of a week its Monday, of a decade its first year). None unless the
            text tells it; the day of publication never stands in for it.
        date_end: the last day, month or year of a period, in the same form; None where `date` says all.
        date_precision: None where there is no date.
        reported_in: id of the attribution whose content holds the trigger.
    """

    id: str
    type: EventType
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[Context, ...] = ()
    trigger: Spans
    sentence: Span
    actors: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    place: str | None = None
    date: str | None = None
    date_end: str | None = None
    date_precision: DatePrecision | None = None
    polarity: Polarity = "affirmed"
    modality: EventModality = "actual"
    reported_in: str | None = None
    confidence: float
    by: str
