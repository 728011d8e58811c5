"""What happened once, over all documents that tell of it: reports, what is compared of them, and the occurrence."""

from __future__ import annotations

from typing import Literal

from kg.model.attribution import Polarity
from kg.model.base import Frozen
from kg.model.event import EventModality, EventType
from kg.model.identity import Feature
from kg.model.mention import MentionType

#: How a document depends on an agency: it carries its text, or only thanks it for help.
CreditKind = Literal["text", "help"]


class Party(Frozen):
    """Who takes part in an event, or where it takes place.

    Attributes:
        actor: canonical IRI. type: what it is.
        country: IRI of the state that it is or belongs to; None where unknown.
        is_named: False where the document only describes it ("a senior official").
    """

    actor: str
    type: MentionType
    country: str | None = None
    is_named: bool = True


class EventReport(Frozen):
    """An event as one sentence of one document tells of it, in the form that reports are compared by.

    Attributes:
        event: IRI of the event. document: IRI of its document.
        published: ISO 8601 day of publication, None where unknown: no event in it that has happened is later.
        actors, recipients: those that are resolved, sorted by IRI. places: of the event, else of its sentence; sorted.
        date: of the event itself, as the text tells it; None where it does not.
        trigger: stems of the trigger's words.
        content: stems of the sentence without stop words, numbers and the names of the parties; sorted, each once.
        quantities: (stem of what is counted, number), sorted; dates and years are none.
        words: the whole sentence, folded, in order.
    """

    event: str
    document: str
    published: str | None = None
    type: EventType
    polarity: Polarity = "affirmed"
    modality: EventModality = "actual"
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    places: tuple[Party, ...] = ()
    date: str | None = None
    trigger: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    quantities: tuple[tuple[str, float], ...] = ()
    words: tuple[str, ...] = ()


class ReportComparison(Frozen):
    """Two reports compared, with the reasons.

    Attributes:
        left, right: IRIs of the events, in code point order.
        score: log-odds that they tell of one event.
        apart: what excludes that they do (another place, another day, denied and affirmed), in words; empty for nothing.
    """

    left: str
    right: str
    features: tuple[Feature, ...]
    score: float
    apart: str = ""


class Origin(Frozen):
    """What tells whether a document speaks for itself.

    Attributes:
        publisher: as the document names it, folded; empty where unknown.
        credits: (agency, how the document depends on it), sorted.
        copy_of: IRI of the earliest document with the same text; of the document itself where it copies none.
    """

    document: str
    publisher: str = ""
    published: str | None = None
    credits: tuple[tuple[str, CreditKind], ...] = ()
    copy_of: str


class Occurrence(Frozen):
    """What happened once, as the reports together tell of it.

    Attributes:
        reports: IRIs of the events, sorted.
        type: the most frequent type of the reports. actors, recipients, places: IRIs that reports give, sorted.
        earliest, latest: ISO 8601 days between which it took place; `earliest` is None where no report tells a date:
            publication bounds it from above only. Both are None for what is planned or hypothetical and undated.
        documents: number of documents. publishers: number of independent publishers.
        confidence: how well the reports hold together, 0 to 1; 1 for a single one.
        reasons: what joins the reports to the first one, one line each; empty for a single one.
    """

    reports: tuple[str, ...]
    type: EventType
    polarity: Polarity
    modality: EventModality
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    earliest: str | None = None
    latest: str | None = None
    documents: int
    publishers: int
    confidence: float
    reasons: tuple[str, ...] = ()
