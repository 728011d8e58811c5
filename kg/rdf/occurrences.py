"""What happened once, over all documents that report it, and which documents have one text: a derived graph of its own."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.identifier import to_digest
from kg.model.occurrence import Occurrence
from kg.rdf import namespaces as ns
from kg.rdf.terms import XSD, Iri, Literal, Quad, to_date, to_decimal, to_text


def name_occurrence(occurrence: Occurrence, base: str) -> Iri:
    """Return the IRI of an occurrence, minted from the first of its reports: the same reports, the same IRI."""
    return Iri(f"{base}occurrence/{occurrence.type.lower()}-{to_digest(occurrence.reports[0])}")


def occurrence_quads(occurrence: Occurrence, base: str) -> tuple[Quad, ...]:
    """Return what is known of an occurrence, in `{base}graph/occurrences`, sorted.

    Its evidence is that of the events that it `kg:reports`, which stand in their documents' graphs.
    """
    return tuple(sorted(_find_quads(occurrence, name_occurrence(occurrence, base), ns.name_occurrences_graph(base))))


def _find_quads(occurrence: Occurrence, subject: Iri, graph: Iri) -> Iterator[Quad]:
    yield Quad(subject, ns.TYPE, ns.OCCURRENCE, graph)
    yield Quad(subject, ns.EVENT_TYPE, ns.name_concept("plover", occurrence.type), graph)
    yield Quad(subject, ns.POLARITY, ns.name_concept("polarity", occurrence.polarity), graph)
    yield Quad(subject, ns.MODALITY, ns.name_concept("modality", occurrence.modality), graph)
    for predicate, iris in (
        (ns.EVENT_ACTOR, occurrence.actors),
        (ns.EVENT_RECIPIENT, occurrence.recipients),
        (ns.EVENT_PLACE, occurrence.places),
        (ns.REPORTS, occurrence.reports),
    ):
        for iri in iris:
            yield Quad(subject, predicate, Iri(iri), graph)
    for predicate, day in ((ns.EARLIEST, occurrence.earliest), (ns.LATEST, occurrence.latest)):
        date = None if day is None else to_date(day)
        if date is not None:
            yield Quad(subject, predicate, date, graph)
    for predicate, count in (
        (ns.REPORT_COUNT, len(occurrence.reports)),
        (ns.DOCUMENT_COUNT, occurrence.documents),
        (ns.PUBLISHER_COUNT, occurrence.publishers),
    ):
        yield Quad(subject, predicate, Literal(str(count), XSD + "integer"), graph)
    yield Quad(subject, ns.COHESION, to_decimal(occurrence.confidence), graph)
    for reason in occurrence.reasons:
        yield Quad(subject, ns.REASON, to_text(reason), graph)


def copy_quads(document: str, original: str, base: str, *, is_same: bool) -> tuple[Quad, ...]:
    """Return that a document has the text of an earlier one: the same text, or a part of it."""
    predicate = ns.SAME_TEXT_AS if is_same else ns.COPY_OF
    return (Quad(Iri(document), predicate, Iri(original), ns.name_occurrences_graph(base)),)
