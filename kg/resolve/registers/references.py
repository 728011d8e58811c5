"""What the references and titles of a register mean among the shipped actors."""

from __future__ import annotations

from collections.abc import Mapping

from kg.resolve.entries import RegistryActor
from kg.resolve.index import Registry
from kg.resolve.names import fold_name
from kg.resolve.registers.entries import QID, RegisterActor
from kg.resolve.tables import read_rows
from kg.resources import find_resource


class References:
    """Settles references to shipped actors; those to actors of the same file are left to the writer."""

    def __init__(self, registry: Registry) -> None:
        """Index the shipped actors by code and QID; imported ones have no say, so that the order of imports has none."""
        self._registry = registry
        self._codes = _read_codes(registry.actors)
        self._qids = {a.wikidata: slug for slug, a in registry.actors.items() if a.wikidata is not None}
        self._titles: dict[tuple[str, str | None], tuple[str, str | None]] = {}

    def is_shipped(self, slug: str | None) -> bool:
        """Return whether a slug is one of the shipped registry's."""
        return slug in self._registry.actors

    def settle(self, reference: str | None) -> str | None:
        """Return the shipped slug of a reference; a QID, slug or `key:` that is not shipped stays; else None."""
        if reference is None or reference in self._registry.actors:
            return reference
        if QID.fullmatch(reference):
            return self._qids.get(reference, reference)
        kind, colon, rest = reference.partition(":")
        if not colon:
            return reference
        if kind == "iso":
            return self._codes.get(rest.upper())
        if kind == "name":
            found = self._find_bodies(rest)
            return found[0] if len(found) == 1 else None
        return reference

    def find_shipped(self, actor: RegisterActor, country: str | None) -> str | None:
        """Return the shipped actor that an imported one fits by name, type and (settled) country, though no QID says so."""
        for name in (actor.label, *actor.aliases):
            named = [a for a in self._find_shipped(name) if a.type == actor.type]
            fitting = [a for a in named if a.wikidata is None or actor.wikidata is None]
            if len(named) == 1 and fitting and fitting[0].country == country and (country or actor.type != "Person"):
                return fitting[0].slug
        return None

    def split_title(self, title: str, organisation: str | None) -> tuple[str, str | None]:
        """Return an office without its body, in lower case, and the body: "President of Norway" is (president, state/no).

        A body in the title goes before `organisation` only where that is None; a title that is nothing else is kept.
        """
        key = (title, organisation)
        if key not in self._titles:
            if len(self._titles) > 100_000:
                self._titles.clear()
            self._titles[key] = self._split_title(" ".join(title.split()), organisation)
        return self._titles[key]

    def _split_title(self, title: str, organisation: str | None) -> tuple[str, str | None]:
        words = title.split()
        for at in range(1, len(words) - 1):
            body = self._match(" ".join(words[at + 1 :]), organisation) if words[at].casefold() in {"of", "to"} else None
            if body is not None:
                return " ".join(words[:at]).lower(), body
        for length in (2, 1):
            if len(words) > length:
                states = {a.slug for a in self._registry.lookup_demonym(" ".join(words[:length]))}
                if organisation in states or (organisation is None and len(states) == 1):
                    return " ".join(words[length:]).lower(), organisation or states.pop()
        return title.lower(), organisation

    def _match(self, name: str, organisation: str | None) -> str | None:
        """Return the body that a name means, if it may be the one given."""
        found = self._find_bodies(name)
        if organisation is not None:
            return organisation if organisation in found else None
        return found[0] if len(found) == 1 else None

    def _find_bodies(self, name: str) -> list[str]:
        return [actor.slug for actor in self._find_shipped(name) if actor.type != "Person"]

    def _find_shipped(self, name: str) -> list[RegistryActor]:
        # Alone, so that what was imported before cannot change what a title or reference means.
        return [actor for actor in self._registry.lookup(name) if actor.slug in self._registry.actors] if fold_name(name) else []


def _read_codes(actors: Mapping[str, RegistryActor]) -> dict[str, str]:
    """Return the slug of each ISO 3166-1 code, of two letters and of three, and of CAMEO's own codes of three."""
    codes = {actor.iso2.upper(): slug for slug, actor in actors.items() if actor.iso2}
    path = find_resource("ontology/actors") / "states.csv"
    rows = [row for row in read_rows(path, ("slug", "iso3", "cameo")) if row["slug"] in actors]
    for column in ("iso3", "cameo"):
        for row in rows:
            if len(row[column]) == 3:
                codes.setdefault(row[column].upper(), row["slug"])
    return codes
