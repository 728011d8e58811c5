"""One document: its text with every mention, claim, event and post that was found in it."""

from __future__ import annotations

from pydantic import Field

from kg.errors import DocumentMissingError
from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.pages.choosing import to_reading_order
from kg.query.pages.lines import ClaimLine, DocumentLine, EventLine, make_claim, make_document, make_event, read_documents
from kg.query.pages.marks import Mark, list_marks
from kg.query.pages.nodes import Actor, Names, Node, describe_node, describe_nodes, name_nodes, shorten_property, to_node
from kg.query.pages.paging import PAGE_SIZE
from kg.query.pages.parameters import ThingParameters
from kg.query.pages.texts import Passage, join_sentences, read_text
from kg.query.reader import read_rows, to_text
from kg.store.reader import Reader

_LINKS = ("refersTo", "speaker", "about", "addressee", "frame", "frameTarget", "inFrame", "ofActor", "eventType", "actor")
_MORE_LINKS = ("recipient", "place", "org:member", "org:organization")


class ActorCount(Frozen):
    """An actor, and how often the document mentions it."""

    actor: Actor
    mentions: int


class DocumentPage(Frozen):
    """One document."""

    document: DocumentLine
    sha256: str
    author: Actor | None = Field(description="The author, where resolved.")
    copy_of: DocumentLine | None = Field(description="The earliest document with the same text, where this one copies it.")
    copies: tuple[DocumentLine, ...] = Field(description="Documents that copy this one.")
    is_whole: bool = Field(description="Whether the passages are the whole text; else the sentences that the graph quotes.")
    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...] = Field(description="In order of the text; longer ones first.")
    claims: tuple[ClaimLine, ...] = Field(description="In order of the text.")
    events: tuple[EventLine, ...] = Field(description="In order of the text; of a table, the first rows.")
    events_total: int
    actors: tuple[ActorCount, ...] = Field(description="Those mentioned most first.")


def read_document(reader: Reader, given: ThingParameters) -> DocumentPage:
    """Return one document.

    Raises:
        DocumentMissingError: the store has no document with this IRI.
        StoreInvalidError: the file of annotations is damaged.
    """
    head = describe_node(reader, given.iri)
    if "Document" not in head.kinds:
        raise DocumentMissingError(given.iri)
    nodes = [] if head.all("tableLayout") else _read_parts(reader, given.iri)
    rows = _list_rows(reader, given.iri) if head.all("tableLayout") else []
    nodes += describe_nodes(reader, rows[:PAGE_SIZE]).values()
    by_iri = {node.iri: node for node in nodes} | {head.iri: head}
    names = name_nodes(reader, {iri for node in by_iri.values() for name in (*_LINKS, *_MORE_LINKS) for iri in node.all(name)})
    author = head.one("author")
    text = read_text(reader.path, head)
    original = next(iter(read_documents(reader, (*head.all("copyOf"), *head.all("sameTextAs")))), None)
    claims = [node for node in nodes if "Claim" in node.kinds]
    events = [node for node in nodes if node.kinds & {"Event", "CodedEvent"}]
    return DocumentPage(
        document=make_document(head),
        sha256=head.one("sha256"),
        author=name_nodes(reader, [author]).actor(author) if author else None,
        copy_of=original,
        copies=read_documents(reader, _list_copies(reader, given.iri)),
        is_whole=text is not None,
        passages=(Passage(begin=0, text=text),) if text else join_sentences(nodes),
        marks=list_marks(nodes, names),
        claims=tuple(make_claim(node, by_iri, names) for node in claims),
        events=tuple(make_event(node, by_iri, names) for node in events),
        events_total=len(rows) or len(events),
        actors=_count_actors(nodes, names),
    )


def _read_parts(reader: Reader, document: str) -> list[Node]:
    """Return all that the document's graph holds besides the document, in the order of the text."""
    values: dict[str, dict[str, set[str]]] = {}
    node = to_node(document)
    assert node is not None  # the store describes it
    for subject, name, value in read_rows(reader, bind_terms(_PARTS, ["document"], {"document": node})):
        short, text = shorten_property(to_text(name)), to_text(value)
        told = values.setdefault(to_text(subject), {})
        told.setdefault(short, set()).add(shorten_property(text) if short == "rdf:type" else text)
    values.pop(document, None)
    nodes = [Node(iri, {name: tuple(sorted(found)) for name, found in told.items()}) for iri, told in values.items()]
    parts = [part for part in nodes if part.kinds]
    return sorted(parts, key=lambda part: (part.number("nif:beginIndex"), *to_reading_order(part.iri)))


def _list_rows(reader: Reader, document: str) -> list[str]:
    node = to_node(document)
    assert node is not None  # the store describes it
    rows = read_rows(reader, bind_terms(_ROWS, ["document"], {"document": node}))
    return sorted((to_text(event) for (event,) in rows), key=to_reading_order)


def _list_copies(reader: Reader, document: str) -> list[str]:
    node = to_node(document)
    assert node is not None  # the store describes it
    return sorted(to_text(copy) for (copy,) in read_rows(reader, bind_terms(_COPIES, ["document"], {"document": node})))


def _count_actors(nodes: list[Node], names: Names) -> tuple[ActorCount, ...]:
    counts: dict[str, int] = {}
    for node in nodes:
        for actor in node.all("refersTo"):
            counts[actor] = counts.get(actor, 0) + 1
    entries = (ActorCount(actor=names.actor(iri), mentions=count) for iri, count in counts.items())
    return tuple(sorted(entries, key=lambda entry: (-entry.mentions, entry.actor.label, entry.actor.iri)))


_PARTS = """
SELECT ?node ?property ?value
WHERE { VALUES (?document_param) { (UNDEF) } GRAPH ?document_param { ?node ?property ?value } }
"""
_ROWS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?event WHERE { VALUES (?document_param) { (UNDEF) } GRAPH ?document_param { ?event a kg:CodedEvent } }
"""
_COPIES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?copy
WHERE {
  VALUES (?document_param) { (UNDEF) }
  GRAPH ?occurrences { { ?copy kg:copyOf ?document_param } UNION { ?copy kg:sameTextAs ?document_param } }
}
"""
