"""The words by which questions are understood: `queries/questions.toml`, with the forms of its verbs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import ResourceInvalidError
from kg.model.attribution import Polarity
from kg.model.base import Frozen
from kg.resources import find_resource

_Item = TypeVar("_Item")

_FILE = "queries/questions.toml"
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)\Z")
_CONSONANT_Y = re.compile(r"[^aeiou]y\Z")


class SpeechVerbs(Frozen):
    """Verbs and nouns of saying of one kind, and what is asked for by them."""

    polarity: Polarity | None = None
    cue_types: tuple[str, ...] = ()
    verbs: tuple[str, ...]
    nouns: tuple[str, ...] = ()


class EventWords(Frozen):
    """Verbs and nouns of one type of events, or of those whose CAMEO code begins so; mutual where both parties do it."""

    type: str
    cameo: str = ""
    is_mutual: bool = False
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


class ShapeText(Frozen):
    """One shape of a question as it is written: see `kg.query.ask_grammar`."""

    name: str
    pattern: str


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    titles: tuple[str, ...]
    adverbs: tuple[str, ...]
    irregular: dict[str, tuple[str, str, str, str]]
    speech: tuple[SpeechVerbs, ...]
    event: tuple[EventWords, ...]
    shape: tuple[ShapeText, ...]


class Forms(Frozen):
    """The forms of one verb, prepositions included: "meet with", "meets with", "met with", "met with"."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


class Lexicon(Frozen):
    """All of it, ready for the grammar.

    Attributes:
        speech, events: (forms, what it means), longer verbs first.
        nouns, speech_nouns: what each noun means, singular and plural.
        shapes: (name, expression) of questions, in the order in which they are tried.
    """

    titles: tuple[str, ...]
    adverbs: tuple[str, ...]
    speech: tuple[tuple[Forms, SpeechVerbs], ...]
    events: tuple[tuple[Forms, EventWords], ...]
    nouns: Mapping[str, EventWords]
    speech_nouns: Mapping[str, SpeechVerbs]
    shapes: tuple[tuple[str, str], ...]


@cache
def read_lexicon() -> Lexicon:
    """Return the words that are shipped.

    Raises:
        ResourceInvalidError: the file is missing or malformed.
    """
    path = find_resource(_FILE)
    try:
        file = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ResourceInvalidError(str(path), f"cannot be read ({' '.join(str(error).split())})") from error
    return Lexicon(
        titles=_sort(file.titles),
        adverbs=_sort(file.adverbs),
        speech=tuple(
            (_inflect(verb, file), item) for verb, item in _sort_verbs((v, item) for item in file.speech for v in item.verbs)
        ),
        events=tuple(
            (_inflect(verb, file), item) for verb, item in _sort_verbs((v, item) for item in file.event for v in item.verbs)
        ),
        nouns={form: item for item in file.event for noun in item.nouns for form in (noun, _add_s(noun))},
        speech_nouns={form: item for item in file.speech for noun in item.nouns for form in (noun, _add_s(noun))},
        shapes=tuple((item.name, item.pattern) for item in file.shape),
    )


def inflect_verb(verb: str, irregular: Mapping[str, tuple[str, str, str, str]]) -> Forms:
    """Return the forms of a verb whose first word is inflected; regular ones where it is not listed."""
    word, _, rest = verb.partition(" ")
    if word in irregular:
        forms = irregular[word]
    elif word.endswith("e"):
        forms = (f"{word}s", f"{word}d", f"{word}d", f"{word[:-1]}ing")
    elif _CONSONANT_Y.search(word):
        forms = (_add_s(word), f"{word[:-1]}ied", f"{word[:-1]}ied", f"{word}ing")
    else:
        forms = (_add_s(word), f"{word}ed", f"{word}ed", f"{word}ing")
    tail = f" {rest}" if rest else ""
    third, past, participle, gerund = (form + tail for form in forms)
    return Forms(base=verb, third=third, past=past, participle=participle, gerund=gerund)


def _inflect(verb: str, file: _File) -> Forms:
    return inflect_verb(verb, file.irregular)


def _add_s(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if _SIBILANT.search(word) else f"{word}s"


def _sort(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _sort_verbs(verbs: Iterable[tuple[str, _Item]]) -> list[tuple[str, _Item]]:
    return sorted(verbs, key=lambda pair: (-len(pair[0]), pair[0]))
