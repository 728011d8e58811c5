"""Claims, events and documents as a line of a list shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from kg.model.base import Frozen
from kg.query.pages.nodes import Actor, Concept, Names, Node, describe_nodes, name_nodes
from kg.query.reader import Reader


class DocumentLine(Frozen):
    """A document.

    Attributes:
        title: the path, where the document has none; the IRI, where the store does not describe it.
        published: as the graph has it: a day, or a time with its offset; empty where unknown.
        table: layout of the table that it is a part of: `gdelt-1.0`; empty for a text.
        url: where it was published, as the file says; empty where unknown.
    """

    iri: str
    title: str
    publisher: str = ""
    published: str = ""
    path: str = ""
    author: str = ""
    language: str = ""
    url: str = ""
    table: str = ""


class FramingLine(Frozen):
    """A frame that a claim takes up.

    Attributes:
        targets: of whom it is said; empty where the text does not show it.
        is_denied: whether the content itself negates it.
        confidence: None where the store does not tell frames apart.
    """

    frame: Concept
    targets: tuple[Actor, ...] = ()
    is_denied: bool = False
    confidence: float | None = None
    by: str = ""


class ClaimLine(Frozen):
    """A claim.

    Attributes:
        speakers: those who are known; `source` is what the text calls them, empty where it gives none.
        is_unsaid: whether the cue is negated: "did not say".
        within: IRI of the claim whose content holds this one; empty where there is none.
        sentence: the evidence, verbatim.
    """

    iri: str
    speakers: tuple[Actor, ...]
    source: str
    cue: str
    content: str
    speech: str
    cue_type: str
    is_unsaid: bool
    is_hedged: bool
    polarity: str
    modality: str
    about: tuple[Actor, ...]
    addressees: tuple[Actor, ...]
    framings: tuple[FramingLine, ...]
    published: str
    document: DocumentLine
    within: str
    sentence: str
    confidence: float
    by: str


class EventLine(Frozen):
    """An event: of a text, or coded in a row of a table.

    Attributes:
        actors, recipients: those who are known. `..._texts`: the text's words for all.
        date: as the graph has it: a year, a month, a day; empty where the text tells none.
        date_precision: how exact that is, in one word.
        sentence: the evidence, verbatim; empty for a coded event.
        confidence: None for a coded event.
    """

    iri: str
    kind: Literal["event", "coded event"]
    type: Concept
    actors: tuple[Actor, ...]
    actor_texts: tuple[str, ...]
    recipients: tuple[Actor, ...]
    recipient_texts: tuple[str, ...]
    places: tuple[Actor, ...]
    date: str
    date_end: str
    date_precision: str
    modality: str
    polarity: str
    trigger: str
    published: str
    document: DocumentLine
    sentence: str
    confidence: float | None


def read_claims(reader: Reader, iris: Sequence[str]) -> tuple[ClaimLine, ...]:
    """Return claims in the order given; what is no claim is left out."""
    nodes = describe_nodes(reader, iris)
    claims = [node for node in nodes.values() if "Claim" in node.kinds]
    parts = describe_nodes(reader, (iri for node in claims for iri in (*node.all("framing"), node.document)))
    names = name_nodes(reader, _list_named(claims, parts.values()))
    return tuple(make_claim(node, parts, names) for node in claims)


def make_claim(node: Node, parts: Mapping[str, Node], names: Names) -> ClaimLine:
    """Return one claim.

    Args:
        node: of the claim.
        parts: its framings and its document, by IRI.
        names: of all that these name.
    """
    document = node.document
    return ClaimLine(
        iri=node.iri,
        speakers=names.actors_of(node.all("speaker")),
        source=node.one("sourceText"),
        cue=node.one("cue"),
        content=node.one("content"),
        speech=node.notation("speech"),
        cue_type=node.notation("cueType"),
        is_unsaid=node.one("cueNegated") == "true",
        is_hedged=node.one("hedged") == "true",
        polarity=node.notation("polarity"),
        modality=node.notation("modality"),
        about=names.actors_of(node.all("about")),
        addressees=names.actors_of(node.all("addressee")),
        framings=_make_framings(node, parts, names),
        published=node.one("published"),
        document=make_document(parts.get(document) or Node(document, {})),
        within=node.one("withinClaim"),
        sentence=node.one("nif:anchorOf"),
        confidence=float(node.one("confidence") or 0),
        by=node.one("extractedBy"),
    )


def read_events(reader: Reader, iris: Sequence[str]) -> tuple[EventLine, ...]:
    """Return events, coded ones too, in the order given; what is no event is left out."""
    nodes = describe_nodes(reader, iris)
    events = [node for node in nodes.values() if node.kinds & {"Event", "CodedEvent"}]
    parts = describe_nodes(reader, (node.document for node in events))
    names = name_nodes(reader, _list_named(events, ()))
    return tuple(make_event(node, parts, names) for node in events)


def make_event(node: Node, parts: Mapping[str, Node], names: Names) -> EventLine:
    """Return one event; arguments as those of `make_claim`."""
    document = node.document
    is_coded = "CodedEvent" in node.kinds
    return EventLine(
        iri=node.iri,
        kind="coded event" if is_coded else "event",
        type=names.concept(node.one("eventType")),
        actors=names.actors_of(node.all("actor")),
        actor_texts=node.all("actorText"),
        recipients=names.actors_of(node.all("recipient")),
        recipient_texts=node.all("recipientText"),
        places=names.actors_of(node.all("place")),
        date=node.one("date"),
        date_end=node.one("dateEnd"),
        date_precision=node.one("datePrecision"),
        modality=node.notation("modality"),
        polarity=node.notation("polarity"),
        trigger=node.one("trigger"),
        published=node.one("published"),
        document=make_document(parts.get(document) or Node(document, {})),
        sentence=node.one("nif:anchorOf"),
        confidence=None if is_coded else float(node.one("confidence") or 0),
    )


def read_documents(reader: Reader, iris: Iterable[str]) -> tuple[DocumentLine, ...]:
    """Return documents in the order given; what is no document is left out."""
    return tuple(make_document(node) for node in describe_nodes(reader, iris).values() if "Document" in node.kinds)


def make_document(node: Node) -> DocumentLine:
    """Return one document."""
    path = node.one("path")
    return DocumentLine(
        iri=node.iri,
        title=node.one("dcterms:title") or path or node.iri,
        publisher=node.one("dcterms:publisher"),
        published=node.one("published"),
        path=path,
        author=node.one("dcterms:creator"),
        language=node.one("dcterms:language"),
        url=node.one("schema:url"),
        table=node.one("tableLayout"),
    )


def _make_framings(node: Node, parts: Mapping[str, Node], names: Names) -> tuple[FramingLine, ...]:
    """Return the frames of a claim; of a store that does not tell them apart, each has all targets of the claim."""
    framings = [parts[iri] for iri in node.all("framing") if iri in parts]
    if not framings:
        targets = names.actors_of(node.all("frameTarget"))
        denied = set(node.all("deniedFrame"))
        lines = [FramingLine(frame=names.concept(f), targets=targets, is_denied=f in denied) for f in node.all("frame")]
    else:
        lines = [
            FramingLine(
                frame=names.concept(framing.one("inFrame")),
                targets=names.actors_of(framing.all("ofActor")),
                is_denied=framing.one("frameDenied") == "true",
                confidence=float(framing.one("confidence") or 0),
                by=framing.one("extractedBy"),
            )
            for framing in framings
        ]
    return tuple(sorted(lines, key=lambda line: line.frame.notation))


_NAMED = (
    "speaker", "about", "addressee", "frame", "frameTarget", "inFrame", "ofActor", "eventType", "actor", "recipient", "place",
)  # fmt: skip


def _list_named(*groups: Iterable[Node]) -> set[str]:
    return {iri for group in groups for node in group for name in _NAMED for iri in node.all(name)}
