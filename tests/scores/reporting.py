"""What all scoring programs share: arguments, figures, and the files that they write."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple


class Prediction(NamedTuple):
    """One scored item."""

    id: str
    gold: Any
    predicted: Any


def parse_arguments(description: str | None) -> argparse.Namespace:
    """Return `data`, `predictions` (or None), `cross_validate`, `verbose` and `profile`; exit code 2 without data."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data, in the layout of the development split")
    parser.add_argument("--predictions", type=Path, help="write one JSON line an item: id, gold, predicted")
    parser.add_argument("--cross-validate", action="store_true", help="train and test by folds, where something is trained")
    parser.add_argument("--verbose", action="store_true", help="list what was missed and what is wrong, where the program can")
    parser.add_argument("--profile", choices=("best", "fast"), default="best", help="as of kg annotate (default: best)")
    arguments = parser.parse_args()
    if not arguments.data.exists():
        sys.stderr.write(f"{str(arguments.data)!r}: no such file or folder; name the data with --data\n")
        raise SystemExit(2)
    return arguments


def compute_f1(right: int, predicted: int, gold: int) -> dict[str, float]:
    """Return precision, recall and F1 in percent, one decimal; 0 where nothing was predicted or nothing is there."""
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "f1": round(100 * f1, 1)}


def report(figures: dict[str, Any], predictions: list[Prediction], arguments: argparse.Namespace) -> int:
    """Write the predictions, print the figures as the last line, return the exit code."""
    if arguments.predictions is not None:
        lines = (json.dumps(prediction._asdict(), ensure_ascii=False) + "\n" for prediction in predictions)
        arguments.predictions.write_text("".join(lines), "utf-8")
    for name, value in figures.items():
        sys.stdout.write(f"{name:20} {value}\n")
    sys.stdout.write(json.dumps({"items": len(predictions), **figures}) + "\n")
    return 0
