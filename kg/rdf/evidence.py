"""What every part of a document's graph shares: where it stands, what it says exactly, who extracted it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model.annotation import Annotation
from kg.model.identifier import mint_part_iri
from kg.model.span import Spans, cover_spans, quote_spans
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Literal, Quad, Term, to_date, to_decimal, to_index, to_text


class GraphWriter:
    """Makes the quads of one document: knows its graph, text, date and which actor each mention means.

    Attributes:
        document: IRI of the document, which names the graph too.
        text: the document's text.
        published: the date of publication as a literal; None where unknown or malformed.
    """

    def __init__(self, annotation: Annotation, canonical: Mapping[str, str] | None = None) -> None:
        """Keep what is asked for again; `canonical` gives the IRIs that stand in the graph for others of the resolution."""
        self.document = Iri(annotation.document.id)
        self.text = annotation.document.text
        published = annotation.document.published
        self.published = to_date(published) if published else None
        names = canonical or {}
        links = annotation.resolution.links
        self._actors: Mapping[str, str] = {link.mention: names.get(link.actor, link.actor) for link in links if link.actor}

    def name(self, part: str) -> Iri:
        """Return the IRI of a mention, claim, event, role or proposition of this document."""
        return Iri(mint_part_iri(self.document.value, part))

    def find_actor(self, mention: str | None) -> Iri | None:
        """Return the actor that a mention means; None for no mention or an unresolved one."""
        actor = self._actors.get(mention) if mention is not None else None
        return None if actor is None else Iri(actor)

    def quad(self, subject: Iri, predicate: Iri, value: Term) -> Quad:
        """Return a quad of this document's graph."""
        return Quad(subject, predicate, value, self.document)

    def quads(self, subject: Iri, predicate: Iri, *values: Term | None) -> Iterator[Quad]:
        """Yield a quad for each value that is there."""
        for value in values:
            if value is not None:
                yield self.quad(subject, predicate, value)

    def phrase(self, subject: Iri, text: Iri, spans_of: Iri, spans: Spans) -> Iterator[Quad]:
        """Yield the exact words of the spans and the spans themselves (`18-40,55-90`); nothing for no spans."""
        if spans:
            yield self.quad(subject, text, to_text(quote_spans(self.text, spans)))
            yield self.quad(subject, spans_of, to_spans_literal(spans))

    def evidence(self, subject: Iri, spans: Spans) -> Iterator[Quad]:
        """Yield begin, end and exact characters of the stretch that covers the spans; nothing for no spans."""
        if cover := cover_spans(spans):
            yield self.quad(subject, ns.BEGIN_INDEX, to_index(cover.begin))
            yield self.quad(subject, ns.END_INDEX, to_index(cover.end))
            yield self.quad(subject, ns.ANCHOR_OF, to_text(self.text[cover.begin : cover.end]))

    def bookkeeping(self, subject: Iri, kind: Iri, by: str | None) -> Iterator[Quad]:
        """Yield the two or three triples that say nothing of the world: class, document and rule."""
        yield self.quad(subject, ns.TYPE, kind)
        yield self.quad(subject, ns.WAS_DERIVED_FROM, self.document)
        if by is not None:
            yield self.quad(subject, ns.EXTRACTED_BY, to_text(by))

    def judgement(self, subject: Iri, confidence: float) -> Iterator[Quad]:
        """Yield the confidence and, where known, when the document was published."""
        yield self.quad(subject, ns.CONFIDENCE, to_decimal(confidence))
        yield from self.quads(subject, ns.PUBLISHED, self.published)


def to_spans_literal(spans: Spans) -> Literal:
    """Return `begin-end` of each span joined by commas, in their order."""
    return to_text(",".join(f"{begin}-{end}" for begin, end in spans))
