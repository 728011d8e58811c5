"""Propositions: subject, relation and object of a clause, in the words of the text."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.model.span import quote_spans
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Quad, to_text


def find_proposition_quads(annotation: Annotation, writer: GraphWriter) -> Iterator[Quad]:
    """Yield every proposition; one inside a claim is linked to it.

    What only restates a claim is left out: the claim says it with speaker and content.
    """
    for proposition in annotation.extraction.propositions:
        if proposition.restates is not None:
            continue
        subject = writer.name(proposition.id)
        yield from writer.bookkeeping(subject, ns.PROPOSITION, None)
        yield from writer.judgement(subject, proposition.confidence)
        yield from writer.phrase(subject, ns.SUBJECT_TEXT, ns.SUBJECT_SPANS, proposition.subject)
        yield from writer.phrase(subject, ns.RELATION_TEXT, ns.RELATION_SPANS, proposition.relation)
        yield from writer.phrase(subject, ns.OBJECT_TEXT, ns.OBJECT_SPANS, proposition.object)
        for argument in proposition.arguments:
            yield writer.quad(subject, ns.ARGUMENT_TEXT, to_text(quote_spans(writer.text, argument)))
        if proposition.lemma:
            yield writer.quad(subject, ns.RELATION_LEMMA, to_text(proposition.lemma))
        yield from writer.quads(subject, ns.SUBJECT_ACTOR, writer.find_actor(proposition.subject_mention))
        yield from writer.quads(subject, ns.OBJECT_ACTOR, writer.find_actor(proposition.object_mention))
        polarity = "negated" if proposition.negated else "affirmed"
        yield writer.quad(subject, ns.POLARITY, ns.name_concept("polarity", polarity))
        yield writer.quad(subject, ns.MODALITY, ns.name_concept("modality", proposition.modality))
        if proposition.inside is not None:
            yield writer.quad(subject, ns.WITHIN_CLAIM, writer.name(proposition.inside))
        parts = (proposition.subject, proposition.relation, proposition.object, *proposition.arguments)
        yield from writer.evidence(subject, tuple(span for spans in parts for span in spans))
