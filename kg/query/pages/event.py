"""One event: what happened, who reports it, where and when, in codes, and who says so."""

from __future__ import annotations

from pydantic import Field

from kg.errors import ClaimMissingError
from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.evidence import find_explanation
from kg.query.pages.choosing import to_reading_order
from kg.query.pages.context import Context, read_context
from kg.query.pages.lines import ClaimLine, EventLine, read_claims, read_events
from kg.query.pages.nodes import Actor, Concept, Node, describe_node, name_in_texts, name_nodes, to_node
from kg.query.pages.parameters import ThingParameters
from kg.query.reader import read_rows, to_text
from kg.store.reader import Reader

#: Reports shown of what happened once; the list of events has all.
_MOST = 30
_CODES = {
    "mode": "PLOVER mode", "context": "context", "cameo": "CAMEO", "goldstein": "Goldstein", "intensity": "intensity",
    "actorCode": "actor code", "actorSector": "actor sector", "recipientCode": "recipient code",
    "recipientSector": "recipient sector", "articleCount": "articles", "dcterms:identifier": "number in the table",
    "placeText": "place in the table",
}  # fmt: skip


class EventCode(Frozen):
    """One code of an event, and what it is a code of."""

    name: str
    value: str


class RowCell(Frozen):
    """One cell of the row of a table that an event is, by the name of its column."""

    column: str
    value: str


class OccurrencePart(Frozen):
    """What happened once, over all documents that report it.

    Attributes:
        earliest, latest: days between which it happened; no earliest where no report tells a date.
        reasons: why its reports are of one event.
    """

    iri: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    places: tuple[Actor, ...]
    earliest: str
    latest: str
    reports: int
    documents: int
    publishers: int
    cohesion: float
    reasons: tuple[str, ...]


class EventPage(Frozen):
    """One event, as one document reports it."""

    event: EventLine
    quad_class: Concept | None = Field(description="One of the four broader classes.")
    codes: tuple[EventCode, ...]
    by: str = Field(description="The rule or model that found it; empty for a coded event.")
    context: Context | None = Field(description="The evidence; None for a coded event.")
    table: str = Field(description="Path of the table of a coded event; empty for others.")
    line: int | None = Field(description="Line of that table, from 1, its header included.")
    cells: tuple[RowCell, ...] = Field(description="The row of the table.")
    source_url: str = Field(description="Of the report that was coded; empty where unknown.")
    reported_in: tuple[ClaimLine, ...] = Field(description="The claims that report it: it is then no assertion of the text.")
    occurrence: OccurrencePart | None
    reports: tuple[EventLine, ...] = Field(description="Other reports of the same occurrence.")


def read_event(reader: Reader, given: ThingParameters) -> EventPage:
    """Return one event; an occurrence stands for its first report.

    Raises:
        ClaimMissingError: the store has no event with this IRI.
        StoreInvalidError: the file of annotations is damaged.
    """
    node = describe_node(reader, given.iri)
    if "Occurrence" in node.kinds:
        node = describe_node(reader, min(node.all("reports"), key=to_reading_order))
    if not node.kinds & {"Event", "CodedEvent"}:
        raise ClaimMissingError(f"{given.iri!r}: no event has this IRI; the list of events has those that there are")
    (event,) = read_events(reader, [node.iri])
    occurrence = _find_occurrence(reader, node.iri)
    names = name_nodes(reader, node.all("quadClass"))
    reports = sorted(occurrence.all("reports"), key=to_reading_order) if occurrence else []
    iri = to_node(node.iri)
    row = None
    if event.kind == "coded event" and iri is not None:
        explanation = find_explanation(reader, iri)
        row = explanation.row if explanation else None
    return EventPage(
        event=event,
        quad_class=names.concept(node.one("quadClass")) if node.all("quadClass") else None,
        codes=tuple(EventCode(name=label, value=value) for name, label in _CODES.items() for value in node.all(name)),
        by=node.one("extractedBy"),
        context=read_context(reader, node) if event.kind == "event" else None,
        table=row.table if row else "",
        line=row.line if row else None,
        cells=tuple(RowCell(column=column, value=value) for column, value in (row.cells if row else ())),
        source_url=(row.url or "") if row else "",
        reported_in=read_claims(reader, node.all("reportedIn")),
        occurrence=_make_occurrence(reader, occurrence) if occurrence else None,
        reports=read_events(reader, [report for report in reports if report != node.iri][:_MOST]),
    )


def _find_occurrence(reader: Reader, event: str) -> Node | None:
    node = to_node(event)
    assert node is not None  # the store describes it
    rows = read_rows(reader, bind_terms(_OCCURRENCE, ["event"], {"event": node}))
    return describe_node(reader, min(to_text(found) for (found,) in rows)) if rows else None


def _make_occurrence(reader: Reader, node: Node) -> OccurrencePart:
    names = name_nodes(reader, (iri for name in ("actor", "recipient", "place") for iri in node.all(name)))
    return OccurrencePart(
        iri=node.iri,
        actors=names.actors_of(node.all("actor")),
        recipients=names.actors_of(node.all("recipient")),
        places=names.actors_of(node.all("place")),
        earliest=node.one("earliest"),
        latest=node.one("latest"),
        reports=node.number("reportCount"),
        documents=node.number("documentCount"),
        publishers=node.number("publisherCount"),
        cohesion=float(node.one("cohesion") or 0),
        reasons=name_in_texts(reader, node.all("reason")),
    )


_OCCURRENCE = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?occurrence
WHERE { VALUES (?event_param) { (UNDEF) } GRAPH ?occurrences { ?occurrence kg:reports ?event_param } }
"""
