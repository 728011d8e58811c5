"""Block keys: who has another one is never compared, so that work grows with what shares a name, not with the store."""

from __future__ import annotations

from kg.model.identity import ActorProfile
from kg.resolve.across.body_names import make_body_key, parse_body_name
from kg.resolve.across.personal_names import parse_name
from kg.resolve.across.spelling import make_skeleton
from kg.resolve.names import fold_name

#: The recogniser takes one for the other too often to keep them apart.
_BODIES = frozenset({"Organisation", "Group"})


def find_key(profile: ActorProfile) -> str:
    """Return the key of the only block in which an actor is compared.

    Persons have the skeleton of their surname, organisations and groups the initials of their name (one word: its
    skeleton), other types the folded name. What is only described, or has no letters, has a block of its own.
    """
    name = find_fullest_name(profile)
    if profile.type == "Person":
        kind, key = "person", make_skeleton(parse_name(name, is_bare=profile.is_local).family)
    elif profile.type in _BODIES:
        kind, key = "body", make_body_key(name)
    else:
        kind, key = profile.type.casefold(), fold_name(name)
    if not profile.is_named or not key:
        return f"{kind}!{profile.actor if profile.is_local else f'{profile.document} {profile.actor}'}"
    return f"{kind}:{key}"


def find_fullest_name(profile: ActorProfile) -> str:
    """Return the name with the most words; of several the most frequent, then the first by code points."""
    if not profile.names:
        return ""
    full = [row for row in profile.names if profile.type not in _BODIES or not parse_body_name(row[0]).is_acronym]
    return min(full or profile.names, key=lambda row: (-len(row[0].split()), -row[1], row[0]))[0]
