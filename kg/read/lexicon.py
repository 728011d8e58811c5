"""The patterns of `ontology/lexicons/boilerplate.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import ResourceInvalidError
from kg.resources import find_resource

_RESOURCE = "ontology/lexicons/boilerplate.toml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns for site furniture, author notes and marks of opinion; each is an alternation of its entries.

    Attributes:
        line, heading, opinion_line: for whole lines.
        disclaimer, note: to be searched for.
        glued: a link word at the end of a string, straight behind punctuation.
        not_author, not_place: words of their own.
        opinion_title, opinion_section, opinion_url: to be searched for in a title, section or URL.
    """

    line: re.Pattern[str]
    heading: re.Pattern[str]
    disclaimer: re.Pattern[str]
    note: re.Pattern[str]
    glued: re.Pattern[str]
    not_author: re.Pattern[str]
    not_place: re.Pattern[str]
    opinion_title: re.Pattern[str]
    opinion_line: re.Pattern[str]
    opinion_section: re.Pattern[str]
    opinion_url: re.Pattern[str]


@cache
def load_lexicon() -> Lexicon:
    """Return the patterns that the project ships.

    Raises:
        ResourceInvalidError: the file is missing or malformed.
    """
    return read_lexicon(find_resource(_RESOURCE))


def read_lexicon(path: Path) -> Lexicon:
    """Return the patterns of a file.

    Raises:
        ResourceInvalidError: it is not TOML, lacks a list, or holds something that is no regular expression.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResourceInvalidError(str(path), f"cannot be read as TOML ({error})") from error

    def compile_list(*keys: str, wrap: str = "(?:{})") -> re.Pattern[str]:
        found: object = values
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        entries = [found] if isinstance(found, str) else found
        name = ".".join(keys)
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, str) for entry in entries):
            raise ResourceInvalidError(str(path), f"{name} must be a list of regular expressions")
        try:
            return re.compile(wrap.format("|".join(f"(?:{entry})" for entry in entries)), re.IGNORECASE)
        except re.error as error:
            raise ResourceInvalidError(str(path), f"{name} holds an invalid regular expression ({error})") from error

    return Lexicon(
        line=compile_list("lines"),
        heading=compile_list("headings"),
        disclaimer=compile_list("disclaimers"),
        note=compile_list("author_notes"),
        glued=compile_list("glued", wrap=r"(?<=[.!?…»\"'”’)])(?:{})\s*$"),
        not_author=compile_list("not_authors", wrap=r"\b(?:{})\b"),
        not_place=compile_list("not_places", wrap=r"\b(?:{})\b"),
        opinion_title=compile_list("opinion", "titles"),
        opinion_line=compile_list("opinion", "lines"),
        opinion_section=compile_list("opinion", "sections"),
        opinion_url=compile_list("opinion", "urls"),
    )
