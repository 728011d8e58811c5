"""Rules for titles without a name: whom "the minister" and "the Russian president" mean."""

from __future__ import annotations

from kg.model.mention import Mention
from kg.resolve.guess import Guess
from kg.resolve.ledger import Ledger
from kg.resolve.persons import Person, Persons, is_former
from kg.resolve.registry import Registry
from kg.resolve.title_index import TitleIndex
from kg.resolve.view import View


class Bearers:
    """The bearers of titles in one document and in the registry."""

    def __init__(self, registry: Registry, view: View, ledger: Ledger, persons: Persons) -> None:
        """Wait with the index of titles until all names are linked."""
        self._registry = registry
        self._view = view
        self._ledger = ledger
        self._persons = persons
        self._titles: TitleIndex | None = None

    def resolve_title(self, mention: Mention, bare: str, body: str | None) -> Guess | None:
        """Link "the minister": to a person of the document with that post, else to who holds it by the registry."""
        if self._view.names_follow(mention):
            return None
        if self._titles is None:
            self._titles = TitleIndex(self._persons.by_iri.values())
        wanted = self._registry.to_canonical_title(bare)
        is_past = is_former(bare)
        begin = self._view.begins[mention.id]
        before = [p for p in self._titles.find_before(wanted, begin) if self._belongs(p, body)]
        # "the prime minister" is not the former one beside him, nor the other way round.
        before = [p for p in before if self._has_left(p, wanted) == is_past] or before
        if before:
            is_only = all(p is before[0] for p in before)
            return Guess(before[0].iri, "post", 0.75 if is_only else 0.6)
        after = {p.iri for p in self._titles.find_after(wanted, begin) if self._belongs(p, body)}
        holders = [] if is_past else self._find_holders(wanted, body)
        named = after.intersection(holders) if len(after) > 1 else after
        if len(named) == 1:
            return Guess(named.pop(), "post", 0.65)
        if len(holders) == 1 and body is not None:
            return Guess(self._ledger.add_registered(self._registry.get_actor(self._to_slug(holders[0]))), "post", 0.75)
        return None

    @staticmethod
    def _has_left(person: Person, wanted: str) -> bool:
        return any(title == wanted or title.endswith(f" {wanted}") for title in person.left)

    def _belongs(self, person: Person, body: str | None) -> bool:
        """Return whether a person belongs to a body or its country; also where either is unknown."""
        if body is None:
            return True
        countries = set(person.countries)
        known = self._ledger.records[person.iri].registered
        if known is not None:
            countries |= {self._registry.to_iri(post.organisation) for post in known.posts}
        country = self._ledger.get_country(body)
        return not countries or body in countries or (country is not None and country in countries)

    def _find_holders(self, wanted: str, body: str | None) -> list[str]:
        if body is None or self._ledger.records[body].registered is None:
            return []
        found = self._registry.find_holders(wanted, self._to_slug(body), self._view.document.published)
        return [self._registry.to_iri(actor.slug) for actor in found]

    def _to_slug(self, iri: str) -> str:
        return iri.removeprefix(f"{self._registry.base}actor/")
