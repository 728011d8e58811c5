"""The words that attribute, read from `ontology/lexicons/cues.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from kg.errors import ResourceInvalidError
from kg.model.attribution import CueType
from kg.resources import find_resource


class CueSense(NamedTuple):
    """One way in which a word attributes.

    Attributes:
        takes: the constructions that carry the content, see the head of the file; a preposition names itself.
        weight: the confidence of what this sense finds, in (0, 1].
    """

    cue_type: CueType
    takes: frozenset[str]
    weight: float


class CueLexicon(NamedTuple):
    """All cue words: lemma -> senses in order of preference; the other sets hold lemmas."""

    verbs: Mapping[str, tuple[CueSense, ...]]
    nouns: Mapping[str, tuple[CueSense, ...]]
    adjectives: Mapping[str, tuple[CueSense, ...]]
    light_verbs: frozenset[str]
    leading_verbs: frozenset[str]
    leading_adjectives: frozenset[str]
    withholding: frozenset[str]
    addressing: frozenset[str]
    phrase_nouns: frozenset[str]
    hedges: frozenset[str]
    negations: frozenset[str]
    speaking_things: frozenset[str]
    standards: frozenset[str]
    people_words: frozenset[str]

    def find_verb(self, lemma: str, form: str = "", particles: Iterable[str] = ()) -> str | None:
        """Return the key of a verb among `verbs`: with one of its particles ("rule out"), else by itself; None if unknown.

        Args:
            lemma: as the tagger gives it, lower case.
            form: the word as it stands, lower case: lemmatisers take "hopes" for a form of "hop".
            particles: words that may belong to the verb, lower case, in order of text.
        """
        lemma = lemma if lemma in self.verbs or not form.startswith(f"{lemma}e") else f"{lemma}e"
        keys = [*(f"{lemma} {particle}" for particle in particles), lemma]
        return next((key for key in keys if key in self.verbs), None)


@cache
def read_cue_lexicon(path: Path | None = None) -> CueLexicon:
    """Read the lexicon; the one that is shipped by default.

    Raises:
        ResourceInvalidError: the file is not TOML, or a group lacks a key or names an unknown type.
    """
    path = path or find_resource("ontology/lexicons/cues.toml")
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        words = {key: frozenset(cast("list[str]", value)) for key, value in data["words"].items()}
        return CueLexicon(
            verbs=_read_groups(data["verbs"]),
            nouns=_read_groups(data["nouns"]),
            adjectives=_read_groups(data["adjectives"]),
            **words,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ResourceInvalidError(str(path), f"is not a cue lexicon ({error})") from error


def _read_groups(groups: list[dict[str, Any]]) -> dict[str, tuple[CueSense, ...]]:
    senses: dict[str, tuple[CueSense, ...]] = {}
    for group in groups:
        if group["type"] not in get_args(CueType):
            raise ValueError(f"unknown type {group['type']!r}")
        sense = CueSense(group["type"], frozenset(group["takes"]), float(group["weight"]))
        for lemma in group["lemmas"]:
            senses[lemma] = (*senses.get(lemma, ()), sense)
    return senses
