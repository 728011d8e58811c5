"""What one document tells of each actor that it mentions, in the form that documents are compared by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.model.actor import Actor
from kg.model.annotation import Annotation
from kg.model.identity import ActorProfile
from kg.model.mention import Gender, Mention
from kg.resolve.names import clean_name
from kg.resolve.registry import Registry

_NAMED = frozenset({"name", "author"})


def make_profiles(annotation: Annotation, registry: Registry) -> tuple[ActorProfile, ...]:
    """Return one profile for each actor that some mention of the document means, sorted by IRI; none for no mentions."""
    return tuple(_Profiler(annotation, registry).make())


class _Profiler:
    """Reads one document's mentions by the actors that they are linked to."""

    def __init__(self, annotation: Annotation, registry: Registry) -> None:
        self._document = annotation.document
        self._registry = registry
        self._actors = {actor.iri: actor for actor in annotation.resolution.actors}
        self._links = {link.mention: link.actor for link in annotation.resolution.links if link.actor is not None}
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        self._titles: dict[str, set[str]] = defaultdict(set)
        self._parts: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in annotation.extraction.mentions:
            actor = self._links.get(mention.id)
            if actor is not None:
                self._mentions[actor].append(mention)
                self._note(actor, mention.title, mention.affiliation)
        for post in annotation.extraction.posts:
            holder = self._links.get(post.holder)
            if holder is not None:
                self._note(holder, post.title, post.organisation)

    def _note(self, actor: str, title: str | None, part: str | None) -> None:
        office = "" if title is None else self._to_office(title)
        if office:
            self._titles[actor].add(office)
        other = None if part is None else self._links.get(part)
        if other is not None and other != actor:
            self._parts[actor][other] += 1

    def _to_office(self, title: str) -> str:
        """Return what a title is compared as, without the people in front; empty for one that names no office ("Mr")."""
        words = title.split()
        while len(words) > 1 and self._registry.lookup_demonym(words[0]):
            words.pop(0)
        canonical = self._registry.to_canonical_title(" ".join(words))
        known = self._registry.titles.get(canonical)
        return "" if known is not None and not known.canonical else canonical

    def make(self) -> Iterable[ActorProfile]:
        known = sorted(iri for iri in self._mentions if self._actors[iri].is_registered)
        for iri in sorted(self._mentions):
            actor = self._actors[iri]
            names, is_named = self._count_names(actor)
            yield ActorProfile(
                document=self._document.id,
                published=self._document.published,
                actor=iri,
                type=actor.type,
                names=names,
                titles=tuple(sorted(self._titles[iri])),
                gender=self._tell_gender(actor, names),
                country=self._find_country(actor),
                organisations=tuple(sorted(self._parts[iri])),
                company=tuple(other for other in known if other != iri),
                is_registered=actor.is_registered,
                is_local=actor.is_local,
                is_named=is_named,
            )

    def _count_names(self, actor: Actor) -> tuple[tuple[tuple[str, int], ...], bool]:
        """Return (names with counts, whether they are names): demonyms count where nothing else does, then descriptions."""
        mentions = self._mentions[actor.iri]
        for kinds, is_named in ((_NAMED, True), ({"demonym"}, True), ({"nominal"}, False), ({"pronoun"}, False)):
            found = Counter(self._clean(actor, m) for m in mentions if m.kind in kinds)
            found.pop("", None)
            if found:
                return tuple(sorted(found.items())), is_named
        return ((actor.label, 1),), False

    def _clean(self, actor: Actor, mention: Mention) -> str:
        name = clean_name(mention.name)
        return self._registry.strip_title(name)[0] if actor.type == "Person" else name

    def _tell_gender(self, actor: Actor, names: tuple[tuple[str, int], ...]) -> Gender:
        """Return a person's gender: of the registry, of pronouns and titles, else of the given name."""
        if actor.type != "Person":
            return "unknown"
        if actor.is_registered:
            row = self._registry.actors.get(actor.iri.removeprefix(f"{self._registry.base}actor/"))
            if row is not None and row.gender != "unknown":
                return row.gender
        mentions = self._mentions[actor.iri]
        told: Counter[Gender] = Counter(m.gender for m in mentions if m.gender in {"male", "female"})
        told.update(g for m in mentions if m.title and (g := self._registry.tell_gender(title=m.title)) != "unknown")
        if told["male"] != told["female"]:
            return "male" if told["male"] > told["female"] else "female"
        given = {self._registry.tell_gender(name.split()[0]) for name, _ in names if " " in name} - {"unknown"}
        return given.pop() if len(given) == 1 and not actor.is_local else "unknown"

    def _find_country(self, actor: Actor) -> str | None:
        """Return the state that it is, that it belongs to by resolution, or that most of what it is part of belongs to."""
        if actor.type == "State":
            return actor.iri
        if actor.country is not None:
            return actor.country
        found: Counter[str] = Counter()
        for part, count in self._parts[actor.iri].items():
            other = self._actors[part]
            country = part if other.type == "State" else other.country
            if country is not None:
                found[country] += count
        return min(found, key=lambda iri: (-found[iri], iri), default=None)
