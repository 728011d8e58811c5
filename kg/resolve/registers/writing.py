"""Writes the index of imported actors: a new file beside the old one, which takes its name when it is complete.

Whatever ends the process earlier leaves the old index as it was. Records are staged in SQLite's own temporary file and
inserted sorted, so that memory stays bounded by its caches, whatever the size of a register.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import OutputUnwritableError, ResourceInvalidError, StoreLockedError
from kg.model.identifier import to_digest, to_slug
from kg.resolve.names import fold_name, is_acronym, split_person_name
from kg.resolve.registers import imported
from kg.resolve.registers.entries import Refusal, RegisterActor, RegisterEntry, RegisterPosition, RegisterPost
from kg.resolve.registers.imported import PREFIXES, ImportedIndex, ImportedRegister
from kg.resolve.registers.references import References

_SLUG = re.compile(r"[a-z]+/[a-z0-9-]+")
_CACHE_KB = 32_000
_LAYOUT = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources(id INTEGER PRIMARY KEY, name TEXT UNIQUE, digest TEXT, format TEXT, dated TEXT,
  actors INTEGER, posts INTEGER, refused INTEGER, contents TEXT);
CREATE TABLE rows(slug TEXT, source INTEGER, part INTEGER, type TEXT, label TEXT, names TEXT, sort TEXT, gender TEXT,
  wikidata TEXT, iso2 TEXT, country TEXT, fits TEXT, PRIMARY KEY(slug, source, part)) WITHOUT ROWID;
CREATE TABLE names(key TEXT, slug TEXT, source INTEGER, PRIMARY KEY(key, slug, source)) WITHOUT ROWID;
CREATE TABLE posts(slug TEXT, title TEXT, organisation TEXT, begin TEXT, end TEXT, source INTEGER);
CREATE TABLE adoptions(slug TEXT PRIMARY KEY, shipped TEXT) WITHOUT ROWID;
"""
_STAGE = """
CREATE TEMP TABLE staged_rows(slug TEXT, type TEXT, label TEXT, names TEXT, sort TEXT, gender TEXT, wikidata TEXT,
  iso2 TEXT, country TEXT, fits TEXT);
CREATE TEMP TABLE staged_names(key TEXT, slug TEXT);
CREATE TEMP TABLE staged_posts(holder TEXT, title TEXT, position TEXT, organisation TEXT, begin TEXT, end TEXT);
CREATE TEMP TABLE keys(key TEXT PRIMARY KEY, slug TEXT, country TEXT, died TEXT) WITHOUT ROWID;
CREATE TEMP TABLE positions(key TEXT PRIMARY KEY, title TEXT, organisation TEXT) WITHOUT ROWID;
"""
_ROWS = """
INSERT INTO rows SELECT slug, ?, min(rowid), type, label, names, sort, gender, wikidata, iso2, country, fits FROM staged_rows
GROUP BY slug, type, label, names, sort, gender, wikidata, iso2, country, fits ORDER BY slug, min(rowid)
"""
_NAMES = "INSERT INTO names SELECT DISTINCT key, slug, ? FROM staged_names ORDER BY key, slug"
_POSTS = """
SELECT keys.slug, staged_posts.title, coalesce(staged_posts.organisation, positions.organisation), keys.country,
  positions.title, staged_posts.begin, coalesce(staged_posts.end, keys.died)
FROM staged_posts JOIN keys ON keys.key = staged_posts.holder LEFT JOIN positions ON positions.key = staged_posts.position
ORDER BY staged_posts.rowid
"""
#: One imported actor for one shipped one: with two QIDs, or two in one source, nobody knows which it is.
_ADOPTIONS = """
INSERT OR IGNORE INTO adoptions
SELECT DISTINCT slug, fits FROM fitting AS own
WHERE (SELECT count(DISTINCT wikidata) FROM fitting WHERE fits = own.fits) < 2
  AND NOT EXISTS (SELECT 1 FROM fitting WHERE fits = own.fits GROUP BY source HAVING count(DISTINCT slug) > 1)
ORDER BY slug, fits
"""


