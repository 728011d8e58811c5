"""Wordings joined to theses: average linkage over their comparisons, in which what excludes each other never meets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.model.cluster import Relation, Wording
from kg.resolve.across_claims.blocks import find_blocks
from kg.resolve.across_claims.compare import Prepared, prepare, score_wordings
from kg.resolve.across_claims.pairs import Member, find_pairs
from kg.resolve.linkage import Linkage

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

    def score(left: int, right: int) -> float | None:
        pair = (left, right) if left < right else (right, left)
        found = scores[pair] if pair in scores else score_wordings(wordings[pair[0]], wordings[pair[1]])
        return None if found is None else found[0]

    linkage, turned = Linkage(wordings, score), dict.fromkeys(wordings, False)
    ranked = sorted((-score[0], pair, score[1]) for pair, score in scores.items() if score is not None and score[0] > 0)
    for _, (left, right), relation in ranked:
        theirs = linkage.get_group(right)
        if linkage.join(left, right) and (turned[left] != turned[right]) != (relation == "opposite"):
            for one in theirs:
                turned[one] = not turned[one]
    return sorted(tuple(Side(number, turned[number]) for number in sorted(group)) for group in linkage.list_groups())


def group_wordings(wordings: Iterable[Wording]) -> list[tuple[Side, ...]]:
    """Return the theses of wordings, which are numbered as given: all steps at once."""
    prepared = {number: prepare(wording) for number, wording in enumerate(wordings)}
    held = {number: frozenset(find_blocks(item.wording)) for number, item in prepared.items()}
    blocks: dict[int, list[int]] = defaultdict(list)
    for number in prepared:
        for block in held[number]:
            blocks[block].append(number)
    common = {block for block, numbers in blocks.items() if len(numbers) > MOST_IN_BLOCK}
    scores: dict[Pair, Score] = {}
    for block in sorted(blocks.keys() - common):
        numbers = blocks[block]
        members = [Member(prepared[number], held[number] - common, is_fresh=True) for number in numbers]
        for one, other, score, relation in find_pairs(members, block):
            scores[numbers[one], numbers[other]] = (score, relation)
    return cluster_wordings(prepared, scores)
