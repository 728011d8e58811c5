"""Events: who did what to whom, coded by PLOVER."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.model.cameo import find_goldstein
from kg.model.event import Event
from kg.model.plover import QUAD_CLASSES
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Quad, to_date, to_decimal, to_text


def find_event_quads(annotation: Annotation, writer: GraphWriter) -> Iterator[Quad]:
    """Yield every event; each argument has its exact phrase, a resolved one its actor too."""
    for event in annotation.events:
        yield from _find_event_quads(event, writer)


def _find_event_quads(event: Event, writer: GraphWriter) -> Iterator[Quad]:
    subject = writer.name(event.id)
    yield from writer.bookkeeping(subject, ns.EVENT, event.by)
    yield from writer.judgement(subject, event.confidence)
    yield writer.quad(subject, ns.EVENT_TYPE, ns.name_concept("plover", event.type))
    yield writer.quad(subject, ns.POLARITY, ns.name_concept("polarity", event.polarity))
    yield writer.quad(subject, ns.MODALITY, ns.name_concept("modality", event.modality))
    yield writer.quad(subject, ns.QUAD_CLASS, ns.name_concept("plover", QUAD_CLASSES[event.type]))
    for predicate, code in ((ns.MODE, event.mode), (ns.CAMEO, event.cameo), *((ns.CONTEXT, one) for one in event.contexts)):
        if code:
            yield writer.quad(subject, predicate, to_text(code))
    goldstein = find_goldstein(event.cameo)
    if goldstein is not None:
        yield writer.quad(subject, ns.GOLDSTEIN, to_decimal(goldstein))
    yield from writer.phrase(subject, ns.TRIGGER, ns.TRIGGER_SPANS, event.trigger)
    for argument in event.actors:
        yield from writer.quads(subject, ns.EVENT_ACTOR, writer.find_actor(argument.mention))
        yield from writer.phrase(subject, ns.ACTOR_TEXT, ns.ACTOR_SPANS, argument.spans)
    for argument in event.recipients:
        yield from writer.quads(subject, ns.EVENT_RECIPIENT, writer.find_actor(argument.mention))
        yield from writer.phrase(subject, ns.RECIPIENT_TEXT, ns.RECIPIENT_SPANS, argument.spans)
    yield from writer.quads(subject, ns.EVENT_PLACE, writer.find_actor(event.place))
    for predicate, date in ((ns.DATE, event.date), (ns.DATE_END, event.date_end)):
        if date:
            yield from writer.quads(subject, predicate, to_date(date))
    if event.date_precision:
        yield writer.quad(subject, ns.DATE_PRECISION, to_text(event.date_precision))
    if event.reported_in is not None:
        yield writer.quad(subject, ns.REPORTED_IN, writer.name(event.reported_in))
    yield from writer.evidence(subject, (event.sentence,))
