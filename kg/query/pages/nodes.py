"""What the graph says of some nodes, looked up all at once, and what nodes are called.

Engines look up listed nodes one by one, however large the store is: a page costs what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.model.base import Frozen
from kg.query.reader import Reader, read_rows, to_text
from kg.rdf import namespaces as ns
from kg.store.terms import NamedNode

#: Namespace to prefix. What stands in `kg:` is named without one.
_PREFIXES = {namespace: f"{prefix}:" for prefix, namespace in ns.PREFIXES.items()} | {ns.KG: ""}
_IRI = re.compile(r"https?://[^\s,;]+")
_TYPES = ("Person", "State", "Organisation", "Group", "Place")


class Node:
    """One node with its properties; names are those of `ontology/README.md`, without `kg:` ("speaker", "nif:anchorOf")."""

    def __init__(self, iri: str, values: Mapping[str, tuple[str, ...]]) -> None:
        self.iri = iri
        self._values = values

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a property, sorted; none where it has none."""
        return self._values.get(name, ())

    def one(self, name: str) -> str:
        """Return the first value of a property; the empty string where it has none."""
        return next(iter(self.all(name)), "")

    def notation(self, name: str) -> str:
        """Return the last part of a value that is a concept's IRI: "stalling", "AID"; empty where there is none."""
        return to_notation(self.one(name))

    def number(self, name: str) -> int:
        """Return a value that is a whole number; 0 where there is none."""
        return int(self.one(name) or 0)

    @property
    def kinds(self) -> frozenset[str]:
        """The classes: "Claim", "Event"."""
        return frozenset(self.all("rdf:type"))

    @property
    def document(self) -> str:
        """The document that a claim, event or other part is of: as the graph says, else as its IRI does."""
        return self.one("prov:wasDerivedFrom") or self.iri.rpartition("#")[0]


class Actor(Frozen):
    """An actor as a page names it.

    Attributes:
        label: what it is called; the IRI where the graph gives no label.
        type: `Person`, `State`, `Organisation`, `Group`, `Place`; `Actor` where the graph does not tell.
    """

    iri: str
    label: str
    type: str = "Actor"


class Concept(Frozen):
    """A frame, event type or other concept: the string that stands for it, and what it is called."""

    notation: str
    label: str


class Names(NamedTuple):
    """What nodes are called; see `name_nodes`."""

    actors: Mapping[str, Actor]
    concepts: Mapping[str, Concept]

    def actor(self, iri: str) -> Actor:
        """Return the actor; one without a label is called by its IRI."""
        return self.actors.get(iri) or Actor(iri=iri, label=iri)

    def actors_of(self, iris: Iterable[str]) -> tuple[Actor, ...]:
        """Return actors by label and IRI."""
        return tuple(sorted(map(self.actor, iris), key=lambda actor: (actor.label.casefold(), actor.label, actor.iri)))

    def concept(self, iri: str) -> Concept:
        """Return the concept; one that the store does not describe is called by its notation."""
        return self.concepts.get(iri) or Concept(notation=to_notation(iri), label=to_notation(iri))


def to_notation(iri: str) -> str:
    """Return the last part of a concept's IRI."""
    return iri.rpartition("/")[2].rpartition("#")[2]


def list_nodes(iris: Iterable[str]) -> str:
    """Return IRIs as the cells of a VALUES block of one variable, as the engine writes them; sorted, each once.

    What is no IRI is left out: no node has it.
    """
    return " ".join(sorted({str(node) for node in map(to_node, iris) if node is not None}))


