"""Label scores and linking vectors become attributions: the best sequence, its certainty, the right cue."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.learned.decoding import (
    Certainty,
    compute_confidence,
    compute_posterior,
    constrain,
    decode_window,
    find_best_labels,
)
from kg.extract.learned.labeller import Parameters, WindowScores

_WIDTH = 4
_SURE = 8.0
_NONE, _B_SOURCE, _I_SOURCE, _B_CUE, _I_CUE, _B_CONTENT, _I_CONTENT = range(7)


def _parameters(*, no_source: float = -1.0, **changed: np.ndarray) -> Parameters:
    zeros = {
        "transitions": np.zeros((7, 7), np.float32),
        "starts": np.zeros(7, np.float32),
        "distance": np.zeros((2, 21), np.float32),
        "rank": np.zeros((2, 8), np.float32),
        "same_rule": np.zeros(2, np.float32),
        "calibration": np.zeros(6, np.float32),
    }
    return Parameters(version="test", values={}, no_source=no_source, **{**zeros, **changed})


def _scores(labels: list[int], tokens: list[int] | None = None) -> WindowScores:
    """Return scores that are sure of these labels, and vectors that link each part to the cue of its own number."""
    rows = np.zeros((len(labels), 7), np.float32)
    rows[np.arange(len(labels)), labels] = _SURE
    vectors = np.zeros((len(labels), _WIDTH), np.float32)
    return WindowScores(tokens or list(range(len(labels))), rows, vectors, vectors.copy(), vectors.copy())


def _point(scores: WindowScores, part: int, cue: int, axis: int, *, is_source: bool) -> None:
    scores.cues[cue, axis] = 5.0
    (scores.sources if is_source else scores.contents)[part, axis] = 5.0


def test_one_cue_takes_its_source_and_all_its_contents() -> None:
    labels = [_B_CONTENT, _I_CONTENT, _NONE, _B_SOURCE, _B_CUE, _NONE, _B_CONTENT]
    found, _ = decode_window(_scores(labels), _parameters(), np.full(7, -1))
    (only,) = found
    assert (only.source, only.cue, only.content) == ((3,), (4,), (0, 1, 6))


def test_token_indexes_are_those_of_the_doc() -> None:
    scores = _scores([_B_SOURCE, _B_CUE, _B_CONTENT], tokens=[10, 12, 13])
    (only,), _ = decode_window(scores, _parameters(), np.full(20, -1))
    assert (only.source, only.cue, only.content) == ((10,), (12,), (13,))


def test_a_cue_without_content_is_no_attribution() -> None:
    found, chances = decode_window(_scores([_B_SOURCE, _B_CUE, _NONE]), _parameters(), np.full(3, -1))
    assert found == []
    assert chances[1] > 0.9


def test_a_window_without_cues_has_no_attributions() -> None:
    assert decode_window(_scores([_B_CONTENT, _NONE]), _parameters(), np.full(2, -1))[0] == []


def test_parts_go_to_the_cue_that_their_vectors_point_to() -> None:
    scores = _scores([_B_SOURCE, _B_CUE, _B_CUE, _B_CONTENT, _NONE, _B_CONTENT])
    _point(scores, 0, 2, 0, is_source=True)
    _point(scores, 3, 2, 0, is_source=False)
    _point(scores, 5, 1, 1, is_source=False)
    found, _ = decode_window(scores, _parameters(no_source=1.0), np.full(6, -1))
    assert [(item.source, item.cue, item.content) for item in found] == [((), (1,), (5,)), ((0,), (2,), (3,))]


def test_of_equal_cues_the_one_that_the_rules_join_is_taken() -> None:
    scores = _scores([_B_CUE, _B_CONTENT, _NONE, _B_CONTENT, _B_CUE])
    found, _ = decode_window(scores, _parameters(same_rule=np.full(2, 9.0, np.float32)), np.array([0, 1, -1, 0, 1]))
    assert [(item.cue, item.content) for item in found] == [((0,), (3,)), ((4,), (1,))]


def test_a_cue_keeps_the_surest_of_two_sources() -> None:
    scores = _scores([_B_SOURCE, _NONE, _B_SOURCE, _B_CUE, _B_CONTENT, _NONE, _B_CUE, _B_CONTENT])
    _point(scores, 2, 3, 0, is_source=True)
    _point(scores, 4, 3, 0, is_source=False)
    _point(scores, 7, 6, 1, is_source=False)
    scores.sources[0, 0] = 0.1
    found, _ = decode_window(scores, _parameters(), np.full(8, -1))
    assert found[0].source == (2,)


def test_two_cues_can_have_one_source() -> None:
    scores = _scores([_B_SOURCE, _B_CUE, _B_CONTENT, _B_CUE, _B_CONTENT])
    found, _ = decode_window(scores, _parameters(), np.full(5, -1))
    assert [item.source for item in found] == [(0,), (0,)]


def test_of_two_contents_that_prefer_one_cue_slightly_the_other_cue_gets_one() -> None:
    scores = _scores([_B_CUE, _B_CONTENT, _NONE, _B_CONTENT, _B_CUE])
    scores.cues[0, 0] = 1.0
    scores.contents[[1, 3], 0] = 1.0
    found, _ = decode_window(scores, _parameters(), np.full(5, -1))
    assert len(found) == 2


def test_an_inside_label_never_follows_another_role() -> None:
    rows = np.zeros((2, 7), np.float32)
    rows[0, _B_SOURCE], rows[1, _I_CONTENT] = 3.0, 2.0
    transitions, starts = constrain(_parameters())
    labels = find_best_labels(rows, transitions, starts)
    assert labels[1] != _I_CONTENT


def test_certainty_falls_where_labels_compete() -> None:
    sure, torn = _scores([_B_CUE, _B_CONTENT]), _scores([_B_CUE, _B_CONTENT])
    torn.labels[1, _NONE] = _SURE - 0.5
    (first,), _ = decode_window(sure, _parameters(), np.full(2, -1))
    (second,), _ = decode_window(torn, _parameters(), np.full(2, -1))
    assert second.certainty.content < 0.7 < first.certainty.content


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_best_labels_and_posterior_agree_with_the_sum_over_all_sequences(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(count, 7)).astype(np.float32)
    transitions, starts = constrain(
        _parameters(transitions=chance.normal(size=(7, 7)).astype(np.float32), starts=chance.normal(size=7).astype(np.float32))
    )

    def score(sequence: tuple[int, ...]) -> float:
        steps = sum(float(transitions[a, b]) for a, b in itertools.pairwise(sequence))
        return float(starts[sequence[0]]) + steps + sum(float(rows[at, label]) for at, label in enumerate(sequence))

    scored = {sequence: score(sequence) for sequence in itertools.product(range(7), repeat=count)}
    best = max(scored, key=lambda sequence: scored[sequence])
    assert scored[tuple(find_best_labels(rows, transitions, starts))] == pytest.approx(scored[best], abs=1e-4)
    total = math.fsum(math.exp(value) for value in scored.values() if value > -1e3)
    expected = np.zeros((count, 7))
    for sequence, value in scored.items():
        if value > -1e3:
            expected[np.arange(count), list(sequence)] += math.exp(value) / total
    assert np.allclose(compute_posterior(rows, transitions, starts), expected, atol=1e-5)


def test_confidence_grows_with_each_certainty() -> None:
    weights = np.array([0.5, 0.5, 0.5, 0.5, 0.0, 0.0], np.float32)
    low = compute_confidence(Certainty(0.6, 0.6, 0.6, 0.6), has_source=True, calibration=weights)
    for part in Certainty._fields:
        higher = Certainty(0.6, 0.6, 0.6, 0.6)._replace(**{part: 0.9})
        assert compute_confidence(higher, has_source=True, calibration=weights) > low


def test_confidence_of_full_certainty_is_finite() -> None:
    weights = np.array([0.5, 0.5, 0.5, 0.5, -1.0, 0.0], np.float32)
    assert 0.5 < compute_confidence(Certainty(1.0, 1.0, 1.0, 1.0), has_source=False, calibration=weights) < 1.0
