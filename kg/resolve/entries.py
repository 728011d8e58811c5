"""What the registry holds: actors, posts, metonyms, homonyms and titles, as their files give them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.mention import Gender, MentionType


@dataclass(frozen=True, slots=True)
class RegistryPost:
    """An office of a person; `begin` and `end` are ISO 8601 dates (or their first parts), None where unknown or open."""

    title: str
    organisation: str
    begin: str | None = None
    end: str | None = None

    def is_held_at(self, date: str | None) -> bool:
        """Return whether the office is held at an ISO date; without a date, whether it has no end."""
        if date is None:
            return self.end is None
        return (self.begin is None or self.begin <= date[:10]) and (self.end is None or date[:10] < self.end)


@dataclass(frozen=True, slots=True)
class RegistryActor:
    """An actor of the registry.

    Attributes:
        slug: `state/ru`, `org/nato`, `person/mark-rutte`; unique, the end of its IRI.
        aliases: further full names. acronyms: names compared as written.
        surnames: names that tell a well-known person from everyone else by themselves.
        adjectives, people: of a state ("Russian"; "Russian", "Russians").
        sort: of an organisation: alliance, ministry, agency, party, ...; else empty.
        scope: of an organisation: international, regional, national or non-state (armed groups and what is like them).
        country: slug of the state it belongs to.
        iso3: ISO 3166-1 alpha-3. cow: number in Correlates of War. cameo: code as an actor of CAMEO. All of a state.
        source: where the row comes from, names of data sets joined by "; ".
    """

    slug: str
    type: MentionType
    label: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    posts: tuple[RegistryPost, ...] = ()
    sort: str = ""
    scope: str = ""
    gender: Gender = "unknown"
    wikidata: str | None = None
    iso2: str | None = None
    country: str | None = None
    iso3: str | None = None
    cow: str | None = None
    cameo: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Metonym:
    """A building, authority or city that stands for an actor; `type` is that of a mention of it."""

    name: str
    type: MentionType
    is_city: bool
    actor: str
    is_ambiguous: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Homonym:
    """A name that also means something else.

    Attributes:
        is_default: whether the name means this actor where the document says nothing for or against it.
        supports, opposes: folded names that speak for it or against it when the document mentions them.
    """

    name: str
    actor: str
    is_default: bool
    supports: frozenset[str]
    opposes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Title:
    """A title: what it is compared as, the gender it tells, and whether it stands in front of names."""

    canonical: str
    gender: Gender
    is_prefix: bool
