"""Parts of event tables as N-Triples.

A day of GDELT has a million triples; so lines are written as they will be loaded, not made of quads first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kg.model.coded_event import CodedEvent, CodedParty, EventTablePart
from kg.model.identifier import mint_part_iri
from kg.model.mention import MentionType
from kg.model.plover import QUAD_CLASSES
from kg.rdf import namespaces as ns
from kg.rdf.terms import XSD, Iri, Literal, Quad, to_decimal, to_text, to_uri_literal

#: Who a party is: IRI (None for nobody in particular), class, rule.
Resolve = Callable[[CodedParty], tuple[str | None, MentionType, str]]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class TableGraph(NamedTuple):
    """The graph of a part.

    Attributes:
        statements: N-Triples in UTF-8.
        cells: those of its quads by which actors are described (`kg.store.actors`), sorted.
    """

    statements: bytes
    cells: tuple[Quad, ...]


def to_graph(part: EventTablePart, resolve: Resolve, *, extractor_version: str) -> TableGraph:
    """Return the graph of a part of a table.

    Each row is a `kg:CodedEvent` named after its line; each name that the rows have for an actor is a `kg:Cell`, once.
    An actor or recipient that is nobody in particular has its words and sectors alone. What a row leaves empty is left out.
    """
    cells: dict[tuple[str, str], tuple[MentionType, str]] = {}
    lines = [*_find_document_lines(part, extractor_version)]
    for event in part.events:
        lines.extend(_find_event_lines(part, event, resolve, cells))
    quads: list[Quad] = []
    for number, ((actor, name), (kind, rule)) in enumerate(sorted(cells.items()), start=1):
        subject = Iri(mint_part_iri(part.id, f"m{number}"))
        for predicate, value in (
            (ns.TYPE, ns.CELL),
            (ns.REFERS_TO, Iri(actor)),
            (ns.NAME, to_text(name)),
            (ns.MENTION_KIND, to_text("name")),
            (ns.MENTION_TYPE, ns.ACTOR_CLASSES[kind]),
            (ns.RESOLVED_BY, to_text(rule)),
        ):
            quads.append(Quad(subject, predicate, value, Iri(part.id)))
    lines.extend(_to_line(quad.subject, quad.predicate, quad.object) for quad in quads)
    return TableGraph("".join(lines).encode(), tuple(sorted(quads)))


def _find_document_lines(part: EventTablePart, extractor_version: str) -> Iterator[str]:
    subject = Iri(part.id)
    yield _to_line(subject, ns.TYPE, ns.DOCUMENT)
    for predicate, text in (
        (ns.PATH, part.path),
        (ns.SHA256, part.sha256),
        (ns.EXTRACTOR_VERSION, extractor_version),
        (ns.TITLE, part.title),
        (ns.TABLE_LAYOUT, part.layout),
    ):
        yield _to_line(subject, predicate, to_text(text))


def _find_event_lines(
    part: EventTablePart, event: CodedEvent, resolve: Resolve, cells: dict[tuple[str, str], tuple[MentionType, str]]
) -> Iterator[str]:
    subject = f"<{mint_part_iri(part.id, f'e{event.line}')}> "
    yield f"{subject}{_CODED_EVENT}{subject}{_DERIVED}<{part.id}> .\n{subject}{_AFFIRMED}{subject}{_ACTUAL}"
    yield f'{subject}<{ns.DATE.value}> "{event.date}"^^<{XSD}date> .\n'
    yield subject + _to_text_end(ns.IDENTIFIER, event.identifier)
    if event.type is not None:
        yield f"{subject}<{ns.EVENT_TYPE.value}> <{ns.SCHEME}plover/{event.type}> .\n{subject}{_QUAD_CLASSES[event.type]}"
    for predicate, text in ((ns.CAMEO, event.cameo), (ns.MODE, event.mode), (ns.PLACE_TEXT, event.place)):
        if text:
            yield subject + _to_text_end(predicate, text)
    for context in event.contexts:
        yield subject + _to_text_end(ns.CONTEXT, context)
    if event.intensity is not None:
        yield f"{subject}<{ns.INTENSITY.value}> {_to_nt(to_decimal(event.intensity))} .\n"
    if event.article_count is not None:
        yield f'{subject}<{ns.ARTICLE_COUNT.value}> "{event.article_count}"^^<{XSD}integer> .\n'
    if event.url:
        yield f"{subject}<{ns.URL.value}> {_to_nt(to_uri_literal(event.url))} .\n"
    for parties, terms in ((event.actors, _ACTOR_TERMS), (event.recipients, _RECIPIENT_TERMS)):
        for party in parties:
            yield from _find_party_lines(subject, party, terms, resolve, cells)


def _find_party_lines(
    subject: str,
    party: CodedParty,
    terms: tuple[Iri, Iri, Iri, Iri],
    resolve: Resolve,
    cells: dict[tuple[str, str], tuple[MentionType, str]],
) -> Iterator[str]:
    role, text, code, sector = terms
    actor, kind, rule = resolve(party)
    words = party.name or party.code
    if actor is not None:
        yield f"{subject}<{role.value}> <{actor}> .\n"
        cells.setdefault((actor, words), (kind, rule))
    yield subject + _to_text_end(text, words)
    if party.code:
        yield subject + _to_text_end(code, party.code)
    for name in party.sectors:
        yield subject + _to_text_end(sector, name)


def _to_line(subject: Iri, predicate: Iri, value: Iri | Literal) -> str:
    return f"<{subject.value}> <{predicate.value}> {_to_nt(value)} .\n"


def _to_nt(value: Iri | Literal) -> str:
    if isinstance(value, Iri):
        return f"<{value.value}>"
    kind = "" if value.datatype == f"{XSD}string" else f"^^<{value.datatype}>"
    return f'"{value.value.translate(_ESCAPES)}"{kind}'


def _to_text_end(predicate: Iri, text: str) -> str:
    return f"<{predicate.value}> {_to_nt(to_text(text))} .\n"


_ACTOR_TERMS = (ns.EVENT_ACTOR, ns.ACTOR_TEXT, ns.ACTOR_CODE, ns.ACTOR_SECTOR)
_RECIPIENT_TERMS = (ns.EVENT_RECIPIENT, ns.RECIPIENT_TEXT, ns.RECIPIENT_CODE, ns.RECIPIENT_SECTOR)
_CODED_EVENT = f"<{ns.TYPE.value}> <{ns.CODED_EVENT.value}> .\n"
_DERIVED = f"<{ns.WAS_DERIVED_FROM.value}> "
_QUAD_CLASSES = {
    kind: f"<{ns.QUAD_CLASS.value}> <{ns.name_concept('plover', quad).value}> .\n" for kind, quad in QUAD_CLASSES.items()
}
_AFFIRMED = f"<{ns.POLARITY.value}> <{ns.name_concept('polarity', 'affirmed').value}> .\n"
_ACTUAL = f"<{ns.MODALITY.value}> <{ns.name_concept('modality', 'actual').value}> .\n"
