"""Whether two wordings are of one thesis, and on which side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.cluster import FrameUse, Predication, Wording
from kg.resolve.across_claims.compare import compare_wordings, may_be_one, prepare, score_wordings
from kg.resolve.across_claims.sides import find_relation
from tests.resolve.across_claims.samples import NORLAND, SUDRIA, make_vector, make_wording

BRIDGE = make_wording("S damaged the bridge", SUDRIA)


def compare(left: Wording, right: Wording) -> tuple[bool, str]:
    score = score_wordings(prepare(left), prepare(right))
    return (False, "") if score is None or score[0] <= 0 else (True, score[1])


def test_the_same_words_of_the_same_actor_are_one_thesis() -> None:
    assert compare(BRIDGE, make_wording("that S had damaged the bridge", SUDRIA)) == (True, "same")


def test_the_same_words_of_another_actor_are_two() -> None:
    compared = compare_wordings(prepare(BRIDGE), prepare(make_wording("N damaged the bridge", NORLAND)))
    assert NORLAND.actor in compared.apart
    assert not compared.features


def test_what_will_be_is_not_what_is() -> None:
    assert compare(BRIDGE, make_wording("S will damage the bridge", SUDRIA, mood="will")) == (False, "")


def test_who_does_it_to_whom_keeps_two_claims_apart() -> None:
    ours = Predication(lemma="attack", subject=SUDRIA.actor, object=NORLAND.actor)
    theirs = Predication(lemma="attack", subject=NORLAND.actor, object=SUDRIA.actor)
    left = make_wording("S attacked N", NORLAND, SUDRIA, done=ours)
    assert compare(left, make_wording("S had attacked N", NORLAND, SUDRIA, done=ours))[0]
    assert compare(left, make_wording("N attacked S", NORLAND, SUDRIA, done=theirs)) == (False, "")


def test_other_numbers_of_the_same_are_two_theses() -> None:
    assert not compare(make_wording("S lost two ships", SUDRIA), make_wording("S lost nine ships", SUDRIA))[0]


def test_near_vectors_join_other_words_and_far_ones_do_not() -> None:
    left = make_wording("S severed the cable", SUDRIA, vector=make_vector(100, 10))
    assert compare(left, make_wording("S snapped a wire", SUDRIA, vector=make_vector(100, 12)))[0]
    assert not compare(left, make_wording("S snapped a wire", SUDRIA, vector=make_vector(10, 100)))[0]


def test_without_vectors_other_words_are_two_theses() -> None:
    assert not compare(make_wording("S severed the cable", SUDRIA), make_wording("S snapped a wire", SUDRIA))[0]


def test_reasons_name_what_was_compared() -> None:
    compared = compare_wordings(prepare(BRIDGE), prepare(make_wording("S has damaged a bridge", SUDRIA)))
    assert {feature.name for feature in compared.features} == {"parties", "words"}


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (BRIDGE, make_wording("S did not damage the bridge", SUDRIA, negated=True), "opposite"),
        (BRIDGE, make_wording("S damaged the bridge", SUDRIA, turned=True), "opposite"),
        (BRIDGE, make_wording("S did not damage the bridge", SUDRIA, negated=True, turned=True), "same"),
        (make_wording("S supports the plan", SUDRIA), make_wording("S opposes the plan", SUDRIA), "opposite"),
        (make_wording("S supports the plan", SUDRIA), make_wording("S does not oppose the plan", SUDRIA, negated=True), "same"),
        (make_wording("S needs no gas", SUDRIA), make_wording("S needs gas", SUDRIA), "opposite"),
    ],
)
def test_sides_are_told_by_negation_denial_and_opposite_words(left: Wording, right: Wording, relation: str) -> None:
    assert find_relation(left, right) == find_relation(right, left) == relation


def test_a_frame_tells_the_side_of_what_is_put_in_other_words() -> None:
    stalling = (FrameUse(frame="stalling", targets=(SUDRIA.actor,)),)
    left = make_wording("S plays for time", SUDRIA, frames=stalling)
    right = make_wording("S does not intend to end the war", SUDRIA, negated=True, frames=stalling)
    denied = (FrameUse(frame="stalling", denied=True, targets=(SUDRIA.actor,)),)
    assert find_relation(left, right) == "same"
    assert find_relation(left, make_wording("S is ready for talks", SUDRIA, frames=denied)) == "opposite"


WORDS = [
    "damaged",
    "repaired",
    "opened",
    "closed",
    "won",
    "lost",
    "bridge",
    "harbour",
    "cable",
    "four",
    "nine",
    "ships",
    "troops",
    "was",
    "will",
]
WORDINGS = st.builds(
    lambda words, parties, mood, uses, done, vector: make_wording(
        " ".join(words), *parties, mood=mood, frames=uses, done=done, vector=vector
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.lists(st.sampled_from([NORLAND, SUDRIA]), max_size=2, unique=True),
    st.sampled_from(["is", "is", "is", "will", "if"]),
    st.sampled_from([(), (FrameUse(frame="stalling", denied=False, targets=(SUDRIA.actor,)),)]),
    st.sampled_from([None, Predication(lemma="damage", subject=SUDRIA.actor, object=None)]),
    st.sampled_from(["", make_vector(100, 10), make_vector(100, 12), make_vector(10, 100)]),
)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(WORDINGS, WORDINGS)
def test_no_two_wordings_of_one_thesis_are_passed_over(left: Wording, right: Wording) -> None:
    score = score_wordings(prepare(left), prepare(right))
    assert score is None or score[0] <= 0 or may_be_one(prepare(left), prepare(right))


def test_other_words_with_far_vectors_need_no_closer_look() -> None:
    left = make_wording("S severed the cable", SUDRIA, vector=make_vector(100, 10))
    assert not may_be_one(prepare(left), prepare(make_wording("S snapped a wire", SUDRIA, vector=make_vector(10, 100))))
    assert not may_be_one(prepare(BRIDGE), prepare(make_wording("S will damage the bridge", SUDRIA, mood="will")))


def test_opposite_words_get_a_closer_look() -> None:
    assert may_be_one(prepare(make_wording("S opened the border", SUDRIA)), prepare(make_wording("S closed the border", SUDRIA)))
