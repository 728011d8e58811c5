"""Keeps the actors of one document while its mentions are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.actor import Actor
from kg.model.document import Document
from kg.model.identifier import mint_actor_iri, mint_local_actor_iri
from kg.model.mention import Gender, MentionType
from kg.resolve.entries import RegistryActor
from kg.resolve.names import fold_name
from kg.resolve.registry import Registry


@dataclass(slots=True)
class Record:
    """An actor in the making: what its mentions have told so far; `registered` where the registry knows it."""

    iri: str
    type: MentionType
    label: str
    names: set[str] = field(default_factory=set)
    gender: Gender = "unknown"
    country: str | None = None
    registered: RegistryActor | None = None
    is_local: bool = False
    geonames: int | None = None


class Ledger:
    """The actors that one document's mentions have been given, by IRI."""

    def __init__(self, registry: Registry, document: Document) -> None:
        """Start without actors."""
        self._registry = registry
        self._document = document
        self.records: dict[str, Record] = {}

    def add_registered(self, actor: RegistryActor, name: str | None = None) -> str:
        """Return the IRI of an actor of the registry, noting the name that the document uses."""
        iri = self._registry.to_iri(actor.slug)
        record = self.records.get(iri)
        if record is None:
            country = None if actor.country is None else self._registry.to_iri(actor.country)
            record = Record(iri, actor.type, actor.label, gender=actor.gender, country=country, registered=actor)
            self.records[iri] = record
        if name:
            record.names.add(name)
        return iri

    def add_new(self, kind: MentionType, name: str, label: str | None = None, country: str | None = None) -> str:
        """Return the IRI that this type and full name have in every document."""
        return self._add(mint_actor_iri(self._registry.base, kind, name), kind, label or name, country, is_local=False)

    def add_local(self, kind: MentionType, name: str, country: str | None = None) -> str:
        """Return the IRI of an actor that only this document can tell apart."""
        return self._add(mint_local_actor_iri(self._document.id, kind, name), kind, name, country, is_local=True)

    def _add(self, iri: str, kind: MentionType, label: str, country: str | None, *, is_local: bool) -> str:
        record = self.records.setdefault(iri, Record(iri, kind, label, is_local=is_local))
        record.names.add(label)
        record.country = record.country or country
        return iri

    def get_country(self, iri: str) -> str | None:
        """Return the IRI of the state that an actor is or belongs to; None where unknown."""
        record = self.records[iri]
        return iri if record.type == "State" else record.country

    def to_actors(self, iris: set[str]) -> tuple[Actor, ...]:
        """Return these actors and the states that they belong to, sorted by IRI."""
        wanted = set(iris)
        while missing := {country for iri in wanted if (country := self.records[iri].country) is not None} - wanted:
            for country in sorted(missing - self.records.keys()):
                self.add_registered(self._registry.get_actor(country.removeprefix(f"{self._registry.base}actor/")))
            wanted |= missing
        return tuple(_to_actor(self.records[iri]) for iri in sorted(wanted))


def _to_actor(record: Record) -> Actor:
    known = record.registered
    names = set(record.names)
    label = record.label
    if known is not None:
        names |= {*known.aliases, *known.acronyms}
    elif names:
        # The fullest name is shown; of equally long ones the first, so that order of mention does not matter.
        label = min(names | {label}, key=lambda name: (-len(name.split()), -len(name), name))
        names.add(record.label)
    aliases = {fold_name(name): name for name in sorted(names, reverse=True) if name != label}
    aliases.pop("" if label in aliases.values() else fold_name(label), None)
    return Actor(
        iri=record.iri,
        type=record.type,
        label=label,
        aliases=tuple(sorted(aliases.values())),
        wikidata=None if known is None else known.wikidata,
        iso2=None if known is None else known.iso2,
        country=record.country,
        is_registered=known is not None,
        is_local=record.is_local,
        geonames=record.geonames,
    )
