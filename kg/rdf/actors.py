"""Actors: type, labels and identifiers of a registry's row, for the graph of actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad, to_boolean, to_text


def actor_quads(actors: Iterable[Actor], base: str) -> tuple[Quad, ...]:
    """Return the description of each actor in `{base}graph/actors`, sorted, each quad once.

    `kg:registered` stands only where it is true.
    """
    graph = ns.name_actors_graph(base)
    return tuple(sorted({quad for actor in actors for quad in _find_actor_quads(actor, graph)}))


def _find_actor_quads(actor: Actor, graph: Iri) -> Iterator[Quad]:
    subject = Iri(actor.iri)
    yield Quad(subject, ns.TYPE, ns.ACTOR_CLASSES[actor.type], graph)
    yield Quad(subject, ns.PREF_LABEL, to_text(actor.label), graph)
    for alias in actor.aliases:
        if alias != actor.label:
            yield Quad(subject, ns.ALT_LABEL, to_text(alias), graph)
    if actor.wikidata:
        yield Quad(subject, ns.SAME_AS, Iri(ns.WIKIDATA + actor.wikidata), graph)
    if actor.geonames is not None:
        yield Quad(subject, ns.GEONAMES_ID, to_text(str(actor.geonames)), graph)
        yield Quad(subject, ns.SAME_AS, Iri(f"{ns.GEONAMES}{actor.geonames}/"), graph)
    if actor.iso2:
        yield Quad(subject, ns.ISO2, to_text(actor.iso2), graph)
    if actor.country and actor.country != actor.iri:
        yield Quad(subject, ns.PART_OF, Iri(actor.country), graph)
    if actor.is_registered:
        yield Quad(subject, ns.REGISTERED, to_boolean(value=True), graph)
