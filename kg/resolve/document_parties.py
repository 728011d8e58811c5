"""Whom the mentions of one document mean, as parties that are compared over documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model.annotation import Annotation
from kg.model.identity import ActorProfile
from kg.model.occurrence import Party


class DocumentParties:
    """The actors of one document by mention.

    Args:
        annotation: of the document.
        profiles: what the document tells of its actors; they say to which states these belong.
        canonical: the IRIs by which other documents know actors of this one.
    """

    def __init__(self, annotation: Annotation, profiles: Iterable[ActorProfile], canonical: Mapping[str, str]) -> None:
        self._canonical = canonical
        self._profiles = {profile.actor: profile for profile in profiles}
        self._actors = {actor.iri: actor for actor in annotation.resolution.actors}
        self._links = {link.mention: link.actor for link in annotation.resolution.links if link.actor is not None}

    def find_actor(self, mention: str | None) -> str | None:
        """Return the IRI by which all documents know the actor of a mention; None for no mention or an unresolved one."""
        iri = None if mention is None else self._links.get(mention)
        return None if iri is None else self._canonical.get(iri, iri)

    def find_parties(self, mentions: Iterable[str | None]) -> tuple[Party, ...]:
        """Return the parties that mentions mean, each once, by IRI; those without an actor are left out."""
        parties = {party.actor: party for mention in mentions if (party := self._find_party(mention)) is not None}
        return tuple(parties[actor] for actor in sorted(parties))

    def _find_party(self, mention: str | None) -> Party | None:
        iri = None if mention is None else self._links.get(mention)
        if iri is None:
            return None
        actor, profile = self._actors[iri], self._profiles.get(iri)
        known = profile.country if profile is not None else actor.country
        name = self._canonical.get(iri, iri)
        country = name if actor.type == "State" else self._canonical.get(known, known) if known else None
        return Party(actor=name, type=actor.type, country=country, is_named=profile is None or profile.is_named)
