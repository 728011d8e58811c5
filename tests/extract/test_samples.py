"""The whole path on the project's sample texts keeps the accuracy that it has.

The floors lie a few points under what `python -m tests.scores.samples --data sources` prints: raise them with the rules.
"""

from __future__ import annotations

from typing import Any

import pytest

from kg.settings import Settings
from tests.cases.expected import SOURCES
from tests.scores.sample_comparison import compare_sample
from tests.scores.samples import compute_figures, read_samples

pytestmark = pytest.mark.slow
FLOORS = [
    ("attributions", "f1", 73.0),
    ("speaker", "accuracy", 75.0),
    ("cue_type", "accuracy", 79.0),
    ("negated_cue", "accuracy", 94.0),
    ("polarity", "accuracy", 95.0),
    ("event_triggers", "f1", 63.0),
    ("events", "f1", 18.0),
    ("posts", "f1", 54.0),
    ("stalling", "precision", 80.0),
    ("stalling", "recall", 40.0),
]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return compute_figures(outcome for sample in read_samples(SOURCES, Settings()) for outcome in compare_sample(sample))


@pytest.mark.parametrize(("measure", "figure", "floor"), FLOORS, ids=str)
def test_a_figure_does_not_fall_below_its_floor(figures: dict[str, Any], measure: str, figure: str, floor: float) -> None:
    assert figures[measure][figure] >= floor
