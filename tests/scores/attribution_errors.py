"""What attribution gets wrong on PolNeAR, by phenomenon: `python -m tests.scores.attribution_errors --data PATH`.

PATH is laid out as for `tests.scores.polnear`, and right means FULL as there. What is left is joined, one to one, the most
alike contents first: contents that overlap enough and have other sources ("source wrong"), then contents that overlap at
all ("content wrong"). What is left of the reference is missed, what is left of the predictions is spurious. Printed are
Markdown tables of counts, without a word of the texts, then the figures as one JSON object.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kg.annotate.pipeline import Annotator
from kg.settings import Settings
from tests.scores.attribution_traits import Reading, Traits, Word, find_traits
from tests.scores.polnear import Relation, match_contents, match_full, read_articles, to_relation
from tests.scores.reporting import Prediction, parse_arguments, report

#: Overlap of contents from which they are the same, as in FULL.
_SAME_CONTENT = 0.5
_BINS = 10
_RIGHT, _SOURCE_WRONG, _CONTENT_WRONG, _MISSED, _SPURIOUS = "right", "source wrong", "content wrong", "missed", "spurious"

Rows = list[tuple[object, ...]]


class Pairing(NamedTuple):
    """What became of the predictions and the reference of one text: pairs of their indexes, and those that are left."""

    right: list[tuple[int, int]]
    source_wrong: list[tuple[int, int]]
    content_wrong: list[tuple[int, int]]
    spurious: list[int]
    missed: list[int]


class Scored(NamedTuple):
    """One attribution of either side: its traits, what became of it, and of a prediction its rule and confidence."""

    traits: Traits
    outcome: str
    by: str = ""
    confidence: float = 0.0


class Bin(NamedTuple):
    """Predictions of neighbouring confidences: how many, their mean confidence, the share that is right."""

    size: int
    confidence: float
    share: float


def pair_up(predicted: Sequence[Relation], gold: Sequence[Relation]) -> Pairing:
    """Return what became of each prediction and each reference."""
    right = match_full(list(predicted), list(gold))
    source_wrong = _match_rest(predicted, gold, right, _SAME_CONTENT)
    content_wrong = _match_rest(predicted, gold, [*right, *source_wrong], 0.0)
    taken = [*right, *source_wrong, *content_wrong]
    return Pairing(
        right,
        source_wrong,
        content_wrong,
        [i for i in range(len(predicted)) if all(i != a for a, _ in taken)],
        [j for j in range(len(gold)) if all(j != b for _, b in taken)],
    )


def _match_rest(
    predicted: Sequence[Relation], gold: Sequence[Relation], taken: Sequence[tuple[int, int]], least_jaccard: float
) -> list[tuple[int, int]]:
    left = [i for i in range(len(predicted)) if all(i != a for a, _ in taken)]
    right = [j for j in range(len(gold)) if all(j != b for _, b in taken)]
    pairs = match_contents([predicted[i] for i in left], [gold[j] for j in right], least_jaccard)
    return [(left[i], right[j]) for i, j in pairs]


def name_outcomes(pairing: Pairing) -> tuple[dict[int, str], dict[int, str]]:
    """Return the outcome of each prediction and of each reference, by index."""
    predicted = dict.fromkeys(pairing.spurious, _SPURIOUS)
    gold = dict.fromkeys(pairing.missed, _MISSED)
    for pairs, outcome in (
        (pairing.right, _RIGHT),
        (pairing.source_wrong, _SOURCE_WRONG),
        (pairing.content_wrong, _CONTENT_WRONG),
    ):
        predicted |= {i: outcome for i, _ in pairs}
        gold |= {j: outcome for _, j in pairs}
    return predicted, gold


def describe_extent(predicted: frozenset[int], gold: frozenset[int]) -> str:
    """Return how much of two contents that share characters is theirs alone."""
    if predicted == gold:
        return "exact"
    if predicted > gold:
        return "too long"
    return "too short" if predicted < gold else "too long and too short"


def describe_boundaries(predicted: frozenset[int], gold: frozenset[int]) -> list[str]:
    """Return where two contents that share characters differ; nothing where they do not.

    The ends come first; what differs within is only named where the ends agree.
    """
    found: list[str] = []
    if min(predicted) != min(gold):
        found.append("begins too early" if min(predicted) < min(gold) else "begins too late")
    if max(predicted) != max(gold):
        found.append("ends too late" if max(predicted) > max(gold) else "ends too early")
    if not found and predicted != gold:
        found.append("holds what stands between" if predicted - gold else "leaves out what stands between")
    return found


def describe_sources(predicted: frozenset[int], gold: frozenset[int]) -> str:
    """Return how two sources differ that are not the same: one of them is absent, or they share no character."""
    if not gold:
        return "one is given where there is none"
    return "another one is given" if predicted else "none is given"


def tabulate_traits(scored: Sequence[Scored], columns: Sequence[str]) -> Rows:
    """Return a row for each value of each phenomenon: phenomenon, value, number, the number of each outcome, share right.

    Values that begin with a number are in its order, the others behind them by the alphabet; the share is in percent, one
    decimal.
    """
    rows: Rows = []
    for at, name in enumerate(Traits._fields):
        for value in sorted({item.traits[at] for item in scored}, key=_rank):
            counts = Counter(item.outcome for item in scored if item.traits[at] == value)
            rows.append((name.replace("_", " "), value, *_count(counts, columns)))
    return rows


def _rank(value: str) -> tuple[float, str]:
    number = value.partition("-")[0]
    return (int(number) if number.isdecimal() else math.inf), value


def tabulate_rules(scored: Sequence[Scored], columns: Sequence[str]) -> Rows:
    """Return a row for each rule or model that found something, the most frequent first."""
    numbers = Counter(item.by for item in scored)
    rules = sorted(numbers, key=lambda rule: (-numbers[rule], rule))
    return [(rule, *_count(Counter(item.outcome for item in scored if item.by == rule), columns)) for rule in rules]


def _count(counts: Counter[str], columns: Sequence[str]) -> Iterator[object]:
    total = counts.total()
    yield total
    yield from (counts[column] for column in columns)
    yield round(100 * counts[_RIGHT] / total, 1)


def fill_bins(outcomes: Sequence[tuple[float, bool]], number: int = _BINS) -> list[Bin]:
    """Return at most `number` bins of about equal size over (confidence, is right), the least sure first.

    Equal confidences share a bin, so that the order of the predictions does not count; a bin may so be larger than the
    others, and some may be missing. Empty for no predictions.
    """
    ordered = sorted(outcomes)
    bins, begin = [], 0
    for at in range(1, number + 1):
        end = len(ordered) * at // number
        while 0 < end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
            end += 1
        if end > begin:
            part = ordered[begin:end]
            bins.append(Bin(len(part), sum(c for c, _ in part) / len(part), sum(right for _, right in part) / len(part)))
            begin = end
    return bins


def compute_calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean distance of confidence and share right, weighted by size; 0 for none."""
    total = sum(item.size for item in bins)
    return sum(item.size * abs(item.confidence - item.share) for item in bins) / total if total else 0.0


