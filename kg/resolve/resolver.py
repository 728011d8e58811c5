"""Resolution of one document: a link for each mention, an actor for each link."""

from __future__ import annotations

from kg.model.annotation import Extraction, Link, Resolution
from kg.model.document import Document
from kg.model.mention import Gender, Mention
from kg.resolve.antecedents import Antecedent, Antecedents
from kg.resolve.bodies import Bodies
from kg.resolve.borne import find_borne
from kg.resolve.cities import open_cities
from kg.resolve.event_settling import settle_parties
from kg.resolve.genders import infer_genders
from kg.resolve.guess import UNRESOLVED, Guess
from kg.resolve.ledger import Ledger
from kg.resolve.misread import find_misread_persons
from kg.resolve.names import clean_name, is_acronym
from kg.resolve.nominals import Nominals
from kg.resolve.persons import Persons
from kg.resolve.places import find_neighbours, locate_places
from kg.resolve.pronouns import Pronouns
from kg.resolve.ranker import Ranker, read_ranker
from kg.resolve.registry import Registry
from kg.resolve.view import View


class Resolver:
    """Resolves documents one by one; holds the registry and nothing of any document."""

    def __init__(self, registry: Registry, base: str, ranker: Ranker | None = None) -> None:
        """Keep the registry; `base` is where minted IRIs begin and must be the registry's own; the shipped ranker by default."""
        if base != registry.base:
            raise ValueError(f"the registry was read for {registry.base!r}, not {base!r}")
        self._registry = registry
        self._ranker = ranker or read_ranker()

    def resolve(self, document: Document, extraction: Extraction) -> Resolution:
        """Return one link for each mention, in their order, and the actors that they name with their states, by IRI.

        Names are linked first, wherever they stand (a headline says "Tusk", the text "Donald Tusk"); then, in order
        of text, common nouns and pronouns, which look back. An extraction without mentions gives an empty resolution.
        """
        return _Run(self._registry, document, extraction, self._ranker).resolve()


