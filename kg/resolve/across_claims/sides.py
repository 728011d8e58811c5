"""On which side of a thesis a wording is, beside another one."""

from __future__ import annotations

import tomllib
from functools import cache

from kg.errors import ResourceInvalidError
from kg.model.cluster import Relation, Wording
from kg.resolve.across_events.wording import find_stem
from kg.resources import find_resource

_NEGATORS = frozenset({"no", "not", "never", "neither", "nobody", "nothing", "cannot", "unable"})
#: In a longer content, in words, what is negated need not be what is said.
_SHORT = 14
_LEXICON = "ontology/lexicons/opposites.toml"


@cache
def _read_opposites() -> dict[str, frozenset[str]]:
    """Return the stems that say the opposite of a stem."""
    try:
        pairs = tomllib.loads(find_resource(_LEXICON).read_text("utf-8"))["pairs"]
        found: dict[str, set[str]] = {}
        for ones, others in pairs:
            for one in map(find_stem, ones):
                for other in map(find_stem, others):
                    found.setdefault(one, set()).add(other)
                    found.setdefault(other, set()).add(one)
        return {stem: frozenset(opposite) for stem, opposite in found.items()}
    except (KeyError, TypeError, ValueError, tomllib.TOMLDecodeError) as error:
        raise ResourceInvalidError(_LEXICON, f"is malformed: {error}") from error


def find_relation(left: Wording, right: Wording) -> Relation:
    """Return whether two wordings of one thesis say the same or the opposite.

    Words decide where both have most of them in common: their negation, and words of opposite meaning. Where they are put in
    other words, a frame that both take up does, by whether each denies it: "does not intend to end the war" and "is stalling"
    are negated and affirmed words on one side. Who denies a content stands on the other side of it.
    """
    is_opposite = left.turned != right.turned
    denials = {use.frame: use.denied for use in right.frames}
    shared = [use.denied != denials[use.frame] for use in left.frames if use.frame in denials]
    if shared and not _has_same_words(left, right):
        is_opposite ^= shared[0]
    else:
        is_opposite ^= is_negated(left) != is_negated(right)
        is_opposite ^= count_opposites(left, right) % 2 == 1
    return "opposite" if is_opposite else "same"


def _has_same_words(left: Wording, right: Wording) -> bool:
    shared = set(left.content) & set(right.content)
    return 2 * len(shared) > min(len(left.content), len(right.content))


def is_negated(wording: Wording) -> bool:
    """Whether the words of a content are negated: by the parse, or in a short one by a word that negates."""
    return wording.negated or (len(wording.words) <= _SHORT and not _NEGATORS.isdisjoint(wording.words))


def count_opposites(left: Wording, right: Wording) -> int:
    """Return how many words of one content have their opposite, and not themselves, in the other one."""
    opposites = _read_opposites()
    ones, others = set(left.content) - set(right.content), set(right.content) - set(left.content)
    return sum(1 for stem in ones if opposites.get(stem, frozenset()) & others)


def count_opposable(wording: Wording) -> int:
    """Return how many words of a content have opposites: the most that `count_opposites` can find."""
    opposites = _read_opposites()
    return sum(1 for stem in wording.content if stem in opposites)


def is_negative(wording: Wording) -> bool:
    """Whether a wording, taken by itself, denies what its words are about."""
    if wording.frames:
        return wording.frames[0].denied != wording.turned
    return is_negated(wording) != wording.turned
