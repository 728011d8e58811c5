"""The index of imported actors on disk, as resolution reads it: names and posts in one SQLite file that nothing changes.

The file is written whole by `kg.resolve.registers.writing` and then only read. Layout:

- `rows(slug, source, ...)`: what one source says of one actor; an actor is all rows of its slug, by name of the source.
- `names(key, slug, source)`: keys are folded names; those of other tables begin with a mark (`mark_*` below).
- `posts(slug, ..., source)`, and by organisation; an organisation is a slug or a QID.
- `adoptions(slug, shipped)`: an imported actor that is the shipped one of this slug, though no QID says so.
"""

from __future__ import annotations

import json
import os
import sqlite3
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import ResourceInvalidError
from kg.resolve.entries import RegistryActor, RegistryPost
from kg.resolve.names import fold_name, is_acronym

#: Changes with the layout: an index of another version must be imported again.
LAYOUT = "1"
#: The prefix of a slug for each type of actor.
PREFIXES = {"Person": "person", "State": "state", "Organisation": "org", "Group": "group", "Place": "place"}
#: A last name that more persons bear tells nothing even beside a post, and would cost as much as it tells.
_MOST_BEARERS = 200

_NAMED = "SELECT DISTINCT slug FROM names WHERE key = ? ORDER BY slug"
_BEARERS = "SELECT DISTINCT slug FROM names WHERE key = ? ORDER BY slug LIMIT ?"
_ROWS = "SELECT source, part, type, label, names, sort, gender, wikidata, iso2, country FROM rows WHERE slug = ?"
_POSTS = "SELECT DISTINCT title, organisation, begin, end FROM posts WHERE slug = ? ORDER BY begin, end, title, organisation"
_HOLDERS = "SELECT DISTINCT title, begin, end, slug FROM posts WHERE organisation = ?"


class ImportedRegister(NamedTuple):
    """One source of the index.

    Attributes:
        name: its file name, by which it is replaced and removed. digest: SHA-256 of the file.
        dated: ISO date of its latest record, else of the file.
        actors, posts, refused: how many there are; `refused` could not be used.
    """

    name: str
    digest: str
    format: str
    dated: str
    actors: int
    posts: int
    refused: int


class Holding(NamedTuple):
    """That someone holds a post in an organisation that was asked for."""

    post: RegistryPost
    slug: str


def mark_acronym(name: str) -> str:
    """Return the key of a name that is compared as written."""
    return f"={name}"


def mark_last_name(folded: str) -> str:
    """Return the key of a last name, or of another name that tells a person only beside a post or country."""
    return f">{folded}"


def mark_surname(folded: str) -> str:
    """Return the key of a surname that means a person by itself."""
    return f"^{folded}"


