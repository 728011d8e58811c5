"""Frames by meaning: the sentence vector of a content in, the frames that it is sure to take up out.

A softmax over all frames and none of them, on the vector; then, of each frame, a logistic function of its probability and
of whether one of its wordings matched. Wordings are precise and miss much; the vector tells which frame a new wording is
nearest to. Training: `training/frames/train.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.errors import ResourceInvalidError
from kg.resources import find_resource

#: Weights are stored as whole numbers of this unit.
UNIT = 0.01
#: Probabilities are kept away from 0 and 1 by this much before their logits are taken.
_MARGIN = 1e-4

Weights = NDArray[np.float64]


class Joining(NamedTuple):
    """How a frame's probability and its wordings make one confidence: a logistic function.

    Attributes:
        bias, worded, slope: of a frame with wording or without, and of the logit of the softmax's probability.
        least_worded: confidence from which a frame whose wording matched is kept.
        least_meant: confidence from which a frame without a wording is added.
    """

    bias: float
    worded: float
    slope: float
    least_worded: float
    least_meant: float


class FrameModel(NamedTuple):
    """A trained model.

    Attributes:
        version: names the training run.
        encoder: the network that made the vectors.
        frames: notations, in the order of columns.
        weights: shape (385, frames + 1): dimensions of the vector and a bias; the last column is none of the frames.
        joining: see there.
    """

    version: str
    encoder: str
    frames: tuple[str, ...]
    weights: Weights
    joining: Joining


class FrameClassifier:
    """Reads frames from sentence vectors; see `kg.extract.frames.FrameScorer`."""

    def __init__(self, model: FrameModel) -> None:
        self.model = model

    @property
    def version(self) -> str:
        """The name of the model."""
        return self.model.version

    def score(self, vector: NDArray[np.float32], worded: frozenset[str]) -> Mapping[str, float]:
        """Return the confidence of each frame that is kept, in order of notation; empty where there is none.

        Args:
            vector: of the content, shape (384,), of length one.
            worded: the frames whose wordings the content has.
        """
        probabilities = compute_probabilities(self.model.weights, vector[np.newaxis, :].astype(np.float64))[0]
        has_wording = np.array([notation in worded for notation in self.model.frames])
        confidences = join(self.model.joining, probabilities[:-1], has_wording)
        kept = confidences >= np.where(has_wording, self.model.joining.least_worded, self.model.joining.least_meant)
        return {self.model.frames[at]: float(confidences[at]) for at in np.flatnonzero(kept)}


def compute_probabilities(weights: Weights, vectors: Weights) -> Weights:
    """Return the softmax of vectors, shape (n, 384), over frames and none: shape (n, frames + 1)."""
    scores = vectors @ weights[:-1] + weights[-1]
    scores -= scores.max(axis=1, keepdims=True)
    powers: Weights = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)


def join(joining: Joining, probabilities: Weights, worded: NDArray[np.bool_]) -> Weights:
    """Return confidences from 0 to 1, of any shape, of probabilities and whether a wording matched, of the same shape."""
    scores = joining.bias + joining.worded * worded + joining.slope * compute_logits(probabilities)
    confidences: Weights = 1 / (1 + np.exp(-scores))
    return confidences


def compute_logits(probabilities: Weights) -> Weights:
    """Return the logits of probabilities, bounded for those near 0 and 1."""
    bounded = np.clip(probabilities, _MARGIN, 1 - _MARGIN)
    logits: Weights = np.log(bounded / (1 - bounded))
    return logits


def load_frame_classifier(folder: Path | None = None) -> FrameClassifier:
    """Load the classifier of `frames.json` from a folder, by default the one that is shipped.

    Raises:
        ResourceInvalidError: the file is missing, not JSON, lacks a part, or reads other vectors.
    """
    path = (folder or find_resource("models/frames")) / "frames.json"
    try:
        model = read_frame_model(path.read_text("utf-8"))
    except OSError as error:
        raise ResourceInvalidError(str(path), f"cannot be read: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is not a model of frames: {error}") from error
    if model.encoder != ENCODER_VERSION:
        raise ResourceInvalidError(str(path), f"reads vectors of {model.encoder}, not of {ENCODER_VERSION}; train it again")
    return FrameClassifier(model)


def read_frame_model(text: str) -> FrameModel:
    """Read a model from JSON.

    Raises:
        ValueError, KeyError, TypeError: it is not JSON, lacks a part, or its weights have another shape.
    """
    data = json.loads(text)
    frames = tuple(data["frames"])
    weights = np.asarray(data["weights"], np.float64) * UNIT
    if weights.shape != (DIMENSIONS + 1, len(frames) + 1):
        raise ValueError(f"weights of shape {weights.shape} for {len(frames)} frames")
    return FrameModel(data["version"], data["encoder"], frames, weights, Joining(**data["joining"]))


def write_frame_model(model: FrameModel) -> str:
    """Return a model as JSON, a line a dimension."""
    data = {"version": model.version, "encoder": model.encoder, "frames": model.frames, "joining": model.joining._asdict()}
    rows = ",\n".join(json.dumps([round(value / UNIT) for value in row], separators=(",", ":")) for row in model.weights.tolist())
    return f'{json.dumps(data)[:-1]}, "weights": [\n{rows}\n]}}\n'