class _Run:
    """The resolution of one document, mention by mention."""

    def __init__(self, registry: Registry, document: Document, extraction: Extraction, ranker: Ranker) -> None:
        self._view = View(document, extraction)
        self._ledger = Ledger(registry, document)
        self._registry = registry
        self._guesses: dict[str, Guess] = {}
        self._in_progress: set[str] = set()
        self._represented: dict[str, str | None] = {}
        self._antecedents = Antecedents(self._view, ranker)
        self._bodies = Bodies(registry, self._view, self._ledger, self._get_link)
        self._persons = Persons(registry, self._view, self._ledger, self._get_link)
        self._nominals = Nominals(
            registry,
            self._view,
            self._ledger,
            self._persons,
            self._antecedents,
            link_of=self._get_link,
            represents=self._find_represented,
        )
        self._pronouns = Pronouns(self._view, self._antecedents, self._find_link, self._find_represented)

    def resolve(self) -> Resolution:
        mentions = self._view.extraction.mentions
        self._resolve_names([m for m in mentions if m.kind in {"name", "demonym", "author"}])
        self._note_represented()
        for iri, gender in infer_genders(self._view, self._persons.by_iri, self._get_link).items():
            self._persons.by_iri[iri].gender = self._ledger.records[iri].gender = gender
        ordered = sorted(mentions, key=lambda m: (self._view.begins[m.id], m.id))
        named = (self._to_antecedent(m) for m in ordered if m.kind == "name" and m.id in self._guesses)
        self._antecedents.announce(a for a in named if a is not None and a.type == "Person")
        for mention in ordered:
            self._find_link(mention.id)
            antecedent = self._to_antecedent(mention)
            if antecedent is not None:
                self._antecedents.append(antecedent)
        moved = self._locate_places()
        links = tuple(
            Link(mention=m.id, actor=moved.get(guess.actor or "", guess.actor), confidence=guess.confidence, by=guess.by)
            for m in mentions
            for guess in (self._guesses[m.id],)
        )
        actors = self._ledger.to_actors({link.actor for link in links if link.actor is not None})
        events = settle_parties(self._view.document.text, self._view.extraction, links, actors)
        return Resolution(links=links, actors=actors, events=events)

    def _locate_places(self) -> dict[str, str]:
        """Tell which city each place is, and return the places whose name means another city elsewhere: old IRI -> new."""
        actors = {identifier: guess.actor for identifier, guess in self._guesses.items()}
        mentions = self._view.extraction.mentions
        neighbours = find_neighbours(self._view.document.text, mentions, actors, self._ledger, self._registry)
        linked = (actor for actor in actors.values() if actor is not None)
        return locate_places(self._ledger, self._registry, open_cities(), linked, neighbours)

    def _get_link(self, mention: str) -> str | None:
        """Return the actor that a mention has already; None where it has none yet."""
        guess = self._guesses.get(mention)
        return None if guess is None else guess.actor

    def _resolve_names(self, named: list[Mention]) -> None:
        """Link names: demonyms and known bodies, persons by full name, other bodies, then surnames."""
        borne = find_borne(self._view, self._registry, self._bodies.is_spoken_of)
        names = [m for m in named if (m.kind != "demonym" or m.id in borne) and not self._bodies.is_common(m)]
        known = [m for m in names if m.id not in borne and self._is_known_body(m)]
        for mention in (m for m in named if m.kind == "demonym" and m.id not in borne):
            self._guesses[mention.id] = self._bodies.resolve_demonym(mention)
        # What the text calls "RSF" goes before what the world calls so: names that introduce one come before acronyms.
        for mention in known:
            if not is_acronym(clean_name(mention.name)) and not self._bodies.introduces(mention):
                self._link_body(mention, self._bodies.resolve_name(mention))
        for mention in sorted(names, key=lambda m: (self._view.begins[m.id], m.id)):
            if mention.id not in self._guesses and self._bodies.introduces(mention):
                self._link_body(mention, self._bodies.resolve_name(mention))
            self._bodies.note_spelt_out(mention)
        for mention in (m for m in known if m.id not in self._guesses):
            self._link_body(mention, self._bodies.resolve_name(mention))
        rest = [m for m in names if m.id not in self._guesses]
        misread = find_misread_persons(self._view, self._registry, self._bodies.is_known)
        self._guesses.update(self._persons.add_full_names([m for m in rest if m.type == "Person" or m.id in misread]))
        misread |= borne
        bodies: list[Mention] = []
        surnames: list[Mention] = []
        for mention in rest:
            if mention.id not in self._guesses:
                (surnames if mention.id in misread or self._is_person(mention) else bodies).append(mention)
        for mention in sorted(bodies, key=lambda m: (-len(m.name.split()), self._view.begins[m.id], m.id)):
            self._link_body(mention, self._bodies.resolve_short_name(mention) or self._bodies.resolve_name(mention))
        for mention in sorted(surnames, key=lambda m: (self._view.begins[m.id], m.id)):
            self._guesses[mention.id] = self._resolve_surname(mention)

    def _resolve_surname(self, mention: Mention) -> Guess:
        """Link a bare surname; one that nobody of the text or the registry bears may be the first word of a body's name."""
        name = clean_name(mention.name)
        is_borne = self._persons.is_bearer_known(name) or self._view.titles.get(mention.id) or mention.kind == "author"
        body = None if is_borne or self._registry.lookup_surname(name) else self._bodies.resolve_first_word(mention)
        return self._persons.resolve_surname(mention) if body is None else body

    def _link_body(self, mention: Mention, guess: Guess) -> None:
        self._guesses[mention.id] = guess
        if guess.actor is not None and guess.by in {"registry", "new"}:
            self._bodies.note_short_forms(mention, guess.actor)

    def _is_known_body(self, mention: Mention) -> bool:
        """Return whether a name is a registered body's; a name typed as a person's only where nothing speaks for one."""
        if not self._bodies.is_known(mention) or mention.kind == "author":
            return False
        if mention.type != "Person":
            return True
        name = clean_name(mention.name)
        if " " not in name and not self._view.titles.get(mention.id) and self._bodies.is_state_despite_type(mention):
            return True
        is_plain = not self._registry.lookup_homonyms(name) and self._registry.lookup_metonym(name) is None
        return is_plain and not self._view.titles.get(mention.id) and not self._registry.lookup_last_name(name)

    def _is_person(self, mention: Mention) -> bool:
        """Return whether a name that is no full name is a person's: by its type, the document or the registry."""
        if mention.type == "Person" or mention.kind == "author":
            return True
        name = clean_name(mention.name)
        is_registered = bool(self._registry.lookup_surname(name)) or any(a.type == "Person" for a in self._registry.lookup(name))
        return is_registered or (" " not in name and mention.type != "State" and self._persons.is_bearer_known(name))

    def _find_link(self, identifier: str) -> str | None:
        """Return the actor of a mention, resolving it first where need be; None also for one that depends on itself."""
        if identifier not in self._guesses:
            if identifier in self._in_progress:
                return None
            self._in_progress.add(identifier)
            mention = self._view.mentions[identifier]
            for other in self._view.affiliations.get(identifier, ()):
                self._find_link(other)
            rule = self._pronouns.resolve if mention.kind == "pronoun" else self._nominals.resolve
            guess = rule(mention)
            self._guesses.setdefault(identifier, guess)
            self._in_progress.discard(identifier)
        return self._guesses.get(identifier, UNRESOLVED).actor

    def _find_represented(self, actor: str) -> str | None:
        """Return whom a person speaks for: what the document affiliates the person to, else the registered state."""
        if actor not in self._represented:
            self._represented[actor] = self._find_registered_body(actor)
        return self._represented[actor]

    def _note_represented(self) -> None:
        """Keep the first body that the document affiliates each named person to."""
        for mention in self._view.extraction.mentions:
            actor = self._get_link(mention.id)
            for other in self._view.affiliations.get(mention.id, ()):
                link = self._get_link(other)
                if actor is not None and link is not None and link != actor:
                    self._represented.setdefault(actor, link)

    def _find_registered_body(self, actor: str) -> str | None:
        record = self._ledger.records[actor]
        if record.type != "Person" or record.registered is None:
            return None
        date = self._view.document.published
        held = {post.organisation for post in record.registered.posts if post.is_held_at(date)}
        return self._ledger.add_registered(self._registry.get_actor(held.pop())) if len(held) == 1 else None

    def _to_antecedent(self, mention: Mention) -> Antecedent | None:
        """Return what a linked mention means, learning its actor's gender; None for one that has no link or no place."""
        guess = self._guesses[mention.id]
        if guess.actor is None or not mention.spans:
            return None
        record = self._ledger.records[guess.actor]
        person = self._persons.by_iri.get(record.iri)
        gender: Gender = record.gender if person is None else person.gender
        if gender == "unknown" and record.type == "Person":
            gender = mention.gender if mention.gender != "unknown" else self._registry.tell_gender(title=mention.name)
            if mention.kind == "pronoun" or gender == "neuter":
                gender = "unknown"
            record.gender = gender
        number = mention.number
        if mention.kind in {"name", "demonym"} and record.type in {"Person", "State", "Organisation", "Place"}:
            number = "singular" if number == "unknown" else number
        return Antecedent(mention, record.iri, record.type, number, gender)
