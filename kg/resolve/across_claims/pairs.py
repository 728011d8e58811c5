"""Which wordings of a block may be of one thesis: most pairs are excluded all at once, the others are compared one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from kg.model.cluster import Relation
from kg.resolve.across_claims.compare import Prepared, bound_scores, may_be_one, score_wordings
from kg.resolve.across_claims.sides import find_relation
from kg.resolve.across_claims.utterances import compare_words, may_be_alike

#: Of fewer pairs each is compared: to make tables of them takes as long as a thousand comparisons.
_FEW_PAIRS = 500


class Member(NamedTuple):
    """A wording, all blocks that find it, and whether it has not been compared yet."""

    wording: Prepared
    blocks: frozenset[int]
    is_fresh: bool


def find_pairs(
    members: Sequence[Member], block: int, reopened: frozenset[int] = frozenset()
) -> Iterator[tuple[int, int, float, Relation]]:
    """Yield the pairs of a block of which `score_pair` tells: the place of each among the members, and what it tells.

    A pair is compared in the first block that both have, and where one of the two is fresh.

    Args:
        members: all wordings of the block.
        block: its number.
        reopened: blocks in which nothing was compared before.
    """
    is_fresh = [member.is_fresh or block in reopened for member in members]
    earlier = [frozenset(other for other in member.blocks if other < block) for member in members]
    for at, beside in list_candidates([member.wording for member in members], is_fresh):
        left, right = members[at], members[beside]
        if earlier[at].isdisjoint(earlier[beside]) and (
            left.is_fresh or right.is_fresh or left.blocks & right.blocks <= reopened
        ):
            told = score_pair(left.wording, right.wording)
            if told is not None:
                yield at, beside, told[0], told[1]


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


def list_candidates(wordings: Sequence[Prepared], is_fresh: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the places of all pairs of which `score_pair` may tell, sorted; most of which it does not are left out.

    Args:
        wordings: of one block.
        is_fresh: for each, whether it is to be compared; pairs of two others are left out.
    """
    count, asked = len(wordings), [at for at, one in enumerate(is_fresh) if one]
    if len(asked) * (2 * count - len(asked) - 1) // 2 <= _FEW_PAIRS:
        return _list_pairs(count, asked)
    fresh = np.array(asked)
    places = np.arange(len(wordings))
    # Of two fresh ones the first one finds the other.
    wanted = (places > fresh[:, None]) | ~np.asarray(is_fresh, bool)
    texts = [prepared.wording.words for prepared in wordings]
    wanted &= (bound_scores(wordings, fresh) > 0) | may_be_alike(texts, fresh)
    rows, columns = np.nonzero(wanted)
    return sorted(zip(*np.sort([fresh[rows], columns], axis=0).tolist(), strict=True))


def _list_pairs(count: int, asked: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of so many places of which one is asked for, sorted."""
    if len(asked) == count:
        return list(combinations(range(count), 2))
    return sorted({(min(at, other), max(at, other)) for at in asked for other in range(count) if other != at})
