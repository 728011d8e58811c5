"""Trains the coder of event types: `python -m training.events.types --data PLV_train.tsv --out models/events`.

Multinomial logistic regression with an L2 penalty, rare roots weighed up, solved by L-BFGS from zero: no chance is in it.
The rules' word list was written while the same sentences were read, so that what the rules say of them is right more often
than elsewhere. Therefore the rules are no feature that is trained; their say is a constant, lower than what would fit best.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from kg.extract.learned.event_types import TypeModel, write_type_model
from tests.scores.plover import read_examples

#: Inverse of the penalty's strength, and what the rules' root is worth (its best on the training data: 2.5).
_STRENGTH, _RULE_WEIGHT = 1.0, 1.5
#: Weights below this are rounding of the solver.
_LEAST = 0.02
#: Features of a single sentence tell nothing of others.
_LEAST_COUNT = 2


def train_types(rows: Sequence[Sequence[int]], labels: Sequence[str], version: str) -> TypeModel:
    """Return the model of the examples.

    Args:
        rows: the buckets of each example.
        labels: its root.
        version: the name of the run.
    """
    counts = Counter(bucket for row in rows for bucket in row)
    buckets = sorted(bucket for bucket, count in counts.items() if count >= _LEAST_COUNT)
    places = {bucket: at for at, bucket in enumerate(buckets)}
    roots = sorted(set(labels))
    pairs = [(at, places[bucket]) for at, row in enumerate(rows) for bucket in row if bucket in places]
    ones = np.ones(len(pairs))
    values = csr_matrix((ones, ([p[0] for p in pairs], [p[1] for p in pairs])), shape=(len(rows), len(buckets)))
    gold = np.zeros((len(rows), len(roots)))
    gold[np.arange(len(rows)), [roots.index(label) for label in labels]] = 1
    share = len(rows) / (len(roots) * gold.sum(0))
    importance = gold @ share

    def measure(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[: -len(roots)].reshape(len(buckets), len(roots)), flat[-len(roots) :]
        scores = values @ weights + bias
        scores -= scores.max(1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        loss = -_STRENGTH * float((importance * (gold * logs).sum(1)).sum()) + 0.5 * float((weights**2).sum())
        error = diags(importance) @ (np.exp(logs) - gold) * _STRENGTH
        return loss, np.concatenate([(values.T @ error + weights).ravel(), error.sum(0)])

    start = np.zeros((len(buckets) + 1) * len(roots))
    found = minimize(measure, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights, bias = found[: -len(roots)].reshape(len(buckets), len(roots)), found[-len(roots) :]
    kept = {bucket: row for bucket, row in zip(buckets, weights, strict=True) if np.abs(row).max() >= _LEAST}
    return TypeModel(version, tuple(roots), _RULE_WEIGHT, bias, kept)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description="Train the coder of event types.")
    parser.add_argument("--data", type=Path, required=True, help="a file of PLV's columns, or a folder of them")
    parser.add_argument("--out", type=Path, required=True, help="folder for types.json")
    parser.add_argument("--version", default="events-1")
    options = parser.parse_args(arguments)
    examples = read_examples(options.data)
    model = train_types([one.buckets for one in examples], [one.root for one in examples], options.version)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "types.json").write_text(write_type_model(model), encoding="utf-8")
    sys.stdout.write(f"{len(examples)} examples, {len(model.labels)} roots, {len(model.weights)} features\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