class ImportedIndex:
    """Actors of imported registers. Slugs and references are those of the index; `Registry` joins them with its own.

    It can be pickled, and each process has its own connection.

    Attributes:
        digest: of all contents; changes whenever an answer may change.
    """

    def __init__(self, path: Path) -> None:
        """Open the index.

        Raises:
            ResourceInvalidError: the file is no index, or of another layout.
        """
        self.path = path
        self._process = 0
        self._connection: sqlite3.Connection | None = None
        try:
            meta = dict(self._select("SELECT key, value FROM meta"))
            self._order = dict(self._select("SELECT id, name FROM sources"))
            # At most one for each shipped actor without a QID: asked for at every look-up, so kept.
            self._adopters = dict(self._select("SELECT slug, shipped FROM adoptions"))
        except sqlite3.Error as error:
            raise ResourceInvalidError(str(path), f"is no index of imported actors ({error}); import them again") from error
        if meta.get("layout") != LAYOUT:
            raise ResourceInvalidError(str(path), "was written by another version; remove the file and import again")
        self.digest: str = meta["digest"]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_process": 0, "_connection": None}

    def _select(self, query: str, *values: object) -> list[Any]:
        process = os.getpid()
        if self._connection is None or self._process != process:
            # `immutable` spares every lock: the file is replaced as a whole, never changed. A connection of the parent
            # process is not closed here, since it is the parent's.
            self._connection = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=32
            )
            self._process = process
            weakref.finalize(self, self._connection.close)
        return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Give the file back; the next look-up opens it again."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def list_registers(self) -> tuple[ImportedRegister, ...]:
        """Return the sources, sorted by name."""
        rows = self._select("SELECT name, digest, format, dated, actors, posts, refused FROM sources ORDER BY name")
        return tuple(ImportedRegister(*row) for row in rows)

    def lookup(self, name: str) -> tuple[str, ...]:
        """Return the slugs of the actors with this full name or acronym, sorted; empty where none has it."""
        folded = fold_name(name)
        found = self._find_slugs(folded) if folded else ()
        if is_acronym(name):
            return tuple(sorted({*found, *self._find_slugs(mark_acronym(name))}))
        return found

    def lookup_surname(self, name: str) -> tuple[str, ...]:
        """Return the slugs of the persons whom this surname alone means, as their register says."""
        folded = fold_name(name)
        return self._find_slugs(mark_surname(folded)) if folded else ()

    def lookup_last_name(self, name: str) -> tuple[str, ...]:
        """Return the slugs of the persons whose name ends so, sorted; empty also where very many bear it."""
        folded = fold_name(name)
        if not folded:
            return ()
        found = self._select(_BEARERS, mark_last_name(folded), _MOST_BEARERS + 1)
        return tuple(slug for (slug,) in found) if len(found) <= _MOST_BEARERS else ()

    def _find_slugs(self, key: str) -> tuple[str, ...]:
        return tuple(slug for (slug,) in self._select(_NAMED, key))

    def find_holdings(self, organisations: Iterable[str]) -> tuple[Holding, ...]:
        """Return the dated posts in an organisation, given by its slug and its QID where it has one, sorted.

        Posts without any date are left out: nobody knows when they are held.
        """
        found = {
            Holding(RegistryPost(title, organisation, begin, end), slug)
            for organisation in organisations
            for title, begin, end, slug in self._select(_HOLDERS, organisation)
            if begin is not None or end is not None
        }
        return tuple(sorted(found, key=lambda h: (h.slug, h.post.title, h.post.begin or "", h.post.end or "")))

    def find_qid_slug(self, qid: str) -> str | None:
        """Return the slug of the actor with this QID; None where there is none."""
        for prefix in PREFIXES.values():
            slug = f"{prefix}/{qid.lower()}"
            if self._select("SELECT 1 FROM rows WHERE slug = ? LIMIT 1", slug):
                return slug
        return None

    def find_adopter(self, slug: str) -> str | None:
        """Return the slug of the shipped actor that this one is, though no QID says so; None for one of its own."""
        return self._adopters.get(slug)

    def find_adopted(self, shipped: str) -> tuple[str, ...]:
        """Return the slugs of the imported actors that are this shipped one, though no QID says so, sorted."""
        return tuple(sorted(slug for slug, adopter in self._adopters.items() if adopter == shipped))

    def get_actor(self, slug: str) -> RegistryActor | None:
        """Return an actor with the union of what the sources say, references unsettled; None for an unknown slug.

        Where sources differ, the first by name goes before the others.
        """
        rows = sorted(self._select(_ROWS, slug), key=lambda row: (self._order[row[0]], row[1]))
        if not rows:
            return None
        names: dict[str, dict[str, None]] = {}
        for row in rows:
            for kind, listed in json.loads(row[4]).items():
                names.setdefault(kind, {}).update(dict.fromkeys(listed))
        label = rows[0][3]
        aliases = dict.fromkeys(name for name in (*(row[3] for row in rows), *names.get("aliases", ())) if name != label)

        def first(column: int) -> Any:
            return next((row[column] for row in rows if row[column]), None)

        return RegistryActor(
            slug=slug,
            type=rows[0][2],
            label=label,
            aliases=tuple(aliases),
            acronyms=tuple(names.get("acronyms", ())),
            surnames=tuple(names.get("surnames", ())),
            posts=tuple(RegistryPost(*post) for post in self._select(_POSTS, slug)),
            sort=first(5) or "",
            gender=next((row[6] for row in rows if row[6] != "unknown"), "unknown"),
            wikidata=first(7),
            iso2=first(8),
            country=first(9),
        )
