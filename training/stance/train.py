"""Trains the stance classifier: `python -m training.stance.train --data NEWSMTSC/train.jsonl --out FOLDER --version NAME`.

Writes `heads.npz` and `parameters.json`. The same data and seed give the same weights on one machine up to the rounding of
its matrix products.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.embedding.encoder import SentenceEncoder, load_encoder
from kg.extract.learned.stance import TargetText, read_target, to_likelihoods
from kg.extract.learned.stance_head import HeadWeights, Target, score_targets, write_heads
from training.stance.corpus import FOLDS, Example, read_newsmtsc, read_own
from training.stance.fit import Plan, Sample, fit

#: Networks that differ in their first weights only; their scores are averaged.
SEEDS = (7, 8, 9)
#: How likely a stance other than neutral must be to be given: in news most people are named without one, far more than in
#: the corpus, which was gathered for its stances.
_LEAST = 0.55
#: Our own examples are few, and of the language that is read: each counts as often as this.
_OWN_WEIGHT = 3
_OWN = Path(__file__).parent / "examples.toml"
_AT_ONCE = 64
_TEMPERATURES = np.linspace(0.5, 3.0, 51)


def to_samples(encoder: SentenceEncoder, examples: Sequence[Example]) -> list[Sample]:
    """Return the examples as the network reads them, in order.

    Raises:
        ValueError: a target has no word piece among the first that the encoder reads.
    """
    found = []
    for example in examples:
        read = read_target(encoder, TargetText(example.text, example.begin, example.end))
        if read is None:
            raise ValueError(f"{example.id}: the target is in no word piece")
        found.append(Sample(read.states.astype(np.float16), read.first, read.end, example.label))
    return found


def read_own_samples(encoder: SentenceEncoder) -> list[Sample]:
    """Return our own examples, each as often as it counts."""
    return to_samples(encoder, read_own(_OWN)) * _OWN_WEIGHT


def fit_networks(samples: Sequence[Sample]) -> list[HeadWeights]:
    """Return networks fitted to the samples, one for each seed."""
    return [fit(samples, Plan(seed=seed)) for seed in SEEDS]


def score_samples(networks: Sequence[HeadWeights], samples: Sequence[Sample]) -> NDArray[np.float32]:
    """Return the mean scores of networks, shape (samples, 3)."""
    rows = [Target(sample.states.astype(np.float32), sample.first, sample.end) for sample in samples]
    chunks = [rows[first : first + _AT_ONCE] for first in range(0, len(rows), _AT_ONCE)]
    return np.concatenate([np.mean([score_targets(network, chunk) for network in networks], 0) for chunk in chunks])


def cross_validate(examples: Sequence[Example], samples: Sequence[Sample], own: Sequence[Sample]) -> NDArray[np.float32]:
    """Return scores of each sample by networks that were fitted without its fold, shape (samples, 3).

    Args:
        examples: tell the folds.
        samples: of the examples.
        own: examples in no fold, which are fitted to each time.
    """
    scores = np.zeros((len(samples), 3), np.float32)
    for fold in range(FOLDS):
        held = [at for at, example in enumerate(examples) if example.fold == fold]
        rest = [sample for example, sample in zip(examples, samples, strict=True) if example.fold != fold]
        scores[held] = score_samples(fit_networks([*rest, *own]), [samples[at] for at in held])
    return scores


def find_temperature(scores: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Return what to divide scores by so that the likelihoods that they give fit the labels best (Guo et al. 2017)."""
    rows = np.arange(len(labels))
    losses = [-np.log(to_likelihoods(scores, t)[rows, labels] + 1e-12).mean() for t in _TEMPERATURES]
    return round(float(_TEMPERATURES[int(np.argmin(losses))]), 2)


def main() -> int:
    """Read, cross-validate for the temperature, fit to everything, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="train.jsonl of NewsMTSC")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model's files")
    parser.add_argument("--version", required=True, help="name of this model, kept in every stance that it tells")
    parser.add_argument("--temperature", type=float, help="that of earlier folds, instead of folds of its own")
    arguments = parser.parse_args()
    encoder = load_encoder()
    examples = read_newsmtsc(arguments.data)
    samples, own = to_samples(encoder, examples), read_own_samples(encoder)
    sys.stderr.write(f"{len(samples)} targets, {len(own)} of our own\n")
    temperature = arguments.temperature
    if temperature is None:
        labels = np.asarray([example.label for example in examples])
        scores = cross_validate(examples, samples, own)
        temperature = find_temperature(scores, labels)
        right = 100 * float((scores.argmax(1) == labels).mean())
        sys.stderr.write(f"right in {right:.1f}% by folds; temperature {temperature}\n")
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_heads(arguments.out / "heads.npz", fit_networks([*samples, *own]))
    parameters = {"version": arguments.version, "temperature": temperature, "least": _LEAST}
    (arguments.out / "parameters.json").write_text(json.dumps(parameters, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
