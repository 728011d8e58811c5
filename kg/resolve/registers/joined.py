"""The shipped registry and the imported registers as one: who is whom, and who goes first.

- An imported actor with the QID of a shipped one is that one; so is one that was adopted at the import (the only one of
  its name, type and country, where the shipped one has no QID). It adds names, posts and the QID; its own slug means it.
- A name of a shipped actor means the shipped one alone. Only an imported actor of the same type is a second meaning, and
  only where both have QIDs: without them nobody knows that they are two, and the one in world news is the likelier.
- A post that the shipped registry knows a holder of at the date is held by that one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kg.resolve.entries import RegistryActor, RegistryPost
from kg.resolve.registers.entries import QID
from kg.resolve.registers.imported import PREFIXES, ImportedIndex

#: Actors that are kept once looked up; a document names far fewer.
_MOST_KEPT = 4096


class JoinedActors:
    """Shipped and imported actors by slug and name. Every slug that it gives is one that it knows."""

    def __init__(self, shipped: Mapping[str, RegistryActor], index: ImportedIndex) -> None:
        """Keep both."""
        self.index = index
        self._shipped = shipped
        self._by_qid = {actor.wikidata: slug for slug, actor in sorted(shipped.items()) if actor.wikidata is not None}
        self._kept: dict[str, RegistryActor | None] = {}

    def get_actor(self, slug: str) -> RegistryActor | None:
        """Return the actor, a shipped one with what the registers add; None for an unknown slug."""
        if slug not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[slug] = self._make(slug)
        return self._kept[slug]

    def lookup(self, name: str, shipped: Iterable[str]) -> tuple[str, ...]:
        """Return the slugs of a full name, sorted; `shipped` are those that the shipped registry has for it."""
        first = sorted(set(shipped))
        found = self._settle_slugs(self.index.lookup(name))
        others = [slug for slug in found if slug not in self._shipped]
        if first:
            others = [slug for slug in others if any(self._are_two(self._shipped[own], slug) for own in first)]
            return tuple(sorted({*first, *others}))
        return tuple(found)

    def lookup_surname(self, name: str, shipped: Iterable[str]) -> tuple[str, ...]:
        """Return the slugs of a surname that means a person by itself; those of the shipped registry go first."""
        first = tuple(shipped)
        return first or self._settle_slugs(self.index.lookup_surname(name))

    def lookup_last_name(self, name: str, shipped: Iterable[str]) -> tuple[str, ...]:
        """Return the slugs of all who bear a last name, sorted."""
        return tuple(sorted({*shipped, *self._settle_slugs(self.index.lookup_last_name(name))}))

    def find_holders(self, organisation: str, fits: Callable[[RegistryPost], bool]) -> set[str]:
        """Return the slugs of those who hold a fitting post in an organisation, by the registers."""
        actor = self.get_actor(organisation)
        names = {organisation} if actor is None or actor.wikidata is None else {organisation, actor.wikidata}
        return set(self._settle_slugs(h.slug for h in self.index.find_holdings(sorted(names)) if fits(h.post)))

    def _are_two(self, shipped: RegistryActor, slug: str) -> bool:
        other = self.get_actor(slug)
        if other is None or other.type != shipped.type or other.wikidata is None:
            return False
        own = self.get_actor(shipped.slug)
        return own is not None and own.wikidata is not None and own.wikidata != other.wikidata

    def _settle_slugs(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Return the slugs that these actors are known by here, sorted, each once."""
        return tuple(sorted({self._settle_slug(slug) for slug in slugs}))

    def _settle_slug(self, slug: str) -> str:
        if slug in self._shipped:
            return slug
        shipped = self._by_qid.get(slug.rpartition("/")[2].upper())
        return shipped or self.index.find_adopter(slug) or slug

    def settle(self, reference: str) -> str | None:
        """Return the slug that a slug or QID means; None where nobody has it."""
        if QID.fullmatch(reference):
            shipped = self._by_qid.get(reference)
            own = None if shipped else self.index.find_qid_slug(reference)
            return shipped or (None if own is None else self._settle_slug(own))
        if reference in self._shipped:
            return reference
        return self._settle_slug(reference) if self.index.get_actor(reference) is not None else None

    def _make(self, slug: str) -> RegistryActor | None:
        shipped = self._shipped.get(slug)
        if shipped is None:
            found = self.index.get_actor(slug)
            return None if found is None else self._settle_actor(found)
        slugs = [slug, *self.index.find_adopted(slug)]
        if shipped.wikidata is not None:
            slugs += [f"{prefix}/{shipped.wikidata.lower()}" for prefix in PREFIXES.values()]
        for other in slugs:
            added = self.index.get_actor(other)
            if added is not None and added.type == shipped.type:
                shipped = _add(shipped, self._settle_actor(added))
        return shipped

    def _settle_actor(self, actor: RegistryActor) -> RegistryActor:
        """Return the actor with slugs for references; posts and countries that nobody knows are left out."""
        posts = tuple(replace(p, organisation=slug) for p in actor.posts if (slug := self.settle(p.organisation)) is not None)
        country = None if actor.country is None else self.settle(actor.country)
        return replace(actor, posts=posts, country=None if country == actor.slug else country)


def _add(shipped: RegistryActor, added: RegistryActor) -> RegistryActor:
    """Return the shipped actor with names, posts and QID of another record of it; what is shipped stays."""
    known = {shipped.label, *shipped.aliases, *shipped.acronyms}
    return replace(
        shipped,
        aliases=(*shipped.aliases, *(a for a in (added.label, *added.aliases) if a not in known)),
        acronyms=(*shipped.acronyms, *(a for a in added.acronyms if a not in known)),
        surnames=tuple(dict.fromkeys((*shipped.surnames, *added.surnames))),
        posts=(*shipped.posts, *(post for post in added.posts if post not in shipped.posts)),
        gender=added.gender if shipped.gender == "unknown" else shipped.gender,
        wikidata=shipped.wikidata or added.wikidata,
        country=shipped.country or added.country,
    )
