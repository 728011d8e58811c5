"""Fits confidences: `python -m training.attribution.calibrate --data POLNEAR/dev --model models/attribution`.

A labelled attribution is right where it counts as FULL (see `tests.scores.polnear`). Its confidence is a logistic function
of the log-odds of its parts' certainties (Platt 1999), fitted with a weak penalty by Newton's method, and written into
the model's `parameters.json`. The fit has six weights for some two thousand attributions; it moves no span.
"""

from __future__ import annotations

import argparse
import glob
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.pipeline import Annotator
from kg.errors import DocumentRefusedError
from kg.extract.attributions import RuleAttributionFinder
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.learned.decoding import to_log_odds
from kg.extract.learned.refiner import load_refiner
from kg.extract.mentions import MentionFinder
from kg.extract.quoted import find_quoted_tokens
from kg.extract.token_spans import to_spans
from kg.read.files import find_files
from kg.read.inputs import read_file
from kg.resolve.registry import read_registry
from kg.settings import Settings
from tests.scores.polnear import Relation, match_full, read_reference, to_relation

_PENALTY = 1.0
_STEPS = 25
Floats = NDArray[np.float64]


def read_outcomes(folder: Path, model: Path) -> Iterator[tuple[list[float], bool]]:
    """Yield the log-odds of each labelled attribution of the articles, and whether it is right."""
    settings = Settings()
    annotator, mentions = Annotator(settings.model), MentionFinder(read_registry(settings.base).gazetteer())
    lexicon = read_cue_lexicon()
    rules, refiner = RuleAttributionFinder(lexicon), load_refiner(lexicon, model)
    for file in find_files([str(folder / "text")]):
        for document in read_file(file, settings.base):
            if isinstance(document, DocumentRefusedError):
                raise document
            name = Path(document.path).stem
            references = sorted((folder / "attributions").glob(f"{glob.escape(name)}_*.ann"))
            if not references:
                continue
            doc = annotator.annotate(document)
            quotations = find_quoted_tokens(doc)
            labelled, _ = refiner.label(doc, quotations, rules.find_candidates(doc, mentions.find_mentions(doc), quotations))
            predicted = [Relation(*(_to_characters(doc, part) for part in item[:3])) for item in labelled]
            gold = [to_relation(item) for item in read_reference(references[0])]
            right = {at for at, _ in match_full(predicted, gold)}
            for at, item in enumerate(labelled):
                yield to_log_odds(item.certainty, has_source=bool(item.source)), at in right


def fit(rows: Floats, outcomes: Floats) -> Floats:
    """Return the weights of a logistic regression by Newton's method; rows have shape (items, weights)."""
    weights = np.zeros(rows.shape[1])
    penalty = np.eye(rows.shape[1]) * _PENALTY
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (outcomes - chances) - penalty @ weights
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _to_characters(doc: Doc, tokens: tuple[int, ...]) -> frozenset[int]:
    return frozenset(at for begin, end in to_spans(doc, tokens, is_exact=True) for at in range(begin, end))


def main() -> None:
    """Fit, say how well it fits, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with text/ and attributions/")
    parser.add_argument("--model", type=Path, required=True, help="folder of the model's files")
    arguments = parser.parse_args()
    rows, outcomes = (
        np.asarray(values, np.float64) for values in zip(*read_outcomes(arguments.data, arguments.model), strict=True)
    )
    weights = fit(rows, outcomes)
    chances = 1 / (1 + np.exp(-rows @ weights))
    sys.stdout.write(
        f"{len(rows)} attributions, {outcomes.mean():.3f} right, Brier score {((chances - outcomes) ** 2).mean():.3f}\n"
    )
    path = arguments.model / "parameters.json"
    parameters = json.loads(path.read_text("utf-8"))
    parameters["calibration"] = [round(float(weight), 4) for weight in weights]
    path.write_text(json.dumps(parameters, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