def to_table(title: str, columns: Sequence[str], rows: Rows) -> str:
    """Return a Markdown table under a heading, with an empty line behind it."""
    lines = [f"## {title}", "", "| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join([*lines, "", ""])


def main() -> int:
    """Print the tables; the last line is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    settings = Settings(profile=arguments.profile)
    annotator = Annotator(settings.model)
    gold_side: list[Scored] = []
    found_side: list[Scored] = []
    boundaries: dict[str, Counter[str]] = {_RIGHT: Counter(), _CONTENT_WRONG: Counter()}
    sources: Counter[tuple[str, str]] = Counter()
    predictions = []
    for name, document, reference, found in read_articles(arguments.data, settings):
        doc = annotator.annotate(document)
        words = [Word(token.idx, token.idx + len(token), token.pos_) for token in doc if not token.is_space]
        ranges = [(quotation.begin, quotation.end) for quotation in doc._.quotations]
        reading = Reading(doc.text, words, [sentence.start_char for sentence in doc.sents], ranges)
        predicted, gold = [to_relation(item) for item in found], [to_relation(item) for item in reference]
        pairing = pair_up(predicted, gold)
        outcomes = name_outcomes(pairing)
        found_side += [
            Scored(find_traits(reading, item), outcomes[0][at], item["by"], item["confidence"]) for at, item in enumerate(found)
        ]
        gold_traits = [find_traits(reading, item) for item in reference]
        gold_side += [Scored(traits, outcomes[1][at]) for at, traits in enumerate(gold_traits)]
        for outcome, pairs in ((_RIGHT, pairing.right), (_CONTENT_WRONG, pairing.content_wrong)):
            for i, j in pairs:
                # White space between the pieces of a content is marked or not; it makes no difference.
                left, right = (
                    frozenset(at for at in content if not doc.text[at].isspace())
                    for content in (predicted[i].content, gold[j].content)
                )
                boundaries[outcome].update((describe_extent(left, right), *describe_boundaries(left, right)))
        sources.update(
            (gold_traits[j].source, describe_sources(predicted[i].source, gold[j].source)) for i, j in pairing.source_wrong
        )
        kept = [{role: item[role] for role in ("source", "cue", "content")} for item in found]
        predictions.append(Prediction(name, reference, kept))
    bins = fill_bins([(item.confidence, item.outcome == _RIGHT) for item in found_side])
    sys.stdout.write(_print_tables(gold_side, found_side, boundaries, sources, bins))
    figures: dict[str, Any] = {
        "reference": len(gold_side),
        "predicted": len(found_side),
        **{name.replace(" ", "_"): count for name, count in sorted(Counter(item.outcome for item in found_side).items())},
        _MISSED: sum(item.outcome == _MISSED for item in gold_side),
        "calibration_error": round(compute_calibration_error(bins), 4),
    }
    return report(figures, predictions, arguments)


def _print_tables(
    gold_side: Sequence[Scored],
    found_side: Sequence[Scored],
    boundaries: dict[str, Counter[str]],
    sources: Counter[tuple[str, str]],
    bins: Sequence[Bin],
) -> str:
    gold_columns = (_RIGHT, _SOURCE_WRONG, _CONTENT_WRONG, _MISSED)
    found_columns = (_RIGHT, _SOURCE_WRONG, _CONTENT_WRONG, _SPURIOUS)
    places = sorted(set().union(*boundaries.values()))
    reliability: Rows = [(item.size, f"{item.confidence:.3f}", f"{item.share:.3f}") for item in bins]
    return "".join(
        (
            to_table(
                "The reference, by phenomenon",
                ("phenomenon", "value", "number", *gold_columns, "right %"),
                tabulate_traits(gold_side, gold_columns),
            ),
            to_table(
                "What is found, by phenomenon",
                ("phenomenon", "value", "number", *found_columns, "right %"),
                tabulate_traits(found_side, found_columns),
            ),
            to_table(
                "What is found, by rule or model",
                ("by", "number", *found_columns, "right %"),
                tabulate_rules(found_side, found_columns),
            ),
            to_table(
                "How contents differ (in length, and where: maybe in two places)",
                ("difference", *boundaries),
                [(place, *(counts[place] for counts in boundaries.values())) for place in places],
            ),
            to_table(
                "Wrong sources of right contents",
                ("source in the reference", "what is found", "number"),
                [(*key, count) for key, count in sorted(sources.items(), key=lambda item: (-item[1], item[0]))],
            ),
            to_table(
                "Reliability: predictions in order of confidence", ("number", "mean confidence", "share right"), reliability
            ),
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())
