"""Names of persons taken apart and set against each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.resolve.across.spelling import is_near, make_skeleton, normalise_spelling
from kg.resolve.names import fold_name
from kg.resolve.tables import read_rows
from kg.resources import find_resource

#: How two names stand to each other, from the strongest agreement down; "none" where they are two names.
Relation = Literal[
    "equal", "variant", "nickname", "middle", "initial", "near", "bare", "bare-variant", "near-bare", "acronym", "none"
]

_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
#: Words of surnames that are left out at will ("von der Leyen", "Leyen"; "al-Sharaa", "Sharaa").
_PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "di", "da", "do", "du", "dos", "das", "del", "della", "la", "le", "ter", "ten", "zu",
     "zum", "af", "av", "al", "el", "ul", "ur", "bin", "ibn", "ben", "bint", "y", "e"]
)  # fmt: skip
_SHORT_WORD = 3
_SON_OF = frozenset({"bin", "ibn", "bint"})
#: The Arabic article with a hyphen, as it sounds in front of each letter.
_ARTICLE = re.compile(r"(?<![\w])(?:al|el|ul|as|ash|ad|ar|an|at|az)-(?=\w)")
_SERVANT = frozenset({"abd", "abdel", "abdul", "abdal", "abed", "abu", "abou"})
_SYLLABLE = (
    r"(?:zh|ch|sh|hs|ts|kk|tt|pp|ss|[bpmfdtnlgkhjqxrzsyw])?[yw]?(?:iao|iau|uai|yeo|yae|yoo|woo|eo|eu|ae|oe|ui|ia|ie|iu|io|ua|uo|ue|ai|ei|ao"
    r"|ou|oo|ee|[aeiou])(?:ng|n|k|l|m|p|t)?"
)
_SYLLABLES = re.compile(rf"(?:{_SYLLABLE}){{1,2}}")


class PersonalName(NamedTuple):
    """A name as it is compared.

    Attributes:
        given: words in front of the surname without particles, folded; empty for a bare surname.
        family: the word that the surname is looked up by, folded.
        family_words: the words of the surname as far as they can be told: one, or all words of a bare surname.
        words: all words without particles, in order.
        generation: "jr", "sr", "ii", ...; empty where none is given.
    """

    given: tuple[str, ...]
    family: str
    family_words: tuple[str, ...]
    words: tuple[str, ...]
    generation: str


@lru_cache(maxsize=1 << 16)
def parse_name(name: str, *, is_bare: bool = False) -> PersonalName:
    """Take a name without titles apart; `is_bare` says that all its words are surname ("van der Moolen").

    A name without letters gives empty parts.
    """
    folded = _ARTICLE.sub("", fold_name(name.replace(",", " ").replace("'", "").replace("’", "")))
    raw = [word.strip(".") for word in re.split(r"[\s‐-‒-]+|(?<=\w\.)(?=\w)", folded)]
    raw = [word for word in raw if any(c.isalnum() for c in word)]
    generation = ""
    while len(raw) > 1 and raw[-1] in _GENERATIONS:
        generation = _GENERATIONS[raw.pop()]
    # "Mohammed bin Salman Al Saud" is Mohammed, son of Salman, of the house of Saud: called bin Salman.
    last_son = max((at for at, word in enumerate(raw[:-1]) if word in _SON_OF), default=-1)
    if last_son >= 0:
        raw = raw[: last_son + 2]
    # "Ben" and "Al" are given names where they open a full name with a capital.
    head = raw[:1] if not is_bare and name.strip()[:1].isupper() else []
    words = _join_servants([*head, *(word for word in raw[len(head) :] if word not in _PARTICLES)] or raw[-1:])
    if not words:
        return PersonalName((), "", (), (), generation)
    if is_bare or len(words) == 1:
        return PersonalName((), words[-1], tuple(words), tuple(words), generation)
    family, given = words[-1], words[:-1]
    first = _read_family_names_first()
    if len(words) <= 3 and (first.get(words[0]) or (len(words) == 3 and words[0] in first)) and _are_syllables(words[1:]):
        family, given = words[0], ["".join(words[1:])]
    elif len(words) == 3 and family in first and _are_syllables(given):
        given = ["".join(given)]
    return PersonalName(tuple(given), family, (family,), tuple(words), generation)


@lru_cache(maxsize=1)
def _read_family_names_first() -> dict[str, bool]:
    """Return family names that stand in front and by which people are called -> whether given names are one word.

    Given names are one word behind Chinese ones ("Xi Jinping"), by syllable behind others ("Kim Jong Un"). Vietnamese ones are
    left out: there the last word is the name that is used.
    """
    rows = read_rows(find_resource("ontology/actors/family_names_first.csv"), ("name", "is_glued", "source"))
    return {fold_name(row["name"]): row["is_glued"] == "yes" for row in rows}


def _are_syllables(words: list[str]) -> bool:
    return all(_SYLLABLES.fullmatch(word) for word in words)


def _join_servants(words: list[str]) -> list[str]:
    """Join "Abdel" and "Abu" to the word behind, so that "Abdel Fattah", "Abdel-Fattah" and "Abdelfattah" are one."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in _SERVANT and len(joined) + 1 < len(words):
            joined[-1] = ("abdel" if joined[-1].startswith(("abd", "abe")) else "abu") + word
        else:
            joined.append(re.sub(r"^abd[ua]l(?=\w{3})", "abdel", word))
    return joined