def to_node(iri: str) -> NamedNode | None:
    """Return an IRI as a term; None where the characters are those of no absolute IRI."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def describe_nodes(reader: Reader, iris: Iterable[str]) -> dict[str, Node]:
    """Return what all graphs say of some nodes, by IRI; those that they say nothing of are nodes without a value.

    Not for actors: each of their claims is a property of theirs. See `describe_actors`.
    """
    wanted = dict.fromkeys(iris)
    return _collect(reader, wanted, _NODES.replace(_CELLS, list_nodes(wanted)))


def describe_actors(reader: Reader, iris: Iterable[str]) -> dict[str, Node]:
    """Return what the graphs of actors and of the registry say of some actors."""
    wanted = dict.fromkeys(iris)
    return _collect(reader, wanted, _ACTORS.replace(_CELLS, list_nodes(wanted)))


def describe_node(reader: Reader, iri: str) -> Node:
    """Return what all graphs say of one node."""
    return describe_nodes(reader, [iri])[iri]


def name_nodes(reader: Reader, iris: Iterable[str]) -> Names:
    """Return the names of those of some nodes that are actors or concepts."""
    actors: dict[str, Actor] = {}
    concepts: dict[str, Concept] = {}
    cells = list_nodes(iri for iri in iris if iri)
    if not cells:
        return Names(actors, concepts)
    found: dict[str, tuple[set[str], set[str]]] = {}
    for node, label, kind in read_rows(reader, _NAMES.replace(_CELLS, cells)):
        labels, kinds = found.setdefault(to_text(node), (set(), set()))
        labels.add(to_text(label))
        kinds.add(to_text(kind))
    for iri, (labels, kinds) in sorted(found.items()):
        if f"{ns.SKOS}Concept" in kinds:
            concepts[iri] = Concept(notation=to_notation(iri), label=min(labels))
        else:
            short = {kind.removeprefix(ns.KG) for kind in kinds}
            actors[iri] = Actor(iri=iri, label=min(labels), type=next((name for name in _TYPES if name in short), "Actor"))
    return Names(actors, concepts)


def name_in_texts(reader: Reader, texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts, such as the reasons for which claims are one thesis, with the actors in them called by name."""
    listed = tuple(texts)
    names = name_nodes(reader, {iri for text in listed for iri in _IRI.findall(text)})
    return tuple(_IRI.sub(lambda match: names.actor(match[0]).label, text) for text in listed)


def shorten_property(iri: str) -> str:
    """Return the short name of a property or class: "speaker", "nif:anchorOf"; the IRI itself where it has none."""
    head, mark, name = iri.rpartition("#") if "#" in iri else iri.rpartition("/")
    prefix = _PREFIXES.get(head + mark)
    return iri if prefix is None else prefix + name


# Stands where the cells of a VALUES block go; nothing but what `list_nodes` gives is put there.
_CELLS = "<urn:cells>"
_NODES = """
SELECT DISTINCT ?node ?property ?value
WHERE { GRAPH ?graph { VALUES ?node { <urn:cells> } ?node ?property ?value } }
"""
_ACTORS = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node ?property ?value
WHERE {
  GRAPH ?graph {
    VALUES ?node { <urn:cells> }
    VALUES ?property {
      rdf:type skos:prefLabel skos:altLabel owl:sameAs kg:partOf kg:iso2 kg:iso3 kg:geonames kg:cowNumber kg:cameoActor
      kg:registered kg:presumedSame kg:sort kg:scope kg:gender
    }
    ?node ?property ?value
  }
}
"""
_NAMES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node ?label ?kind
WHERE { GRAPH ?graph { VALUES ?node { <urn:cells> } ?node skos:prefLabel ?label ; rdf:type ?kind } }
"""


def _collect(reader: Reader, wanted: Iterable[str], text: str) -> dict[str, Node]:
    values: dict[str, dict[str, set[str]]] = {iri: {} for iri in wanted}
    for node, name, value in read_rows(reader, text) if values else ():
        short = shorten_property(to_text(name))
        text_value = to_text(value)
        if short == "rdf:type":
            text_value = shorten_property(text_value)
        values[to_text(node)].setdefault(short, set()).add(text_value)
    return {iri: Node(iri, {name: tuple(sorted(found)) for name, found in told.items()}) for iri, told in values.items()}
