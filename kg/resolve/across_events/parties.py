"""How far those who take part in two reports can be the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.model.occurrence import Party

#: How well two parties match: one actor; a state and one of its own, or one bare name in two documents; somebody of one state
#: whom one report only describes; a place of which the state is not known.
_SAME, _STATE, _DESCRIBED, _UNKNOWN, _NONE = 1.0, 0.6, 0.5, 0.3, 0.0


class Match(NamedTuple):
    """How well two sides match.

    Attributes:
        share: 0 to 1, the mean over the members of the smaller side of their best match in the other.
        size: members of the smaller side; 0 where a report does not tell that side.
    """

    share: float
    size: int


_UNTOLD = Match(0.0, 0)


def match_party(left: Party, right: Party) -> float:
    """Return how well two parties match, 0 (they are two) to 1 (they are one)."""
    if left.actor == right.actor:
        return _SAME
    if left.is_named and right.is_named and (name := find_local_name(left)) and name == find_local_name(right):
        return _STATE
    if _is_unplaced(left, right) or _is_unplaced(right, left):
        return _UNKNOWN
    if left.country is None or left.country != right.country:
        return _NONE
    if left.actor == left.country or right.actor == right.country:
        return _STATE
    return _DESCRIBED if not (left.is_named and right.is_named) else _NONE


def find_local_name(party: Party) -> str:
    """Return the kind and name of an actor that only its document can tell apart; empty for any other."""
    return party.actor.partition("#")[2]


def _is_unplaced(place: Party, other: Party) -> bool:
    """Whether one is a place of an unknown state, and the other a state, or somebody of one who is only described."""
    return place.type == "Place" and place.country is None and (other.type == "State" or not other.is_named)


def match_sides(left: Sequence[Party], right: Sequence[Party]) -> Match:
    """Return how well two sides match; a side that is not told matches nothing and contradicts nothing."""
    if not left or not right:
        return _UNTOLD
    if len(left) == len(right) == 1:
        return Match(match_party(left[0], right[0]), 1)
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    return Match(sum([max([match_party(one, other) for other in large]) for one in small]) / len(small), len(small))


def list_shared(left: Sequence[Party], right: Sequence[Party]) -> list[str]:
    """Return the IRIs of the actors that stand on both sides, sorted."""
    return sorted({party.actor for party in left} & {party.actor for party in right})


def list_names(side: Iterable[Party]) -> frozenset[str]:
    """Return IRIs and names of which two sides share one wherever `match_party` matches anybody of them.

    Empty where that cannot be told: of no parties, and where one is a place that may lie in many states.
    """
    parties = tuple(side)
    if any(party.type == "Place" and party.country is None for party in parties):
        return frozenset()
    names = (name for party in parties for name in (party.actor, party.country, find_local_name(party)))
    return frozenset(name for name in names if name)


def is_elsewhere(left: Sequence[Party], right: Sequence[Party]) -> bool:
    """Whether two reports tell of different places; a state does not tell where in it."""
    return bool(left and right) and not any(_can_be_one_place(one, other) for one in left for other in right)


def _can_be_one_place(left: Party, right: Party) -> bool:
    if left.actor == right.actor:
        return True
    if "State" not in {left.type, right.type}:
        return False
    return left.country is None or right.country is None or left.country == right.country
