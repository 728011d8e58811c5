"""What claims share over documents: theses that they affirm or deny, and utterances that they report; a derived graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model.cluster import Thesis, Utterance
from kg.model.identifier import to_digest
from kg.rdf import namespaces as ns
from kg.rdf.terms import XSD, Iri, Literal, Quad, to_decimal, to_text


def name_thesis(thesis: Thesis, base: str) -> Iri:
    """Return the IRI of a thesis, minted from the first of its claims: the same claims, the same IRI."""
    return Iri(f"{base}thesis/{to_digest(min((*thesis.affirming, *thesis.denying)))}")


def name_utterance(utterance: Utterance, base: str) -> Iri:
    """Return the IRI of an utterance, minted from the first of its reports."""
    return Iri(f"{base}utterance/{to_digest(utterance.reports[0])}")


def thesis_quads(thesis: Thesis, base: str) -> tuple[Quad, ...]:
    """Return what is known of a thesis, and its claims' sides, in `{base}graph/claims`, sorted."""
    graph, subject = ns.name_claims_graph(base), name_thesis(thesis, base)
    return tuple(sorted(_find_thesis_quads(thesis, subject, graph)))


def _find_thesis_quads(thesis: Thesis, subject: Iri, graph: Iri) -> Iterator[Quad]:
    yield Quad(subject, ns.TYPE, ns.THESIS, graph)
    yield Quad(subject, ns.EXEMPLAR, Iri(thesis.exemplar), graph)
    for actor in thesis.about:
        yield Quad(subject, ns.ABOUT, Iri(actor), graph)
    for frame in thesis.frames:
        yield Quad(subject, ns.FRAME, ns.name_concept("frame", frame), graph)
    for predicate, claims in ((ns.AFFIRMS, thesis.affirming), (ns.DENIES, thesis.denying)):
        for claim in claims:
            yield Quad(Iri(claim), predicate, subject, graph)
    counts = (
        (ns.CLAIM_COUNT, len(thesis.affirming) + len(thesis.denying)),
        (ns.DOCUMENT_COUNT, thesis.documents),
        (ns.PUBLISHER_COUNT, thesis.publishers),
    )
    yield from _find_measure_quads(subject, graph, counts, thesis.confidence, thesis.reasons)


def utterance_quads(utterance: Utterance, base: str) -> tuple[Quad, ...]:
    """Return what is known of an utterance, in `{base}graph/claims`, sorted."""
    graph, subject = ns.name_claims_graph(base), name_utterance(utterance, base)
    return tuple(sorted(_find_utterance_quads(utterance, subject, graph)))


def _find_utterance_quads(utterance: Utterance, subject: Iri, graph: Iri) -> Iterator[Quad]:
    yield Quad(subject, ns.TYPE, ns.UTTERANCE, graph)
    yield Quad(subject, ns.FIRST_REPORT, Iri(utterance.first), graph)
    if utterance.source is not None:
        yield Quad(subject, ns.ORIGINAL_SOURCE, Iri(utterance.source), graph)
    for predicate, iris in ((ns.REPORTED_AS, utterance.reports), (ns.RELAYED_BY, utterance.relays)):
        for iri in iris:
            yield Quad(subject, predicate, Iri(iri), graph)
    counts = (
        (ns.REPORT_COUNT, len(utterance.reports)),
        (ns.DOCUMENT_COUNT, utterance.documents),
        (ns.PUBLISHER_COUNT, utterance.publishers),
    )
    yield from _find_measure_quads(subject, graph, counts, utterance.confidence, utterance.reasons)


def _find_measure_quads(
    subject: Iri, graph: Iri, counts: Iterable[tuple[Iri, int]], confidence: float, reasons: Iterable[str]
) -> Iterator[Quad]:
    for predicate, count in counts:
        yield Quad(subject, predicate, Literal(str(count), XSD + "integer"), graph)
    yield Quad(subject, ns.COHESION, to_decimal(confidence), graph)
    for reason in reasons:
        yield Quad(subject, ns.REASON, to_text(reason), graph)
