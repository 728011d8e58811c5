"""What the words of a sentence share with those of another one: stems, and numbers with what they count."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.resources import find_resource

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_YEARS = range(1900, 2101)
_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ers", "ies", "ied", "ed", "es", "er", "ly", "s", "e", "y")
_SHORTEST_STEM = 3
_COUNTED_WITHIN = 4
_LEXICON = "ontology/lexicons/wording.toml"


class _Lexicon(NamedTuple):
    """The words that comparing knows; see the file."""

    stop: frozenset[str]
    months: frozenset[str]
    counted: frozenset[str]
    between: frozenset[str]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]


@cache
def _read_lexicon() -> _Lexicon:
    try:
        table = tomllib.loads(find_resource(_LEXICON).read_text("utf-8"))
        stop, months, counted, between = (frozenset(table[name]) for name in ("stop", "months", "counted", "between"))
        return _Lexicon(stop | months, months, counted, between, table["numbers"], table["scales"])
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ResourceInvalidError(_LEXICON, f"is malformed: {error}") from error


def split_words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text in order, folded: lower case, without accents and possessive endings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_drop_possessive(word) for word in _TOKEN.findall(plain.casefold()))


def _drop_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


def find_stem(word: str) -> str:
    """Return a word without its ending, so that "attacks", "attacked" and "attacking" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > _SHORTEST_STEM + 1 and stem[-1] == stem[-2] else stem
    return word


def find_content(words: Iterable[str], left_out: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the stems of words that tell what a sentence is about, sorted, each once.

    Args:
        words: as `split_words` gives them.
        left_out: words, folded, that are compared in other ways, such as the names of the parties.
    """
    without = {find_stem(word) for word in left_out}
    stems = {find_stem(word) for word in words if _is_telling(word)}
    return tuple(sorted(stems - without))


def _is_telling(word: str) -> bool:
    lexicon = _read_lexicon()
    is_word = len(word) > 1 and not word[0].isdigit()
    return is_word and word not in lexicon.stop and word not in lexicon.numbers and word not in lexicon.scales


def find_quantities(words: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Return (stem of what is counted, number) of each number that counts something, sorted, each once.

    Years, days of a month, times and ordinals count nothing. "A dozen" is 12; "two dozen" 24; "2.5 million" 2,500,000.
    """
    lexicon = _read_lexicon()
    found: set[tuple[str, float]] = set()
    at = 0
    while at < len(words):
        number, behind = _read_number(words, at, lexicon)
        if number is not None and not _is_of_date(words, at, behind, number, lexicon):
            near = words[behind : behind + _COUNTED_WITHIN]
            counted = next((word for word in near if word not in lexicon.between and not word[0].isdigit()), "")
            if counted in lexicon.counted or (counted and counted not in lexicon.stop):
                found.add((find_stem(counted), number))
        at = behind
    return tuple(sorted(found))


def _read_number(words: Sequence[str], at: int, lexicon: _Lexicon) -> tuple[float | None, int]:
    """Return the number that begins at a word, None for none, and where the words behind it begin."""
    word = words[at]
    if _GROUPED.fullmatch(word) or _PLAIN.fullmatch(word):
        value = float(word.replace(",", ""))
    elif word in lexicon.numbers:
        value = float(lexicon.numbers[word])
    elif word in lexicon.scales and at and words[at - 1] == "a":
        return float(lexicon.scales[word]), at + 1
    else:
        return None, at + 1
    at += 1
    while at < len(words) and (words[at] in lexicon.scales or words[at] in lexicon.numbers):
        scale, addend = lexicon.scales.get(words[at]), lexicon.numbers.get(words[at], 0)
        if scale is not None:
            value *= scale
        elif words[at] == "dozen":
            value *= addend
        elif value >= 20 and value % 10 == 0 and addend < 10:
            value += addend
        else:
            break
        at += 1
    return value, at


def _is_of_date(words: Sequence[str], begin: int, end: int, number: float, lexicon: _Lexicon) -> bool:
    """Whether a number is a day of a month or a year."""
    if end - begin > 1 or not words[begin][0].isdigit():
        return False
    beside = {words[at] for at in (begin - 1, end) if 0 <= at < len(words)}
    if beside & lexicon.months and number < 32:
        return True
    return "," not in words[begin] and number in _YEARS and not (end < len(words) and _is_telling(words[end]))
