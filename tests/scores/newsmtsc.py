"""Stances to marked targets against NewsMTSC (Hamborg and Donnay 2021): critical, neutral or supportive.

The classifier's likeliest stance is scored, without the lead that a stance other than neutral needs in the extraction: the
corpus was gathered for its stances. The classifier was trained on the corpus's training part: there, `--cross-validate`
trains it anew without the fold that is scored. Sentences of one article or news story, and the same sentence, are in one
fold. `--profile fast` scores the rules alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.annotate.pipeline import load_pipeline
from kg.embedding.encoder import load_encoder
from kg.errors import KgError
from kg.extract.learned.stance import TargetText, load_stance_classifier
from kg.extract.stance_lexicon import read_stance_lexicon
from kg.extract.stance_rules import StanceRules, Voice, read_votes
from kg.extract.token_table import read_table
from kg.model.stance import STANCE_VALUES
from kg.settings import Settings
from tests.scores.sentences import find_data, print_figures, to_f1, write_predictions
from training.stance.corpus import Example, read_newsmtsc


def read_examples(path: Path) -> list[Example]:
    """Return the targets of the files at a path, in order.

    Raises:
        KgError: no such file, or one that is not of the corpus's layout.
    """
    examples: list[Example] = []
    for file in find_data(path, "*.jsonl"):
        try:
            examples.extend(read_newsmtsc(file))
        except (ValueError, KeyError, TypeError) as error:
            raise KgError(f"{file}: is not a file of NewsMTSC ({error})") from error
    return examples


def classify(examples: Sequence[Example]) -> list[int]:
    """Return the number of the stance that the shipped classifier finds likeliest, of each example."""
    texts = [TargetText(example.text, example.begin, example.end) for example in examples]
    return [int(row.argmax()) for row in load_stance_classifier().score(texts)]


def classify_by_folds(examples: Sequence[Example]) -> list[int]:
    """Return what classifiers say that were trained without the example's fold."""
    from training.stance.train import cross_validate, read_own_samples, to_samples  # noqa: PLC0415 - only needed here

    encoder = load_encoder()
    scores = cross_validate(examples, to_samples(encoder, examples), read_own_samples(encoder))
    return [int(row) for row in np.argmax(scores, 1)]


def classify_by_rules(examples: Sequence[Example]) -> list[int]:
    """Return what the rules say of each example, the speaker being nobody in the text."""
    nlp, rules = load_pipeline(Settings().model), StanceRules(read_stance_lexicon())
    found = []
    for example, doc in zip(examples, nlp.pipe(example.text for example in examples), strict=True):
        table = read_table(doc)
        head = table.find_head(*table.find_tokens(example.begin, example.end))
        found.append(1 + read_votes(rules.vote(doc[head], Voice(frozenset(), frozenset({"i", "we"})))))
    return found


def count_figures(gold: Sequence[int], predicted: Sequence[int]) -> dict[str, object]:
    """Return F1 of each stance, their mean and the accuracy, in per cent; all 0 without items."""
    figures: dict[str, object] = {"items": len(gold)}
    scores = []
    for number, name in enumerate(STANCE_VALUES):
        hits = sum(g == p == number for g, p in zip(gold, predicted, strict=True))
        scores.append(to_f1(hits, sum(p == number for p in predicted), sum(g == number for g in gold)))
        figures[name] = scores[-1]
    right = sum(g == p for g, p in zip(gold, predicted, strict=True))
    return {**figures, "macro_f1": round(sum(scores) / 3, 2), "accuracy": round(100 * right / len(gold), 2) if gold else 0.0}


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Stances to targets on NewsMTSC.")
    parser.add_argument("--data", type=Path, required=True, help="train.jsonl, a file like it, or a folder of them")
    parser.add_argument("--predictions", type=Path, help="JSON Lines file to write, one line an item: id, gold, predicted")
    parser.add_argument("--cross-validate", action="store_true", help="train and test by five folds")
    parser.add_argument("--profile", choices=("best", "fast"), default="best", help="the classifier, or the rules alone")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; 2 where the data cannot be read."""
    options = _parse_arguments(arguments)
    try:
        examples = read_examples(options.data)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if options.profile == "fast":
        predicted = classify_by_rules(examples)
    else:
        predicted = classify_by_folds(examples) if options.cross_validate else classify(examples)
    rows = zip(examples, predicted, strict=True)
    write_predictions(
        options.predictions,
        ({"id": one.id, "gold": STANCE_VALUES[one.label], "predicted": STANCE_VALUES[number]} for one, number in rows),
    )
    print_figures(count_figures([example.label for example in examples], predicted))
    return 0


if __name__ == "__main__":
    sys.exit(main())
