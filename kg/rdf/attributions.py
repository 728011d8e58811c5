"""Claims: who is said to have said what about whom; the content is quoted, never asserted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.model.attribution import Attribution
from kg.model.framing import Framing
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Iri, Quad, to_boolean, to_decimal


def find_attribution_quads(annotation: Annotation, writer: GraphWriter) -> Iterator[Quad]:
    """Yield every attribution as a `kg:Claim`."""
    for attribution in annotation.extraction.attributions:
        yield from _find_claim_quads(attribution, writer)


def _find_claim_quads(attribution: Attribution, writer: GraphWriter) -> Iterator[Quad]:
    subject = writer.name(attribution.id)
    yield from writer.bookkeeping(subject, ns.CLAIM, attribution.by)
    yield from writer.judgement(subject, attribution.confidence)
    sources = (writer.find_actor(mention) for mention in (attribution.source_mention, *attribution.other_source_mentions))
    for speaker in dict.fromkeys(actor for actor in sources if actor is not None):
        yield writer.quad(subject, ns.SPEAKER, speaker)
        if not attribution.negated_cue:
            yield writer.quad(speaker, ns.SAYS, subject)
    yield from writer.quads(subject, ns.ADDRESSEE, writer.find_actor(attribution.addressee))
    about = tuple(writer.find_actor(mention) for mention in attribution.about)
    yield from writer.quads(subject, ns.ABOUT, *about)
    for framing in attribution.framings:
        yield from _find_framing_quads(attribution, framing, about, writer)
    yield from writer.phrase(subject, ns.SOURCE_TEXT, ns.SOURCE_SPANS, attribution.source)
    yield from writer.phrase(subject, ns.CUE, ns.CUE_SPANS, attribution.cue)
    yield from writer.phrase(subject, ns.CONTENT, ns.CONTENT_SPANS, attribution.content)
    yield writer.quad(subject, ns.SPEECH, ns.name_concept("speech", attribution.speech))
    yield writer.quad(subject, ns.CUE_TYPE, ns.name_concept("cue-type", attribution.cue_type))
    yield writer.quad(subject, ns.POLARITY, ns.name_concept("polarity", attribution.polarity))
    yield writer.quad(subject, ns.MODALITY, ns.name_concept("modality", attribution.modality))
    if attribution.negated_cue:
        yield writer.quad(subject, ns.CUE_NEGATED, to_boolean(value=True))
    if attribution.is_hedged:
        yield writer.quad(subject, ns.HEDGED, to_boolean(value=True))
    if attribution.parent is not None:
        yield writer.quad(subject, ns.WITHIN_CLAIM, writer.name(attribution.parent))
    yield from writer.evidence(subject, attribution.sentences or (*attribution.source, *attribution.cue, *attribution.content))


def _find_framing_quads(
    attribution: Attribution, framing: Framing, about: tuple[Iri | None, ...], writer: GraphWriter
) -> Iterator[Quad]:
    """Yield a framing of its own, and its frame and targets on the claim itself.

    A frame is said of all that the claim is about where the words do not show of whom. Targets that are given but
    unresolved leave none: the frame is said of somebody else than those who were resolved.
    """
    claim, node = writer.name(attribution.id), writer.name(f"{attribution.id}-{framing.frame}")
    frame = ns.name_concept("frame", framing.frame)
    yield writer.quad(claim, ns.FRAMING, node)
    yield from writer.bookkeeping(node, ns.FRAMING_CLASS, framing.by)
    yield writer.quad(node, ns.CONFIDENCE, to_decimal(framing.confidence))
    yield writer.quad(node, ns.IN_FRAME, frame)
    yield writer.quad(claim, ns.FRAME, frame)
    if framing.denied:
        yield writer.quad(node, ns.FRAME_DENIED, to_boolean(value=True))
        yield writer.quad(claim, ns.DENIED_FRAME, frame)
    # Who means to do a thing does not say of all those concerned that they do it.
    if attribution.cue_type == "intention" and not framing.targets:
        return
    targets = tuple(writer.find_actor(mention) for mention in framing.targets) if framing.targets else about
    # Whom a frame is said of is one of those that the claim is about, also where the mention is not listed there.
    for predicate in (ns.ABOUT, ns.FRAME_TARGET):
        yield from writer.quads(claim, predicate, *targets)
    yield from writer.quads(node, ns.OF_ACTOR, *targets)
