"""The words that show a stance, read from `ontology/lexicons/stance.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import ResourceInvalidError
from kg.resources import find_resource

_FILE = "ontology/lexicons/stance.toml"
_TABLES = ("attitudes", "treatments", "deeds", "qualities", "characters", "feelings", "amends")
_TURNS = ("reversing", "bearing", "being", "embodying", "refuting", "upholding", "charged", "naming", "placing")
_SIGNS = {"supportive": 1, "critical": -1}

#: 1 for what casts somebody well, -1 badly, by lemma.
Signs = Mapping[str, int]


class StanceLexicon(NamedTuple):
    """Lemmas in lower case.

    Attributes:
        attitudes: verbs by which one holds or says something of another.
        treatments: verbs of what somebody demands to be done to another.
        deeds: verbs that cast their doer.
        qualities: nouns and adjectives of what somebody has, shows or is like.
        characters: nouns of what somebody is.
        feelings: nouns of an attitude.
        amends: verbs of what is demanded of somebody who is in the wrong, or in the right.
        reversing: verbs that turn round what hangs on them.
        bearing: verbs that give their subject what is their object.
        being: verbs that give their subject what is their complement.
        embodying: verbs whose object says what their subject is ("poses a threat").
        refuting: words that say that a reproach, a praise or a claim does not hold. upholding: that it does.
        charged: adjectives that cast badly whoever is that for something.
        naming: verbs by which somebody is said to be something.
        placing: verbs that only say where somebody is where a place follows.
    """

    attitudes: Signs
    treatments: Signs
    deeds: Signs
    qualities: Signs
    characters: Signs
    feelings: Signs
    amends: Signs
    reversing: frozenset[str]
    bearing: frozenset[str]
    being: frozenset[str]
    embodying: frozenset[str]
    refuting: frozenset[str]
    upholding: frozenset[str]
    charged: frozenset[str]
    naming: frozenset[str]
    placing: frozenset[str]


@cache
def read_stance_lexicon(path: Path | None = None) -> StanceLexicon:
    """Return the lexicon of a file, by default the one that is shipped.

    Raises:
        ResourceInvalidError: the file is not TOML, lacks a table, or has a word on both sides of one.
    """
    path = path or find_resource(_FILE)
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        words: dict[str, Any] = {name: _read_signs(path, data, name) for name in _TABLES}
        words |= {name: frozenset(map(str, data["turns"][name])) for name in _TURNS}
        return StanceLexicon(**words)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is no lexicon of stances ({error})") from error


def _read_signs(path: Path, data: Mapping[str, Any], table: str) -> Signs:
    found: dict[str, int] = {}
    for side, sign in _SIGNS.items():
        for lemma in data[table][side]:
            if found.setdefault(lemma, sign) != sign:
                raise ResourceInvalidError(str(path), f"[{table}] has {lemma!r} on both sides")
    return found