@lru_cache(maxsize=1)
def _read_forms() -> dict[str, str]:
    rows = read_rows(find_resource("ontology/actors/name_forms.csv"), ("form", "name", "source"))
    return {normalise_spelling(fold_name(row["form"])): normalise_spelling(fold_name(row["name"])) for row in rows}


@lru_cache(maxsize=1 << 16)
def find_base_form(given: str) -> str:
    """Return the spelling that a given name has in common with its short and foreign forms ("bob", "robert")."""
    spelling = normalise_spelling(given)
    return _read_forms().get(spelling, spelling)


_RANKS: dict[str, int] = {"equal": 0, "variant": 1, "nickname": 2, "middle": 3, "initial": 4, "near": 5, "none": 9}
_BY_RANK: dict[int, Relation] = {0: "equal", 1: "variant", 2: "nickname", 3: "middle", 4: "initial", 5: "near", 9: "none"}


@lru_cache(maxsize=1 << 16)
def relate_names(left: PersonalName, right: PersonalName) -> Relation:
    """Return how two names of persons stand to each other; the same for both orders."""
    if not left.family or not right.family:
        return "none"
    if left.generation and right.generation and left.generation != right.generation:
        return "none"
    if not left.given or not right.given:
        return _relate_bare(left, right)
    family = _relate_words(left.family, right.family, is_given=False)
    if family == 9:
        return "none"
    given = _relate_given(left.given, right.given)
    # A son is never called by less than his father: "Jr." against nothing is the weak agreement of a name in part.
    rank = max(family, given, 3 if left.generation != right.generation else 0)
    if family == given == 5 and make_skeleton(left.family) != make_skeleton(right.family):
        return "none"
    return _BY_RANK[rank]


def _relate_bare(left: PersonalName, right: PersonalName) -> Relation:
    bare, full = (left, right) if not left.given else (right, left)
    words = bare.family_words
    # "Kim" is whose family name stands in front; "Sassou Nguesso" is how "Denis Sassou Nguesso" ends.
    ending = full.family_words if len(words) == 1 else full.words[-len(words) :]
    if len(ending) != len(words):
        return "none"
    ranks = [_relate_words(one, other, is_given=False) for one, other in zip(words, ending, strict=True)]
    if max(ranks) == 9:
        return "none"
    return "bare" if max(ranks) == 0 else "bare-variant" if max(ranks) == 1 else "near-bare"


def _relate_given(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    short, long = sorted((left, right), key=lambda words: (len(words), words))
    first = _relate_words(short[0], long[0], is_given=True)
    if first == 9:
        # Called by the second name: "Matamela Cyril" is "Cyril".
        is_part = len(short) == 1 and any(_relate_words(short[0], word, is_given=True) <= 1 for word in long[1:])
        return 3 if is_part and len(short[0]) > 1 else 9
    if len(short) == len(long) == 1:
        return first
    rest = iter(long[1:])
    if not all(any(_relate_words(word, other, is_given=True) != 9 for other in rest) for word in short[1:]):
        return 9
    middle = 3 if len(short) != len(long) or short[1:] != long[1:] else 0
    return max(first, middle)


def _relate_words(left: str, right: str, *, is_given: bool) -> int:
    if left == right:
        return 0
    if is_given and (len(left) == 1 or len(right) == 1):
        return 4 if left[0] == right[0] else 9
    one, other = normalise_spelling(left), normalise_spelling(right)
    if one == other:
        # Words of three letters fall together too often ("Lee", "Li"; "Ian", "Yan").
        return 1 if min(len(left), len(right)) > _SHORT_WORD else 5
    if is_given and find_base_form(left) == find_base_form(right):
        return 2
    return 5 if is_near(one, other) else 9


def is_partial(name: PersonalName) -> bool:
    """Return whether a name tells no given name but initials at most."""
    return all(len(word) == 1 for word in name.given)
