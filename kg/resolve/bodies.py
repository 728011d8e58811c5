"""Rules for the names of states, organisations, groups and places, for demonyms and for metonyms."""

from __future__ import annotations

from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.entries import RegistryActor
from kg.resolve.guess import AMBIGUOUS, UNRESOLVED, Guess
from kg.resolve.homonyms import Homonyms
from kg.resolve.ledger import Ledger
from kg.resolve.longer_names import find_longer_name
from kg.resolve.names import clean_name, fold_name, is_acronym
from kg.resolve.registry import Registry
from kg.resolve.short_forms import ShortForms
from kg.resolve.teams import Teams
from kg.resolve.view import View

#: A city that is ambiguous and less sure than this stands for a state only where the text speaks of the state.
_SURE = 0.7
#: Nouns that stand for a body named before, also in capitals: "the Commission", "the Assembly".
_COMMON = frozenset(
    [
        "agency",
        "alliance",
        "assembly",
        "authority",
        "board",
        "bureau",
        "commission",
        "committee",
        "council",
        "court",
        "department",
        "federation",
        "foundation",
        "fund",
        "institute",
        "league",
        "ministry",
        "movement",
        "parliament",
        "party",
        "tribunal",
        "union",
        "university",
    ]
)
#: In front of these an adjective names a firm, not the state: "American Airlines".
_FIRMS = frozenset(
    {"airlines", "airways", "express", "bank", "motors", "telecom", "petroleum", "steel", "group", "holdings", "insurance"}
)


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
        self._short_forms = ShortForms(view)
        self._homonyms = Homonyms(registry, view, ledger)
        self._teams = Teams(view)

    def is_known(self, mention: Mention) -> bool:
        """Return whether the registry has the name for anything but a person."""
        name = clean_name(mention.name)
        if self._registry.lookup_metonym(name) is not None or self._registry.lookup_homonyms(name):
            return True
        return any(actor.type != "Person" for actor in self._registry.lookup(name))

    def is_common(self, mention: Mention) -> bool:
        """Return whether a name is only what such bodies are called ("the Commission"), so that it means one named before."""
        return fold_name(mention.name) in _COMMON and self._view.is_definite(mention) and not self.is_known(mention)

    def is_state_despite_type(self, mention: Mention) -> bool:
        """Return whether what the recogniser took for a person is a state that the text or the way it is said speaks of."""
        homonyms = [h for h in self._registry.lookup_homonyms(clean_name(mention.name)) if h.actor.startswith("state/")]
        return any(h.is_default or self._homonyms.is_spoken_of(h.actor) for h in homonyms)

    def is_spoken_of(self, name: str) -> bool:
        """Return whether the document speaks of the state that a name means by another name, too."""
        found = [*self._registry.lookup_homonyms(name)]
        slugs = [h.actor for h in found] or [a.slug for a in self._registry.lookup(name)]
        metonym = self._registry.lookup_metonym(name)
        slugs += [] if metonym is None else [metonym.actor]
        return any(self._homonyms.is_spoken_of(slug, besides=name) for slug in slugs)

    def introduces(self, mention: Mention) -> bool:
        """Return whether a name of several words that is no person's introduces an acronym behind it."""
        return self._short_forms.find_introduced(mention) is not None

    def note_spelt_out(self, mention: Mention) -> None:
        """Keep whom an acronym means that the text spells out where extraction has no name: "Doctors of Peace (DOP)"."""
        name = self._short_forms.find_spelt_out(mention)
        if name is None or self._short_forms.find_acronym(clean_name(mention.name)) is not None:
            return
        known = [a for a in self._registry.lookup(name) if a.type != "Person"]
        iri = self._ledger.add_registered(known[0]) if len(known) == 1 else self._ledger.add_new("Organisation", name)
        self._ledger.records[iri].names.add(clean_name(mention.name))
        self._short_forms.add_acronym(clean_name(mention.name), iri)

    def note_short_forms(self, mention: Mention, iri: str) -> None:
        """Keep what a name introduces: "(RSF)" behind it, and its own beginning ("Brookings" for "Brookings Institution")."""
        introduced = self._short_forms.note(mention, iri)
        if introduced is not None:
            self._ledger.records[iri].names.add(introduced)

    def resolve_name(self, mention: Mention) -> Guess:
        """Link a proper name that is no person's."""
        name = clean_name(mention.name)
        introduced = self._short_forms.find_acronym(name)
        if introduced is not None:
            return Guess(introduced, "acronym", 0.9)
        rules = (
            self._resolve_part,
            self._homonyms.resolve,
            self._resolve_metonym,
            self._resolve_registered,
            self._resolve_possessed,
        )
        for rule in rules:
            guess = rule(mention, name)
            if guess is not None:
                return guess
        if is_acronym(name) and len(name) > 1:
            iri = self._ledger.add_new(mention.type, name, country=self._find_country(mention))
            return Guess(iri, "new", 0.6)
        return Guess(self._ledger.add_new(mention.type, name, country=self._find_country(mention)), "new", 0.8)

    def resolve_short_name(self, mention: Mention) -> Guess | None:
        """Link the beginning or the initials of a longer name that the document holds; None where it is no such thing."""
        name = clean_name(mention.name)
        introduced = self._short_forms.find_acronym(name)
        if introduced is not None:
            return Guess(introduced, "acronym", 0.9)
        if mention.type not in {"Organisation", "Group"} or self.is_known(mention):
            return None
        found = self._short_forms.find_by_beginning(name) or self._short_forms.find_by_initials(name)
        return None if found is None else Guess(found, "short-name", 0.75)

    def resolve_first_word(self, mention: Mention) -> Guess | None:
        """Link what looks like a surname to the only body whose name it begins ("Halden"); None where there is none."""
        name = clean_name(mention.name)
        found = None if " " in name else self._short_forms.find_by_beginning(name)
        return None if found is None else Guess(found, "short-name", 0.6)

    def _resolve_part(self, mention: Mention, name: str) -> Guess | None:
        """Link a team to itself, not to its state; what is only a part of a longer name, to that; a dish to nothing."""
        if mention.type == "Person" or mention.kind not in {"name", "demonym"} or not mention.spans:
            return None
        states = [a for a in (*self._registry.lookup_demonym(name), *self._registry.lookup(name)) if a.type == "State"]
        is_seat = self._registry.lookup_metonym(name) is not None
        if not states and not is_seat:
            return None
        if states and mention.kind == "name" and self._teams.is_team(mention):
            label = f"{states[0].label if len(states) == 1 else name} national team"
            country = self._registry.to_iri(states[0].slug) if len(states) == 1 else None
            return Guess(self._ledger.add_new("Organisation", label, country=country), "team", 0.7)
        longer = find_longer_name(self._view.document.text, mention.spans[0].begin, mention.spans[-1].end)
        if longer is not None:
            is_name = bool(longer.name) and (fold_name(longer.name) == fold_name(name) or not self._registry.lookup(longer.name))
            return Guess(self._ledger.add_new(longer.type, longer.name), "part", 0.7) if is_name else UNRESOLVED
        return UNRESOLVED if mention.kind == "demonym" and self._names_firm(mention) else None

    def _is_populace(self, mention: Mention, name: str, state: RegistryActor) -> bool:
        """Return whether a plural means people, not who governs them: "most Britons"; but "the Americans" may be the state."""
        folded = fold_name(name)
        is_noun = folded.endswith(("s", "men")) and folded not in {fold_name(a) for a in state.adjectives}
        return is_noun and not self._view.is_definite(mention)

    def _names_firm(self, mention: Mention) -> bool:
        """Return whether an adjective only begins a firm's name."""
        holder = self._view.find_name_at(mention.spans[0].begin)
        return holder is not None and holder.type == "Organisation" and fold_name(holder.name).rsplit(" ", 1)[-1] in _FIRMS

    def _find_country(self, mention: Mention) -> str | None:
        for other in self._view.affiliations.get(mention.id, ()):
            link = self._link_of(other)
            if link is not None and (country := self._ledger.get_country(link)) is not None:
                return country
        return None

    def _resolve_metonym(self, mention: Mention, name: str) -> Guess | None:
        """Link a seat of power to who governs from it; a place that does not act, to itself."""
        metonym = self._registry.lookup_metonym(name)
        if metonym is None:
            return None
        actor = self._registry.get_actor(metonym.actor)
        if mention.type in {"Person", "State", "Group"} and metonym.is_ambiguous:
            return None
        is_federal = metonym.is_ambiguous and self._homonyms.is_federal_part(mention)
        is_seat = not metonym.is_ambiguous or metonym.confidence >= _SURE or self._homonyms.is_spoken_of(actor.slug, besides=name)
        if self._view.acts(mention) and is_seat and not is_federal:
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
        name = clean_name(mention.name)
        guess = self._resolve_part(mention, name)
        if guess is not None:
            return guess
        guess = self._homonyms.resolve(mention, name)
        if guess is not None:
            return guess._replace(by="demonym") if guess.actor is not None else guess
        found = self._registry.lookup_demonym(name) or tuple(a for a in self._registry.lookup(name) if a.type != "Person")
        if len(found) > 1:
            return AMBIGUOUS
        if found:
            is_people = mention.number == "plural" or mention.type == "Group"
            if is_people and self._is_populace(mention, name, found[0]):
                country = self._registry.to_iri(found[0].slug)
                return Guess(self._ledger.add_new("Group", name, country=country), "people", 0.8)
            return Guess(self._ledger.add_registered(found[0]), "demonym", 0.75 if is_people else 0.9)
        plural = name if name.endswith(("s", "ese", "ish")) else f"{name}s"
        return Guess(self._ledger.add_new("Group", plural), "new", 0.6)
