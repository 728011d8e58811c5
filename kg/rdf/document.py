"""The document itself: where it comes from, and with which extractor it was read."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Quad, to_text, to_uri_literal


def find_document_quads(annotation: Annotation, writer: GraphWriter, extractor_version: str) -> Iterator[Quad]:
    """Yield the description of the document; what is not known of it is left out."""
    document, subject = annotation.document, writer.document
    yield writer.quad(subject, ns.TYPE, ns.DOCUMENT)
    yield writer.quad(subject, ns.PATH, to_text(document.path))
    yield writer.quad(subject, ns.SHA256, to_text(document.sha256))
    yield writer.quad(subject, ns.EXTRACTOR_VERSION, to_text(extractor_version))
    for predicate, text in (
        (ns.TITLE, document.title),
        (ns.PUBLISHER, document.publisher),
        (ns.CREATOR, document.author),
        (ns.LANGUAGE, document.language),
        (ns.PUBLISHED_TEXT, document.published),
    ):
        if text:
            yield writer.quad(subject, predicate, to_text(text))
    if document.url:
        yield writer.quad(subject, ns.URL, to_uri_literal(document.url))
    yield from writer.quads(subject, ns.PUBLISHED, writer.published)
    for mention in annotation.extraction.mentions:
        if mention.kind == "author":
            yield from writer.quads(subject, ns.AUTHOR, writer.find_actor(mention.id))
