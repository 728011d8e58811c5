"""Rules for the names of persons: full names first, then surnames by document and registry."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.model.mention import Gender, Mention
from kg.resolve.entries import RegistryActor
from kg.resolve.guess import AMBIGUOUS, Guess
from kg.resolve.ledger import Ledger
from kg.resolve.names import (
    are_initials_of,
    find_generation,
    fold_name,
    is_same_person_name,
    split_name_parts,
    split_person_name,
    starts_with_initials,
)
from kg.resolve.registry import Registry
from kg.resolve.view import View

_FORMER = ("former ", "ex-", "onetime ", "one-time ", "retired ", "late ")
#: Two sentences: as far as a bare surname reaches back where several persons bear it.
_NEAR_SENTENCES = 1


@dataclass(slots=True, eq=False)
class Person:
    """A person whom the document names in full.

    Attributes:
        tokens: folded parts of the fullest name, as `split_name_parts` gives them.
        generation: "jr", "iii"; empty where the text gives none.
        gender, titles, countries: what all its mentions tell, so far.
        left: canonical titles that the person holds no longer, by the text ("former minister").
        places: (begin, sentence) of its mentions, sorted.
    """

    iri: str
    tokens: tuple[str, ...]
    generation: str = ""
    gender: Gender = "unknown"
    titles: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)


class Persons:
    """The persons of one document, and the rules that link names to them.

    `link_of` gives the actor that another mention (an affiliation) already has.
    """

    def __init__(self, registry: Registry, view: View, ledger: Ledger, link_of: Callable[[str], str | None]) -> None:
        """Start without persons."""
        self._registry = registry
        self._view = view
        self._ledger = ledger
        self._link_of = link_of
        self.by_iri: dict[str, Person] = {}
        self._by_ends: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._by_suffix: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)

    def split(self, mention: Mention) -> tuple[str, set[str]]:
        """Return (name without titles, titles in front of it, behind it and of its posts)."""
        name, title = self._registry.strip_title(" ".join(mention.name.split()))
        titles = set(self._view.titles.get(mention.id, ()))
        return name, titles | {title} if title else titles

    def is_bearer_known(self, name: str) -> bool:
        """Return whether the document names a person in full whose surname this is."""
        return bool(self._by_suffix.get(split_name_parts(name)))

    def add_full_names(self, mentions: Iterable[Mention]) -> dict[str, Guess]:
        """Link the mentions with two or more tokens, longest name first, initials last; shorter names are left out.

        The end of a longer name of the text ("van der Moolen", "Ortega Ruiz") is a surname.
        """
        guesses: dict[str, Guess] = {}
        named = [(mention, *self.split(mention)) for mention in mentions]
        rows = [(split_name_parts(name), mention, name, titles) for mention, name, titles in named]
        rows.sort(key=lambda r: (starts_with_initials(r[0]), -len(r[0]), self._view.begins[r[1].id], r[1].id))
        for parts, mention, name, titles in rows:
            is_short = len(split_person_name(name)) < 2 or bool(self._by_suffix.get(parts) or self._registry.lookup_surname(name))
            if not parts or (is_short and not self._find_registered(mention, name)):
                continue
            bearer, guess = self._find_or_add(mention, parts, name)
            self._note(bearer, mention, titles, name)
            guesses[mention.id] = guess
        return guesses

    def bears(self, name: str, begin: int) -> bool:
        """Return whether someone whom the document names in full in front of a character has this surname or first name."""
        parts = split_name_parts(name)
        bearers = (*self._by_suffix.get(parts, ()), *(self._by_first.get(fold_name(name), ())))
        return any(len(p.tokens) > len(parts) and p.places and p.places[0][0] < begin for p in bearers)

    def _find_registered(self, mention: Mention, name: str) -> RegistryActor | None:
        """Return the registered person of this full name, unless the mention belongs to another country.

        Of several of one name, the only one of the mention's country is meant, else the only one with its title.
        """
        countries = self._find_countries(mention)
        whole = " ".join(mention.name.split())
        for text in dict.fromkeys((whole, name, name.replace("-", " "), _turn(name))):
            found = [a for a in self._registry.lookup(text) if a.type == "Person" and self._fits_country(a, countries)]
            if len(found) > 1:
                wanted = {self._registry.to_canonical_title(title) for title in self.split(mention)[1]}
                found = [a for a in found if self._has_post(a, wanted)]
            if len(found) == 1:
                return found[0]
        return None

    def _find_or_add(self, mention: Mention, tokens: tuple[str, ...], name: str) -> tuple[Person, Guess]:
        generation = find_generation(name)
        bearer = self._find_bearer(tokens, generation)
        if bearer is not None:
            bearer.generation = bearer.generation or generation
            is_known = self._ledger.records[bearer.iri].registered is not None
            return bearer, Guess(bearer.iri, "registry" if is_known else "name", 0.95)
        known = self._find_registered(mention, name)
        if known is None:
            iri = self._ledger.add_new("Person", name)
            person = self.by_iri.setdefault(iri, Person(iri, tokens, generation))
        else:
            iri = self._ledger.add_registered(known, name)
            person = self._add_known(iri, known)
        self._index(person, tokens)
        return person, Guess(iri, "new", 0.9) if known is None else Guess(iri, "registry", 0.95)

    def _find_bearer(self, parts: tuple[str, ...], generation: str) -> Person | None:
        """Return who bears a full name, in either order of its two parts, or shortened to initials; None where nobody does.

        Whom the text parts by "Sr." and "Jr." are two.
        """
        for bearer in self._by_ends[parts[0], parts[-1]]:
            if is_same_person_name(parts, bearer.tokens) and (not generation or bearer.generation in {"", generation}):
                return bearer
        for bearer in self._by_ends[parts[-1], parts[0]]:
            if len(parts) == 2 and bearer.tokens == parts[::-1]:
                return bearer
        shortened = [p for p in self._by_suffix.get(parts[-1:], ()) if are_initials_of(parts, p.tokens)]
        return shortened[0] if len(shortened) == 1 else None

    def _add_known(self, iri: str, known: RegistryActor) -> Person:
        """Return the person of a registered actor with the surnames, gender and posts that the registry has."""
        if iri not in self.by_iri:
            titles = {self._registry.to_canonical_title(post.title) for post in known.posts}
            person = self.by_iri[iri] = Person(iri, split_name_parts(known.label), gender=known.gender, titles=titles)
            for surname in known.surnames:
                self._append(self._by_suffix[split_name_parts(surname)], person)
        return self.by_iri[iri]

    def _index(self, person: Person, tokens: tuple[str, ...]) -> None:
        for names in {tokens, person.tokens}:
            self._append(self._by_ends[names[0], names[-1]], person)
            for begin in range(1, len(names)):
                self._append(self._by_suffix[names[begin:]], person)
            self._append(self._by_first[names[0]], person)

    @staticmethod
    def _append(persons: list[Person], person: Person) -> None:
        if person not in persons:
            persons.append(person)

    def _note(self, person: Person, mention: Mention, titles: set[str], name: str) -> None:
        """Keep what a mention tells of a person."""
        record = self._ledger.records[person.iri]
        record.names.add(name)
        person.titles |= {self._registry.to_canonical_title(title) for title in titles}
        person.left |= {self._registry.to_canonical_title(title) for title in titles if is_former(title)}
        person.countries |= self._find_countries(mention)
        insort(person.places, (self._view.begins[mention.id], mention.sentence))
        if person.gender == "unknown":
            person.gender = self._tell_gender(mention, titles, split_person_name(name))
        record.gender = person.gender
        if record.country is None and record.registered is None and len(person.countries) == 1:
            record.country = next(iter(person.countries))

    def _tell_gender(self, mention: Mention, titles: set[str], tokens: tuple[str, ...]) -> Gender:
        if mention.gender != "unknown":
            return mention.gender
        told = {self._registry.tell_gender(title=title) for title in titles} - {"unknown"}
        if len(told) == 1:
            return told.pop()
        return self._registry.tell_gender(tokens[0]) if len(tokens) > 1 else "unknown"

    def _find_countries(self, mention: Mention) -> set[str]:
        """Return the IRIs of the states that the mention's own affiliations are or belong to."""
        links = (self._link_of(other) for other in self._view.affiliations.get(mention.id, ()))
        countries = (self._ledger.get_country(link) for link in links if link is not None)
        return {country for country in countries if country is not None}

    def _fits_country(self, actor: RegistryActor, countries: set[str]) -> bool:
        """Return whether a person has a post of these countries; also where the text or the registry names none."""
        slugs = {post.organisation for post in actor.posts} | ({actor.country} if actor.country is not None else set())
        slugs |= {c for slug in slugs if (c := self._registry.get_actor(slug).country) is not None}
        own = {self._registry.to_iri(slug) for slug in slugs if slug.startswith("state/")}
        return not countries or not own or bool(own & countries)

    def resolve_surname(self, mention: Mention) -> Guess:
        """Link a bare surname: to a person of the document, else of the registry, else to an actor of this document."""
        name, titles = self.split(mention)
        wanted = {self._registry.to_canonical_title(title) for title in titles}
        countries = self._find_countries(mention)
        gender = self._tell_gender(mention, titles, ())
        tokens = split_name_parts(name)
        for found, confidence in ((self._by_suffix.get(tokens, []), 0.9), (self._by_first.get(fold_name(name), []), 0.7)):
            fitting = [p for p in found if self._is_compatible(p, gender, countries)]
            person = self._choose(mention, fitting, wanted)
            if person is not None:
                self._note(person, mention, titles, name)
                return Guess(person.iri, "surname", confidence if len(fitting) == 1 else 0.65)
            if fitting:
                return AMBIGUOUS
        known = self._choose_registered(name, wanted, gender, countries)
        if known is not None:
            iri = self._ledger.add_registered(known, name)
            person = self._add_known(iri, known)
            self._note(person, mention, titles, name)
            return Guess(iri, "registry", 0.85)
        iri = self._ledger.add_local("Person", name)
        person = self.by_iri.setdefault(iri, Person(iri, tokens))
        self._note(person, mention, titles, name)
        return Guess(iri, "local", 0.7)

    def _is_compatible(self, person: Person, gender: Gender, countries: set[str]) -> bool:
        if gender not in {"unknown", "neuter"} and person.gender not in {"unknown", gender}:
            return False
        own = set(person.countries)
        known = self._ledger.records[person.iri].registered
        if known is not None:
            return self._fits_country(known, countries) or bool(own & countries)
        return not countries or not own or bool(own & countries)

    def _choose(self, mention: Mention, persons: list[Person], wanted: set[str]) -> Person | None:
        """Return the only one, or the only one with such a title, or the only one named in this sentence or the last."""
        if len(persons) <= 1:
            return persons[0] if persons else None
        titled = [p for p in persons if p.titles & wanted]
        if len(titled) == 1:
            return titled[0]
        begin = self._view.begins[mention.id]
        near = []
        for person in titled or persons:
            place = bisect_left(person.places, (begin, 0)) - 1
            if place >= 0 and mention.sentence - person.places[place][1] <= _NEAR_SENTENCES:
                near.append(person)
        return near[0] if len(near) == 1 else None

    def _choose_registered(self, name: str, wanted: set[str], gender: Gender, countries: set[str]) -> RegistryActor | None:
        """Return a registered person: by a surname that is known by itself, or by any last name with fitting post."""
        known = {a.slug: a for a in (*self._registry.lookup_surname(name), *self._registry.lookup(name)) if a.type == "Person"}
        fitting = [a for a in known.values() if self._fits_country(a, countries) and gender in {a.gender, "unknown"}]
        if not fitting and not known and (countries or wanted):
            titled = [(a, self._has_post(a, wanted)) for a in self._registry.lookup_last_name(name)]
            titled = [(a, h) for a, h in titled if self._fits_country(a, countries) and gender in {a.gender, "unknown"}]
            fitting = [a for a, has_post in titled if has_post or (countries and not wanted)]
            # An imported register holds many of each surname: there both the title and the country must fit.
            fitting = [a for a in fitting if self._registry.is_shipped(a) or (countries and self._has_post(a, wanted))]
        if len(fitting) > 1:
            date = self._view.document.published
            fitting = [a for a in fitting if any(post.is_held_at(date) for post in a.posts)]
        return fitting[0] if len(fitting) == 1 else None

    def _has_post(self, actor: RegistryActor, wanted: set[str]) -> bool:
        return any(self._registry.to_canonical_title(post.title) in wanted for post in actor.posts)


def is_former(title: str) -> bool:
    """Return whether a title says that it is held no longer."""
    return fold_name(title).startswith(_FORMER)


def _turn(name: str) -> str:
    """Return "Viktor Orbán" of "Orbán Viktor"; a name that has not two words as it is."""
    words = name.split()
    return " ".join(reversed(words)) if len(words) == 2 else name
