"""Files of registers: which format they are in, and their entries. Compressed files (gzip, bzip2, xz) are told by content."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import hashlib
import json
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from kg.errors import InputMissingError, ParameterInvalidError, RegisterInvalidError
from kg.resolve.registers.entries import ReadingOptions, RegisterEntry
from kg.resolve.registers.ftm import read_entities
from kg.resolve.registers.petrarch import read_dictionary
from kg.resolve.registers.popolo import read_popolo
from kg.resolve.registers.sheets import read_sheet
from kg.resolve.registers.wikidata import read_dump, read_results

#: Format -> what it is, for people.
FORMATS = {
    "wikidata": "Wikidata JSON dump, one entity a line",
    "sparql": "SPARQL results as JSON",
    "ftm": "FollowTheMoney or OpenSanctions JSON Lines",
    "popolo": "Popolo JSON",
    "petrarch": "actor dictionary of Phoenix, PETRARCH or TABARI",
    "csv": "table with names, or SPARQL results",
    "tsv": "the same with tabs",
}
_COMPRESSIONS: dict[bytes, Callable[[Path], object]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
_PEEK = 1 << 16
_POPOLO = re.compile(rb'"(?:persons|organizations|memberships|posts|events|areas)"\s*:\s*\[')
_DICTIONARY = re.compile(rb"^[A-Z0-9][^\n\[{]*(?:\n[ \t]*\+?[^\n\[{]*){0,40}\[[A-Z~-]{3,}[ \]]", re.MULTILINE)
_UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError)


def find_register_format(path: Path, form: str | None = None) -> str:
    """Return the format of a file, by its content and, for tables, its ending; `form` overrides.

    Raises:
        InputMissingError: there is no such file.
        ParameterInvalidError: `form` is no format.
        RegisterInvalidError: the file is in none of the formats, or cannot be read.
    """
    if form is not None and form not in FORMATS:
        raise ParameterInvalidError(f"--format {form!r}: no such format; there are {', '.join(FORMATS)}")
    with _open(path) as file:
        head = file.read(_PEEK)
    found = form or _tell_format(path, head.removeprefix(b"\xef\xbb\xbf").lstrip())
    if found is None:
        raise RegisterInvalidError(str(path), f"is in no format that is known; say which with --format {'|'.join(FORMATS)}")
    return found


def _tell_format(path: Path, head: bytes) -> str | None:
    endings = [ending.lower() for ending in path.suffixes]
    for name in ("csv", "tsv"):
        if f".{name}" in endings:
            return name
    if head.startswith(b"["):
        return "sparql" if re.match(rb'\[\s*\{\s*"item"', head) else "wikidata"
    if head.startswith(b"{"):
        first = head.partition(b"\n")[0].strip().rstrip(b",")
        try:
            keys = set(json.loads(first))
        except ValueError:
            keys = set()
        if {"schema", "properties"} <= keys:
            return "ftm"
        if "labels" in keys or "claims" in keys:
            return "wikidata"
        if re.match(rb'\{\s*"head"\s*:', head):
            return "sparql"
        return "popolo" if _POPOLO.search(head) else None
    return "petrarch" if _DICTIONARY.search(head) else None


@contextmanager
def open_register(path: Path, form: str, options: ReadingOptions) -> Iterator[Iterator[RegisterEntry]]:
    """Give the entries of a file in the format; they are read as they are asked for, but for `sparql` and `popolo`.

    Raises:
        InputMissingError: there is no such file.
        RegisterInvalidError: the file as a whole is not in the format, or is damaged.
    """
    with _open(path) as file:
        yield _find_entries(path, file, form, options)


def _find_entries(path: Path, file: IO[bytes], form: str, options: ReadingOptions) -> Iterator[RegisterEntry]:
    """Yield the entries; what goes wrong in reading is told from what goes wrong where they are used."""
    try:
        yield from _read(file, form, options)
    except (ValueError, KeyError) as error:
        raise RegisterInvalidError(str(path), f"is no {FORMATS[form]} ({error})") from error
    except _UNREADABLE as error:
        raise RegisterInvalidError(str(path), f"cannot be read ({error})") from error


def _read(file: IO[bytes], form: str, options: ReadingOptions) -> Iterator[RegisterEntry]:
    if form == "wikidata":
        return read_dump(file, options)
    if form == "ftm":
        return read_entities(file, options)
    if form == "petrarch":
        return read_dictionary(file, options)
    if form in {"csv", "tsv"}:
        return read_sheet(file, options, "\t" if form == "tsv" else ",")
    whole = file.read().removeprefix(b"\xef\xbb\xbf")
    return read_results(whole, options) if form == "sparql" else read_popolo(whole, options)


def compute_file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as it lies on disk, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_file_date(path: Path) -> str:
    """Return the ISO date (UTC) on which a file was last changed."""
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date().isoformat()


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    if not path.is_file():
        raise InputMissingError(str(path))
    try:
        with path.open("rb") as file:
            start = file.read(6)
        opener = next((o for magic, o in _COMPRESSIONS.items() if start.startswith(magic)), None)
        with path.open("rb") if opener is None else cast("IO[bytes]", opener(path)) as file:
            yield file
    except _UNREADABLE as error:
        raise RegisterInvalidError(str(path), f"cannot be read ({error})") from error
