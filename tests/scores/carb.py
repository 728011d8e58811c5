"""Propositions on CaRB: `python -m tests.scores.carb --data PATH [--predictions OUT.jsonl]`.

PATH is a gold file or a folder with `gold*.tsv`: sentence, relation, and arguments (the subject first), a tuple a line.
`--openie5 FILE` scores an output of OpenIE 5 in place of the project's own propositions. The confidences are fitted on the
development part: there, `--cross-validate` fits them anew without the fold that is scored.

The scorer of CaRB (Bhardwaj, Aggarwal and Mausam 2019; `carb.py` with `binary_linient_tuple_match`, its default) rebuilt:
- Words are those between spaces, compared to the letter. All arguments behind the subject are joined to one.
- A prediction matches a gold tuple where each of relation, subject and rest shares a word with it ("be" counts as "is").
  Precision of the pair is the share of predicted words that are in the gold part of the same name, recall the reverse; 0
  for both where a part shares none. Of what is said, subject and rest may change places.
- Of a sentence, recall is the sum over gold tuples of the best recall by any prediction. Precision is the sum over pairs,
  one to one, the best precision first; a prediction that is left over counts 0.
- This is done at every confidence at which a prediction enters. `auc` is the area under the curve of precision over recall
  with the point (recall 0, precision 1) added, `precision`, `recall`, `f1` are those at the confidence with the best F1,
  `last` those of all predictions. Percent.
Kept although it may look odd: a gold tuple's missing second argument excuses all predicted words of it.

The scorer was written without its source at hand, and checked on OpenIE 5: F1 42.9 on the 556 development sentences that its
output covers (40.1 on all 638), where 46.7 to 48.0 is published for the test part.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError
from kg.model.proposition import Proposition
from kg.model.span import Span, Spans
from tests.scores.cameo_ner import join_tokens
from tests.scores.sentences import extract_sentences, find_data, print_figures, write_predictions

_SAID = ("said", "told", "added", "adds", "says")


class Tuple(NamedTuple):
    """A proposition as words.

    Attributes:
        relation: words joined by spaces.
        arguments: the subject, then the others, each as words joined by spaces; of a gold tuple maybe the subject alone.
        confidence: 1 for gold.
    """

    relation: str
    arguments: tuple[str, ...]
    confidence: float = 1.0


class Pair(NamedTuple):
    """How far a prediction and a gold tuple agree, each from 0 to 1."""

    precision: float
    recall: float


class Point(NamedTuple):
    """Precision and recall of the predictions with at least this confidence, each from 0 to 1."""

    confidence: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 where both are 0."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0


_NONE = Pair(0.0, 0.0)


def match_tuples(gold: Tuple, predicted: Tuple) -> Pair:
    """Return how far two tuples agree: the straight reading, or where somebody says something the better of both orders."""
    gold, predicted = _join_rest(gold), _join_rest(predicted)
    straight = _match_parts(gold, predicted)
    if not any(verb in gold.relation for verb in _SAID) or len(predicted.arguments) < 2:
        return straight
    return max(straight, _match_parts(gold, predicted._replace(arguments=predicted.arguments[::-1])))


def _join_rest(one: Tuple) -> Tuple:
    return one._replace(arguments=(one.arguments[0], " ".join(one.arguments[1:]))) if len(one.arguments) > 1 else one


def _match_parts(gold: Tuple, predicted: Tuple) -> Pair:
    gold_words, predicted_words = gold.relation.split(), predicted.relation.split()
    gold_total, predicted_total = len(gold_words), len(predicted_words)
    hits, rest = _count_common(gold_words, predicted_words)
    hits += "be" in rest and "is" in gold_words
    if not hits:
        return _NONE
    for at, part in enumerate(gold.arguments):
        gold_words = part.split()
        gold_total += len(gold_words)
        if at >= len(predicted.arguments):
            return _NONE
        predicted_words = predicted.arguments[at].split()
        predicted_total += len(predicted_words)
        common, _ = _count_common(gold_words, predicted_words)
        if not common:
            return _NONE
        hits += common
    return Pair(hits / predicted_total, hits / gold_total)


def _count_common(gold: Sequence[str], predicted: Sequence[str]) -> tuple[int, list[str]]:
    """Return how many gold words are predicted, each predicted word used once, and what is left of these."""
    rest = list(predicted)
    hits = 0
    for word in gold:
        if word in rest:
            rest.remove(word)
            hits += 1
    return hits, rest


def trace_curve(gold: Mapping[str, Sequence[Tuple]], predicted: Mapping[str, Sequence[Tuple]]) -> list[Point]:
    """Return a point for each confidence, the lowest first; empty without predictions. Sentences without gold do not count."""
    confidences = sorted({one.confidence for found in predicted.values() for one in found})
    sums = [[0.0, 0.0, 0.0, 0.0] for _ in confidences]
    for sentence, tuples in gold.items():
        found = predicted.get(sentence, ())
        pairs = [[match_tuples(one, other) for other in found] for one in tuples]
        begin = 0
        for confidence in sorted({one.confidence for one in found}):
            end = bisect_left(confidences, confidence) + 1
            kept = [at for at, one in enumerate(found) if one.confidence >= confidence]
            recall = sum(max(row[at].recall for at in kept) for row in pairs)
            precision = _sum_precision(pairs, kept)
            for row in sums[begin:end]:
                for column, value in enumerate((precision, len(kept), recall, len(tuples))):
                    row[column] += value
            begin = end
        for row in sums[begin:]:
            row[3] += len(tuples)
    return [
        Point(confidence, hits / found if found else 1.0, recalled / wanted if wanted else 0.0)
        for confidence, (hits, found, recalled, wanted) in zip(confidences, sums, strict=True)
    ]


def _sum_precision(pairs: Sequence[Sequence[Pair]], kept: Sequence[int]) -> float:
    return sum(_pair_up(pairs, kept).values())


def _pair_up(pairs: Sequence[Sequence[Pair]], kept: Sequence[int]) -> dict[int, float]:
    """Return the precision of each kept prediction, paired with gold one to one, the best pair first; unpaired ones lack."""
    ranked = sorted((-row[at].precision, number, at) for number, row in enumerate(pairs) for at in kept)
    rows: set[int] = set()
    paired: dict[int, float] = {}
    for precision, number, at in ranked:
        if number not in rows and at not in paired:
            rows.add(number)
            paired[at] = -precision
    return paired


def pair_tuples(gold: Sequence[Tuple], predicted: Sequence[Tuple]) -> list[float]:
    """Return the precision of each prediction of a sentence in the one-to-one pairing; 0 for one that is left over."""
    pairs = [[match_tuples(one, other) for other in predicted] for one in gold]
    paired = _pair_up(pairs, range(len(predicted)))
    return [paired.get(at, 0.0) for at in range(len(predicted))]


def compute_figures(points: Sequence[Point]) -> dict[str, object]:
    """Return the figures in percent; all 0 without predictions."""
    if not points:
        return {"auc": 0.0, "precision": 0.0, "recall": 0.0, "f1": 0.0, "confidence": 0.0, "last": _to_percent(Point(0, 0, 0))}
    best = max(points, key=lambda point: point.f1)
    curve = [*((point.recall, point.precision) for point in points), (0.0, 1.0)]
    area = sum((x - u) * (y + v) / 2 for (x, y), (u, v) in pairwise(curve))
    return {"auc": round(100 * area, 1), **_to_percent(best), "confidence": best.confidence, "last": _to_percent(points[0])}


def _to_percent(point: Point) -> dict[str, float]:
    return {name: round(100 * float(getattr(point, name)), 1) for name in ("precision", "recall", "f1")}


def read_gold(path: Path) -> dict[str, list[Tuple]]:
    """Return sentence -> gold tuples, in order of the files at a path.

    Raises:
        KgError: no such file, or a line without sentence, relation and subject.
    """
    gold: dict[str, list[Tuple]] = {}
    for file in find_data(path, "gold*.tsv"):
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
            if not line.strip():
                continue
            columns = [column.strip() for column in line.strip().split("\t")]
            if len(columns) < 3:
                raise KgError(f"{file} line {number}: is not a sentence, a relation and arguments")
            arguments = tuple(column for column in columns[2:] if "C: " not in column)
            gold.setdefault(columns[0], []).append(Tuple(columns[1], arguments))
    return gold


def read_openie5(path: Path) -> dict[str, list[Tuple]]:
    """Return sentence -> tuples of an output of OpenIE 5; a context is put before the subject, as CaRB's reader does."""
    found: dict[str, list[Tuple]] = {}
    for line in path.read_text("utf-8").split("\n"):
        columns = line.strip().split("\t")
        if len(columns) < 6 or not all(columns[2:5]):
            continue
        subject, relation = (_strip_class(column) for column in columns[2:4])
        context = _strip_class(columns[1]) if columns[1] else ""
        if not f"{subject} {relation}".startswith(context):
            subject = f"{context} {subject}"
        arguments = tuple(_strip_class(part) for part in columns[4].strip().split(");"))
        found.setdefault(columns[5], []).append(Tuple(relation, (subject, *arguments), float(columns[0])))
    return found


