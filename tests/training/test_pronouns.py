"""Weights of the ranker of pronouns, fitted on samples made by hand."""

from __future__ import annotations

import pytest

from training.pronouns.fit import FIXED, fit
from training.pronouns.samples import Sample


def _sample(right: dict[str, float], wrong: dict[str, float]) -> Sample:
    return Sample({"right": right, "wrong": wrong}, frozenset({"right"}))


def test_what_the_right_have_gains_weight_and_what_the_wrong_have_loses_it() -> None:
    weights = fit([_sample({"near": 1}, {"far": 1})] * 20, fewest=1, penalty=1)
    assert weights["near"] > 0.5
    assert weights["far"] == pytest.approx(-weights["near"], abs=0.01)


def test_a_stronger_prior_gives_smaller_weights() -> None:
    samples = [_sample({"near": 1}, {})] * 20
    assert 0 < fit(samples, fewest=1, penalty=50)["near"] < fit(samples, fewest=1, penalty=1)["near"]


def test_any_of_several_right_ones_may_be_chosen() -> None:
    sample = Sample({"a": {"x": 1}, "b": {"y": 1}, "c": {"z": 1}}, frozenset({"a", "b"}))
    weights = fit([sample] * 20, fewest=1, penalty=1)
    assert weights["x"] == pytest.approx(weights["y"], abs=0.01)
    assert weights["z"] < 0 < weights["x"]


def test_rare_features_and_samples_without_a_choice_teach_nothing() -> None:
    only = Sample({"right": {"near": 1}}, frozenset({"right"}))
    nobody = Sample({"a": {"near": 1}, "b": {}}, frozenset())
    assert fit([only, nobody], fewest=1) == FIXED
    assert fit([_sample({"near": 1}, {})], fewest=2) == FIXED
