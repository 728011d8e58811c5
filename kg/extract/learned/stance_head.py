"""A small network over the states of a frozen sentence encoder: the target looks round its text and is given a stance.

Each attention head asks, with the mean of the target's states, which pieces of the text matter, and also weighs how far
they stand from the target (T5's buckets, Raffel et al. 2020). What the heads gather, the target's mean and the text's
mean go through one hidden layer to three scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kg.errors import ResourceInvalidError

#: Codes of distances: 0 for a piece of the target, 1 to 10 in front of it, 11 to 20 behind it.
DISTANCES = 21
_NEAR = 4
_FAR_FACTOR = 2.2
_SHAPES = 9

Floats = NDArray[np.float32]


class HeadWeights(NamedTuple):
    """Weights of one network; `width` is that of the states.

    Attributes:
        ask: (heads, width, size), turns the target's mean into questions.
        ask_bias: (heads, size).
        match: (heads, size, width), turns questions into what is looked for in the states.
        distance: (heads, DISTANCES).
        gather: (heads, width, size), turns what was found into what is kept of it.
        hidden: (2 * width + heads * size, hidden).
        hidden_bias: (hidden,).
        label: (hidden, stances).
        label_bias: (stances,).
    """

    ask: Floats
    ask_bias: Floats
    match: Floats
    distance: Floats
    gather: Floats
    hidden: Floats
    hidden_bias: Floats
    label: Floats
    label_bias: Floats


class Target(NamedTuple):
    """What a network reads: the states of a text's pieces, shape (pieces, width), and the target's pieces, at least one.

    Attributes:
        first: of the target's pieces.
        end: behind the last of them.
    """

    states: Floats
    first: int
    end: int


def score_targets(weights: HeadWeights, targets: Sequence[Target]) -> Floats:
    """Return the scores of the stances to targets, shape (targets, stances), in order; at least one target.

    The weights are many more than the states of one text: they are gone through once for all targets.
    """
    heads, width, size = weights.ask.shape
    means = np.stack([target.states[target.first : target.end].mean(0) for target in targets])
    wholes = np.stack([target.states.mean(0) for target in targets])
    asking = weights.ask.transpose(1, 0, 2).reshape(width, heads * size)
    questions = (means @ asking).reshape(-1, heads, size) + weights.ask_bias
    sought = np.matmul(questions.transpose(1, 0, 2), weights.match).transpose(1, 0, 2) / np.float32(np.sqrt(size))
    found = np.stack([_look_round(weights, row, target) for row, target in zip(sought, targets, strict=True)])
    kept = np.matmul(found.transpose(1, 0, 2), weights.gather).transpose(1, 0, 2).reshape(len(targets), -1)
    hidden = np.maximum(np.hstack([means, wholes, kept]) @ weights.hidden + weights.hidden_bias, 0)
    scores: Floats = (hidden @ weights.label + weights.label_bias).astype(np.float32)
    return scores


def _look_round(weights: HeadWeights, sought: Floats, target: Target) -> Floats:
    """Return what each head finds in a text, shape (heads, width)."""
    weighed = sought @ target.states.T + weights.distance[:, code_distances(len(target.states), target.first, target.end)]
    raised = np.exp(weighed - weighed.max(1, keepdims=True))
    return np.asarray((raised / raised.sum(1, keepdims=True)) @ target.states, np.float32)


def code_distances(pieces: int, first: int, end: int) -> NDArray[np.int64]:
    """Return the code of each piece's distance from a target, shape (pieces,): exact when near, in logarithms when far."""
    places = np.arange(pieces)
    before, behind = first - places, places - (end - 1)
    size = np.maximum(np.maximum(before, behind), 0)
    far = _NEAR + np.floor(_FAR_FACTOR * np.log2(np.maximum(size, _NEAR) / _NEAR) + 1e-9)
    code = np.where(size <= _NEAR, size, np.minimum(far, 10)).astype(np.int64)
    return np.where(behind > 0, code + 10 * (code > 0), code)


def write_heads(path: Path, networks: list[HeadWeights]) -> None:
    """Write networks as half-precision arrays."""
    arrays = {
        f"{number}_{name}": getattr(network, name).astype(np.float16)
        for number, network in enumerate(networks)
        for name in HeadWeights._fields
    }
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def read_heads(path: Path) -> list[HeadWeights]:
    """Read what `write_heads` wrote.

    Raises:
        ResourceInvalidError: the file is no such file, or holds no whole network.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            held: Mapping[str, Floats] = {name: arrays[name].astype(np.float32) for name in arrays.files}
        count, rest = divmod(len(held), _SHAPES)
        if rest or not count:
            raise ResourceInvalidError(str(path), "holds no whole network; install sayso again")
        return [HeadWeights(**{name: held[f"{number}_{name}"] for name in HeadWeights._fields}) for number in range(count)]
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise ResourceInvalidError(str(path), f"is no file of networks ({error})") from error
