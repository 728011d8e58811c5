"""Which wordings of a block are compared at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.cluster import FrameUse, Wording
from kg.resolve.across_claims import pairs
from kg.resolve.across_claims.compare import prepare
from kg.resolve.across_claims.pairs import Member, find_pairs, list_candidates, score_pair
from tests.resolve.across_claims.samples import NORLAND, SUDRIA, make_vector, make_wording

WORDS = ("the", "of", "bridge", "harbour", "cable", "opened", "closed", "damaged", "four", "nine", "ships", "not", "that")
WORDINGS = st.builds(
    lambda words, parties, mood, frames, vector: make_wording(" ".join(words), *parties, mood=mood, frames=frames, vector=vector),
    st.lists(st.sampled_from(WORDS), max_size=9),
    st.lists(st.sampled_from([NORLAND, SUDRIA]), max_size=2, unique=True),
    st.sampled_from(["is", "is", "will"]),
    st.sampled_from([(), (FrameUse(frame="stalling", denied=False, targets=(SUDRIA.actor,)),)]),
    st.sampled_from(["", make_vector(100, 10), make_vector(100, 12), make_vector(10, 100)]),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(WORDINGS, st.booleans()), min_size=2, max_size=9))
def test_nothing_that_a_pair_tells_is_passed_over(told: list[tuple[Wording, bool]]) -> None:
    wordings, is_fresh = [prepare(wording) for wording, _ in told], [fresh for _, fresh in told]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_FEW_PAIRS", 0)
        found = list_candidates(wordings, is_fresh)
    assert found == sorted(set(found))
    assert set(found) <= set(list_candidates(wordings, is_fresh))
    for at in range(len(wordings)):
        for beside in range(at + 1, len(wordings)):
            if (is_fresh[at] or is_fresh[beside]) and (at, beside) not in found:
                assert score_pair(wordings[at], wordings[beside]) is None


def test_most_pairs_of_a_large_block_need_no_closer_look() -> None:
    words = ("bridge", "harbour", "cable", "mill", "road", "dam")
    wordings = [
        prepare(make_wording(f"S {verb} the {word}", SUDRIA, vector=make_vector(*[0] * at, 100)))
        for verb in ("opened", "sold", "flooded", "mapped", "praised", "left")
        for at, word in enumerate(words)
    ]
    assert len(list_candidates(wordings, [True] * 36)) < 36 * 35 // 4
    assert list_candidates(wordings, [False] * 36) == []


def test_a_pair_is_compared_in_the_first_block_that_it_shares_and_again_where_that_was_closed() -> None:
    one, other = (prepare(make_wording(f"S damaged the bridge {word}", SUDRIA)) for word in ("today", "again"))
    members = [Member(one, frozenset({1, 2, 4}), is_fresh=True), Member(other, frozenset({2, 3, 4}), is_fresh=False)]
    assert [(at, beside) for at, beside, *_ in find_pairs(members, 2)] == [(0, 1)]
    assert list(find_pairs(members, 4)) == []
    known = [member._replace(is_fresh=False) for member in members]
    assert list(find_pairs(known, 2)) == list(find_pairs(known, 2, frozenset({2}))) == []
    assert list(find_pairs(known, 2, frozenset({2, 4}))) == list(find_pairs(members, 2))
