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
    """

    def __init__(self, annotation: Annotation, profiles: Iterable[ActorProfile]) -> None:
        self._profiles = {profile.actor: profile for profile in profiles}
        self._actors = {actor.iri: actor for actor in annotation.resolution.actors}
        self._links = {link.mention: link.actor for link in annotation.resolution.links if link.actor is not None}

    def find_actor(self, mention: str | None) -> str | None:
        """Return the IRI that the document gives to the actor of a mention; None for no mention or an unresolved one."""
        return None if mention is None else self._links.get(mention)

    def find_parties(self, mentions: Iterable[str | None]) -> tuple[Party, ...]:
        """Return the parties that mentions mean, each once, by IRI; those without an actor are left out."""
        parties = {party.actor: party for mention in mentions if (party := self._find_party(mention)) is not None}
        return tuple(parties[actor] for actor in sorted(parties))

    def _find_party(self, mention: str | None) -> Party | None:
        iri = self.find_actor(mention)
        if iri is None:
            return None
        actor, profile = self._actors[iri], self._profiles.get(iri)
        known = profile.country if profile is not None else actor.country
        country = iri if actor.type == "State" else known
        return Party(actor=iri, type=actor.type, country=country or None, is_named=profile is None or profile.is_named)


def rename_parties(parties: Iterable[Party], canonical: Mapping[str, str]) -> tuple[Party, ...]:
    """Return the parties of one document by the IRIs by which all documents know them: each once, sorted by IRI.

    Of two that turn out to be one, the one with a name stays.

    Args:
        parties: with the IRIs of the document alone.
        canonical: other IRIs of some of them, and of their states.
    """
    found: dict[str, Party] = {}
    for party in sorted(parties, key=lambda one: (one.is_named, one.actor)):
        names = {"actor": canonical.get(party.actor, party.actor)}
        if party.country is not None:
            names["country"] = canonical.get(party.country, party.country)
        found[names["actor"]] = party.model_copy(update=names)
    return tuple(found[actor] for actor in sorted(found))
