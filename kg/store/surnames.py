"""Who a bare surname means across documents: the only person of the store who bears it.

A document that says "Haldorsen" and never the full name has an actor of its own (`<doc#actor-person-…>`). It is presumed to
be the one person with that last name whom other documents name in full. It stays by itself where

- none or several persons of the store bear the name,
- what both are part of differs, or
- one of its documents mentions that person too: there, resolution has kept the two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.resolve.names import split_person_name
from kg.store.terms import NamedNode, OxLiteral, OxQuad, OxStore

#: What the IRIs of persons hold whom only one document can tell apart.
_LOCAL_MARK = "#actor-person-"
_SURNAME = NamedNode(ns.SURNAME.value)
_PREF_LABEL = NamedNode(ns.PREF_LABEL.value)
_PART_OF = NamedNode(ns.PART_OF.value)


class Bearer(NamedTuple):
    """A person who is known by a full name.

    Attributes:
        surname: as `find_surname` gives it.
        part_of: IRI of the state or organisation that they belong to; empty where unknown.
    """

    iri: str
    surname: str
    label: str
    part_of: str


def is_local_person(actor: str) -> bool:
    """Return whether the IRI is that of a person whom only one document can tell apart."""
    return _LOCAL_MARK in actor


def find_surname(name: str) -> str | None:
    """Return the last word of a full name as it is compared, without "Jr."; None for a single word."""
    tokens = split_person_name(name)
    return tokens[-1] if len(tokens) > 1 else None


def find_bare_surname(names: Iterable[str]) -> str | None:
    """Return the surname that all names are, each by itself; None where they differ, one has more words, or none is given."""
    found = {split_person_name(name) for name in names}
    tokens = found.pop() if len(found) == 1 else ()
    return tokens[0] if len(tokens) == 1 else None


def may_be_same(part_of: str, other: str, registry: Mapping[str, Actor]) -> bool:
    """Return whether one person can be part of both: unknown, the same, or of one country by the registry."""
    if not part_of or not other:
        return True
    countries = [{iri, row.country} if (row := registry.get(iri)) and row.country else {iri} for iri in (part_of, other)]
    return bool(countries[0] & countries[1])


def read_bearer(actor: str, description: Iterable[OxQuad]) -> Bearer | None:
    """Return whom a description in the graph of actors is of; None where it gives no surname."""
    values = {
        quad.predicate: quad.object.value
        for quad in description
        if quad.predicate in (_SURNAME, _PREF_LABEL, _PART_OF) and isinstance(quad.object, NamedNode | OxLiteral)
    }
    if _SURNAME not in values:
        return None
    return Bearer(actor, values[_SURNAME], values[_PREF_LABEL], values.get(_PART_OF, ""))


class SurnameIndex:
    """The persons of a store by surname, before and after a change that is not yet written.

    Args:
        store: the store as it is.
        graph: IRI of its graph of actors.
        changed: what becomes of each actor that the change touches and that is no person of a bare surname; None for one
            who is not described any more, or has no surname.
    """

    def __init__(self, store: OxStore, graph: str, changed: Mapping[str, Bearer | None]) -> None:
        self._store = store
        self._graph = NamedNode(graph)
        self._changed = changed
        self._new: dict[str, list[Bearer]] = {}
        for bearer in filter(None, changed.values()):
            self._new.setdefault(bearer.surname, []).append(bearer)
        self._stored: dict[str, list[str]] = {}

    def find_bearer(self, surname: str) -> Bearer | None:
        """Return the only person with this surname after the change; None where there is none, or several."""
        new = self._new.get(surname, [])
        kept = [actor for actor in self._find_named(surname) if actor not in self._changed]
        if len(new) + len(kept) != 1:
            return None
        return new[0] if new else self._read(kept[0])

    def find_stale(self) -> set[str]:
        """Return the persons of bare surnames whose bearer becomes another one, or becomes otherwise, by the change."""
        before = (self._read(actor) for actor in self._changed)
        surnames = {*self._new, *(bearer.surname for bearer in before if bearer is not None)}
        stale: set[str] = set()
        for surname in surnames:
            known = self._find_named(surname)
            if (self._read(known[0]) if len(known) == 1 else None) != self.find_bearer(surname):
                stale.update(filter(is_local_person, self._find_stored(surname)))
        return stale

    def _find_named(self, surname: str) -> list[str]:
        return [actor for actor in self._find_stored(surname) if not is_local_person(actor)]

    def _find_stored(self, surname: str) -> list[str]:
        if surname not in self._stored:
            quads = self._store.quads_for_pattern(None, _SURNAME, OxLiteral(surname), self._graph)
            self._stored[surname] = [quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)]
        return self._stored[surname]

    def _read(self, actor: str) -> Bearer | None:
        return read_bearer(actor, self._store.quads_for_pattern(NamedNode(actor), None, None, self._graph))
