"""Claims: who is said to have said what about whom; the content is quoted, never asserted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.model.attribution import Attribution
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Iri, Quad, to_boolean


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
    for predicate, frames in ((ns.FRAME, attribution.frames), (ns.DENIED_FRAME, attribution.denied_frames)):
        for frame in frames:
            yield writer.quad(subject, predicate, ns.name_concept("frame", frame))
    yield from _find_frame_target_quads(attribution, about, writer, subject)
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


def _find_frame_target_quads(
    attribution: Attribution, about: tuple[Iri | None, ...], writer: GraphWriter, subject: Iri
) -> Iterator[Quad]:
    """Yield of whom the frames are said: of all that the claim is about where the words do not show of whom.

    Targets that are given but unresolved leave none: the frames are said of somebody else than those who were resolved.
    """
    # Who means to do a thing does not say of all those concerned that they do it.
    if not attribution.frames or (attribution.cue_type == "intention" and not attribution.frame_targets):
        return
    targets = tuple(writer.find_actor(mention) for mention in attribution.frame_targets) if attribution.frame_targets else about
    # Whom a frame is said of is one of those that the claim is about, also where the mention is not listed there.
    yield from writer.quads(subject, ns.ABOUT, *targets)
    yield from writer.quads(subject, ns.FRAME_TARGET, *targets)
