"""Trains the tagger of parties: `python -m training.events.parties --data CAMEO-NER/train.txt --out models/events`.

A structured perceptron whose weights are averaged over all steps and over runs that shuffle differently. The shuffles come
from a generator of fixed seed: the same data give the same weights.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.event_tagger import LABELS, TaggerModel, find_best_path, write_tagger_model
from tests.scores.cameo_ner import TaggedExample, read_examples

#: Shuffled runs whose weights are added up, and the passes of each.
_RUNS, _PASSES = 3, 15
#: Features of fewer tokens tell nothing of others.
_LEAST_COUNT = 2

Values = NDArray[np.float64]


def train_parties(examples: Sequence[TaggedExample], version: str) -> TaggerModel:
    """Return the model of the examples; those without tokens are left out."""
    counts = Counter(bucket for one in examples for row in one.rows for bucket in row)
    buckets = sorted(bucket for bucket, count in counts.items() if count >= _LEAST_COUNT)
    places = {bucket: at for at, bucket in enumerate(buckets, 1)}
    inputs = [_to_array(one.rows, places) for one in examples if one.rows]
    golds = [one.labels for one in examples if one.rows]
    size = len(LABELS)
    weights, transitions, starts = np.zeros((len(buckets) + 1, size)), np.zeros((size, size)), np.zeros(size)
    for seed in range(_RUNS):
        run = _run(inputs, golds, len(buckets) + 1, seed)
        weights, transitions, starts = weights + run[0] / _RUNS, transitions + run[1] / _RUNS, starts + run[2] / _RUNS
    rows = {bucket: weights[at] for bucket, at in places.items()}
    return TaggerModel(version, transitions, starts, rows)


def _to_array(rows: Sequence[Sequence[int]], places: dict[int, int]) -> NDArray[np.intp]:
    """Return the places of each token's features, filled up with 0, which has no weight."""
    known = [[places[bucket] for bucket in row if bucket in places] for row in rows]
    found = np.zeros((len(rows), max(1, *(len(row) for row in known))), np.intp)
    for at, row in enumerate(known):
        found[at, : len(row)] = row
    return found


def _run(
    inputs: Sequence[NDArray[np.intp]], golds: Sequence[Sequence[int]], size: int, seed: int
) -> tuple[Values, Values, Values]:
    """Return the averaged weights, transitions and starts of one run."""
    shapes = ((size, len(LABELS)), (len(LABELS), len(LABELS)), (len(LABELS),))
    weights, transitions, starts = current = tuple(np.zeros(shape) for shape in shapes)
    # What each step added, times its number: the average is the last state less this over the number of steps.
    timed = tuple(np.zeros(shape) for shape in shapes)
    generator = np.random.default_rng(seed)
    step = 1
    for _ in range(_PASSES):
        for at in generator.permutation(len(inputs)):
            features, gold = inputs[at], golds[at]
            weights[0] = 0
            path = find_best_path(weights[features].sum(1), transitions, starts)
            if path != list(gold):
                for values, factor in ((current, 1), (timed, step)):
                    _add(values, features, gold, factor)
                    _add(values, features, path, -factor)
            step += 1
    averaged = [value - part / step for value, part in zip(current, timed, strict=True)]
    averaged[0][0] = 0
    return averaged[0], averaged[1], averaged[2]


def _add(values: tuple[Values, ...], features: NDArray[np.intp], labels: Sequence[int], amount: float) -> None:
    weights, transitions, starts = values
    for at, label in enumerate(labels):
        weights[features[at], label] += amount
        if at:
            transitions[labels[at - 1], label] += amount
        else:
            starts[label] += amount


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description="Train the tagger of parties.")
    parser.add_argument("--data", type=Path, required=True, help="a file of CAMEO-NER's lines, or a folder of them")
    parser.add_argument("--out", type=Path, required=True, help="folder for parties.json")
    parser.add_argument("--version", default="events-1")
    options = parser.parse_args(arguments)
    examples = read_examples(options.data)
    model = train_parties(examples, options.version)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "parties.json").write_text(write_tagger_model(model), encoding="utf-8")
    sys.stdout.write(f"{len(examples)} sentences, {len(model.weights)} features\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
