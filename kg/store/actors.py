"""The graph of actors, derived: a function of what the documents' graphs say, and of the registry.

Nothing else feeds it, so the order of adding, changing and removing documents cannot show in it:

- A registered actor that some document mentions (`kg:refersTo`) has its row of the registry, and so have the states
  and organisations that it is part of. Nothing of a row depends on documents.
- Any other mentioned actor is described by its mentions, by names before noun phrases before pronouns: its label is the
  fullest of these, its class their most frequent one, its other names are aliases. A city is the one that most mentions
  mean, and part of its state, which is described for that; any other actor is part of what its roles say most often.
- Who is who across documents is settled before (`kg.resolve.across`): the documents' graphs name one actor by one IRI.
- What no document mentions is not described.

A change of documents can only change the actors that they mention or mentioned and the parents of these, so only those are
derived again. A registered actor costs one look-up, any other one two for each mention, the first time: what documents
say of an actor with many is remembered, and new documents are added to that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.actors import actor_quads
from kg.rdf.terms import Iri, Quad, to_text
from kg.store.terms import NamedNode, OxLiteral, OxStore, QuerySolutions

_PREFIXES = {"kg": ns.KG, "org": ns.ORG}
_TOLD_OF = """
SELECT DISTINCT ?actor WHERE { GRAPH ?document {
  { ?mention kg:refersTo ?actor } UNION { ?mention kg:locatedIn ?actor } UNION { ?role org:member ?actor }
} }
"""

#: How well a mention's words serve as a label: a name, a noun phrase, words that stand for another, a pronoun.
_LABEL_RANKS = {"name": 0, "author": 0, "nominal": 1, "demonym": 2, "pronoun": 3}
_BORROWED_RANK = 2
_BORROWED = frozenset({"metonym", "demonym"})
#: Mentions from which on what documents say of an actor is remembered, and actors of which it is: those used last.
_MANY, _MOST_REMEMBERED = 20, 20_000
#: What of a mention tells how an actor is described.
_MENTION = (ns.NAME, ns.MENTION_KIND, ns.MENTION_TYPE, ns.RESOLVED_BY)
_REFERS_TO = NamedNode(ns.REFERS_TO.value)
_MEMBER = NamedNode(ns.MEMBER.value)
_LOCATED_IN = NamedNode(ns.LOCATED_IN.value)
_PART_OF = NamedNode(ns.PART_OF.value)


@dataclass
class Evidence:
    """How often an actor's mentions have which words, class and organisation; `names` and `classes` are by rank of the words.

    `cities` are pairs of a GeoNames id and the IRI of its state.
    """

    names: dict[int, Counter[str]] = field(default_factory=dict)
    classes: dict[int, Counter[str]] = field(default_factory=dict)
    organisations: Counter[str] = field(default_factory=Counter)
    cities: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add_mention(self, name: str, kind: str, mention_class: str, rule: str) -> None:
        """Count a mention: its words, their kind, the actor's class by them and the rule that resolved it."""
        rank = max(_LABEL_RANKS[kind], _BORROWED_RANK if rule in _BORROWED else 0)
        self.names.setdefault(rank, Counter())[name] += 1
        self.classes.setdefault(rank, Counter())[mention_class] += 1

    def count(self) -> int:
        """Return the number of mentions."""
        return sum(counter.total() for counter in self.classes.values())


class Part(ABC):
    """Documents as evidence about actors."""

    @abstractmethod
    def mentions(self, actor: str) -> bool:
        """Whether a document mentions the actor, or a city that lies in it."""

    @abstractmethod
    def find_children(self, actor: str) -> set[str]:
        """Return the IRIs of those that are said to be part of the actor."""

    @abstractmethod
    def find_pointing(self, predicate: Iri, actor: str) -> Iterator[Mapping[Iri, Collection[str]]]:
        """Yield what is said of each node of a document that points at the actor by this predicate: values by predicate."""

    def collect(self, actor: str, evidence: Evidence) -> None:
        """Add what the documents say of the actor."""
        for said in self.find_pointing(ns.REFERS_TO, actor):
            for name, kind, mention_class, rule in product(*(said.get(predicate, ()) for predicate in _MENTION)):
                evidence.add_mention(name, kind, mention_class, rule)
            for geonames, state in product(said.get(ns.GEONAMES_ID, ()), said.get(ns.LOCATED_IN, ())):
                evidence.cities[geonames, state] += 1
        for said in self.find_pointing(ns.MEMBER, actor):
            if "true" not in said.get(ns.FORMER, ()):
                evidence.organisations.update(Counter(said.get(ns.ORGANIZATION, ())))


