"""Which of several persons a pronoun means, by weights that were fitted on marked texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Protocol

from kg.errors import ResourceInvalidError
from kg.model.mention import Mention
from kg.resolve.ranking import Features
from kg.resources import find_resource

_FILE = "models/pronouns/weights.json"


class Ranker(Protocol):
    """Weighs the persons whom a pronoun may mean."""

    def rank(self, pronoun: Mention, persons: Mapping[str, Features], /) -> dict[str, float]:
        """Return actor -> log-odds, up to a constant, that the pronoun means it; empty without persons."""
        ...


class LinearRanker:
    """A log-linear ranker.

    Args:
        weights: feature -> log-odds of one unit of it; a feature without a weight tells nothing.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)

    def rank(self, _pronoun: Mention, persons: Mapping[str, Features], /) -> dict[str, float]:
        """Return actor -> sum of weighted features; empty without persons."""
        weights = self._weights
        return {
            actor: sum(weights.get(name, 0.0) * value for name, value in features.items()) for actor, features in persons.items()
        }


@cache
def read_ranker() -> LinearRanker:
    """Return the ranker with the shipped weights.

    Raises:
        ResourceInvalidError: the file is missing, is no JSON, or has no object `weights` of numbers.
    """
    try:
        content = json.loads(find_resource(_FILE).read_text("utf-8"))
        return LinearRanker({str(name): float(weight) for name, weight in content["weights"].items()})
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceInvalidError(_FILE, f"cannot be read ({error})") from error
