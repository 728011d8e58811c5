"""Rules for the names of states, organisations, groups and places, for demonyms and for metonyms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.entries import RegistryActor
from kg.resolve.guess import AMBIGUOUS, Guess
from kg.resolve.ledger import Ledger
from kg.resolve.names import fold_name, is_acronym, strip_possessive
from kg.resolve.registry import Registry
from kg.resolve.view import View

_INTRODUCED = re.compile(r"[\"”'’]?\s*\((?:the\s+|or\s+)?[\"“'‘]?([A-Z][A-Za-z0-9.&+-]{1,9})[\"”'’]?\)")


class Bodies:
    """States, organisations, groups and places of one document.

    `link_of` gives the actor that another mention (an affiliation) already has.
    """

    def __init__(self, registry: Registry, view: View, ledger: Ledger, link_of: Callable[[str], str | None]) -> None:
        """Start without short forms."""
        self._registry = registry
        self._view = view
        self._ledger = ledger
        self._link_of = link_of
        self._acronyms: dict[str, str] = {}
        self._short_names: dict[str, list[str]] = defaultdict(list)

    def is_known(self, mention: Mention) -> bool:
        """Return whether the registry has the name for anything but a person."""
        name = clean_name(mention)
        if self._registry.lookup_metonym(name) is not None or self._registry.lookup_homonyms(name):
            return True
        return any(actor.type != "Person" for actor in self._registry.lookup(name))

    def introduces(self, mention: Mention) -> bool:
        """Return whether a name of several words that is no person's introduces an acronym behind it."""
        if mention.type not in {"Organisation", "Group", "State"} or not mention.spans or " " not in clean_name(mention):
            return False
        return _INTRODUCED.match(self._view.document.text, mention.spans[-1].end) is not None

    def note_short_forms(self, mention: Mention, iri: str) -> None:
        """Keep what a name introduces: "(RSF)" behind it, and its own beginning ("Brookings" for "Brookings Institution")."""
        if mention.type not in {"Organisation", "Group", "State"} or not mention.spans:
            return
        introduced = _INTRODUCED.match(self._view.document.text, mention.spans[-1].end)
        if introduced is not None:
            self._acronyms.setdefault(introduced[1], iri)
            self._ledger.records[iri].names.add(introduced[1])
        words = fold_name(mention.name).split()
        for length in range(1, len(words)):
            short = " ".join(words[:length])
            if iri not in self._short_names[short]:
                self._short_names[short].append(iri)

    def resolve_name(self, mention: Mention) -> Guess:
        """Link a proper name that is no person's."""
        name = clean_name(mention)
        introduced = self._acronyms.get(name)
        if introduced is not None:
            return Guess(introduced, "acronym", 0.9)
        for rule in (self._resolve_homonym, self._resolve_metonym, self._resolve_registered, self._resolve_possessed):
            guess = rule(mention, name)
            if guess is not None:
                return guess
        if is_acronym(name) and len(name) > 1:
            iri = self._ledger.add_new(mention.type, name, country=self._find_country(mention))
            return Guess(iri, "new", 0.6)
        return Guess(self._ledger.add_new(mention.type, name, country=self._find_country(mention)), "new", 0.8)

    def resolve_short_name(self, mention: Mention) -> Guess | None:
        """Link the beginning of a longer name that the document holds; None where it is no such thing."""
        name = clean_name(mention)
        if name in self._acronyms:
            return Guess(self._acronyms[name], "acronym", 0.9)
        if mention.type not in {"Organisation", "Group"} or self.is_known(mention):
            return None
        found = self._short_names.get(fold_name(name), [])
        return Guess(found[0], "short-name", 0.75) if len(found) == 1 else None

    def resolve_first_word(self, mention: Mention) -> Guess | None:
        """Link what looks like a surname to the only body whose name it begins ("Halden"); None where there is none."""
        found = self._short_names.get(fold_name(clean_name(mention)), [])
        return Guess(found[0], "short-name", 0.6) if len(found) == 1 and " " not in clean_name(mention) else None

    def _find_country(self, mention: Mention) -> str | None:
        for other in self._view.affiliations.get(mention.id, ()):
            link = self._link_of(other)
            if link is not None and (country := self._ledger.get_country(link)) is not None:
                return country
        return None

    def _resolve_homonym(self, mention: Mention, name: str) -> Guess | None:
        """Weigh what the document mentions for and against each meaning of a name with several."""
        homonyms = self._registry.lookup_homonyms(name)
        if not homonyms:
            return None
        names = self._view.names - {fold_name(name)}
        scores = [(len(names & h.supports) - len(names & h.opposes), h) for h in homonyms]
        best = max(score for score, _ in scores)
        winners = [h for score, h in scores if score == best]
        if best <= 0:
            winners = [h for h in winners if best == 0 and h.is_default and not (h.opposes and mention.type == "Place")]
        if len(winners) == 1:
            actor = self._registry.get_actor(winners[0].actor)
            return Guess(self._ledger.add_registered(actor, name), "registry", 0.9 if best > 0 else 0.7)
        if best < 0 and mention.type == "Place":
            return Guess(self._ledger.add_new("Place", name), "new", 0.5)
        return AMBIGUOUS

    def _resolve_metonym(self, mention: Mention, name: str) -> Guess | None:
        """Link a seat of power to who governs from it; a place that does not act, to itself."""
        metonym = self._registry.lookup_metonym(name)
        if metonym is None:
            return None
        actor = self._registry.get_actor(metonym.actor)
        if mention.type in {"Person", "State", "Group"} and metonym.is_ambiguous:
            return None
        if self._view.acts(mention):
            return Guess(self._ledger.add_registered(actor), "metonym", metonym.confidence)
        if mention.type == "Organisation" and not metonym.is_city:
            return Guess(self._ledger.add_registered(actor), "metonym", round(metonym.confidence * 0.9, 3))
        country = actor.slug if actor.type == "State" else actor.country
        if metonym.is_ambiguous:
            country = None
        iri = self._ledger.add_new("Place", metonym.name, country=None if country is None else self._registry.to_iri(country))
        return Guess(iri, "place", 0.9)

    def _resolve_registered(self, mention: Mention, name: str) -> Guess | None:
        """Link a name of the registry; where it has several, those of the mention's own type and country count."""
        found = [actor for actor in self._registry.lookup(name) if actor.type != "Person"]
        if len(found) > 1:
            found = [actor for actor in found if actor.type == mention.type] or found
        if len(found) > 1 and (country := self._find_country(mention)) is not None:
            found = [a for a in found if a.country is not None and self._registry.to_iri(a.country) == country] or found
        if not found:
            return None
        if len(found) > 1:
            return AMBIGUOUS
        return Guess(self._ledger.add_registered(found[0], name), "registry", 0.95)

    def _resolve_possessed(self, mention: Mention, name: str) -> Guess | None:
        """Link "Foreign Ministry" of "[Norwegian] Foreign Ministry" to the body of that country."""
        country = self._find_country(mention)
        state = self._find_registered(country)
        if state is None or mention.type not in {"Organisation", "Group"}:
            return None
        adjective = state.adjectives[0] if state.adjectives else state.label
        if fold_name(name).startswith((*(f"{fold_name(a)} " for a in state.adjectives), f"{fold_name(state.label)} ")):
            return None
        for full in (f"{adjective} {name}", f"{state.label}'s {name}"):
            found = self._registry.lookup(full)
            if len(found) == 1:
                return Guess(self._ledger.add_registered(found[0], full), "registry", 0.9)
        return Guess(self._ledger.add_new(mention.type, f"{adjective} {name}", country=country), "new", 0.7)

    def _find_registered(self, iri: str | None) -> RegistryActor | None:
        record = None if iri is None else self._ledger.records.get(iri)
        return None if record is None else record.registered

    def resolve_demonym(self, mention: Mention) -> Guess:
        """Link "Russian" and "the Russians" to the state; a people of no state ("Europeans") to a group."""
        name = clean_name(mention)
        guess = self._resolve_homonym(mention, name)
        if guess is not None:
            return guess._replace(by="demonym") if guess.actor is not None else guess
        found = self._registry.lookup_demonym(name) or tuple(a for a in self._registry.lookup(name) if a.type != "Person")
        if len(found) > 1:
            return AMBIGUOUS
        if found:
            is_people = mention.number == "plural" or mention.type == "Group"
            return Guess(self._ledger.add_registered(found[0]), "demonym", 0.75 if is_people else 0.9)
        plural = name if name.endswith(("s", "ese", "ish")) else f"{name}s"
        return Guess(self._ledger.add_new("Group", plural), "new", 0.6)


def clean_name(mention: Mention) -> str:
    """Return the name on one line without article and possessive ending, in the case that the text has."""
    name = strip_possessive(" ".join(mention.name.split()))
    return name[4:] if name[:4].casefold() == "the " else name