def write_register(
    index: Path,
    name: str,
    entries: Iterable[RegisterEntry],
    references: References,
    *,
    digest: str,
    form: str,
    dated: str,
    on_refusal: Callable[[Refusal], None] = lambda _: None,
) -> ImportedRegister:
    """Add a source to the index, or put it in the place of the source of the same name; return what it holds.

    Args:
        index: path of the index; it and its folder are made where they are missing.
        name: of the source.
        entries: what a reader yields; an exception of it leaves the index as it was.
        references: to the shipped actors.
        digest: of the source's file.
        form: name of its format.
        dated: ISO date of the source where its records give none.
        on_refusal: is told each record that cannot be used.

    Raises:
        StoreLockedError: another process writes the index.
        ResourceInvalidError: the index is damaged or of another version.
        OutputUnwritableError: the folder cannot be written.
    """
    with _rewrite(index) as connection:
        _delete(connection, name)
        (source,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM sources").fetchone()
        stage = _Stage(connection, references, form)
        refused = 0
        for entry in entries:
            if isinstance(entry, Refusal):
                refused += 1
                on_refusal(entry)
            else:
                stage.add(entry)
        actors, posts, contents = stage.finish(source)
        register = ImportedRegister(name, digest, form, stage.modified or dated, actors, posts, refused)
        connection.execute("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (source, *register, contents))
        _conclude(connection)
    return register


def remove_register(index: Path, name: str) -> bool:
    """Remove a source by its name; False where there is no such source, and nothing changes then."""
    if not index.is_file() or all(register.name != name for register in list_registers(index)):
        return False
    with _rewrite(index) as connection:
        _delete(connection, name)
        _conclude(connection)
        connection.commit()
        connection.execute("VACUUM")
    return True


def list_registers(index: Path) -> tuple[ImportedRegister, ...]:
    """Return the sources of an index, sorted by name; empty where there is no index."""
    if not index.is_file():
        return ()
    found = ImportedIndex(index)
    try:
        return found.list_registers()
    finally:
        found.close()


@contextlib.contextmanager
def _rewrite(index: Path) -> Iterator[sqlite3.Connection]:
    """Yield a copy of the index, or an empty one, which takes its place at the end unless an exception comes first."""
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        lock = (index.parent / f".{index.name}.lock").open("w")
    except OSError as error:
        raise OutputUnwritableError(str(index), error.strerror or type(error).__name__) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreLockedError(str(index), "another import") from error
        # Nobody else writes now: parts that a killed process left are of no use.
        for stale in sorted(index.parent.glob(f".{index.name}.*.part*")):
            stale.unlink(missing_ok=True)
        part = index.parent / f".{index.name}.{os.getpid()}.part"
        try:
            if index.is_file():
                list_registers(index)  # says what is wrong with a file that is no index
                shutil.copyfile(index, part)
            with contextlib.closing(sqlite3.connect(part)) as connection:
                for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KB}", "temp_store = FILE"):
                    connection.execute(f"PRAGMA {pragma}")
                if not index.is_file():
                    connection.executescript(_LAYOUT)
                yield connection
                connection.commit()
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.replace(index)
        except sqlite3.DatabaseError as error:
            raise ResourceInvalidError(str(index), f"cannot be written ({error}); remove it and import again") from error
        except OSError as error:
            raise OutputUnwritableError(str(index), error.strerror or type(error).__name__) from error
        finally:
            part.unlink(missing_ok=True)


def _delete(connection: sqlite3.Connection, name: str) -> None:
    for (source,) in connection.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchall():
        for query in _DELETIONS:
            connection.execute(query, (source,))


_DELETIONS = (
    "DELETE FROM rows WHERE source = ?",
    "DELETE FROM names WHERE source = ?",
    "DELETE FROM posts WHERE source = ?",
    "DELETE FROM sources WHERE id = ?",
)


def _conclude(connection: sqlite3.Connection) -> None:
    """Derive what depends on all sources: adoptions, indexes and the digest."""
    connection.execute("DELETE FROM adoptions")
    connection.execute("CREATE TEMP TABLE fitting AS SELECT slug, source, wikidata, fits FROM rows WHERE fits IS NOT NULL")
    connection.execute("CREATE INDEX temp.fitting_shipped ON fitting(fits)")
    connection.execute(_ADOPTIONS)
    connection.execute("CREATE INDEX IF NOT EXISTS posts_of ON posts(slug)")
    connection.execute("CREATE INDEX IF NOT EXISTS posts_in ON posts(organisation)")
    digest = hashlib.sha256(imported.LAYOUT.encode())
    for query in ("SELECT name, contents FROM sources ORDER BY name", "SELECT slug, shipped FROM adoptions ORDER BY slug"):
        for row in connection.execute(query):
            digest.update(repr(row).encode())
    meta = (("layout", imported.LAYOUT), ("digest", digest.hexdigest()))
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta)


