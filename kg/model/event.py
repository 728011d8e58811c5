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
EventModality = Literal["actual", "future", "hypothetical"]


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
        trigger: the verb or noun that tells of it (particle included).
        sentence: the whole sentence that holds it: the evidence that is shown.
        place: mention id. date: ISO 8601 date of the event itself, None unless the text tells it.
        reported_in: id of the attribution whose content holds the trigger.
    """

    id: str
    type: EventType
    mode: str | None = None
    cameo: str | None = None
    trigger: Spans
    sentence: Span
    actors: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    place: str | None = None
    date: str | None = None
    polarity: Polarity = "affirmed"
    modality: EventModality = "actual"
    reported_in: str | None = None
    confidence: float
    by: str
