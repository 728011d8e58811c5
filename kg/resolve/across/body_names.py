"""Names of organisations and groups taken apart and set against each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.resolve.across.personal_names import Relation
from kg.resolve.across.spelling import is_near, make_skeleton, normalise_spelling
from kg.resolve.names import fold_name, is_acronym

#: Words that acronyms leave out, in the languages that bodies in the news are named in.
_FUNCTION_WORDS = frozenset(
    ["the", "of", "and", "for", "in", "on", "to", "at", "by", "against", "de", "del", "la", "le", "les", "las", "los", "el", "du",
     "des", "da", "do", "dos", "das", "di", "y", "e", "et", "fur", "der", "die", "und", "al"]
)  # fmt: skip
_LEGAL_FORMS = frozenset({"inc", "ltd", "llc", "plc", "corp", "corporation", "co", "gmbh", "ag", "sa", "limited", "company"})
_PREFIXES = ("co-", "non-", "anti-", "re-", "pre-", "pro-")
#: A mixed-case acronym: capitals with small letters of function words between ("MoD", "AfD", "BoE").
_MIXED = re.compile(r"[A-Z]+[a-z]{1,2}[A-Z]+")
#: Up to this length one word is its own key, so that "Nato" meets "NATO".
_SHORT_WORD = 5


class BodyName(NamedTuple):
    """A name as it is compared.

    Attributes:
        words: content words, folded, without legal form; at least one where the name has letters.
        initials: the first letters of these; for an acronym its own letters.
        is_acronym: whether the name is one.
    """

    words: tuple[str, ...]
    initials: str
    is_acronym: bool


@lru_cache(maxsize=1 << 16)
def parse_body_name(name: str) -> BodyName:
    """Take a name apart; one without letters and digits gives empty parts."""
    plain = name.strip().removeprefix("the ").removeprefix("The ")
    if _MIXED.fullmatch(plain):
        letters = "".join(c for c in plain if c.isupper()).casefold()
        return BodyName((letters,), letters, is_acronym=True)
    if is_acronym(plain) and len(plain) > 1:
        letters = "".join(c for c in plain if c.isalnum()).casefold()
        return BodyName((letters,), letters, is_acronym=True)
    words = _split(fold_name(name))
    return BodyName(words, "".join(word[0] for word in words), is_acronym=False)


def _split(folded: str) -> tuple[str, ...]:
    words: list[str] = []
    for chunk in folded.replace("&", " ").replace("/", " ").replace("'", "").split():
        parts = [chunk.replace("-", "")] if chunk.startswith(_PREFIXES) else chunk.split("-")
        words.extend(cleaned for part in parts if (cleaned := re.sub(r"[^\w]", "", part)))
    content = [word for word in words if word not in _FUNCTION_WORDS] or words
    while len(content) > 1 and content[-1] in _LEGAL_FORMS:
        content.pop()
    return tuple(content)


def make_body_key(name: str) -> str:
    """Return what spellings, the full name and the acronym of one body share; empty for a name without letters."""
    parsed = parse_body_name(name)
    if parsed.is_acronym or len(parsed.words) > 1:
        return parsed.initials
    word = parsed.words[0] if parsed.words else ""
    return word if len(word) <= _SHORT_WORD else make_skeleton(word)


@lru_cache(maxsize=1 << 16)
def relate_body_names(left: BodyName, right: BodyName) -> Relation:
    """Return how two names of bodies stand to each other; the same for both orders."""
    if not left.words or not right.words:
        return "none"
    if left.words == right.words:
        return "equal"
    if left.is_acronym != right.is_acronym:
        full = right if left.is_acronym else left
        return "acronym" if len(full.words) > 1 and left.initials == right.initials else "none"
    if left.is_acronym or len(left.words) != len(right.words):
        return "none"
    ones, others = [[normalise_spelling(word) for word in name.words] for name in (left, right)]
    if ones == others:
        return "variant"
    unlike = [(one, other) for one, other in zip(ones, others, strict=True) if one != other]
    is_slip = len(unlike) == 1 and is_near(*unlike[0])
    return "near" if is_slip or sorted(ones) == sorted(others) else "none"
