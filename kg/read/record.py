"""A record: one text and its metadata as a format gives them, before it becomes a `Document`."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field

from kg.errors import DocumentRefusedError
from kg.read.limits import MAX_TEXT_LENGTH

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,2000}", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a format gives of one text.

    Attributes:
        text: verbatim; for markup the text extracted from it.
        title, publisher, author, language, url: as given, maybe empty or malformed.
        published: as given, in any notation (`kg.read.dates` reads it).
        section: name of the part of the site that it stands in.
        number: 1-based number in a file of many records; None where the file is one document.
        line: 1-based line of the file, for messages.
        name: the record's own identifier in its file.
        sha256: hex digest of its bytes, or of its canonical JSON.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    section: str | None = None
    is_opinion: bool = False
    number: int | None = None
    line: int | None = None
    name: str | None = None
    sha256: str = field(default="")


def hash_values(values: object) -> str:
    """Return the hex SHA-256 of a value's canonical JSON: keys sorted, no spaces, ASCII only."""
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def check_text(text: str, path: str, line: int | None = None) -> None:
    """Refuse a text that no document can hold.

    Raises:
        DocumentRefusedError: it is blank or too long, or has a NUL or a lone surrogate, which no file of
            RDF can carry.
    """
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        raise DocumentRefusedError(path, "holds no text", line)
    if len(text) > MAX_TEXT_LENGTH:
        problem = f"the text has {len(text):,} characters, the limit is {MAX_TEXT_LENGTH:,}; split it into articles"
        raise DocumentRefusedError(path, problem, line)
    if "\0" in text:
        raise DocumentRefusedError(path, "holds NUL characters; it is binary or damaged", line)
    if not is_encodable(text):
        raise DocumentRefusedError(path, "holds bytes that are not UTF-8, or lone surrogates; convert or repair it", line)


def is_encodable(text: str) -> bool:
    """Tell whether UTF-8 can hold the text: no lone surrogate."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def tidy(value: str | None) -> str | None:
    """Return metadata on one line without surrounding space; None for nothing, or for what UTF-8 cannot hold."""
    if value is None:
        return None
    line = " ".join(value.split()).replace("\0", "")
    return line if line and is_encodable(line) else None


def to_url(value: str | None) -> str | None:
    """Return an absolute http(s) URL, as given but for surrounding space; None for anything else."""
    stripped = (value or "").strip()
    return stripped if _URL.fullmatch(stripped) and is_encodable(stripped) else None


def to_language(value: str | None) -> str | None:
    """Return the ISO 639-1 code of a language tag ("en-GB" -> "en"); None for anything else."""
    match = _LANGUAGE.fullmatch((value or "").strip())
    return match[1].lower() if match else None
