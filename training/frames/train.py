"""Trains the reader of frames: `python -m training.frames.train --out models/frames --version frames-1`.

Data: the labelled sentences beside this file, and the examples and counter-examples of the scheme. A softmax regression
with an L2 penalty over frames and none, solved by L-BFGS from zero; then, on probabilities that each come from a model
that has not seen the sentence, the logistic function that joins them with wordings, and its two thresholds. No chance is
in it: folds are a checksum's.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.embedding.encoder import load_encoder
from kg.embedding.packing import ENCODER_VERSION
from kg.extract.frame_patterns import FramePatterns
from kg.extract.learned.frames import (
    FrameModel,
    Joining,
    Weights,
    compute_logits,
    compute_probabilities,
    join,
    write_frame_model,
)
from kg.model.frame import Frame
from kg.rdf.ontology import read_frames
from training.frames.labelled import NONE, SENTENCES, Labelled, read_labelled

FOLDS = 10
#: Inverse of the softmax's penalty, and what a sentence counts that denies, asks or supposes the frame it takes up.
_STRENGTH, _UNCLAIMED_WEIGHT = 30.0, 0.5
_MOST_STEPS = 150
#: Of the sentences, to which share a frame that is neither theirs nor related to it may be added by meaning alone.
_MOST_ALARMS = 0.01
#: Of the sentences that claim a frame in a known wording, which share may be lost to what their meaning says.
_MOST_LOST = 0.005
_THRESHOLDS = np.arange(0.0, 0.9999, 0.002)


class Data(NamedTuple):
    """Sentences as numbers.

    Attributes:
        frames: notations, in the order of columns.
        vectors: shape (sentences, 384).
        worded: whether a wording of each frame matches, shape (sentences, frames).
        labels: column of the frame that is taken up; the number of frames where none is.
        weights: what each sentence counts.
        asked: column of the frame that the sentence is labelled for; -1 for one that takes none up.
        takes_up: 1 where the sentence takes that frame up, 0 where not, -1 where the label does not tell.
        folds: 0 to 9; -1 for examples of the scheme, which no fold tests.
    """

    frames: tuple[str, ...]
    vectors: Weights
    worded: NDArray[np.bool_]
    labels: NDArray[np.int64]
    weights: Weights
    asked: NDArray[np.int64]
    takes_up: NDArray[np.int64]
    folds: NDArray[np.int64]

    def choose(self, rows: NDArray[np.bool_]) -> Data:
        """Return the data of some of the sentences."""
        return self._replace(**{name: getattr(self, name)[rows] for name in self._fields if name != "frames"})


def make_data(items: Sequence[Labelled], frames: Sequence[Frame], encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> Data:
    """Return sentences, then the scheme's examples and counter-examples, as numbers.

    Args:
        items: labelled sentences.
        frames: all frames of the scheme.
        encode: gives unit vectors of texts.

    Raises:
        ValueError: a sentence is labelled for a frame that the scheme lacks.
    """
    columns = {frame.notation: at for at, frame in enumerate(frames)}
    unknown = {item.frame for item in items} - {*columns, NONE}
    if unknown:
        raise ValueError(f"no such frame in the scheme: {', '.join(sorted(unknown))}")
    examples = [(frame.notation, text, is_one) for frame in frames for text, is_one in _list_examples(frame)]
    texts = [*(item.text for item in items), *(text for _, text, _ in examples)]
    asked = np.array([*(columns.get(item.frame, -1) for item in items), *(columns[notation] for notation, _, _ in examples)])
    takes_up = np.array([*(_to_number(item.takes_up) for item in items), *(int(is_one) for _, _, is_one in examples)])
    patterns = FramePatterns(frames)
    worded = np.zeros((len(texts), len(frames)), np.bool_)
    for row, text in enumerate(texts):
        worded[row, [columns[match.notation] for match in patterns.find_matches(text)]] = True
    return Data(
        frames=tuple(columns),
        vectors=encode(texts).astype(np.float64),
        worded=worded,
        labels=np.where(takes_up == 0, len(frames), asked),
        weights=np.where(takes_up < 0, _UNCLAIMED_WEIGHT, 1.0),
        asked=asked,
        takes_up=takes_up,
        folds=np.array([*(item.find_fold(FOLDS) for item in items), *([-1] * len(examples))]),
    )


def _list_examples(frame: Frame) -> list[tuple[str, bool]]:
    return [*((text, True) for text in frame.examples), *((text, False) for text in frame.counter_examples)]


def _to_number(takes_up: bool | None) -> int:
    return -1 if takes_up is None else int(takes_up)


def fit_softmax(data: Data) -> Weights:
    """Return the weights of the softmax, shape (385, frames + 1)."""
    rows = np.hstack([data.vectors, np.ones((len(data.vectors), 1))])
    shape = (rows.shape[1], len(data.frames) + 1)
    gold = np.zeros((len(rows), shape[1]))
    gold[np.arange(len(rows)), data.labels] = 1

    def measure(flat: Weights) -> tuple[float, Weights]:
        weights = flat.reshape(shape)
        scores = rows @ weights
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        loss = -_STRENGTH * float(data.weights @ (gold * logs).sum(axis=1)) + 0.5 * float((weights[:-1] ** 2).sum())
        slope = _STRENGTH * rows.T @ ((np.exp(logs) - gold) * data.weights[:, np.newaxis])
        slope[:-1] += weights[:-1]
        return loss, slope.ravel()

    start = np.zeros(shape[0] * shape[1])
    found: Weights = minimize(measure, start, jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS}).x
    return found.reshape(shape)


def fit_folds(data: Data) -> dict[int, Weights]:
    """Return the weights of a softmax for each fold, made of the sentences of the other folds."""
    return {fold: fit_softmax(data.choose(data.folds != fold)) for fold in sorted(set(data.folds.tolist()) - {-1})}


def predict_unseen(data: Data, by_fold: Mapping[int, Weights]) -> Weights:
    """Return probabilities, shape (sentences, frames), each by a model of the other folds; of the scheme's examples zeros.

    Args:
        data: all sentences.
        by_fold: of `fit_folds`.
    """
    unseen = np.zeros((len(data.vectors), len(data.frames)))
    for fold, weights in by_fold.items():
        tested = data.folds == fold
        unseen[tested] = compute_probabilities(weights, data.vectors[tested])[:, :-1]
    return unseen


def fit_joining(data: Data, unseen: Weights, related: NDArray[np.bool_]) -> Joining:
    """Return how probabilities and wordings are joined.

    Args:
        data: all sentences; those without a fold and those whose label does not tell are left out.
        unseen: of `predict_unseen`.
        related: whether a frame may well stand beside another, shape (frames, frames).
    """
    rows = np.flatnonzero((data.folds >= 0) & (data.takes_up >= 0) & (data.asked >= 0))
    own = unseen[rows, data.asked[rows]], data.worded[rows, data.asked[rows]], data.takes_up[rows] > 0
    bias, worded, slope = _fit_logistic(np.column_stack([np.ones(len(rows)), own[1], compute_logits(own[0])]), own[2])
    joining = Joining(round(bias, 3), round(worded, 3), round(slope, 3), 0.0, 1.0)
    confidences = join(joining, unseen, data.worded)
    # A sentence of no frame has the last row of `related`, of none; its asked column is -1.
    allowed = np.vstack([related, np.zeros((1, len(data.frames)), np.bool_)])
    strange = np.where(allowed[data.asked] | data.worded, 0.0, confidences).max(axis=1)[data.folds >= 0]
    least_meant = next((least for least in _THRESHOLDS if (strange >= least).mean() <= _MOST_ALARMS), 1.0)
    right = confidences[rows, data.asked[rows]][own[1] & own[2]]
    least_worded = max(least for least in _THRESHOLDS if (right < least).mean() <= _MOST_LOST)
    return joining._replace(least_worded=round(float(least_worded), 3), least_meant=round(float(least_meant), 3))


def _fit_logistic(rows: Weights, gold: NDArray[np.bool_]) -> tuple[float, float, float]:
    def measure(weights: Weights) -> tuple[float, Weights]:
        scores = rows @ weights
        loss = float(np.logaddexp(0, np.where(gold, -scores, scores)).sum()) + 0.5 * float(weights[1:] @ weights[1:])
        slope = rows.T @ (1 / (1 + np.exp(-scores)) - gold)
        slope[1:] += weights[1:]
        return loss, slope

    bias, worded, slope = minimize(measure, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x.tolist()
    return bias, worded, slope


def find_related(frames: Sequence[Frame]) -> NDArray[np.bool_]:
    """Return which frames the scheme relates to which, each with itself too, shape (frames, frames)."""
    columns = {frame.notation: at for at, frame in enumerate(frames)}
    related = np.eye(len(frames), dtype=np.bool_)
    for frame in frames:
        for other in frame.related:
            related[columns[frame.notation], columns[other]] = related[columns[other], columns[frame.notation]] = True
    return related


def train(data: Data, related: NDArray[np.bool_], version: str) -> FrameModel:
    """Return the model of the data."""
    unseen = predict_unseen(data, fit_folds(data))
    return FrameModel(version, ENCODER_VERSION, data.frames, fit_softmax(data), fit_joining(data, unseen, related))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description="Train the reader of frames.")
    parser.add_argument("--data", type=Path, default=SENTENCES, help="folder of labelled sentences")
    parser.add_argument("--out", type=Path, required=True, help="folder for frames.json")
    parser.add_argument("--version", default="frames-1")
    options = parser.parse_args(arguments)
    frames, items = read_frames(), read_labelled(options.data)
    data = make_data(items, frames, load_encoder().encode)
    model = train(data, find_related(frames), options.version)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "frames.json").write_text(write_frame_model(model), encoding="utf-8")
    sys.stdout.write(f"{len(items)} sentences, {len(frames)} frames, {model.joining}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
