"""Fits the networks of `kg.extract.learned.stance_head` by AdamW, with gradients written out: numpy is all it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.stance_head import DISTANCES, Floats, HeadWeights, code_distances

_WARM_UP = 0.06
_POOL = 16
_MOMENTS = (0.9, 0.999)
_DECAY = 0.01
_AVERAGE = 0.99
_LARGEST_STEP = 1.0


class Sample(NamedTuple):
    """A text's states, shape (pieces, width), in any precision; the target's pieces, half-open; its stance's number."""

    states: NDArray[np.floating]
    first: int
    end: int
    label: int


class Plan(NamedTuple):
    """How a network is fitted.

    Attributes:
        heads, size: attention heads and their width.
        hidden: width of the hidden layer.
        dropped: share of what goes into and out of the hidden layer that is left out in a step.
        smoothed: share of each label that is spread over all.
    """

    heads: int = 12
    size: int = 32
    hidden: int = 256
    epochs: int = 5
    rate: float = 7e-4
    batch: int = 32
    dropped: float = 0.4
    smoothed: float = 0.05
    seed: int = 7


class Batch(NamedTuple):
    """Samples side by side; padded pieces have distance code -1.

    Attributes:
        states: (batch, pieces, width).
        target: (batch, width), mean of the target's states. whole: of all.
        codes: (batch, pieces).
        labels: (batch,).
    """

    states: Floats
    target: Floats
    whole: Floats
    codes: NDArray[np.int64]
    labels: NDArray[np.int64]