class ActorDeriver:
    """Derives descriptions of actors from a store that holds documents.

    Args:
        base: IRI that data IRIs start with.
        registry: the registered actors by IRI; `Actor.country` names the parent.
    """

    def __init__(self, base: str, registry: Mapping[str, Actor]) -> None:
        self.base = base
        self.graph = ns.name_actors_graph(base)
        self._registry = registry
        self._children: dict[str, list[str]] = {}
        self._remembered: OrderedDict[str, Evidence] = OrderedDict()
        for iri in sorted(registry):
            if parent := registry[iri].country:
                self._children.setdefault(parent, []).append(iri)

    def add_parents(self, actors: Iterable[str]) -> set[str]:
        """Return the actors with all that they are part of by the registry."""
        found: set[str] = set()
        waiting = list(actors)
        while waiting:
            iri = waiting.pop()
            if iri not in found:
                found.add(iri)
                row = self._registry.get(iri)
                if row is not None and row.country:
                    waiting.append(row.country)
                    if iri not in self._children.setdefault(row.country, []):
                        self._children[row.country].append(iri)
        return found

    def forget(self, actors: Iterable[str]) -> None:
        """Forget what the stored documents say of actors, as some of these documents are being changed or removed."""
        for actor in actors:
            self._remembered.pop(actor, None)

    def derive(self, actor: str, stored: Part, staged: Part | None = None) -> tuple[Quad, ...]:
        """Return the description of an actor over all documents, sorted; empty where it is not to be described.

        Args:
            actor: its IRI.
            stored: the documents that stay as they are.
            staged: those that are being added to them, and are stored from then on.
        """
        parts = (stored,) if staged is None else (stored, staged)
        row = self._registry.get(actor)
        if row is not None:
            return tuple(sorted(actor_quads([row], self.base))) if self._is_needed(actor, parts) else ()
        evidence = self._remembered.pop(actor, None)
        if evidence is None:
            evidence = Evidence()
            stored.collect(actor, evidence)
        if staged is not None:
            staged.collect(actor, evidence)
        if evidence.count() >= _MANY:
            self._remembered[actor] = evidence
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        return tuple(sorted(self._describe(Iri(actor), evidence))) if evidence.names else ()

    def _is_needed(self, actor: str, parts: Collection[Part]) -> bool:
        """Whether the actor, or a registered one that is part of it, is mentioned."""
        seen: set[str] = set()
        waiting = [actor]
        while waiting:
            iri = waiting.pop()
            if iri in seen:
                continue
            seen.add(iri)
            if any(part.mentions(iri) for part in parts):
                return True
            waiting.extend(self._children.get(iri, ()))
            # A registry may give actors that it does not list: those that were described before are found in the graph.
            described = {child for part in parts for child in part.find_children(iri)}
            waiting.extend(child for child in sorted(described) if (row := self._registry.get(child)) and row.country == iri)
        return False

    def _describe(self, actor: Iri, evidence: Evidence) -> Iterator[Quad]:
        label = _choose_label(evidence)
        yield Quad(actor, ns.TYPE, Iri(_choose_class(evidence)), self.graph)
        yield Quad(actor, ns.PREF_LABEL, to_text(label), self.graph)
        for name in evidence.names.get(0, ()):
            if name != label:
                yield Quad(actor, ns.ALT_LABEL, to_text(name), self.graph)
        if evidence.cities:
            geonames, state = min(evidence.cities, key=lambda city: (-evidence.cities[city], city))
            yield Quad(actor, ns.GEONAMES_ID, to_text(geonames), self.graph)
            yield Quad(actor, ns.SAME_AS, Iri(f"{ns.GEONAMES}{geonames}/"), self.graph)
            yield Quad(actor, ns.PART_OF, Iri(state), self.graph)
        elif organisation := _find_organisation(actor.value, evidence):
            yield Quad(actor, ns.PART_OF, Iri(organisation), self.graph)


class DocumentPart(Part):
    """A store of documents, less those that are about to be replaced or removed."""

    def __init__(self, store: OxStore, without: Collection[str] = ()) -> None:
        self._store = store
        self._without = frozenset(NamedNode(document) for document in without)

    def mentions(self, actor: str) -> bool:
        """Whether a document mentions the actor, or a city that lies in it."""
        return any(
            quad.graph_name not in self._without
            for predicate in (_REFERS_TO, _LOCATED_IN)
            for quad in self._store.quads_for_pattern(None, predicate, NamedNode(actor), None)
        )

    def find_children(self, actor: str) -> set[str]:
        """Return the IRIs of those whose description says that they are part of the actor."""
        found = self._store.quads_for_pattern(None, _PART_OF, NamedNode(actor), None)
        return {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}

    def find_pointing(self, predicate: Iri, actor: str) -> Iterator[Mapping[Iri, Collection[str]]]:
        """Yield what is said of each node of a document that points at the actor by this predicate: values by predicate."""
        for quad in self._store.quads_for_pattern(None, NamedNode(predicate.value), NamedNode(actor), None):
            if quad.graph_name in self._without:
                continue
            said: dict[Iri, list[str]] = {}
            for told in self._store.quads_for_pattern(quad.subject, None, None, quad.graph_name):
                if isinstance(told.object, NamedNode | OxLiteral):
                    said.setdefault(Iri(told.predicate.value), []).append(told.object.value)
            yield said


def find_actors(store: OxStore, documents: Iterable[str] | None = None) -> set[str]:
    """Return the IRIs of all actors whose description can depend on these documents of a store, or on all."""
    if documents is None:
        solutions = store.query(_TOLD_OF, prefixes=_PREFIXES)
        assert isinstance(solutions, QuerySolutions)
        return {row["actor"].value for row in solutions}
    return {
        quad.object.value
        for document in documents
        for predicate in (_REFERS_TO, _LOCATED_IN, _MEMBER)
        for quad in store.quads_for_pattern(None, predicate, None, NamedNode(document))
        if isinstance(quad.object, NamedNode)
    }


def _find_most_frequent(counts: Counter[str]) -> str:
    """Return the most frequent value; of equally frequent ones the first in code point order."""
    return min(counts, key=lambda value: (-counts[value], value))


def _choose_label(evidence: Evidence) -> str:
    """Return the fullest of the names of the best rank."""
    names = evidence.names[min(evidence.names)]
    return min(names, key=lambda name: (-len(name.split()), name.isupper(), -names[name], -len(name), name))


def _find_organisation(actor: str, evidence: Evidence) -> str:
    """Return what the actor is part of; empty where its roles do not tell."""
    others = Counter({iri: count for iri, count in evidence.organisations.items() if iri != actor})
    return _find_most_frequent(others) if others else ""


def _choose_class(evidence: Evidence) -> str:
    """Return the most frequent class of the mentions of the best rank: a speaker's "we" makes no group of a person."""
    return _find_most_frequent(evidence.classes[min(evidence.classes)])
