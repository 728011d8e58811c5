"""Wordings joined to theses: average linkage over their comparisons, in which what excludes each other never meets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from kg.model.cluster import Relation, Wording
from kg.resolve.across_claims.compare import Prepared, may_be_one, prepare, score_wordings
from kg.resolve.across_claims.keys import find_keys
from kg.resolve.across_claims.sides import find_relation
from kg.resolve.across_claims.utterances import compare_words

#: A block of more wordings than these is a way of the language, and finds nothing.
MOST_IN_BLOCK = 300

#: Two wordings by number, the smaller one first, with their log-odds, or None where something excludes that they are one.
Pair = tuple[int, int]
Score = tuple[float, Relation] | None


class Side(NamedTuple):
    """A wording in a thesis; `is_turned`: it says the opposite of the thesis's first wording."""

    wording: int
    is_turned: bool


def cluster_wordings(wordings: Mapping[int, Prepared], scores: Mapping[Pair, Score]) -> list[tuple[Side, ...]]:
    """Return the wordings of each thesis, sorted by number; a function of the set of wordings and their numbers alone.

    The best pair is joined first; two groups are joined while their wordings are on average rather one thesis than several,
    and nothing excludes it. The pair that joins two groups tells how their sides stand to each other.

    Args:
        wordings: all that any pair names, and those that none does. Numbers decide ties: give them in an order that is the
            wordings' own.
        scores: log-odds; those that are not above zero join nothing.
    """
    groups: dict[int, tuple[Side, ...]] = {number: (Side(number, is_turned=False),) for number in wordings}
    known: dict[Pair, Score] = dict(scores)

    def look_up(left: int, right: int) -> Score:
        pair = (left, right) if left < right else (right, left)
        if pair not in known:
            known[pair] = score_wordings(wordings[left], wordings[right])
        return known[pair]

    ranked = sorted((-score[0], pair, score[1]) for pair, score in scores.items() if score is not None and score[0] > 0)
    for _, (left, right), relation in ranked:
        ours, theirs = groups[left], groups[right]
        if ours is theirs:
            continue
        values = [look_up(one.wording, other.wording) for one in ours for other in theirs]
        if any(value is None for value in values) or sum(value[0] for value in values if value is not None) <= 0:
            continue
        turned = {side.wording: side.is_turned for side in (*ours, *theirs)}
        is_flipped = (turned[left] != turned[right]) != (relation == "opposite")
        joined = tuple(sorted((*ours, *(Side(side.wording, side.is_turned != is_flipped) for side in theirs))))
        for side in joined:
            groups[side.wording] = joined
    return sorted(set(groups.values()))


def score_pair(left: Prepared, right: Prepared) -> tuple[float, Relation] | None:
    """Return the log-odds that two wordings are of one thesis, and on which side; None where these are not above zero.

    Of those that have the same words all the same, 0 is returned: they may report one utterance.
    """
    score = score_wordings(left, right) if may_be_one(left, right) else None
    if score is not None and score[0] > 0:
        return score
    if compare_words(left.wording.words, right.wording.words) is None:
        return None
    return 0.0, find_relation(left.wording, right.wording)


def group_wordings(wordings: Iterable[Wording]) -> list[tuple[Side, ...]]:
    """Return the theses of wordings, which are numbered as given: all steps at once."""
    prepared = {number: prepare(wording) for number, wording in enumerate(wordings)}
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, item in prepared.items():
        for key in find_keys(item.wording):
            blocks[key].append(number)
    scores: dict[Pair, Score] = {}
    for key in sorted(blocks):
        if len(blocks[key]) <= MOST_IN_BLOCK:
            scores.update(
                ((one, other), score)
                for one, other in combinations(sorted(blocks[key]), 2)
                if (score := score_pair(prepared[one], prepared[other])) is not None
            )
    return cluster_wordings(prepared, scores)
