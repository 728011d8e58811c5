"""Parties of coded events to actors: by CAMEO's codes, by country, by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.model.coded_event import CodedParty
from kg.model.identifier import mint_actor_iri
from kg.model.mention import MentionType
from kg.resolve.entries import RegistryActor
from kg.resolve.registry import Registry
from kg.resolve.tables import read_rows
from kg.resources import find_resource

_CODE_LENGTH = 3
#: A name with its country behind it, as ICEWS writes those that are no one's own: "Police (Norway)".
_GENERIC = re.compile(r".+ \([^()]+\)")
_ORGANISATION = re.compile(
    r"\b(?:academy|agency|alliance|army|assembly|association|authority|bank|brigades?|bureau|chamber|church|club|coalition|"
    r"commission|committee|company|congress|corporation|council|court|department|directorate|federation|force|forces|"
    r"foundation|front|group|guards?|institute|league|liga|ministry|movement|navy|office|organi[sz]ation|parliament|"
    r"partido|parti|partij|party|police|secretariat|senate|service|society|times|tribune|union|university)\b",
    re.IGNORECASE,
)
_MAX_PERSON_WORDS = 4


class PartyLink(NamedTuple):
    """Which actor a party is.

    Attributes:
        actor: IRI; None where the row names a role alone ("POLICE") and no country, so that it could be anybody.
        type: of the actor.
        by: `cameo-code`, `country`, `registry`, `table-name` (minted from the name); empty for none.
    """

    actor: str | None
    type: MentionType
    by: str


_NOBODY = PartyLink(None, "Group", "")


class PartyResolver:
    """Links parties; equal parties get equal links, and each is looked up once."""

    def __init__(self, registry: Registry, actors: Path | None = None) -> None:
        """Index the registry's codes.

        Args:
            registry: known actors.
            actors: table of CAMEO's codes of groups, and of states where they are not those of the registry; by default
                the one that the project ships.

        Raises:
            ResourceInvalidError: the table is malformed, or names an actor that the registry lacks.
        """
        self._registry = registry
        self._links: dict[CodedParty, PartyLink] = {}
        self._states: dict[str, str] = {}
        for actor in registry.actors.values():
            if actor.type == "State":
                for code in (actor.iso3, actor.cameo):
                    if code:
                        self._states[code] = actor.slug
        self._groups: dict[str, str] = {}
        path = actors or find_resource("ontology/schemes/cameo-actors.csv")
        for row in read_rows(path, ("code", "slug")):
            if row["slug"] not in registry.actors:
                raise ResourceInvalidError(str(path), f"{row['code']!r} names {row['slug']!r}, which the registry lacks")
            (self._states if row["slug"].startswith("state/") else self._groups)[row["code"]] = row["slug"]

    def resolve(self, party: CodedParty) -> PartyLink:
        """Return who the party is.

        A known group or a registered name goes first, where its country is not another than the row's; then the country
        of the code stands for all its parts (USAGOV, USAMIL: the state, whose part the sectors tell). A name without a
        code is that of an actor of its own, whose class is a guess by its words.
        """
        found = self._links.get(party)
        if found is None:
            found = self._links[party] = self._resolve(party)
        return found

    def _resolve(self, party: CodedParty) -> PartyLink:
        state = self._find_state(party)
        for code in (party.group, *_split_code(party.code)):
            if group := self._groups.get(code):
                return self._link(group, "cameo-code")
        named = self._find_named(party.name, state)
        if named is not None and named.type != "State":
            return self._link(named.slug, "registry")
        if party.code:
            slug = state or (named.slug if named is not None else "")
            return self._link(slug, "country") if slug else _NOBODY
        if named is not None:
            return self._link(named.slug, "registry")
        if not party.name:
            return _NOBODY
        kind = self._guess_type(party.name)
        return PartyLink(mint_actor_iri(self._registry.base, kind, party.name), kind, "table-name")

    def _link(self, slug: str, by: str) -> PartyLink:
        return PartyLink(self._registry.to_iri(slug), self._registry.get_actor(slug).type, by)

    def _find_state(self, party: CodedParty) -> str | None:
        for code in (party.code[:_CODE_LENGTH], party.country.upper()):
            if slug := self._states.get(code):
                return slug
        states = [actor for actor in self._registry.lookup(party.country) if actor.type == "State"] if party.country else []
        return states[0].slug if len(states) == 1 else None

    def _find_named(self, name: str, state: str | None) -> RegistryActor | None:
        """Return the one registered actor of this name that does not belong to another state."""
        if not name:
            return None
        fitting = [
            actor
            for actor in self._registry.lookup(name)
            if state is None or state in {actor.slug, actor.country} or (actor.country is None and actor.type != "State")
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _guess_type(self, name: str) -> MentionType:
        if _ORGANISATION.search(name):
            return "Organisation"
        if _GENERIC.fullmatch(name):
            return "Group"
        words = name.split()
        is_person = 1 < len(words) <= _MAX_PERSON_WORDS or self._registry.is_given_name(words[0])
        return "Person" if is_person else "Organisation"


def _split_code(code: str) -> Iterator[str]:
    """Yield the parts of a CAMEO code, of three letters each."""
    for begin in range(0, len(code), _CODE_LENGTH):
        yield code[begin : begin + _CODE_LENGTH]