def _strip_class(text: str) -> str:
    """Return X of "SimpleArgument(X,List([0, 8)))"."""
    return text[text.index("(") + 1 : text.index(",List(")]


def to_tuple(proposition: Proposition, words: Sequence[str], offsets: Sequence[Span]) -> Tuple:
    """Return a proposition in the words of a sentence that lie at these offsets; a relation that has none is "is"."""

    def name(spans: Spans) -> str:
        placed = zip(words, offsets, strict=True)
        return " ".join(word for word, (begin, end) in placed if any(b < end and begin < e for b, e in spans))

    rest = [name(spans) for spans in (proposition.object, *proposition.arguments) if spans]
    relation = name(proposition.relation) if proposition.relation else "is"
    return Tuple(relation, (name(proposition.subject), *rest), proposition.confidence)


def predict_tuples(sentences: Sequence[str]) -> dict[str, list[Tuple]]:
    """Return sentence -> the project's propositions; it is given the sentences as a newspaper would print them."""
    texts = [join_tokens(to_print(sentence.split())) for sentence in sentences]
    extractions = extract_sentences(text for text, _ in texts)
    return {
        sentence: [to_tuple(one, sentence.split(), offsets) for one in extraction.propositions]
        for sentence, (_, offsets), (_, extraction) in zip(sentences, texts, extractions, strict=True)
    }


