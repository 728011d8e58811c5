"""What a claim, event or role rests on: its sentence, the marked parts in it, and where the text comes from.

A coded event rests on the row of a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, NamedTuple

from kg.model.base import Frozen
from kg.model.span import GAP, Span
from kg.query.binding import bind_terms
from kg.query.coded_rows import CodedRow, make_row
from kg.query.reader import Reader, Term, read_rows, to_text
from kg.store.terms import NamedNode

Kind = Literal["claim", "event", "role", "coded event"]
PartName = Literal["source", "cue", "content", "trigger", "actors", "recipients"]

KG = "https://sayso.example/ontology#"
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_KINDS: Mapping[str, Kind] = {f"{KG}Claim": "claim", f"{KG}Event": "event", f"{KG}Role": "role", f"{KG}CodedEvent": "coded event"}
_PARTS: Mapping[PartName, str] = {
    "source": f"{KG}sourceSpans",
    "cue": f"{KG}cueSpans",
    "content": f"{KG}contentSpans",
    "trigger": f"{KG}triggerSpans",
    "actors": f"{KG}actorSpans",
    "recipients": f"{KG}recipientSpans",
}
_DETAILS = (
    "speaker", "addressee", "about", "frame", "frameTarget", "deniedFrame", "speech", "cueType", "cueNegated", "hedged",
    "withinClaim", "eventType", "quadClass", "mode", "cameo", "goldstein", "context", "actor", "recipient", "place", "date",
    "dateEnd", "datePrecision",
    "reportedIn", "polarity", "modality",
    "postTitle", "former",
)  # fmt: skip
_ORG = {"http://www.w3.org/ns/org#member": "member", "http://www.w3.org/ns/org#organization": "organization"}

_DESCRIBED = """
SELECT DISTINCT ?document ?property ?value
WHERE {
  VALUES (?subject_param) { (UNDEF) }
  GRAPH ?document { ?subject_param ?property ?value }
}
ORDER BY ?document ?property ?value
"""
_NAMED = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?label
WHERE {
  VALUES (?thing_param) { (UNDEF) }
  { GRAPH ?graph { ?thing_param skos:notation ?label } }
  UNION
  {
    GRAPH ?graph { ?thing_param skos:prefLabel ?label }
    FILTER NOT EXISTS { GRAPH ?notations { ?thing_param skos:notation ?notation } }
  }
}
ORDER BY ?label
"""


class Part(NamedTuple):
    """One part of the evidence: which, where in the sentence (offsets into `Explanation.sentence`), and its words."""

    name: PartName
    spans: tuple[Span, ...]
    text: str


class Explanation(Frozen):
    """The evidence of one claim, event, role or coded event.

    Attributes:
        iri: what is explained.
        sentence: the whole sentence or sentences, verbatim; empty for a coded event.
        begin: offset of the sentence in the document's text, in code points.
        parts: in the order of `PartName`; without those that the text does not give. Roles have none.
        details: what the graph says of it, as (name, label or value) pairs: speaker, about, frame, polarity, ...
        document: IRI of the document. Its title, path and date are None where unknown.
        rule: which rule or model found it; empty for a coded event.
        confidence: None for a coded event.
        row: of the table; None for what comes from a text.
    """

    iri: str
    kind: Kind
    sentence: str
    begin: int
    parts: tuple[Part, ...]
    details: tuple[tuple[str, str], ...]
    document: str
    title: str | None
    path: str | None
    published: str | None
    rule: str
    confidence: float | None
    row: CodedRow | None = None


def find_explanation(reader: Reader, iri: NamedNode) -> Explanation | None:
    """Return the evidence of a claim, event, role or coded event; None where the IRI is none of these."""
    properties: dict[str, list[Term | None]] = defaultdict(list)
    document = ""
    for graph, name, value in read_rows(reader, bind_terms(_DESCRIBED, ["subject"], {"subject": iri})):
        if to_text(name) == _TYPE:  # the graphs of occurrences and of claims compared speak of it, too
            document = to_text(graph)
        properties[to_text(name)].append(value)
    kind = next((_KINDS[to_text(value)] for value in properties[_TYPE] if to_text(value) in _KINDS), None)
    if kind is None:
        return None
    sentence = _first(properties, f"{_NIF}anchorOf") or ""
    begin = int(_first(properties, f"{_NIF}beginIndex") or 0)
    head = _read_document(reader, document)
    return Explanation(
        iri=iri.value,
        kind=kind,
        sentence=sentence,
        begin=begin,
        parts=_find_parts(properties, sentence, begin),
        details=_find_details(reader, properties),
        document=document,
        title=head.get("http://purl.org/dc/terms/title"),
        path=head.get(f"{KG}path"),
        published=_first(properties, f"{KG}published") or head.get(f"{KG}published"),
        rule=_first(properties, f"{KG}extractedBy") or "",
        confidence=None if kind == "coded event" else float(_first(properties, f"{KG}confidence") or 0),
        row=_make_row(reader, iri, head, properties) if kind == "coded event" else None,
    )


def _make_row(reader: Reader, iri: NamedNode, head: Mapping[str, str], properties: Mapping[str, list[Term | None]]) -> CodedRow:
    told = {name: [to_text(value) for value in values] for name, values in properties.items()}
    nodes = {value.value: value for values in properties.values() for value in values if isinstance(value, NamedNode)}
    return make_row(iri.value, head, told, lambda text: name_term(reader, nodes[text]) if text in nodes else text)


def name_term(reader: Reader, term: Term | None) -> str:
    """Return a concept's notation, an actor's label, or else the term's own characters."""
    if not isinstance(term, NamedNode):
        return to_text(term)
    rows = read_rows(reader, bind_terms(_NAMED, ["thing"], {"thing": term}))
    return to_text(rows[0][0]) if rows else term.value


def parse_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of `18-40,55-90`; none for an empty text."""
    return tuple(Span(*map(int, part.split("-"))) for part in text.split(",") if part)


def _find_parts(properties: Mapping[str, list[Term | None]], sentence: str, begin: int) -> tuple[Part, ...]:
    parts = []
    for name, predicate in _PARTS.items():
        absolute = [span for value in properties.get(predicate, ()) for span in parse_spans(to_text(value))]
        # What stands outside the sentence cannot be marked in it.
        inside = [Span(max(0, span.begin - begin), min(len(sentence), span.end - begin)) for span in sorted(absolute)]
        spans = tuple(span for span in inside if span.begin < span.end)
        if spans:
            parts.append(Part(name, spans, GAP.join(sentence[a:b] for a, b in spans)))
    return tuple(parts)


def _find_details(reader: Reader, properties: Mapping[str, list[Term | None]]) -> tuple[tuple[str, str], ...]:
    names = {**{f"{KG}{name}": name for name in _DETAILS}, **_ORG}
    return tuple(
        (label, name_term(reader, value)) for predicate, label in names.items() for value in properties.get(predicate, ())
    )


def _read_document(reader: Reader, document: str) -> dict[str, str]:
    if not document:
        return {}
    rows = read_rows(reader, bind_terms(_DESCRIBED, ["subject"], {"subject": NamedNode(document)}))
    return {to_text(name): to_text(value) for _, name, value in rows}


def _first(properties: Mapping[str, list[Term | None]], predicate: str) -> str | None:
    return next((to_text(value) for value in properties.get(predicate, ())), None)
