"""The networks of stance are fitted by gradients that are written out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.learned.stance_head import Floats, HeadWeights, Target, score_targets
from training.stance.fit import Plan, Sample, fit, measure, to_batch

_SMALL = Plan(heads=2, size=3, hidden=5, epochs=40, rate=2e-2, batch=4, dropped=0.0)


def make_samples(count: int, seed: int = 3) -> list[Sample]:
    """Return texts of random states; the stance is told by the piece right in front of the target."""
    chance = np.random.default_rng(seed)
    samples = []
    for _ in range(count):
        states = chance.normal(size=(int(chance.integers(4, 9)), 8)).astype(np.float32)
        first = int(chance.integers(1, len(states)))
        label = int(chance.integers(0, 3))
        states[first - 1, :3] = 3.0 * np.eye(3)[label]
        samples.append(Sample(states, first, first + 1, label))
    return samples


def score_sample(weights: HeadWeights, sample: Sample) -> Floats:
    """Return the scores of one sample as what is shipped works them out."""
    return score_targets(weights, [Target(sample.states.astype(np.float32), sample.first, sample.end)])[0]


@pytest.mark.parametrize("name", HeadWeights._fields)
def test_each_gradient_is_the_slope_of_the_loss(name: str) -> None:
    samples = make_samples(5)
    weights = fit(samples, _SMALL._replace(epochs=1, rate=1e-9))
    exact = HeadWeights(*(weight.astype(np.float64) for weight in weights))
    batch = to_batch(samples)
    _, gradients = measure(exact, batch, _SMALL, None)
    at = np.unravel_index(int(np.abs(getattr(gradients, name)).argmax()), getattr(exact, name).shape)
    losses = []
    for step in (1e-4, -1e-4):
        moved = getattr(exact, name).copy()
        moved[at] += step
        losses.append(measure(exact._replace(**{name: moved}), batch, _SMALL, None)[0])
    assert getattr(gradients, name)[at] == pytest.approx((losses[0] - losses[1]) / 2e-4, rel=1e-3)


def test_padding_changes_no_score() -> None:
    samples = make_samples(6)
    weights = fit(samples, _SMALL._replace(epochs=1))
    alone = [measure(weights, to_batch([sample]), _SMALL, None)[0] for sample in samples]
    together, _ = measure(weights, to_batch(samples), _SMALL, None)
    assert together == pytest.approx(float(np.mean(alone)), rel=1e-5)


def test_what_is_fitted_scores_as_what_is_shipped() -> None:
    sample = make_samples(1)[0]
    weights = fit(make_samples(8), _SMALL._replace(epochs=2, smoothed=0.0))
    scores = score_sample(weights, sample)
    loss, _ = measure(weights, to_batch([sample]), _SMALL._replace(smoothed=0.0), None)
    assert loss == pytest.approx(float(np.log(np.exp(scores).sum()) - scores[sample.label]), rel=1e-4)


def test_a_stance_that_stands_in_front_of_the_target_is_learned() -> None:
    weights = fit(make_samples(120), _SMALL)
    held = make_samples(60, seed=4)
    right = sum(int(score_sample(weights, s).argmax()) == s.label for s in held)
    assert right >= 50


def test_the_same_seed_gives_the_same_weights() -> None:
    samples = make_samples(8)
    first, second = (fit(samples, _SMALL._replace(epochs=2, dropped=0.2)) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))
