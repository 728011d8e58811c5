"""Mentions: where the text names, describes or stands for an actor, and which actor that is."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.annotation import Annotation
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.terms import Iri, Quad, to_text


def find_mention_quads(annotation: Annotation, writer: GraphWriter) -> Iterator[Quad]:
    """Yield every mention; `kg:refersTo` and `kg:resolvedBy` only for resolved ones, city and state only for located ones.

    An author who is named nowhere in the text has no begin, end and characters.
    """
    rules = {link.mention: link.by for link in annotation.resolution.links if link.actor is not None}
    cities = {actor.iri: actor for actor in annotation.resolution.actors if actor.geonames is not None}
    located = {link.mention: cities[link.actor] for link in annotation.resolution.links if link.actor in cities}
    for mention in annotation.extraction.mentions:
        subject = writer.name(mention.id)
        yield writer.quad(subject, ns.TYPE, ns.MENTION)
        yield writer.quad(subject, ns.MENTION_TYPE, ns.ACTOR_CLASSES[mention.type])
        yield writer.quad(subject, ns.MENTION_KIND, to_text(mention.kind))
        yield writer.quad(subject, ns.NAME, to_text(mention.name))
        yield from writer.evidence(subject, mention.spans)
        if (actor := writer.find_actor(mention.id)) is not None:
            yield writer.quad(subject, ns.REFERS_TO, actor)
            yield writer.quad(subject, ns.RESOLVED_BY, to_text(rules[mention.id]))
        if (city := located.get(mention.id)) is not None:
            yield writer.quad(subject, ns.GEONAMES_ID, to_text(str(city.geonames)))
            if city.country is not None:
                yield writer.quad(subject, ns.LOCATED_IN, Iri(city.country))
