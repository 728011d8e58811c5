"""Stances: how the speakers of a claim stand to an actor whom it is about."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.model.stance import Stance
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Iri, Quad


def find_stance_quads(annotation: Annotation, writer: GraphWriter) -> Iterator[Quad]:
    """Yield a `kg:Stance` for each claim with a known speaker and each other actor that it is about.

    A claim that names an actor several times shows one stance to it: the surest that is not neutral.
    """
    attributions = {attribution.id: attribution for attribution in annotation.extraction.attributions}
    chosen: dict[tuple[str, Iri], Stance] = {}
    for stance in sorted(annotation.extraction.stances, key=lambda one: (len(one.id), one.id)):
        target = writer.find_actor(stance.target)
        if target is None:
            continue
        other = chosen.get((stance.attribution, target))
        if other is None or _rank(stance) > _rank(other):
            chosen[stance.attribution, target] = stance
    for (identifier, target), stance in chosen.items():
        attribution = attributions[identifier]
        sources = (writer.find_actor(mention) for mention in (attribution.source_mention, *attribution.other_source_mentions))
        holders = {actor for actor in sources if actor is not None}
        if not holders or target in holders:
            continue
        subject = writer.name(stance.id)
        yield from writer.bookkeeping(subject, ns.STANCE, stance.by)
        yield from writer.judgement(subject, stance.confidence)
        yield from writer.quads(subject, ns.HOLDER, *holders)
        yield writer.quad(subject, ns.TOWARDS, target)
        yield writer.quad(subject, ns.STANCE_VALUE, ns.name_concept("stance", stance.value))
        yield writer.quad(subject, ns.WITHIN_CLAIM, writer.name(identifier))
        yield from writer.evidence(
            subject, attribution.sentences or (*attribution.source, *attribution.cue, *attribution.content)
        )


def _rank(stance: Stance) -> tuple[bool, float]:
    return stance.value != "neutral", stance.confidence
