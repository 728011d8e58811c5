"""What several documents together tell of one actor: profiles gathered, ready to be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model.identity import ActorProfile
from kg.model.mention import Gender, MentionType
from kg.resolve.across.body_names import BodyName, parse_body_name
from kg.resolve.across.personal_names import PersonalName, is_partial, parse_name
from kg.resolve.entries import RegistryActor, RegistryPost
from kg.resolve.names import fold_name

BODIES = frozenset({"Organisation", "Group"})
#: So many spellings of one actor are compared with so many of another; the most frequent ones.
_MOST_NAMES = 8

AnyName = PersonalName | BodyName | str


@dataclass(slots=True, eq=False)
class Evidence:
    """An actor as far as some profiles tell.

    Attributes:
        profiles: sorted by document; one or more.
        names: (as compared, as written), the most frequent first.
        countries, affiliations: IRIs of states; of these and of all that it is part of.
        titles: canonical title -> first and last date of a document that gives it (None where no date is known).
        company: registered actor -> number of documents that mention it beside this one.
        posts: of the registry, with the IRI of their organisation.
        located: how many profiles tell a state.
        spread: length of the vector of its company, by share of the documents and rarity; negative until it is measured.
    """

    profiles: Sequence[ActorProfile]
    type: MentionType
    names: list[tuple[AnyName, str]] = field(default_factory=list)
    gender: Gender = "unknown"
    countries: set[str] = field(default_factory=set)
    affiliations: set[str] = field(default_factory=set)
    titles: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    company: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    posts: list[tuple[str, RegistryPost]] = field(default_factory=list)
    registered: frozenset[str] = frozenset()
    dates: tuple[str, str] | None = None
    located: int = 0
    spread: float = -1.0

    @property
    def key(self) -> tuple[str, str]:
        """The smallest (document, actor): names this evidence, whatever order the profiles came in."""
        return self.profiles[0].document, self.profiles[0].actor


class Gatherer:
    """Makes evidence of profiles; holds the registered actors."""

    def __init__(self, registered: Mapping[str, RegistryActor]) -> None:
        """Keep the registered actors by IRI."""
        self.registered = registered
        self._countries: dict[str, str | None] = {}

    def find_country(self, iri: str) -> str | None:
        """Return the state that a registered actor is or belongs to; None where unknown."""
        if iri not in self._countries:
            row = self.registered.get(iri)
            country = None if row is None or row.country is None else self.to_iri(iri, row, row.country)
            self._countries[iri] = iri if row is not None and row.type == "State" else country
        return self._countries[iri]

    @staticmethod
    def to_iri(iri: str, row: RegistryActor, slug: str) -> str:
        """Return the IRI of another slug than that of a row whose IRI is known."""
        return iri.removesuffix(row.slug) + slug

    def gather(self, profiles: Iterable[ActorProfile]) -> Evidence:
        """Return what one or more profiles tell together, in whatever order they come."""
        ordered = sorted(profiles, key=lambda p: (p.document, p.actor))
        found = Evidence(ordered, Counter(p.type for p in ordered).most_common(1)[0][0])
        names: Counter[tuple[str, bool]] = Counter()
        genders: Counter[Gender] = Counter()
        for profile in ordered:
            for name, count in profile.names:
                names[name, profile.is_local] += count
            if profile.gender in {"male", "female"}:
                genders[profile.gender] += 1
            if profile.country is not None:
                found.countries.add(profile.country)
                found.located += 1
            found.affiliations.update(profile.organisations)
            found.company.update(profile.company)
            found.documents.add(profile.document)
            for title in profile.titles:
                found.titles[title] = _widen(found.titles.get(title), profile.published)
        dated = [p.published for p in ordered if p.published]
        found.dates = (min(dated), max(dated)) if dated else None
        found.registered = frozenset(p.actor for p in ordered if p.is_registered)
        if len(genders) == 1 or (genders and genders["male"] != genders["female"]):
            found.gender = genders.most_common(1)[0][0]
        for iri in sorted(found.registered & self.registered.keys()):
            self._add_registered(found, iri, names)
        found.affiliations |= found.countries
        found.affiliations |= {c for iri in found.affiliations if (c := self.find_country(iri)) is not None}
        # What it is part of is mentioned beside it for that reason alone.
        for iri in found.affiliations | found.registered:
            found.company.pop(iri, None)
        found.names = _choose_names(found.type, names)
        return found

    def _add_registered(self, found: Evidence, iri: str, names: Counter[tuple[str, bool]]) -> None:
        row = self.registered[iri]
        for name in (row.label, *row.aliases, *row.acronyms):
            names[name, False] += 1
        if row.gender != "unknown":
            found.gender = row.gender
        if row.country is not None:
            found.countries.add(self.to_iri(iri, row, row.country))
        if row.type == "State":
            found.countries.add(iri)
        for post in row.posts:
            organisation = self.to_iri(iri, row, post.organisation)
            found.posts.append((organisation, post))
            found.affiliations.add(organisation)


def _widen(known: tuple[str | None, str | None] | None, date: str | None) -> tuple[str | None, str | None]:
    first, last = known or (date, date)
    if date is None:
        return first, last
    return min(first or date, date), max(last or date, date)


def _choose_names(kind: MentionType, names: Counter[tuple[str, bool]]) -> list[tuple[AnyName, str]]:
    """Return the names that tell most: full ones, else partial ones, else bare ones and acronyms."""
    parsed: dict[AnyName, Counter[str]] = {}
    for (name, is_bare), count in names.items():
        form = parse_any(kind, name, is_bare=is_bare)
        if form if isinstance(form, str) else form[0] or form[1]:
            parsed.setdefault(form, Counter())[name] += count
    fullest = min((_rank(form) for form in parsed), default=0)
    chosen = [(form, written) for form, written in parsed.items() if _rank(form) == fullest]
    chosen.sort(key=lambda row: (-row[1].total(), min(row[1])))
    return [(form, min(written, key=lambda name: (-written[name], name))) for form, written in chosen[:_MOST_NAMES]]


def parse_any(kind: MentionType, name: str, *, is_bare: bool) -> AnyName:
    """Return a name as names of its type are compared."""
    if kind == "Person":
        return parse_name(name, is_bare=is_bare)
    return parse_body_name(name) if kind in BODIES else fold_name(name)


def _rank(form: AnyName) -> int:
    if isinstance(form, PersonalName):
        return 2 if not form.given else int(is_partial(form))
    return int(isinstance(form, BodyName) and form.is_acronym)


def is_short(evidence: Evidence) -> bool:
    """Return whether all that the documents give is a surname, initials with a surname, or an acronym."""
    return all(_rank(form) > 0 for form, _ in evidence.names)
