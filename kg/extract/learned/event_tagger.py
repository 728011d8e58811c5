"""The trained tagger of parties: which words of a sentence name who acts and who is acted on in its main event.

A linear model of label sequences (averaged perceptron, Viterbi) on words, the parse, the mentions and what the rules found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.errors import ResourceInvalidError
from kg.resources import find_resource

#: Labels of tokens, in the order of all scores.
LABELS = ("none", "B-actor", "I-actor", "B-recipient", "I-recipient")
#: Weights are stored as whole numbers of this unit.
UNIT = 0.05
_IMPOSSIBLE = -1e6

Scores = NDArray[np.float64]


class TaggerModel(NamedTuple):
    """A trained model.

    Attributes:
        version: names the training run.
        transitions: of label pairs (from, to), shape (labels, labels).
        starts: of a sentence's first label, shape (labels,).
        weights: of each bucket, shape (labels,); others have none.
    """

    version: str
    transitions: Scores
    starts: Scores
    weights: Mapping[int, Scores]


class Tagged(NamedTuple):
    """A run of tokens that names a party: `role` is "actor" or "recipient", tokens [first, end)."""

    role: str
    first: int
    end: int


class PartyTagger:
    """Finds the parties of sentences."""

    def __init__(self, model: TaggerModel) -> None:
        self.model = model
        self._rows = {bucket: row for row, bucket in enumerate(model.weights)}
        self._weights = np.array(list(model.weights.values())).reshape(-1, len(LABELS))

    def tag(self, rows: Sequence[Sequence[int]], first: int = 0) -> list[Tagged]:
        """Return the parties of a sentence in order, none overlapping; empty where there are none.

        Args:
            rows: the buckets of each token, from `TaggerFeatures.describe`.
            first: index of the sentence's first token.
        """
        if not rows:
            return []
        known = self._rows
        found = [[known[bucket] for bucket in row if bucket in known] for row in rows]
        scores = np.stack([self._weights[row].sum(0) for row in found])
        return read_labels(find_best_path(scores, self.model.transitions, self.model.starts), first)


def find_best_path(scores: Scores, transitions: Scores, starts: Scores) -> list[int]:
    """Return the labels of the best sequence in which nothing goes on that has not begun.

    Args:
        scores: shape (tokens, labels), at least one token.
        transitions: shape (labels, labels), from and to.
        starts: shape (labels,).
    """
    steps = transitions + _FORBIDDEN
    best = scores[0] + starts + _FORBIDDEN[0]
    back: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        joined = best[:, None] + steps
        back.append(joined.argmax(0))
        best = joined.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _find_forbidden() -> Scores:
    found = np.zeros((len(LABELS), len(LABELS)))
    for before, one in enumerate(LABELS):
        for after, other in enumerate(LABELS):
            if other.startswith("I-") and one[2:] != other[2:]:
                found[before, after] = _IMPOSSIBLE
    return found


_FORBIDDEN = _find_forbidden()


def read_labels(labels: Sequence[int], first: int = 0) -> list[Tagged]:
    """Return the runs of labels, in order."""
    found: list[Tagged] = []
    for at, label in enumerate(labels):
        name = LABELS[label]
        if name.startswith("B-"):
            found.append(Tagged(name[2:], first + at, first + at + 1))
        elif name.startswith("I-") and found:
            found[-1] = found[-1]._replace(end=first + at + 1)
    return found


def load_party_tagger(folder: Path | None = None) -> PartyTagger:
    """Load the tagger of `parties.json` from a folder, by default the one that is shipped.

    Raises:
        ResourceInvalidError: the file is missing, not JSON, or lacks a part.
    """
    path = (folder or find_resource("models/events")) / "parties.json"
    try:
        return PartyTagger(read_tagger_model(path.read_text("utf-8")))
    except OSError as error:
        raise ResourceInvalidError(str(path), f"cannot be read: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is not a model of parties: {error}") from error


def read_tagger_model(text: str) -> TaggerModel:
    """Read a model from JSON.

    Raises:
        ValueError, KeyError, TypeError: it is not JSON, lacks a part, or its rows are not as long as the labels.
    """
    data: dict[str, Any] = json.loads(text)
    transitions, starts = (np.asarray(data[name], np.float64) * UNIT for name in ("transitions", "starts"))
    rows = np.asarray([starts, *transitions, *data["weights"].values()], np.float64)
    if rows.shape[1:] != (len(LABELS),):
        raise ValueError("a row of weights is not as long as the labels")
    weights = dict(zip(map(int, data["weights"]), rows[1 + len(transitions) :] * UNIT, strict=True))
    return TaggerModel(data["version"], transitions, starts, weights)


def write_tagger_model(model: TaggerModel) -> str:
    """Return a model as JSON, rows in order of buckets; rows that are nothing but zeros are left out."""
    rows = {str(bucket): np.rint(model.weights[bucket] / UNIT).astype(int).tolist() for bucket in sorted(model.weights)}
    data = {
        "version": model.version,
        "transitions": np.rint(model.transitions / UNIT).astype(int).tolist(),
        "starts": np.rint(model.starts / UNIT).astype(int).tolist(),
        "weights": {bucket: row for bucket, row in rows.items() if any(row)},
    }
    return json.dumps(data, separators=(",", ":")) + "\n"
