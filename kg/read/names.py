"""Names of people as bylines and author notes write them."""

from __future__ import annotations

import re

from kg.read.lexicon import load_lexicon

_WORD = r"(?:[^\W\d_a-z][\w.'’-]*|[a-z]{1,3}[’'-][^\W\d_a-z][\w'’-]*)"
_PARTICLE = r"(?:de|da|do|dos|del|della|der|den|di|du|la|le|van|von|vom|zu|zur|bin|bint|ibn|al|el|ten|ter|y|af|av)"
#: Two to five words, all but particles with a capital: "Jane Doe", "Ursula von der Brandt", "J. K. O’Neil".
NAME = rf"{_WORD}(?:[ \t]+{_PARTICLE}){{0,3}}(?:[ \t]+{_WORD}(?:[ \t]+{_PARTICLE}){{0,2}}){{0,3}}[ \t]+{_WORD}"
_NAME = re.compile(NAME)
_JOINT = re.compile(r"\s*(?:,\s*(?:and|&)|\band\b|&|;|\bwith\b)\s+")
_PLACE = re.compile(r"\s+in\s+.*", re.DOTALL)
_HONOUR = re.compile(r"(?:dr|prof|professor|sir|dame|mr|mrs|ms)\.?\s+", re.IGNORECASE)


def is_name(text: str) -> bool:
    """Tell whether the text is one person's full name and nothing else; a single word is not."""
    if len(text) > 60 or not _NAME.fullmatch(text) or load_lexicon().not_author.search(text):
        return False
    return not re.search(r"[a-z]{4,}\.", text)


def read_names(text: str) -> str | None:
    """Return the full names that the text lists ("Jane Doe and John Roe"), joined by `; `.

    A name all in capitals is given with small letters. Parts that are no full name (an agency) are left out. A comma
    stands between names only where an "and" comes behind: "Jane Doe, Port Said" is one name and a place.

    Returns:
        None where it names no person.
    """
    *front, last = _JOINT.split(text[:300])
    parts = [name for part in front for name in part.split(", ")] + [last.partition(", ")[0]]
    plain = (_HONOUR.sub("", _PLACE.sub("", part.strip(" \t.,:"))) for part in parts)
    names = [_lower(part) for part in plain if is_name(part)]
    return "; ".join(dict.fromkeys(names)) or None


def _lower(name: str) -> str:
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 5 or not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if len(m[0]) == 1 else m[0].capitalize(), name)
