"""The registry of known actors, read from `ontology/actors/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_args

from kg.errors import ResourceInvalidError
from kg.model.mention import Gender, MentionType
from kg.resolve.entries import Homonym, Metonym, RegistryActor, RegistryPost, Title
from kg.resolve.index import Registry
from kg.resolve.names import fold_name
from kg.resolve.registers.imported import ImportedIndex
from kg.resolve.tables import read_rows, split_cell
from kg.resources import find_resource

__all__ = ["Registry", "read_registry"]

_STATE = (
    "slug",
    "label",
    "official",
    "aliases",
    "adjectives",
    "nouns",
    "qid",
    "iso2",
    "iso3",
    "cow",
    "cameo",
    "parent",
    "source",
)
_ORGANISATION = ("slug", "label", "aliases", "acronyms", "kind", "scope", "country", "qid", "source")
_PERSON = ("slug", "label", "aliases", "surnames", "gender", "posts", "qid", "source")
_METONYM = ("name", "type", "kind", "actor", "ambiguous", "confidence")
_HOMONYM = ("name", "actor", "default", "supports", "opposes")
_TITLE = ("title", "canonical", "gender", "is_prefix")
_GIVEN_NAME = ("name", "gender")

#: Tables of persons, all of one form.
_PERSONS = ("persons.csv", "legislators.csv")
_SCOPES = frozenset({"international", "regional", "national", "non-state"})


def read_registry(base: str, folder: Path | None = None, imported: Path | None = None) -> Registry:
    """Read the registry's files; `base` is where actor IRIs begin, `folder` other files than those that are shipped.

    `imported` is an index of imported actors (`kg.resolve.registers`), which need not exist.

    Raises:
        ResourceInvalidError: a file is missing or malformed, or a row names an actor that is in no file.
    """
    folder = folder or find_resource("ontology/actors")
    actors = [*_read_states(folder), *_read_organisations(folder), *_read_persons(folder)]
    slugs = {actor.slug for actor in actors}
    if len(slugs) != len(actors):
        twice = sorted(slug for slug in slugs if sum(a.slug == slug for a in actors) > 1)
        raise ResourceInvalidError(str(folder), f"the actor {twice[0]!r} stands there twice")
    metonyms = list(_read_metonyms(folder))
    homonyms = list(_read_homonyms(folder))
    named = [(a.slug, a.country) for a in actors if a.country is not None]
    named += [(a.slug, post.organisation) for a in actors for post in a.posts]
    named += [(m.name, m.actor) for m in metonyms] + [(h.name, h.actor) for h in homonyms]
    for row, slug in named:
        if slug not in slugs:
            raise ResourceInvalidError(str(folder), f"{row!r} names the actor {slug!r}, which is in no file")
    index = None if imported is None or not imported.is_file() else ImportedIndex(imported)
    return Registry(base, actors, metonyms, homonyms, _read_titles(folder), given_names=_read_given_names(folder), imported=index)


def _read_states(folder: Path) -> Iterator[RegistryActor]:
    for row in read_rows(folder / "states.csv", _STATE):
        official = (row["official"],) if row["official"] != row["label"] else ()
        yield RegistryActor(
            slug=row["slug"],
            type="State",
            label=row["label"],
            aliases=(*official, *split_cell(row["aliases"])),
            adjectives=split_cell(row["adjectives"]),
            people=split_cell(row["nouns"]),
            wikidata=row["qid"] or None,
            iso2=row["iso2"] or None,
            country=row["parent"] or None,
            iso3=row["iso3"] or None,
            cow=row["cow"] or None,
            cameo=row["cameo"] or None,
            source=row["source"],
        )


def _read_organisations(folder: Path) -> Iterator[RegistryActor]:
    path = folder / "organisations.csv"
    for row in read_rows(path, _ORGANISATION):
        if row["scope"] not in _SCOPES:
            raise ResourceInvalidError(str(path), f"{row['slug']!r}: {row['scope']!r} is no scope")
        yield RegistryActor(
            slug=row["slug"],
            type="Organisation",
            label=row["label"],
            aliases=split_cell(row["aliases"]),
            acronyms=split_cell(row["acronyms"]),
            sort=row["kind"],
            scope=row["scope"],
            wikidata=row["qid"] or None,
            country=row["country"] or None,
            source=row["source"],
        )


def _read_persons(folder: Path) -> Iterator[RegistryActor]:
    for path in (folder / name for name in _PERSONS):
        for row in read_rows(path, _PERSON):
            posts = tuple(_to_post(path, cell) for cell in split_cell(row["posts"]))
            yield RegistryActor(
                slug=row["slug"],
                type="Person",
                label=row["label"],
                aliases=split_cell(row["aliases"]),
                surnames=split_cell(row["surnames"]),
                posts=posts,
                gender=_to_gender(path, row["gender"]),
                wikidata=row["qid"] or None,
                country=next((post.organisation for post in posts if post.organisation.startswith("state/")), None),
                source=row["source"],
            )


def _to_post(path: Path, cell: str) -> RegistryPost:
    """Return `title@organisation:begin..end` as a post."""
    title, at, rest = cell.partition("@")
    organisation, colon, dates = rest.rpartition(":")
    begin, dots, end = dates.partition("..")
    if not (title and at and organisation and colon and dots):
        raise ResourceInvalidError(str(path), f"the post {cell!r} is not title@organisation:begin..end")
    return RegistryPost(title, organisation, begin or None, end or None)


def _to_gender(path: Path, cell: str) -> Gender:
    if cell not in get_args(Gender):
        raise ResourceInvalidError(str(path), f"{cell!r} is no gender")
    return cast("Gender", cell)


def _read_metonyms(folder: Path) -> Iterator[Metonym]:
    path = folder / "metonyms.csv"
    for row in read_rows(path, _METONYM):
        if row["type"] not in get_args(MentionType) or row["kind"] not in {"metonym", "city"}:
            raise ResourceInvalidError(str(path), f"{row['name']!r}: {row['type']!r}, {row['kind']!r} is no type and kind")
        try:
            confidence = float(row["confidence"])
        except ValueError as error:
            raise ResourceInvalidError(str(path), f"{row['name']!r}: {row['confidence']!r} is no confidence") from error
        mention_type = cast("MentionType", row["type"])
        yield Metonym(row["name"], mention_type, row["kind"] == "city", row["actor"], bool(row["ambiguous"]), confidence)


def _read_homonyms(folder: Path) -> Iterator[Homonym]:
    for row in read_rows(folder / "homonyms.csv", _HOMONYM):
        supports, opposes = (frozenset(fold_name(v) for v in split_cell(row[column])) for column in ("supports", "opposes"))
        yield Homonym(row["name"], row["actor"], row["default"] == "yes", supports, opposes)


def _read_titles(folder: Path) -> dict[str, Title]:
    path = folder / "titles.csv"
    return {
        row["title"]: Title(row["canonical"], _to_gender(path, row["gender"] or "unknown"), bool(row["is_prefix"]))
        for row in read_rows(path, _TITLE)
    }


def _read_given_names(folder: Path) -> dict[str, Gender]:
    path = folder / "given_names.csv"
    return {fold_name(row["name"]): _to_gender(path, row["gender"]) for row in read_rows(path, _GIVEN_NAME)}
