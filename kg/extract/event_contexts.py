"""PLOVER contexts of an event, by the words of its sentence: the fields of politics that it belongs to.

The codebook assigns contexts to paragraphs or documents; a sentence is the text that the event rests on, so that every context
can be traced to its words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from kg.errors import ResourceInvalidError
from kg.extract.token_table import TokenTable
from kg.model.event import Context, EventType
from kg.model.plover import load_modes
from kg.resources import find_resource

_LEXICON = "ontology/lexicons/contexts.toml"
_NOUN = "noun:"
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_ROOM, _MOST_BETWEEN = "...", 3
_NOUNS = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Words in a row, and the contexts that they tell; none for words that only look like it.

    Attributes:
        words: lemmas or lower-case forms, the first one too; `...` stands for up to three words.
        is_noun: whether the first word must be a noun or a name.
    """

    words: tuple[str, ...]
    is_noun: bool
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class ContextLexicon:
    """What tells of contexts.

    Attributes:
        entries: by their first word, the longest first.
        by_mode: contexts that a type and mode has by itself.
        between_states: types of events between states, by the contexts that these have.
    """

    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    by_mode: dict[tuple[EventType, str], tuple[Context, ...]] = field(default_factory=dict)
    between_states: dict[Context, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> ContextLexicon:
        """Read the file; without `path` the one that comes with the project.

        Raises:
            ResourceInvalidError: it is missing, not TOML, or names a context, type or mode that PLOVER does not have.
        """
        path = path or find_resource(_LEXICON)
        try:
            return _read_lexicon(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ResourceInvalidError(str(path), f"cannot be read: {error}") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ResourceInvalidError(str(path), f"is not a lexicon of contexts: {error}") from error

    def find_contexts(self, table: TokenTable, tokens: Sequence[int]) -> frozenset[Context]:
        """Return the contexts that words of these neighbouring tokens tell of.

        At each word all entries count that leave room between words, and of the others the longest.
        """
        found: set[Context] = set()
        at = 0
        while at < len(tokens):
            lower, lemma = table.lowers[tokens[at]], table.lemmas[tokens[at]]
            candidates = self.entries.get(lower, ())
            if lemma != lower:
                candidates += self.entries.get(lemma, ())
            if not candidates:
                at += 1
                continue
            matched = [entry for entry in candidates if _fits(table, tokens, at, entry)]
            for entry in matched:
                if _ROOM in entry.words:
                    found.update(entry.contexts)
            rows = [entry for entry in matched if _ROOM not in entry.words]
            longest = max((len(entry.words) for entry in rows), default=0)
            for entry in rows:
                if len(entry.words) == longest:
                    found.update(entry.contexts)
            at += max(1, longest)
        return frozenset(found)


def _fits(table: TokenTable, tokens: Sequence[int], at: int, entry: Entry) -> bool:
    if entry.is_noun and table.kinds[tokens[at]] not in _NOUNS:
        return False
    at += 1  # the first word is why the entry is tried
    room = 0
    for word in entry.words[1:]:
        if word == _ROOM:
            room = _MOST_BETWEEN
            continue
        stop = min(len(tokens), at + room + 1)
        while at < stop and not _is_word(table, tokens[at], word):
            at += 1
        if at == stop:
            return False
        at, room = at + 1, 0
    return True


def _is_word(table: TokenTable, token: int, word: str) -> bool:
    lower = table.lowers[token]
    return word in (lower, table.lemmas[token]) or (lower[0] == "’" and word == f"'{lower[1:]}")


def _read_lexicon(data: dict[str, Any]) -> ContextLexicon:
    contexts: dict[tuple[tuple[str, ...], bool], set[Context]] = {}
    by_mode: dict[tuple[EventType, str], tuple[Context, ...]] = {}
    between_states: dict[Context, frozenset[str]] = {}
    for row in data["context"]:
        name: Context = row["name"]
        if name not in get_args(Context):
            raise ValueError(f"{name!r} is no PLOVER context")
        for text in row["words"]:
            contexts.setdefault(_read_words(text), set()).add(name)
        for text in row.get("modes", ()):
            kind, _, mode = text.partition("/")
            if (kind, mode) not in load_modes():
                raise ValueError(f"{text!r} is no PLOVER type and mode")
            by_mode[kind, mode] = (*by_mode.get((kind, mode), ()), name)
        if row.get("between_states"):
            between_states[name] = frozenset(row["between_states"])
            if unknown := between_states[name].difference(get_args(EventType)):
                raise ValueError(f"{min(unknown)!r} is no PLOVER type")
    for text in data["other"]["words"]:
        if contexts.setdefault(_read_words(text), set()):
            raise ValueError(f"{text!r} is said to have a context and to have none")
    entries: dict[str, list[Entry]] = {}
    for (words, is_noun), names in contexts.items():
        entries.setdefault(words[0], []).append(Entry(words, is_noun, tuple(sorted(names))))
    return ContextLexicon(
        {first: tuple(sorted(rows, key=lambda entry: -len(entry.words))) for first, rows in entries.items()},
        by_mode,
        between_states,
    )


def _read_words(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the words as the tokeniser cuts them: a hyphen between letters is a token of its own."""
    words = tuple(_HYPHEN.sub(" - ", text.removeprefix(_NOUN)).split())
    if not words:
        raise ValueError("an entry is empty")
    return words, text.startswith(_NOUN)


def join_contexts(*found: Iterable[Context]) -> tuple[Context, ...]:
    """Return all contexts once, sorted."""
    return tuple(sorted({context for contexts in found for context in contexts}))