class _Stage:
    """The entries of one source, until all are there and the references between them can be settled."""

    def __init__(self, connection: sqlite3.Connection, references: References, form: str) -> None:
        self._connection = connection
        self._references = references
        self._form = form
        self._contents = hashlib.sha256()
        self.modified = ""
        connection.executescript(_STAGE)

    def add(self, entry: RegisterActor | RegisterPosition | RegisterPost) -> None:
        execute = self._connection.execute
        if isinstance(entry, RegisterActor):
            self._add_actor(entry)
        elif isinstance(entry, RegisterPosition):
            organisation = self._references.settle(entry.organisation)
            execute("INSERT OR IGNORE INTO positions VALUES (?, ?, ?)", (entry.key, entry.title, organisation))
        else:
            organisation = self._references.settle(entry.organisation)
            row = (entry.holder, entry.title, entry.position, organisation, entry.begin, entry.end)
            execute("INSERT INTO staged_posts VALUES (?, ?, ?, ?, ?, ?)", row)

    def _add_actor(self, actor: RegisterActor) -> None:
        slug = self._choose_slug(actor)
        country = self._references.settle(actor.country)
        fits = None if self._references.is_shipped(slug) else self._references.find_shipped(actor, country)
        lists = {"aliases": actor.aliases, "acronyms": actor.acronyms, "surnames": actor.surnames, "weak": actor.weak}
        names = json.dumps({kind: listed for kind, listed in lists.items() if listed}, ensure_ascii=False)
        row = (slug, actor.type, actor.label, names, actor.sort, actor.gender, actor.wikidata, actor.iso2, country, fits)
        execute = self._connection.execute
        execute("INSERT INTO staged_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", (actor.key, slug, country, actor.died))
        pairs = ((key, slug) for key in sorted(set(_find_keys(actor))))
        self._connection.executemany("INSERT INTO staged_names VALUES (?, ?)", pairs)
        self._contents.update(repr((actor.key, *row, actor.died)).encode("utf-8", "surrogatepass"))
        self.modified = max(self.modified, actor.modified or "")

    def _choose_slug(self, actor: RegisterActor) -> str:
        """Return the shipped slug that the file names, else one from the QID, else the file's own, else one from its key."""
        prefix = PREFIXES[actor.type]
        if actor.slug is not None and self._references.is_shipped(actor.slug):
            return actor.slug
        if actor.wikidata is not None:
            return f"{prefix}/{actor.wikidata.lower()}"
        if actor.slug is not None and _SLUG.fullmatch(actor.slug) and actor.slug.startswith(f"{prefix}/"):
            return actor.slug
        return f"{prefix}/{to_slug(actor.label)}-{to_digest(f'{self._form} {actor.key} {actor.label}')[:8]}"

    def finish(self, source: int) -> tuple[int, int, str]:
        """Insert all that was staged; return the numbers of actors and posts, and the digest of the contents."""
        connection = self._connection
        connection.execute(_ROWS, (source,))
        connection.execute("DROP TABLE staged_rows")
        connection.execute(_NAMES, (source,))
        connection.execute("DROP TABLE staged_names")
        for index in ("posts_of", "posts_in"):
            connection.execute(f"DROP INDEX IF EXISTS {index}")
        posts = 0
        for row in self._find_posts():
            connection.execute("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)", (*row, source))
            self._contents.update(repr(row).encode("utf-8", "surrogatepass"))
            posts += 1
        (actors,) = connection.execute("SELECT count(DISTINCT slug) FROM rows WHERE source = ?", (source,)).fetchone()
        return actors, posts, self._contents.hexdigest()

    def _find_posts(self) -> Iterator[tuple[str, str, str, str | None, str | None]]:
        """Yield the posts whose holder and organisation are known; a position without a title has none to give."""
        for slug, own_title, organisation, country, position_title, begin, end in self._connection.execute(_POSTS):
            settled = organisation
            if organisation is not None and not self._references.is_shipped(organisation):
                # Of the same file by its key or slug there; a QID or slug of another file stays.
                known = self._find_slug(organisation.removeprefix("key:"))
                settled = known or (None if organisation.startswith("key:") else organisation)
            title, found = self._references.split_title(own_title or position_title or "", settled)
            body = found or country
            if body is not None and (begin is None or end is None or begin <= end):
                yield slug, title, body, begin, end

    def _find_slug(self, key: str) -> str | None:
        """Return the slug of a record of the file; None where it has no such record."""
        found = self._connection.execute("SELECT slug FROM keys WHERE key = ?", (key,)).fetchone()
        if found is None:
            return None
        slug = str(found[0])
        # Whatever type the register gives it, an actor with the QID of a shipped one is that one.
        shipped = self._references.settle(slug.rpartition("/")[2].upper())
        return shipped if self._references.is_shipped(shipped) else slug


def _find_keys(actor: RegisterActor) -> Iterator[str]:
    """Yield the keys that an actor is looked up by.

    A single word among a person's other names ("Boris") tells it from others only beside a post or country.
    """
    for name in (actor.label, *actor.aliases):
        folded = fold_name(name)
        if not folded:
            continue
        if is_acronym(name):
            yield imported.mark_acronym(name)
        elif actor.type == "Person" and name != actor.label and " " not in folded:
            yield imported.mark_last_name(folded)
        else:
            yield folded
    for name in actor.acronyms:
        yield imported.mark_acronym(name)
    if actor.type == "Person":
        tokens = split_person_name(actor.label)
        weak = {fold_name(name) for name in (*actor.surnames, *actor.weak)} | {tokens[-1] if tokens else ""}
        yield from (imported.mark_last_name(folded) for folded in weak if folded)
        yield from (imported.mark_surname(folded) for name in actor.surnames if (folded := fold_name(name)))