def fit(samples: Sequence[Sample], plan: Plan) -> HeadWeights:
    """Return a network fitted to the samples: the average of its weights over the last half of the steps."""
    chance = np.random.default_rng(plan.seed)
    weights = _start(samples[0].states.shape[1], plan, chance)
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    average: list[Floats] = []
    steps = plan.epochs * -(-len(samples) // plan.batch)
    batches: Iterator[Batch] = iter(())
    for step in range(steps):
        batch = next(batches, None)
        if batch is None:
            batches = _make_batches(samples, plan.batch, chance)
            batch = next(batches)
        _, gradients = measure(weights, batch, plan, chance)
        norm = float(np.sqrt(sum(float((g * g).sum()) for g in gradients)))
        rate = plan.rate * min(1.0, (step + 1) / (_WARM_UP * steps)) * (steps - step) / steps
        shrunk = min(1.0, _LARGEST_STEP / (norm + 1e-12))
        for number, gradient in enumerate(gradients):
            first, second = moments[number]
            first += (1 - _MOMENTS[0]) * (gradient * shrunk - first)
            second += (1 - _MOMENTS[1]) * ((gradient * shrunk) ** 2 - second)
            ahead = first / (1 - _MOMENTS[0] ** (step + 1))
            size = np.sqrt(second / (1 - _MOMENTS[1] ** (step + 1))) + 1e-8
            weights[number][...] -= (rate * (ahead / size + _DECAY * weights[number])).astype(np.float32)
        if step == steps // 2:
            average = [weight.copy() for weight in weights]
        elif step > steps // 2:
            for number, weight in enumerate(weights):
                average[number][...] += (1 - _AVERAGE) * (weight - average[number])
    return HeadWeights(*(average or weights))


def measure(weights: HeadWeights, batch: Batch, plan: Plan, chance: np.random.Generator | None) -> tuple[float, HeadWeights]:
    """Return the mean loss of a batch (cross-entropy) and its gradient; nothing is dropped without a generator."""
    scale = np.float32(1 / np.sqrt(weights.ask.shape[2]))
    rows = len(batch.labels)
    questions = np.einsum("bd,hds->bhs", batch.target, weights.ask, optimize=True) + weights.ask_bias
    sought = np.einsum("bhs,hsd->bhd", questions, weights.match, optimize=True)
    weighed = np.matmul(sought, batch.states.transpose(0, 2, 1)) * scale
    weighed += weights.distance[:, np.maximum(batch.codes, 0)].transpose(1, 0, 2)
    weighed = np.where((batch.codes < 0)[:, None], np.float32(-1e9), weighed)
    raised = np.exp(weighed - weighed.max(2, keepdims=True))
    attended = raised / raised.sum(2, keepdims=True)
    found = np.matmul(attended, batch.states)
    kept = np.einsum("bhd,hds->bhs", found, weights.gather, optimize=True)
    shown = np.concatenate([batch.target, batch.whole, kept.reshape(rows, -1)], 1)
    shown_mask = _drop(shown.shape, plan.dropped, chance)
    shown = shown * shown_mask
    before = shown @ weights.hidden + weights.hidden_bias
    hidden_mask = _drop(before.shape, plan.dropped, chance) * (before > 0)
    hidden = before * hidden_mask
    scores = hidden @ weights.label + weights.label_bias
    shifted = scores - scores.max(1, keepdims=True)
    logarithms = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    stances = scores.shape[1]
    wanted = np.full(scores.shape, plan.smoothed / stances, np.float32)
    wanted[np.arange(rows), batch.labels] += 1 - plan.smoothed
    loss = float(-(wanted * logarithms).sum() / rows)

    d_scores = (np.exp(logarithms) - wanted) / rows
    d_hidden = (d_scores @ weights.label.T) * hidden_mask
    d_shown = (d_hidden @ weights.hidden.T) * shown_mask
    width = batch.target.shape[1]
    d_kept = d_shown[:, 2 * width :].reshape(kept.shape)
    d_found = np.einsum("bhs,hds->bhd", d_kept, weights.gather, optimize=True)
    d_attended = np.matmul(d_found, batch.states.transpose(0, 2, 1))
    d_weighed = attended * (d_attended - (attended * d_attended).sum(2, keepdims=True))
    d_sought = np.matmul(d_weighed, batch.states) * scale
    d_questions = np.einsum("bhd,hsd->bhs", d_sought, weights.match, optimize=True)
    d_distance = np.zeros_like(weights.distance)
    for code in range(DISTANCES):
        d_distance[:, code] = (d_weighed * (batch.codes == code)[:, None]).sum((0, 2))
    gradient = HeadWeights(
        ask=np.einsum("bd,bhs->hds", batch.target, d_questions, optimize=True),
        ask_bias=d_questions.sum(0),
        match=np.einsum("bhs,bhd->hsd", questions, d_sought, optimize=True),
        distance=d_distance,
        gather=np.einsum("bhd,bhs->hds", found, d_kept, optimize=True),
        hidden=shown.T @ d_hidden,
        hidden_bias=d_hidden.sum(0),
        label=hidden.T @ d_scores,
        label_bias=d_scores.sum(0),
    )
    return loss, gradient


def to_batch(samples: Sequence[Sample]) -> Batch:
    """Return samples side by side, in order."""
    shape = len(samples), max(len(sample.states) for sample in samples)
    states = np.zeros((*shape, samples[0].states.shape[1]), np.float32)
    codes = np.full(shape, -1, np.int64)
    for row, sample in enumerate(samples):
        size = len(sample.states)
        states[row, :size] = sample.states
        codes[row, :size] = code_distances(size, sample.first, sample.end)
    target = np.stack([states[row, s.first : s.end].mean(0) for row, s in enumerate(samples)])
    whole = np.stack([states[row, : len(s.states)].mean(0) for row, s in enumerate(samples)])
    return Batch(states, target, whole, codes, np.asarray([sample.label for sample in samples]))


def _make_batches(samples: Sequence[Sample], size: int, chance: np.random.Generator) -> Iterator[Batch]:
    """Yield one epoch: all samples, alike in length, in random order."""
    order = chance.permutation(len(samples))
    rows = []
    for begin in range(0, len(order), size * _POOL):
        pool = sorted(order[begin : begin + size * _POOL], key=lambda at: (len(samples[at].states), at))
        rows.extend(pool[first : first + size] for first in range(0, len(pool), size))
    for at in chance.permutation(len(rows)):
        yield to_batch([samples[one] for one in rows[at]])


def _start(width: int, plan: Plan, chance: np.random.Generator) -> HeadWeights:
    def draw(*shape: int, fan: int) -> Floats:
        bound = 1 / np.sqrt(fan)
        return chance.uniform(-bound, bound, shape).astype(np.float32)

    shown = 2 * width + plan.heads * plan.size
    return HeadWeights(
        ask=draw(plan.heads, width, plan.size, fan=width),
        ask_bias=np.zeros((plan.heads, plan.size), np.float32),
        match=draw(plan.heads, plan.size, width, fan=width),
        distance=np.zeros((plan.heads, DISTANCES), np.float32),
        gather=draw(plan.heads, width, plan.size, fan=width),
        hidden=draw(shown, plan.hidden, fan=shown),
        hidden_bias=np.zeros(plan.hidden, np.float32),
        label=draw(plan.hidden, 3, fan=plan.hidden),
        label_bias=np.zeros(3, np.float32),
    )


def _drop(shape: tuple[int, ...], share: float, chance: np.random.Generator | None) -> Floats:
    if chance is None or not share:
        return np.ones(shape, np.float32)
    return (chance.random(shape, np.float32) >= share).astype(np.float32) / np.float32(1 - share)
