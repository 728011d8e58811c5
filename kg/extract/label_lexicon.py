"""The words of labels, read from `ontology/lexicons/labels.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.resources import find_resource


class LabelLexicon(NamedTuple):
    """Words in lower case: roles of an interview, and what names a matter and no speaker."""

    asking: frozenset[str]
    answering: frozenset[str]
    matters: frozenset[str]


@cache
def read_label_lexicon(path: Path | None = None) -> LabelLexicon:
    """Read the lexicon; the one that is shipped by default.

    Raises:
        ResourceInvalidError: the file is not TOML, or lacks a list or has one too many.
    """
    path = path or find_resource("ontology/lexicons/labels.toml")
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return LabelLexicon(**{key: frozenset(words) for key, words in data.items()})
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is not a lexicon of labels ({error})") from error
