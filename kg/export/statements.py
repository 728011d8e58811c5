"""Claims and events with their words, their sentence and who takes part in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.analyse.projections import read_actors
from kg.analyse.relations import Filters, Node, Relation, to_day
from kg.analyse.rows import Reader, read_rows
from kg.model.span import Span, Spans

_CLAIM_FACTS = ("source_text", "cue", "speech", "cue_type", "polarity", "modality", "rule", "document")
_EVENT_FACTS = ("type", "trigger", "mode", "date", "polarity", "modality", "rule", "document")


class Document(NamedTuple):
    """Where statements come from; what is unknown is empty."""

    iri: str
    title: str
    publisher: str
    author: str
    published: str
    path: str
    url: str


class Statement(NamedTuple):
    """A claim or an event.

    Attributes:
        iri: of the claim or event.
        kind: `Claim` or `Event`.
        words: the content of a claim, the trigger of an event.
        quote: the exact sentence(s) that hold it.
        span: where `quote` stands in its document, in code points.
        parts: (name, spans in the document): source, cue, content; trigger, actor, recipient.
        day: as `Relation.day`.
        confidence: 0 to 1.
        document: IRI.
        facts: (name, value), without empty values, sorted; `frame` holds all frames joined by `; `, `denied_frame` those
            of them that the content itself negates.
        is_disowned: whether the cue is negated ("did not say").
    """

    iri: str
    kind: str
    words: str
    quote: str
    span: Span
    parts: tuple[tuple[str, Spans], ...]
    day: str
    confidence: float
    document: str
    facts: tuple[tuple[str, str], ...]
    is_disowned: bool = False


class Link(NamedTuple):
    """How a statement hangs together with an actor, a place or another statement.

    Attributes:
        relation: `says`, `about`, `addressed-to`, `within`, `acts`, `recipient`, `place`, `reported-in`.
    """

    statement: str
    relation: str
    other: str


class Record(NamedTuple):
    """All claims and events that the filters let through.

    Attributes:
        statements: by IRI, sorted by document, place in it and IRI.
        links: of these statements, sorted; none leads to a statement that was left out.
        actors: every actor and place of the graph, by IRI.
        documents: every document of the graph, by IRI.
        left_out: (reason, number of statements), sorted.
    """

    statements: dict[str, Statement]
    links: tuple[Link, ...]
    actors: dict[str, Node]
    documents: dict[str, Document]
    left_out: tuple[tuple[str, int], ...]


def read_record(reader: Reader, filters: Filters) -> Record:
    """Return claims and events, filtered by date and confidence; kinds and `unreal` have no say here."""
    limits = filters._replace(kinds=None, unreal=True)
    every = sorted((*_read_claims(reader), *_read_events(reader)), key=lambda s: (s.document, s.span, s.iri))
    kept: dict[str, Statement] = {}
    left_out: dict[str, int] = {}
    for statement in every:
        objection = limits.find_objection(Relation("", "", statement.kind, statement.iri, statement.confidence, statement.day))
        if objection is None:
            kept[statement.iri] = statement
        else:
            left_out[objection] = left_out.get(objection, 0) + 1
    gone = {statement.iri for statement in every} - kept.keys()
    links = sorted(
        {
            Link(row["statement"], row["relation"], row["other"])
            for row in read_rows(reader, "edges-statements")
            if row["statement"] in kept and row["other"] not in gone
        }
    )
    documents = {
        row["document"]: Document(
            row["document"], row["title"], row["publisher"], row["author"], row["published"], row["path"], row["url"]
        )
        for row in read_rows(reader, "nodes-documents")
    }
    return Record(
        kept, tuple(links), {node.iri: node for node in read_actors(reader)}, documents, tuple(sorted(left_out.items()))
    )


def to_spans(literal: str) -> Spans:
    """Return the spans of `18-40,55-90`; none for an empty string.

    Raises:
        ValueError: it has another form.
    """
    pairs = (part.partition("-") for part in literal.split(",") if part)
    return tuple(Span(int(begin), int(end)) for begin, _, end in pairs)


def _read_claims(reader: Reader) -> Iterator[Statement]:
    claims: dict[str, dict[str, str]] = {}
    frames: dict[str, set[str]] = {}
    denied: dict[str, set[str]] = {}
    for row in read_rows(reader, "nodes-claims"):
        claims.setdefault(row["claim"], row)
        frames.setdefault(row["claim"], set()).add(row["frame"])
        if row["denied"] == "true":
            denied.setdefault(row["claim"], set()).add(row["frame"])
    for iri, row in claims.items():
        facts = {name: row[name] for name in _CLAIM_FACTS}
        facts |= {"frame": _join(frames[iri] - {""}), "denied_frame": _join(denied.get(iri, ()))}
        parts = (("source", row["source_spans"]), ("cue", row["cue_spans"]), ("content", row["content_spans"]))
        yield Statement(
            iri=iri,
            kind="Claim",
            words=row["content"],
            quote=row["quote"],
            span=Span(int(row["begin"]), int(row["end"])),
            parts=tuple((name, to_spans(spans)) for name, spans in parts),
            day=to_day(row["published"]),
            confidence=float(row["confidence"]),
            document=row["document"],
            facts=_drop_empty(facts),
            is_disowned=row["cue_negated"] == "true",
        )


def _read_events(reader: Reader) -> Iterator[Statement]:
    phrases: dict[tuple[str, str], list[str]] = {}
    for row in read_rows(reader, "nodes-phrases"):
        phrases.setdefault((row["event"], row["part"]), []).append(row["value"])
    events = {row["event"]: row for row in read_rows(reader, "nodes-events")}
    for iri, row in events.items():
        facts = {name: row[name] for name in _EVENT_FACTS}
        facts |= {f"{part}_text": "; ".join(sorted(phrases.get((iri, part), ()))) for part in ("actor", "recipient")}
        arguments = tuple(
            (part, tuple(sorted(span for spans in phrases.get((iri, f"{part}-spans"), ()) for span in to_spans(spans))))
            for part in ("actor", "recipient")
        )
        yield Statement(
            iri=iri,
            kind="Event",
            words=row["trigger"],
            quote=row["quote"],
            span=Span(int(row["begin"]), int(row["end"])),
            parts=(("trigger", to_spans(row["trigger_spans"])), *arguments),
            day=to_day(row["date"], row["published"]),
            confidence=float(row["confidence"]),
            document=row["document"],
            facts=_drop_empty(facts),
        )


def _join(values: Iterable[str]) -> str:
    return "; ".join(sorted(values))


def _drop_empty(facts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in facts.items() if value))
