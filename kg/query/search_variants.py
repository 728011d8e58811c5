"""One text with its states and office-holders named otherwise: "Russia", "Moscow" and "the Russian government" mean the same.

A sentence encoder knows that only in part. So a text that is searched is compared in each of these wordings.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.resources import find_resource

_FOLDER = "ontology/actors"
#: Of the other names of a state only those that hardly mean anything else.
_SURE = 0.9


class StateNames(NamedTuple):
    """A state as the news name it: by its label, its capital (None where that is ambiguous) and its adjective."""

    label: str
    capital: str | None
    adjective: str | None


class Names(NamedTuple):
    """What is exchanged: states by each of their sure names, and titles ("the Russian president") by names of who holds them."""

    states: Mapping[str, StateNames]
    offices: Mapping[str, str]


@cache
def read_names() -> Names:
    """Return the names of states and of those who hold a post in one now.

    Raises:
        ResourceInvalidError: a table is missing, or lacks a column.
    """
    try:
        states = dict(_find_states())
        return Names(_name_states(states), _name_offices(states))
    except (KeyError, ValueError) as error:
        raise ResourceInvalidError(_FOLDER, f"a table cannot be read ({error!r})") from error


def list_variants(text: str) -> tuple[str, ...]:
    """Return a text and its wordings with all states by their labels, capitals and governments, and persons by their posts.

    The text itself comes first; wordings that are the same are given once. Names are found as they are written, with their
    capitals; a text that names nobody has no other wording.
    """
    names = read_names()
    states, persons = _compile(names.states), _compile(names.offices)
    by_label = states.sub(lambda match: names.states[match["name"]].label, text)
    wordings = (
        text,
        by_label,
        states.sub(lambda match: names.states[match["name"]].capital or match["name"], text),
        states.sub(lambda match: _name_government(names.states[match["name"]]), text),
        persons.sub(lambda match: names.offices[match["name"]], by_label),
    )
    return tuple(dict.fromkeys(wordings))


def _find_states() -> Iterator[tuple[str, tuple[StateNames, list[str]]]]:
    """Yield each state by its slug, with all of its names."""
    others = {f"state/{row['code']}": row for row in _read("state_names")}
    for row in _read("states"):
        other = others.get(row["slug"], {})
        capitals = _split(row["capitals"]) or _split(other.get("capitals", ""))
        adjectives = _split(row["adjectives"]) or _split(other.get("adjectives", ""))
        names = StateNames(row["label"], capitals[0] if capitals else None, adjectives[0] if adjectives else None)
        yield row["slug"], (names, [row["label"], *_split(row["aliases"]), *_split(other.get("aliases", "")), *capitals[:1]])


def _name_states(states: Mapping[str, tuple[StateNames, list[str]]]) -> dict[str, StateNames]:
    found: dict[str, StateNames] = {}
    for state, names in states.values():
        for name in names:
            found.setdefault(name, state)
    for row in _read("metonyms"):
        is_sure = row["kind"] == "metonym" and not row["ambiguous"] and float(row["confidence"]) >= _SURE
        if is_sure and row["actor"] in states:
            found.setdefault(row["name"], states[row["actor"]][0])
    return found


def _name_offices(states: Mapping[str, tuple[StateNames, list[str]]]) -> dict[str, str]:
    offices: dict[str, str] = {}
    bearers: Counter[str] = Counter()
    for row in _read("persons"):
        names = [row["label"], *_split(row["aliases"]), *_split(row["surnames"])]
        bearers.update(set(names))
        post = next((post for post in _split(row["posts"]) if post.endswith("..")), "")
        title, _, held = post.partition("@")
        state = states.get(held.partition(":")[0])
        if state is not None and state[0].adjective is not None:
            offices |= dict.fromkeys(names, f"the {state[0].adjective} {title}")
    return {name: office for name, office in offices.items() if bearers[name] == 1}


def _name_government(state: StateNames) -> str:
    return state.label if state.adjective is None else f"the {state.adjective} government"


def _compile(names: Mapping[str, object]) -> re.Pattern[str]:
    key = tuple(sorted(names, key=lambda name: (-len(name), name)))
    return _compile_names(key)


@cache
def _compile_names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:\b[Tt]he\s+)?(?<![\w-])(?P<name>{'|'.join(map(re.escape, names))})(?![\w-])")


def _read(name: str) -> Iterator[dict[str, str]]:
    with find_resource(f"{_FOLDER}/{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
