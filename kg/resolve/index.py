"""Known actors, and how they are looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.model.actor import Actor
from kg.model.gazetteer import GazetteerEntry, GazetteerKind
from kg.model.mention import Gender
from kg.resolve.entries import Homonym, Metonym, RegistryActor, RegistryPost, Title
from kg.resolve.names import fold_name, is_acronym, split_person_name
from kg.resolve.registers.imported import ImportedIndex
from kg.resolve.registers.joined import JoinedActors

#: A head of an organisation, by whatever title: "the IAEA chief", "NATO's boss".
_HEADS = ("secretary-general", "director-general", "managing director", "executive director", "director", "commissioner-general",
          "head", "leader", "chair", "president", "commander")  # fmt: skip
#: Those whom "the Russian leader" may mean.
_LEADERS = ("leader", "supreme leader", "president", "prime minister", "chancellor")


class Registry:
    """Actors by slug and name. Equal contents give equal answers, in whatever order they were given."""

    def __init__(
        self,
        base: str,
        actors: Iterable[RegistryActor],
        metonyms: Iterable[Metonym] = (),
        homonyms: Iterable[Homonym] = (),
        titles: Mapping[str, Title] | None = None,
        *,
        given_names: Mapping[str, Gender] | None = None,
        imported: ImportedIndex | None = None,
    ) -> None:
        """Index the actors; `base` is where their IRIs begin; titles and given names are folded.

        `imported` holds actors that are looked up behind these (`kg.resolve.registers.joined`); `actors` lacks them.
        """
        self.base = base
        self.actors: dict[str, RegistryActor] = {a.slug: a for a in sorted(actors, key=lambda a: a.slug)}
        self._joined = None if imported is None else JoinedActors(self.actors, imported)
        self.titles: Mapping[str, Title] = titles or {}
        self._names: dict[str, list[str]] = defaultdict(list)
        self._acronyms: dict[str, list[str]] = defaultdict(list)
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._last_names: dict[str, list[str]] = defaultdict(list)
        self._demonyms: dict[str, list[str]] = defaultdict(list)
        self._holders: dict[tuple[str, str], list[tuple[RegistryPost, str]]] = defaultdict(list)
        self._homonyms: dict[str, list[Homonym]] = defaultdict(list)
        self._gazetteer: tuple[GazetteerEntry, ...] | None = None
        first_names: dict[str, set[Gender]] = defaultdict(set)
        for actor in self.actors.values():
            self._index(actor)
            if actor.type == "Person":
                first_names[split_person_name(actor.label)[0]].add(actor.gender)
        self._given_names: Mapping[str, Gender] = given_names or {}
        self._first_names: dict[str, Gender] = {name: next(iter(g)) for name, g in first_names.items() if len(g) == 1}
        self._metonyms = {fold_name(m.name): m for m in sorted(metonyms, key=lambda m: m.name)}
        for homonym in sorted(homonyms, key=lambda h: (h.name, h.actor)):
            self._homonyms[self._to_key(homonym.name)].append(homonym)

    def _index(self, actor: RegistryActor) -> None:
        for name in (actor.label, *actor.aliases, *actor.acronyms):
            table, key = (self._acronyms, name) if name in actor.acronyms or is_acronym(name) else (self._names, fold_name(name))
            if actor.slug not in table[key]:
                table[key].append(actor.slug)
        for surname in sorted({fold_name(s) for s in actor.surnames}):
            self._surnames[surname].append(actor.slug)
        if actor.type == "Person":
            tokens = split_person_name(actor.label)
            for last in sorted({tokens[-1], *(fold_name(s) for s in actor.surnames)}):
                self._last_names[last].append(actor.slug)
        for demonym in sorted({fold_name(d) for d in (*actor.adjectives, *actor.people)}):
            self._demonyms[demonym].append(actor.slug)
        for post in actor.posts:
            self._holders[post.organisation, self.to_canonical_title(post.title)].append((post, actor.slug))

    @staticmethod
    def _to_key(name: str) -> str:
        return name if is_acronym(name) else fold_name(name)

    def _get(self, slugs: Iterable[str]) -> tuple[RegistryActor, ...]:
        return tuple(self.get_actor(slug) for slug in slugs)

    @property
    def imported_digest(self) -> str:
        """The digest of the imported registers' contents; empty without any."""
        return "" if self._joined is None else self._joined.index.digest

    def get_actor(self, slug: str) -> RegistryActor:
        """Return the actor with this slug, imported ones too; raises `KeyError` for an unknown one."""
        found = self.actors.get(slug) if self._joined is None else self._joined.get_actor(slug)
        if found is None:
            raise KeyError(slug)
        return found

    def is_shipped(self, actor: RegistryActor) -> bool:
        """Return whether the actor is not from an imported register alone."""
        return actor.slug in self.actors

    def describe_actors(self) -> Mapping[str, Actor]:
        """Return every registered actor by IRI, as the graph describes it: surnames count as aliases.

        Imported actors are there as well, one by one; only the others are counted and iterated over.
        """
        return _Descriptions(self)

    def describe(self, slug: str) -> Actor:
        """Return one actor as the graph describes it; raises `KeyError` for an unknown slug."""
        return self._describe(self.get_actor(slug))

    def _describe(self, actor: RegistryActor) -> Actor:
        return Actor(
            iri=self.to_iri(actor.slug),
            type=actor.type,
            label=actor.label,
            aliases=tuple(sorted({*actor.aliases, *actor.acronyms, *actor.surnames} - {actor.label})),
            wikidata=actor.wikidata,
            iso2=actor.iso2,
            country=None if actor.country is None else self.to_iri(actor.country),
            is_registered=True,
        )

    def to_iri(self, slug: str) -> str:
        """Return the IRI of the actor with this slug."""
        return f"{self.base}actor/{slug}"

    def lookup(self, name: str) -> tuple[RegistryActor, ...]:
        """Return the actors with this name, alias or acronym, sorted by slug; empty where none has it.

        Acronyms must be written as they are ("US" is not "us"); other names are compared without case and diacritics.
        """
        found = sorted({*self._acronyms.get(name, ()), *self._names.get(fold_name(name), ())})
        return self._get(found if self._joined is None else self._joined.lookup(name, found))

    def lookup_surname(self, name: str) -> tuple[RegistryActor, ...]:
        """Return the well-known persons whom this surname alone means."""
        found = self._surnames.get(fold_name(name), ())
        return self._get(found if self._joined is None else self._joined.lookup_surname(name, found))

    def lookup_last_name(self, name: str) -> tuple[RegistryActor, ...]:
        """Return every person whose name ends so: to be narrowed by affiliation or title."""
        found = self._last_names.get(fold_name(name), ())
        return self._get(found if self._joined is None else self._joined.lookup_last_name(name, found))

    def lookup_demonym(self, name: str) -> tuple[RegistryActor, ...]:
        """Return the states of an adjective or of a noun for a people."""
        return self._get(self._demonyms.get(fold_name(name), ()))

    def lookup_metonym(self, name: str) -> Metonym | None:
        """Return the metonym of this name."""
        return self._metonyms.get(fold_name(name))

    def lookup_homonyms(self, name: str) -> tuple[Homonym, ...]:
        """Return what is known of a name that means several things; empty where it is not known to."""
        return tuple(self._homonyms.get(self._to_key(name), ()))

    def find_holders(self, title: str, organisation: str, date: str | None) -> tuple[RegistryActor, ...]:
        """Return those who hold the post at the ISO date (without one: today's holders), sorted by slug.

        "chief", "head" and "boss" fit whoever leads an organisation; "leader" of a state fits several, so that the
        text must have named one of them.
        """
        wanted = self.to_canonical_title(title)
        titles = [wanted]
        if organisation.startswith("org/") and wanted in {"head", "leader"}:
            titles = list(_HEADS)
        elif wanted == "leader":
            titles = list(_LEADERS)
        found = {slug for held in titles for post, slug in self._holders.get((organisation, held), ()) if post.is_held_at(date)}
        if not found and self._joined is not None:
            found = self._joined.find_holders(
                organisation, lambda post: self.to_canonical_title(post.title) in titles and post.is_held_at(date)
            )
        return self._get(sorted(found))

    def to_canonical_title(self, title: str) -> str:
        """Return what a title is compared as: lower case, one spelling for each office."""
        plain = fold_name(title).replace("defense", "defence").replace("advisor", "adviser")
        for prefix in ("former ", "acting ", "interim ", "outgoing ", "then-", "ex-"):
            plain = plain.removeprefix(prefix)
        known = self.titles.get(plain)
        return known.canonical if known is not None and known.canonical else plain

    def tell_gender(self, first_name: str = "", title: str = "") -> Gender:
        """Return the gender that a title ("Mr", "spokeswoman") or else a given name, or first name of a known person, tells."""
        words = fold_name(title).split()
        for begin in range(len(words)):
            known = self.titles.get(" ".join(words[begin:])) or self.titles.get(words[begin])
            if known is not None and known.gender != "unknown":
                return known.gender
        first = fold_name(first_name)
        return self._given_names.get(first) or self._first_names.get(first, "unknown")

    def is_given_name(self, name: str) -> bool:
        """Return whether the name is one that people are given, and seldom anything else."""
        return fold_name(name) in self._given_names

    def strip_title(self, name: str) -> tuple[str, str]:
        """Return (name without titles in front, those titles); a name that is nothing else is kept."""
        words = name.split()
        begin = 0
        while begin < len(words) - 1:
            for length in (4, 3, 2, 1):
                known = self.titles.get(" ".join(words[begin : begin + length]).casefold())
                if begin + length < len(words) and known is not None and known.is_prefix:
                    begin += length
                    break
            else:
                break
        return " ".join(words[begin:]), " ".join(words[:begin])

    def gazetteer(self) -> tuple[GazetteerEntry, ...]:
        """Return every way to write every actor, for mention extraction, sorted by name, kind and actor."""
        if self._gazetteer is not None:
            return self._gazetteer
        entries: dict[tuple[str, str, str], GazetteerEntry] = {}

        def add(name: str, kind: GazetteerKind, actor: RegistryActor, metonym: Metonym | None = None) -> None:
            entries[name, kind, actor.slug] = GazetteerEntry(
                name=name,
                type=actor.type if metonym is None else metonym.type,
                kind=kind,
                actor=actor.slug,
                is_ambiguous=bool(self.lookup_homonyms(name)) or (metonym is not None and metonym.is_ambiguous),
            )

        for actor in self.actors.values():
            for name in (actor.label, *actor.aliases, *actor.acronyms):
                add(name, "acronym" if name in actor.acronyms or is_acronym(name) else "name", actor)
            for surname in actor.surnames:
                add(surname, "surname", actor)
            for adjective in actor.adjectives:
                add(adjective, "demonym", actor)
            for people in actor.people:
                add(people, "people", actor)
        for metonym in self._metonyms.values():
            add(metonym.name, "city" if metonym.is_city else "metonym", self.actors[metonym.actor], metonym)
        for key, homonyms in self._homonyms.items():
            # "Congo" is no name of either state, but a state all the same.
            is_state = all(h.actor.startswith("state/") for h in homonyms)
            if is_state and not (self._names.get(key) or self._acronyms.get(key) or self._demonyms.get(fold_name(key))):
                for homonym in homonyms:
                    add(homonym.name, "name", self.actors[homonym.actor])
        self._gazetteer = tuple(entries[key] for key in sorted(entries))
        return self._gazetteer


class _Descriptions(Mapping[str, Actor]):
    """The registry's actors by IRI, described when they are asked for."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._prefix = registry.to_iri("")

    def __getitem__(self, iri: str) -> Actor:
        if not iri.startswith(self._prefix):
            raise KeyError(iri)
        return self._registry.describe(iri.removeprefix(self._prefix))

    def __iter__(self) -> Iterator[str]:
        return (self._registry.to_iri(slug) for slug in self._registry.actors)

    def __len__(self) -> int:
        return len(self._registry.actors)
