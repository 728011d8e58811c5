"""How often actors speak, are spoken of and are named, and how often frames are taken up: counted over the whole store."""

from __future__ import annotations

from collections import Counter

from kg.model.base import Frozen
from kg.query.pages.nodes import Actor, Concept, name_nodes
from kg.query.reader import Reader, read_rows, to_text


class ActorTally(Frozen):
    """An actor, and how many claims it makes and is the subject of."""

    actor: Actor
    says: int
    said_of: int


class ConceptTally(Frozen):
    """A frame or an event type, and how many claims or events have it."""

    concept: Concept
    count: int


def count_speakers(reader: Reader) -> Counter[str]:
    """Return how many claims each actor is a speaker of, by IRI."""
    return count_rows(reader, _SPEAKERS)


def count_subjects(reader: Reader) -> Counter[str]:
    """Return how many claims are about each actor, by IRI."""
    # Theses are about actors, too. Asking each node for its class would take ten times as long.
    return count_rows(reader, _SUBJECTS) - count_rows(reader, _THESIS_SUBJECTS)


def count_frames(reader: Reader) -> Counter[str]:
    """Return how many claims take up each frame, by IRI."""
    return count_rows(reader, _FRAMES) - count_rows(reader, _THESIS_FRAMES)


def count_mentions(reader: Reader) -> Counter[str]:
    """Return how many places in texts and tables name, describe or stand for each actor, by IRI."""
    return count_rows(reader, _MENTIONS)


def count_rows(reader: Reader, text: str) -> Counter[str]:
    """Return what a query of two columns gives: nodes by IRI, and a number for each."""
    # A store with nothing to count gives one group without a node.
    rows = ((node, count) for node, count in read_rows(reader, text) if node is not None)
    return Counter({to_text(node): int(to_text(count)) for node, count in rows})


def tally_actors(reader: Reader, says: Counter[str], said_of: Counter[str], number: int) -> tuple[ActorTally, ...]:
    """Return the actors of most claims, made and received together, the first ones first."""
    totals = says + said_of
    chosen = sorted(totals, key=lambda iri: (-totals[iri], iri))[:number]
    names = name_nodes(reader, chosen)
    return tuple(ActorTally(actor=names.actor(iri), says=says[iri], said_of=said_of[iri]) for iri in chosen)


def tally_concepts(reader: Reader, counts: Counter[str], number: int | None = None) -> tuple[ConceptTally, ...]:
    """Return concepts, the most frequent first, equals by notation.

    Args:
        reader: an open store.
        counts: by IRI.
        number: the most to return; None for all.
    """
    names = name_nodes(reader, counts)
    tallies = (ConceptTally(concept=names.concept(iri), count=count) for iri, count in counts.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.count, tally.concept.notation)))[:number]


_SPEAKERS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(?claim) AS ?count) WHERE { GRAPH ?document { ?claim kg:speaker ?actor } } GROUP BY ?actor
"""
_SUBJECTS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(?claim) AS ?count) WHERE { GRAPH ?document { ?claim kg:about ?actor } } GROUP BY ?actor
"""
_THESIS_SUBJECTS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(?thesis) AS ?count) WHERE { GRAPH ?claims { ?thesis a kg:Thesis ; kg:about ?actor } } GROUP BY ?actor
"""
_FRAMES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?frame (COUNT(?claim) AS ?count) WHERE { GRAPH ?document { ?claim kg:frame ?frame } } GROUP BY ?frame
"""
_THESIS_FRAMES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?frame (COUNT(?thesis) AS ?count) WHERE { GRAPH ?claims { ?thesis a kg:Thesis ; kg:frame ?frame } } GROUP BY ?frame
"""
_MENTIONS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(?mention) AS ?count) WHERE { GRAPH ?document { ?mention kg:refersTo ?actor } } GROUP BY ?actor
"""
