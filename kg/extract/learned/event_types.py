"""The trained coder of event types: a sentence with two marked parties in, scores of PLOVER roots out.

A logistic model on words: which stand in the sentence, between the parties, next to them and within them. It reads no
word vectors: the labeller's states were measured and add a point at best (decision on events).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.errors import ResourceInvalidError
from kg.extract.token_table import TokenTable
from kg.resources import find_resource

#: Words are numbered by a hash, so that the model holds no text of what it was trained on.
BUCKETS = 1 << 20
#: Weights are stored as whole numbers of this unit.
UNIT = 0.01
_ACTOR, _RECIPIENT = "<actor>", "<recipient>"
_MASKED = frozenset({"PROPN", "NUM"})
_NEAR = 3

Weights = NDArray[np.float64]


class TypeModel(NamedTuple):
    """A trained model.

    Attributes:
        version: names the training run.
        labels: roots, in the order of all scores.
        rule_weight: what the rules' root adds to its score.
        bias: shape (labels,).
        weights: of each bucket, shape (labels,); others have none.
    """

    version: str
    labels: tuple[str, ...]
    rule_weight: float
    bias: Weights
    weights: Mapping[int, Weights]


class TypeClassifier:
    """Scores roots for who acts and who is acted on in a sentence."""

    def __init__(self, model: TypeModel) -> None:
        self.model = model

    def score(self, buckets: Iterable[int]) -> dict[str, float]:
        """Return the logarithm of each root's probability.

        Args:
            buckets: of `describe_pair`.
        """
        scores = self.model.bias.copy()
        for bucket in buckets:
            row = self.model.weights.get(bucket)
            if row is not None:
                scores += row
        scores -= scores.max()
        scores -= np.log(np.exp(scores).sum())
        return dict(zip(self.model.labels, scores.tolist(), strict=True))

    def choose(self, buckets: Iterable[int], proposed: str | None) -> str:
        """Return the best root, the rules' own with a lead; the first in order of labels of several.

        Args:
            buckets: of `describe_pair`.
            proposed: the root that the rules give; None where they find no event.
        """
        scores = self.score(buckets)
        if proposed in scores:
            scores[proposed] += self.model.rule_weight
        return max(self.model.labels, key=lambda label: scores[label])


def describe_pair(table: TokenTable, tokens: Sequence[int], actor: Collection[int], recipient: Collection[int]) -> list[int]:
    """Return the sorted buckets of the features of a sentence; a party that is empty has none.

    Args:
        table: the text's tokens.
        tokens: indices of the sentence's tokens, in order.
        actor: indices of the tokens of who acts.
        recipient: indices of the tokens of who is acted on.
    """
    line: list[str] = []
    features: set[str] = set()
    for token in tokens:
        if token in actor or token in recipient:
            mark = _ACTOR if token in actor else _RECIPIENT
            features.add(f"{mark}={table.lemmas[token]}")
            if not line or line[-1] != mark:
                line.append(mark)
        else:
            line.append(f"<{table.kinds[token]}>" if table.kinds[token] in _MASKED else table.lemmas[token])
    features.update(f"word={word}" for word in line)
    first = line.index(_ACTOR) if _ACTOR in line else -1
    last = line.index(_RECIPIENT) if _RECIPIENT in line else len(line)
    features.add(f"is-active={first < last}")
    between = line[min(first, last) + 1 : max(first, last)]
    features.update(f"between={word}" for word in between)
    features.update(f"between={one}_{two}" for one, two in pairwise(between))
    if _ACTOR in line:
        features.update(f"after-actor={word}" for word in line[first + 1 : first + 1 + _NEAR])
    if _RECIPIENT in line:
        features.update(f"before-recipient={word}" for word in line[max(0, last - _NEAR) : last])
        features.update(f"after-recipient={word}" for word in line[last + 1 : last + _NEAR])
    return sorted({crc32(feature.encode()) % BUCKETS for feature in features})


def load_type_classifier(folder: Path | None = None) -> TypeClassifier:
    """Load the classifier of `types.json` from a folder, by default the one that is shipped.

    Raises:
        ResourceInvalidError: the file is missing, not JSON, or lacks a part.
    """
    path = (folder or find_resource("models/events")) / "types.json"
    try:
        return TypeClassifier(read_type_model(path.read_text("utf-8")))
    except OSError as error:
        raise ResourceInvalidError(str(path), f"cannot be read: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is not a model of event types: {error}") from error


def read_type_model(text: str) -> TypeModel:
    """Read a model from JSON.

    Raises:
        ValueError, KeyError, TypeError: it is not JSON, lacks a part, or its rows are not as long as its labels.
    """
    data = json.loads(text)
    labels = tuple(data["labels"])
    bias = np.asarray(data["bias"], np.float64) * UNIT
    rows = np.asarray([bias, *data["weights"].values()], np.float64)
    if rows.shape[1:] != (len(labels),):
        raise ValueError("a row of weights is not as long as the labels")
    weights = dict(zip(map(int, data["weights"]), rows[1:] * UNIT, strict=True))
    return TypeModel(data["version"], labels, float(data["rule_weight"]), bias, weights)


def write_type_model(model: TypeModel) -> str:
    """Return a model as JSON, rows in order of buckets; rows that are nothing but zeros are left out."""
    rows = {str(bucket): _to_units(model.weights[bucket]) for bucket in sorted(model.weights)}
    data = {
        "version": model.version,
        "labels": model.labels,
        "rule_weight": model.rule_weight,
        "bias": _to_units(model.bias),
        "weights": {bucket: row for bucket, row in rows.items() if any(row)},
    }
    return json.dumps(data, separators=(",", ":")) + "\n"


def _to_units(row: Weights) -> list[int]:
    return [round(value / UNIT) for value in row.tolist()]