def to_print(words: Sequence[str]) -> list[str]:
    """Return the words with quotation marks in place of doubled ones and brackets in place of their codes, as many as given."""
    codes = {"``": "“", "''": "”", "`": "‘", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
    return [codes.get(word, word) for word in words]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; 2 where the data cannot be read."""
    parser = argparse.ArgumentParser(description="Propositions on CaRB.")
    parser.add_argument("--data", type=Path, required=True, help="the gold tuples, or the folder that holds them")
    parser.add_argument("--predictions", type=Path, help="JSON Lines file to write, one line a sentence: id, gold, predicted")
    parser.add_argument("--cross-validate", action="store_true", help="fit the confidences by five folds")
    parser.add_argument("--openie5", type=Path, help="score this output of OpenIE 5 instead")
    options = parser.parse_args(arguments)
    try:
        gold = read_gold(options.data)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if options.openie5:
        predicted = read_openie5(options.openie5)
    elif options.cross_validate:
        from training.propositions.fit import rate_by_folds, read_samples  # noqa: PLC0415 - it reads tuples by this module

        predicted = rate_by_folds(read_samples(gold))
    else:
        predicted = predict_tuples(list(gold))
    write_predictions(
        options.predictions,
        ({"id": at, "sentence": one, "gold": gold[one], "predicted": predicted.get(one, [])} for at, one in enumerate(gold)),
    )
    count = sum(len(predicted.get(sentence, ())) for sentence in gold)
    print_figures({"items": len(gold), "tuples": count, **compute_figures(trace_curve(gold, predicted))})
    return 0


if __name__ == "__main__":
    sys.exit(main())
