"""How one name is spelled in several ways: general rules of transliteration, a skeleton of consonants, an edit distance.

The rules hold for words of names in Latin script after `kg.resolve.names.fold_name`: no diacritics, lower case. They look at
letters alone and know no language, so that equal results say "may well be one name", never "is".
"""

from __future__ import annotations

import re
from functools import lru_cache

#: In this order. Capitals stand for one sound that several letters write: C as in "church", S as in "ship", J as in "measure".
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"isation", "ization"), (r"programme", "program"), (r"tre$", "ter"), (r"our$", "or"),
        (r"shch|schtsch", "SC"), (r"tsch|tch", "C"), (r"sch|sh", "S"), (r"ch", "C"), (r"dzh|zh|dj", "J"),
        (r"kh", "h"), (r"gh", "g"), (r"ph", "f"), (r"([tdbr])h", r"\1"), (r"(?<=\w{3})ic$", "iC"),
        (r"ck|cq|qu(?=[ei])|q", "k"), (r"x", "ks"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"tz", "ts"), (r"w", "v"), (r"off?$", "ov"),
        (r"s[ky]+(?:i|y|iy|yy|ij|yj|ii|yi|ie)$|ski[iyj]?$", "ski"),
        (r"^ye", "e"), (r"(?:yu|iu)", "iu"), (r"(?:ya|ia)", "ia"), (r"ou|oo", "u"), (r"ee", "i"), (r"([aou])e", r"\1"),
        (r"ei|ai|ay|ey", "ei"), (r"(?:iy|yi|ii|yy|ij|yj)$", "i"), (r"y", "i"), (r"(.)\1+", r"\1"), (r"(?<=[aeiou])h$", ""),
    )
)  # fmt: skip
_LETTERS = re.compile(r"[^\w]|_")
#: Sounds that transliterations write with either letter ("Gaddafi", "Qaddafi", "Khadafi"; "Batir", "Padir").
_SOUNDS = str.maketrans({"S": "s", "z": "s", "C": "c", "v": "f", "g": "k", "d": "t", "b": "p", "J": "j"})


@lru_cache(maxsize=1 << 16)
def normalise_spelling(word: str) -> str:
    """Return what all usual transliterations of one word have in common; empty for a word without letters and digits.

    "zelenskyy", "zelenskiy" and "zelensky" give the same; "hansen" and "hanson" do not.
    """
    text = _LETTERS.sub("", word)
    for pattern, to in _SPELLINGS:
        text = pattern.sub(to, text)
    return text


@lru_cache(maxsize=1 << 16)
def make_skeleton(word: str) -> str:
    """Return a word's consonants as far as spellings agree on them; an initial vowel is `a`. Empty as for `normalise_spelling`.

    Words that may be spellings of one name share it; so do many others ("hansen", "hanson", "kansin").
    """
    text = normalise_spelling(word)
    if not text:
        return ""
    plain = text.translate(_SOUNDS)
    first = "a" if plain[0] in "aeiou" else "k" if plain[0] == "h" else plain[0]
    return re.sub(r"(.)\1+", r"\1", first + re.sub(r"[aeiouh]", "", plain[1:]))


@lru_cache(maxsize=1 << 16)
def measure_distance(left: str, right: str) -> int:
    """Return how many insertions, deletions, replacements and swaps of neighbours turn one word into the other.

    Optimal string alignment (Damerau 1964, each place edited once). Words that differ by three letters in length give 3.
    """
    if left == right:
        return 0
    if abs(len(left) - len(right)) > 2:
        return 3
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, one in enumerate(left, 1):
        line = [row]
        for column, other in enumerate(right, 1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (one != other))
            if row > 1 and column > 1 and one == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, above = above, line
    return above[-1]


def is_near(left: str, right: str) -> bool:
    """Return whether two normalised words of five or more letters differ in one letter that is not the last.

    The last one tells women from men ("Mario", "Maria") and one surname from another ("Holm", "Holmes").
    """
    if min(len(left), len(right)) < 5 or left[-1] != right[-1]:
        return False
    return measure_distance(left, right) == 1
