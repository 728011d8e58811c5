"""Fits how sure propositions are: `python -m training.propositions.fit --data carb --out models/propositions/weights.json`.

A logistic model with a Gaussian prior on the weights. What it is to foretell is how much of a proposition is right: its
precision in the one-to-one pairing with the marked tuples of its sentence, as the scorer of CaRB pairs them (0 for one that is
left over), so that the confidence is an expected precision. By Newton's method on all propositions at once.

With `--cross-validate`, nothing is written: each fifth of the sentences is scored with weights fitted on the other four.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kg.extract.proposition_confidence import BIAS, ConfidenceModel
from kg.extract.proposition_drafts import find_drafts
from kg.extract.propositions import finish_draft
from tests.scores.cameo_ner import join_tokens
from tests.scores.carb import Tuple, compute_figures, pair_tuples, read_gold, to_print, to_tuple, trace_curve
from tests.scores.sentences import extract_sentences

_FOLDS = 5
_ROUNDS = 25
_PENALTY = 4.0
#: A rarer feature tells of its sentences alone.
_FEWEST = 10


class Sample(NamedTuple):
    """A sentence with the tuples that its propositions are, what each one's confidence is reckoned from, and the marked tuples.

    Attributes:
        precisions: how much of each tuple is right, from 0 to 1.
    """

    sentence: str
    tuples: tuple[Tuple, ...]
    features: tuple[tuple[str, ...], ...]
    precisions: tuple[float, ...]
    gold: tuple[Tuple, ...]


def read_samples(gold: Mapping[str, Sequence[Tuple]]) -> list[Sample]:
    """Return a sample for each sentence, in order."""
    samples = []
    texts = [join_tokens(to_print(sentence.split())) for sentence in gold]
    analysed = extract_sentences(text for text, _ in texts)
    for (sentence, marked), (_, offsets), (doc, extraction) in zip(gold.items(), texts, analysed, strict=True):
        drafts = find_drafts(doc, extraction.mentions, extraction.attributions)
        tuples = [to_tuple(finish_draft(one, "p0", 1.0), sentence.split(), offsets) for one in drafts]
        features = tuple(one.features for one in drafts)
        samples.append(Sample(sentence, tuple(tuples), features, tuple(pair_tuples(marked, tuples)), tuple(marked)))
    return samples


def fit(samples: Sequence[Sample], *, fewest: int = _FEWEST, penalty: float = _PENALTY) -> dict[str, float]:
    """Return feature -> weight, sorted by name; of no propositions the bias alone.

    Args:
        samples: marked sentences.
        fewest: how many propositions must have a feature.
        penalty: inverse variance of the weights; the bias is free.
    """
    rows = [(features, right) for one in samples for features, right in zip(one.features, one.precisions, strict=True)]
    counts = Counter(name for features, _ in rows for name in set(features))
    names = sorted(name for name, count in counts.items() if count >= fewest or name == BIAS)
    if not rows:
        return {BIAS: 0.0}
    places = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, (features, _) in enumerate(rows):
        matrix[number, [places[name] for name in features if name in places]] = 1.0
    right = np.array([precision for _, precision in rows])
    prior = np.diag([1e-3 if name == BIAS else penalty for name in names])
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        found = 1 / (1 + np.exp(-(matrix @ weights)))
        gradient = matrix.T @ (found - right) + prior @ weights
        curvature = (matrix * (found * (1 - found))[:, None]).T @ matrix + prior
        weights -= np.linalg.solve(curvature, gradient)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def rate_samples(samples: Sequence[Sample], model: ConfidenceModel) -> dict[str, list[Tuple]]:
    """Return sentence -> tuples with the confidence that a model gives them."""
    return {
        one.sentence: [
            found._replace(confidence=model.rate(features)) for found, features in zip(one.tuples, one.features, strict=True)
        ]
        for one in samples
    }


def rate_by_folds(samples: Sequence[Sample]) -> dict[str, list[Tuple]]:
    """Return sentence -> tuples rated with weights of the other folds; every fifth sentence is a fold."""
    rated: dict[str, list[Tuple]] = {}
    for fold in range(_FOLDS):
        others = [one for number, one in enumerate(samples) if number % _FOLDS != fold]
        rated |= rate_samples(samples[fold::_FOLDS], ConfidenceModel(fit(others)))
    return rated


def cross_validate(samples: Sequence[Sample]) -> dict[str, object]:
    """Return the figures of all sentences, each rated with weights of the other folds."""
    return compute_figures(trace_curve({one.sentence: one.gold for one in samples}, rate_by_folds(samples)))


def main() -> int:
    """Fit and write the weights, or cross-validate; the last line printed is a JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", type=Path, required=True, help="gold tuples in the layout of CaRB, or the folder that holds them"
    )
    parser.add_argument("--out", type=Path, help="the file of weights to write")
    parser.add_argument("--cross-validate", action="store_true", help="write nothing; score each fifth with the other four")
    arguments = parser.parse_args()
    if arguments.out is None and not arguments.cross_validate:
        parser.error("name the file of weights with --out, or ask for --cross-validate")
    samples = read_samples(read_gold(arguments.data))
    if arguments.cross_validate:
        sys.stdout.write(json.dumps({"items": len(samples), **cross_validate(samples)}) + "\n")
        return 0
    weights = fit(samples)
    made = "python -m training.propositions.fit; see README.md"
    arguments.out.write_text(json.dumps({"made": made, "weights": weights}, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps({"items": len(samples), "weights": len(weights)}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
