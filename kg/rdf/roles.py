"""Roles: who holds which post in which state or organisation, as a document says."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Quad, to_boolean, to_text


def find_role_quads(annotation: Annotation, writer: GraphWriter) -> Iterator[Quad]:
    """Yield every post whose holder is resolved: a role of nobody answers no question."""
    for post in annotation.extraction.posts:
        if (holder := writer.find_actor(post.holder)) is None:
            continue
        subject = writer.name(post.id)
        yield from writer.bookkeeping(subject, ns.ROLE, post.by)
        yield from writer.judgement(subject, post.confidence)
        yield writer.quad(subject, ns.MEMBER, holder)
        yield from writer.quads(subject, ns.ORGANIZATION, writer.find_actor(post.organisation))
        if post.title:
            yield writer.quad(subject, ns.POST_TITLE, to_text(post.title))
        if post.is_former:
            yield writer.quad(subject, ns.FORMER, to_boolean(value=True))
        yield from writer.evidence(subject, post.spans)
