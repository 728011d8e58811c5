"""Fits the ranker of pronouns: `python -m training.pronouns.fit --data gap-development.tsv --out models/pronouns/weights.json`.

A conditional log-linear model: of the persons whom a pronoun may mean, one has the probability of its exponentiated sum of
weighted features over that of all. The fit maximises the probability of those who are right, with a Gaussian prior on the
weights, by Adam (Kingma and Ba 2015) over all samples at once. What speech tells ("speech") and what other rules add
("added") keep a weight set by hand: the texts hold few quotations. Since a person's features count the pronouns before, it is
fitted twice, the second time with those pronouns decided by the first weights.

With `--cross-validate`, nothing is written: each tenth of the texts is scored with weights fitted on the other nine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.build.toolchain import Toolchain
from kg.resolve.ranker import LinearRanker
from kg.resolve.registry import Registry
from kg.settings import Settings
from tests.scores.reporting import compute_f1
from training.pronouns.samples import Sample, Text, decide_all, find_samples, read_texts

#: Twice the log-odds that the hand-set weights of `kg.resolve.salience` give: fitted scores are as much larger.
FIXED = {"speech": 2.0, "added": 2.0}
#: Where the first round starts: the nearest, and subjects.
_START = {"rank": -1.0, "names": 0.5, "0 subject": 1.5, "1 subject": 1.0, **FIXED}
_ROUNDS = 2
_FOLDS = 10
_STEPS = 500
_RATE = 0.05
_PENALTY = 10.0
#: A rarer feature tells of its texts alone.
_FEWEST = 8


def fit(samples: Sequence[Sample], *, fewest: int = _FEWEST, penalty: float = _PENALTY) -> dict[str, float]:
    """Return feature -> weight; samples in which nobody is right, or everybody, teach nothing.

    Args:
        samples: marked pronouns.
        fewest: how many persons must have a feature.
        penalty: inverse variance of the weights.
    """
    kept = [s for s in samples if s.right and len(s.right) < len(s.persons)]
    counts = Counter(name for s in kept for features in s.persons.values() for name in features)
    names = sorted(name for name, count in counts.items() if count >= fewest and name not in FIXED)
    if not names:
        return dict(FIXED)
    places = {name: place for place, name in enumerate(names)}
    rows = [(s, actor) for s in kept for actor in s.persons]
    matrix = np.zeros((len(rows), len(names)))
    offsets = np.zeros(len(rows))
    for number, (sample, actor) in enumerate(rows):
        for name, value in sample.persons[actor].items():
            if name in places:
                matrix[number, places[name]] = value
            offsets[number] += FIXED.get(name, 0.0) * value
    sizes = [len(s.persons) for s in kept]
    is_right = np.array([actor in sample.right for sample, actor in rows], dtype=float)
    weights = _descend(matrix, offsets, is_right, np.array(sizes), penalty)
    fitted = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    return {**{name: weight for name, weight in fitted.items() if weight}, **FIXED}


def _descend(
    matrix: NDArray[np.float64],
    offsets: NDArray[np.float64],
    is_right: NDArray[np.float64],
    sizes: NDArray[np.int64],
    penalty: float,
) -> NDArray[np.float64]:
    """Return the weights of the columns; `sizes` says how many rows each sample has, in order."""
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    weights, mean, square = (np.zeros(matrix.shape[1]) for _ in range(3))
    for step in range(1, _STEPS + 1):
        scores = matrix @ weights + offsets
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        odds = np.exp(scores)
        of_all = odds / np.repeat(np.add.reduceat(odds, starts), sizes)
        right = odds * is_right
        of_right = right / np.repeat(np.maximum(np.add.reduceat(right, starts), 1e-300), sizes)
        gradient = matrix.T @ (of_all - of_right) + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = _RATE * (1 - (step - 1) / _STEPS)
        weights = weights - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_rounds(texts: Sequence[Text], registry: Registry) -> dict[str, float]:
    """Return the weights fitted on all texts, after two rounds."""
    weights = dict(_START)
    for _ in range(_ROUNDS):
        weights = fit(list(find_samples(texts, registry, LinearRanker(weights))))
    return weights


def cross_validate(texts: Sequence[Text], registry: Registry) -> dict[str, float]:
    """Return precision, recall and F1 in percent over all texts, each scored with weights of the other folds."""
    right = predicted = gold = 0
    for fold in range(_FOLDS):
        others = [text for number, text in enumerate(texts) if number % _FOLDS != fold]
        held = [text for number, text in enumerate(texts) if number % _FOLDS == fold]
        ranker = LinearRanker(fit_rounds(others, registry))
        for decided, meant in decide_all(held, registry, ranker):
            right += sum(d and m for d, m in zip(decided, meant, strict=True))
            predicted += sum(decided)
            gold += sum(meant)
    return compute_f1(right, predicted, gold)


def main() -> int:
    """Fit and write the weights, or cross-validate; the last line printed is a JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="marked texts in the layout of gap-development.tsv")
    parser.add_argument("--out", type=Path, help="the file of weights to write")
    parser.add_argument("--cross-validate", action="store_true", help="write nothing; score each tenth with the other nine")
    arguments = parser.parse_args()
    if arguments.out is None and not arguments.cross_validate:
        parser.error("name the file of weights with --out, or ask for --cross-validate")
    toolchain = Toolchain(Settings())
    texts = list(read_texts(arguments.data, toolchain))
    if arguments.cross_validate:
        sys.stdout.write(json.dumps({"items": len(texts), **cross_validate(texts, toolchain.registry)}) + "\n")
        return 0
    weights = fit_rounds(texts, toolchain.registry)
    made = "python -m training.pronouns.fit; see README.md"
    arguments.out.write_text(json.dumps({"made": made, "weights": dict(sorted(weights.items()))}, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps({"items": len(texts), "weights": len(weights)}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
