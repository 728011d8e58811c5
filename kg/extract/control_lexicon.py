"""How a word means the deed that hangs on it ("vows to", "its refusal to", "stopped X from"), read from a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from kg.errors import ResourceInvalidError
from kg.model.attribution import Modality
from kg.resources import find_resource


class Control(NamedTuple):
    """What becomes of a deed: how real it is put as being, and whether it is said not to be done."""

    modality: Modality
    negated: bool


class ControlLexicon(NamedTuple):
    """Lemma -> what becomes of the deed: of verbs and adjectives by who does it, the subject or the object; of nouns."""

    by_subject: Mapping[str, Control]
    by_object: Mapping[str, Control]
    nouns: Mapping[str, Control]


@cache
def read_control_lexicon(path: Path | None = None) -> ControlLexicon:
    """Read the lexicon; the one that is shipped by default.

    Raises:
        ResourceInvalidError: the file is not TOML, or a group lacks a key or names an unknown modality or party.
    """
    path = path or find_resource("ontology/lexicons/control.toml")
    sides: dict[str, dict[str, Control]] = {"subject": {}, "object": {}}
    nouns: dict[str, Control] = {}
    try:
        for group in tomllib.loads(path.read_text("utf-8"))["group"]:
            control = _read_control(group)
            sides[group["of"]] |= dict.fromkeys((*group["verbs"], *group.get("adjectives", ())), control)
            nouns |= dict.fromkeys(group.get("nouns", ()), control)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ResourceInvalidError(str(path), f"is not a lexicon of control ({error})") from error
    return ControlLexicon(sides["subject"], sides["object"], nouns)


def _read_control(group: Mapping[str, Any]) -> Control:
    modality = group.get("modality", "asserted")
    if modality not in get_args(Modality):
        raise ValueError(f"unknown modality {modality!r}")
    return Control(modality, bool(group.get("negated", False)))
