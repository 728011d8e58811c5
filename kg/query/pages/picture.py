"""A network of actors: who speaks of whom, or who does something to whom; the strongest ties, with positions."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pydantic import Field

from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.lookup import resolve_actor
from kg.query.pages.nodes import Actor, name_nodes
from kg.query.pages.parameters import ActorName
from kg.query.pages.placing import place_nodes
from kg.query.reader import Reader, read_rows, to_text

TieKind = Literal["speaks-of", "does-to"]

_MOST_NODES = 90
_MOST_TIES = 260


class PictureParameters(Frozen):
    """Which network."""

    view: TieKind = Field("speaks-of", description="Who speaks of whom, or who does something to whom (events).")
    actor: ActorName = Field("", description="Only claims or events that this actor has a part in; by name, alias, QID or IRI.")


class PictureNode(Frozen):
    """An actor, its place within -1 and 1 (y upwards), and the sum of its ties."""

    actor: Actor
    x: float
    y: float
    weight: int


class PictureTie(Frozen):
    """Who speaks of, or acts on, whom (IRIs), and how many claims or events say so."""

    source: str
    target: str
    weight: int


class Picture(Frozen):
    """The strongest ties among actors.

    Attributes:
        ties_total: how many pairs there are in all.
    """

    view: TieKind
    actor: Actor | None
    nodes: tuple[PictureNode, ...]
    ties: tuple[PictureTie, ...]
    ties_total: int


def read_picture(reader: Reader, given: PictureParameters) -> Picture:
    """Return a network; empty where nobody speaks of anybody.

    Raises:
        ActorMissingError, ActorAmbiguousError: the name of the actor fits none, or several.
    """
    focus = resolve_actor(reader, given.actor) if given.actor.strip() else None
    text = _TIES[given.view] if focus is None else bind_terms(_NEAR[given.view], ["actor"], {"actor": focus})
    rows = ((to_text(a), to_text(b), n) for a, b, n in read_rows(reader, text) if a is not None)
    counts = Counter({(source, target): int(to_text(n)) for source, target, n in rows if source != target})
    ends: Counter[str] = Counter()
    for (source, target), weight in counts.items():
        ends[source] += weight
        ends[target] += weight
    chosen = sorted(ends, key=lambda iri: (-ends[iri], iri))[:_MOST_NODES]
    kept = set(chosen)
    among = {pair: weight for pair, weight in counts.items() if kept.issuperset(pair)}
    ties = sorted(among.items(), key=lambda tie: (-tie[1], tie[0]))[:_MOST_TIES]
    tied = {end for pair, _ in ties for end in pair}
    shown = [iri for iri in chosen if iri in tied]
    numbers = {iri: number for number, iri in enumerate(shown)}
    places = place_nodes(len(shown), [(numbers[a], numbers[b], float(weight)) for (a, b), weight in ties])
    names = name_nodes(reader, shown if focus is None else [*shown, focus.value])
    weights = Counter[str]()
    for (source, target), weight in ties:
        weights[source] += weight
        weights[target] += weight
    return Picture(
        view=given.view,
        actor=None if focus is None else names.actor(focus.value),
        nodes=tuple(
            PictureNode(actor=names.actor(iri), x=float(places[n, 0]), y=float(places[n, 1]), weight=weights[iri])
            for iri, n in numbers.items()
        ),
        ties=tuple(PictureTie(source=a, target=b, weight=weight) for (a, b), weight in ties),
        ties_total=len(counts),
    )


_TIES = {
    "speaks-of": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?source ?target (COUNT(DISTINCT ?claim) AS ?count)
WHERE { GRAPH ?document { ?claim kg:speaker ?source ; kg:about ?target } }
GROUP BY ?source ?target
""",
    "does-to": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?source ?target (COUNT(DISTINCT ?event) AS ?count)
WHERE {
  VALUES ?kind { kg:Event kg:CodedEvent }
  GRAPH ?document { ?event a ?kind ; kg:actor ?source ; kg:recipient ?target }
}
GROUP BY ?source ?target
""",
}
_NEAR = {
    "speaks-of": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?source ?target (COUNT(DISTINCT ?claim) AS ?count)
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  GRAPH ?document {
    { ?claim kg:speaker ?actor_param } UNION { ?claim kg:about ?actor_param }
    ?claim kg:speaker ?source ; kg:about ?target .
  }
}
GROUP BY ?source ?target
""",
    "does-to": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?source ?target (COUNT(DISTINCT ?event) AS ?count)
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  GRAPH ?document {
    { ?event kg:actor ?actor_param } UNION { ?event kg:recipient ?actor_param }
    ?event kg:actor ?source ; kg:recipient ?target ; a ?kind .
    FILTER(?kind IN (kg:Event, kg:CodedEvent))
  }
}
GROUP BY ?source ?target
""",
}
