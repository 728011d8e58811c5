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
_ACRONYM = re.compile(r"(?=[^A-Z]*[A-Z])[A-Z0-9][A-Z0-9.&+-]{0,7}")
_INITIAL = re.compile(r"[A-Z]\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_]")
_SCORE = re.compile(r"(?<=\w) \d{1,3}[-–]\d{1,3}$")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """Return the key under which a name is compared: one line, no diacritics, case, leading article or possessive.

    Empty for a name that holds no letter or digit.
    """
    plain = name.lower()
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = " ".join(plain.split())
    plain = strip_possessive(plain).removeprefix("the ")
    return plain if any(c.isalnum() for c in plain) else ""


def strip_possessive(name: str) -> str:
    """Return the name without a final `'s` or `s'` apostrophe, straight or curly."""
    for ending in ("'s", "’s"):
        if name.endswith(ending):
            return name[: -len(ending)]
    return name[:-1] if name.endswith(("s'", "s’")) else name


def clean_name(name: str) -> str:
    """Return a name on one line without article, possessive ending and a score behind it, in the case that the text has."""
    plain = _SCORE.sub("", strip_possessive(" ".join(name.split())))
    return plain[4:] if plain[:4].casefold() == "the " else plain


def is_acronym(name: str) -> bool:
    """Return whether the name is short and all capitals ("EU", "U.S."), so that case tells it from a word."""
    return _ACRONYM.fullmatch(name) is not None


def split_person_name(name: str) -> tuple[str, ...]:
    """Return the folded tokens of a person's name without generation suffix ("Jr.") and commas."""
    tokens = fold_name(name.replace(",", " ")).split()
    while len(tokens) > 1 and tokens[-1] in _SUFFIXES:
        tokens.pop()
    return tuple(tokens)


def split_name_parts(name: str) -> tuple[str, ...]:
    """Return the folded parts of a person's name: tokens as `split_person_name` gives them, hyphens part them too.

    "Kim Jong-un" and "Kim Jong Un" have the same parts, and "al-Hamdan" ends as "Hamdan" does.
    """
    return tuple(part for token in split_person_name(name) for part in token.split("-") if part)


def find_generation(name: str) -> str:
    """Return the generation suffix of a person's name ("jr", "iii"); empty for a name without."""
    words = fold_name(name.replace(",", " ")).split()
    return words[-1].rstrip(".") if len(words) > 1 and words[-1] in _SUFFIXES else ""


def are_initials_of(initials: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Return whether parts such as ("r.k.", "pillai") shorten a full name: its surname behind its first initials."""
    letters = [letter for part in initials[:-1] for letter in part.split(".") if letter]
    if len(initials) < 2 or initials[-1] != name[-1] or len(letters) >= len(name) or not starts_with_initials(initials):
        return False
    return all(part.startswith(letter) for letter, part in zip(letters, name[:-1], strict=False))


def starts_with_initials(parts: tuple[str, ...]) -> bool:
    """Return whether all parts in front of the surname are initials ("t.", "okonjo"); False for a surname alone."""
    return len(parts) > 1 and all(_INITIALS.fullmatch(part) for part in parts[:-1])


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
