"""How names are compared: pure functions on strings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Letters that Unicode does not decompose, as English-language newsrooms write them.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"}
    | dict.fromkeys("’‘ʼʻ", "'")  # apostrophes, as Arabic and Ukrainian names are written too
    | dict.fromkeys("‐‑", "-")
)
_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9.&+-]{0,7}")
_INITIAL = re.compile(r"[A-Z]\.?")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """Return the key under which a name is compared: one line, no diacritics, case, leading article or possessive.

    Empty for a name that holds no letter or digit.
    """
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    plain = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
    plain = strip_possessive(plain).removeprefix("the ")
    return plain if any(c.isalnum() for c in plain) else ""


def strip_possessive(name: str) -> str:
    """Return the name without a final `'s` or `s'` apostrophe, straight or curly."""
    for ending in ("'s", "’s"):
        if name.endswith(ending):
            return name[: -len(ending)]
    return name[:-1] if name.endswith(("s'", "s’")) else name


def is_acronym(name: str) -> bool:
    """Return whether the name is short and all capitals ("EU", "U.S."), so that case tells it from a word."""
    return _ACRONYM.fullmatch(name) is not None and any(c.isalpha() for c in name)


def split_person_name(name: str) -> tuple[str, ...]:
    """Return the folded tokens of a person's name without generation suffix ("Jr.") and commas."""
    tokens = fold_name(name.replace(",", " ")).split()
    while len(tokens) > 1 and tokens[-1] in _SUFFIXES:
        tokens.pop()
    return tuple(tokens)


def is_same_person_name(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether two token lists of two or more tokens differ in middle names or initials at most."""
    if left == right:
        return True
    if len(left) < 2 or len(right) < 2 or left[0] != right[0] or left[-1] != right[-1]:
        return False
    shorter, longer = sorted((left, right), key=len)
    middle = iter(longer[1:-1])
    return all(any(_is_same_token(token, other) for other in middle) for token in shorter[1:-1])


def _is_same_token(left: str, right: str) -> bool:
    if left == right:
        return True
    short, long = sorted((left.rstrip("."), right.rstrip(".")), key=len)
    return len(short) == 1 and _INITIAL.fullmatch(short.upper()) is not None and long.startswith(short)
