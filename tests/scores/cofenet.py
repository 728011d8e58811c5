"""Spans of source, cue and content on CofeNet's split of PolNeAR: `python -m tests.scores.cofenet --data valid.txt`.

PATH is a file of JSON lines with `id`, `tokens` and `labels` (`B-source`, `I-source`, ..., `O`), one text a line: its tokens
joined by one blank are read as a document of their own. The top-level attributions found in it become labels of the same
kind, because the corpus gives each token one role and no nesting. A span counts when role, first and last token are right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from kg.build.toolchain import Toolchain
from kg.errors import KgError
from kg.export.annotation import to_json
from kg.model.document import Document
from kg.settings import Settings
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report

ROLES = ("source", "cue", "content")
_OUTSIDE = "O"


class Instance(NamedTuple):
    """One text: its tokens and a label for each."""

    id: str
    tokens: tuple[str, ...]
    labels: tuple[str, ...]


class TokenSpan(NamedTuple):
    """Tokens [begin, end) of one role."""

    role: str
    begin: int
    end: int


def read_instances(path: Path) -> Iterator[Instance]:
    """Yield the instances of a file; their ids get the number of their line (1-based), as one article has several.

    Raises:
        KgError: a line is not an object with as many labels as tokens.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                item = json.loads(line)
                found = Instance(f"{item['id']}#{number}", tuple(item["tokens"]), tuple(item["labels"]))
            except (ValueError, KeyError, TypeError) as error:
                raise KgError(f"{path} line {number}: is no object with id, tokens and labels ({error})") from error
            if len(found.tokens) != len(found.labels):
                raise KgError(f"{path} line {number}: {len(found.tokens)} tokens, {len(found.labels)} labels")
            yield found


def find_spans(labels: Sequence[str]) -> frozenset[TokenSpan]:
    """Return the maximal runs of one B and the I's of its role behind it; an I that follows none of its role is in no span."""
    found = set()
    role, begin = "", 0
    for at, label in enumerate([*labels, _OUTSIDE]):
        if role and label != f"I-{role}":
            found.add(TokenSpan(role, begin, at))
            role = ""
        if label.startswith("B-"):
            role, begin = label.removeprefix("B-"), at
    return frozenset(found)


def to_labels(tokens: Sequence[str], attributions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a label for each token from attributions as `kg annotate` prints them of the tokens joined by one blank.

    A token belongs to a span that covers any of its characters. It keeps the role of the first attribution, and within
    one attribution of the first role, that claims it; each stretch that a span gets begins with B. Attributions within
    another one's content (with a `parent`) are left out.
    """
    begins = [0, *accumulate(len(token) + 1 for token in tokens)]
    labels = [_OUTSIDE] * len(tokens)
    for attribution in attributions:
        if attribution["parent"] is not None:
            continue
        for role in ROLES:
            for begin, end in attribution[role]:
                previous = None
                for at, token in enumerate(tokens):
                    is_covered = begins[at] < end and begin < begins[at] + len(token)
                    if is_covered and labels[at] == _OUTSIDE:
                        labels[at] = f"I-{role}" if previous is not None and previous == at - 1 else f"B-{role}"
                        previous = at
    return labels


def count_spans(pairs: Sequence[tuple[frozenset[TokenSpan], frozenset[TokenSpan]]]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of each role in percent, over pairs of gold and predicted spans of one text."""
    figures = {}
    for role in ROLES:
        right = sum(span.role == role for gold, predicted in pairs for span in gold & predicted)
        sizes = [sum(span.role == role for pair in pairs for span in pair[side]) for side in (1, 0)]
        figures[role] = compute_f1(right, *sizes)
    return figures


def main() -> int:
    """Score a file; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    toolchain = Toolchain(Settings(profile=arguments.profile))
    pairs, predictions = [], []
    for number, instance in enumerate(read_instances(arguments.data), 1):
        document = Document(
            id=f"https://sayso.example/score/{number}",
            path=instance.id,
            location=instance.id,
            sha256="",
            text=" ".join(instance.tokens),
        )
        labels = to_labels(instance.tokens, to_json(toolchain.annotate(document))["attributions"])
        gold, predicted = find_spans(instance.labels), find_spans(labels)
        pairs.append((gold, predicted))
        predictions.append(Prediction(instance.id, sorted(gold), sorted(predicted)))
    return report(count_spans(pairs), predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
