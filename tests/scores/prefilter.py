"""What `kg build --prefilter` would lose on PolNeAR, and what it would save: `python -m tests.scores.prefilter --data PATH`.

PATH is laid out as for `tests.scores.polnear`. Texts without name, reporting word and quotation mark are left out: whole
documents, as the option does, and for comparison paragraphs and sentences, each by itself. For each of these:

- skipped: share of the characters of all texts that would not be parsed;
- lost: share of the reference's attributions whose content begins in what is skipped;
- f1, f1_loss: FULL, where predictions whose content begins in what is skipped are taken away, and what that costs.

`cpu_share` is the CPU time that telling takes, by that of reading the articles.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.annotate.layout import find_paragraphs
from kg.extract.prefilter import find_cue_forms, is_idle
from kg.settings import Settings
from tests.scores.polnear import match_full, read_articles, to_relation
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report

#: Behind a stop and closing marks, before a capital: rough, as a filter before any model must be.
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])")
Range = tuple[int, int]


def find_documents(text: str) -> Iterator[Range]:
    """Yield the whole text."""
    yield 0, len(text)


def find_paragraph_ranges(text: str) -> Iterator[Range]:
    """Yield each paragraph."""
    yield from ((span.begin, span.end) for span in find_paragraphs(text))


def find_sentences(text: str) -> Iterator[Range]:
    """Yield each paragraph's sentences, as far as their marks tell them."""
    for begin, end in find_paragraph_ranges(text):
        cuts = [begin, *(match.end() for match in _SENTENCE_END.finditer(text, begin, end)), end]
        yield from pairwise(cuts)


UNITS: dict[str, Callable[[str], Iterator[Range]]] = {
    "documents": find_documents,
    "paragraphs": find_paragraph_ranges,
    "sentences": find_sentences,
}


def find_skipped(text: str, ranges: Iterable[Range]) -> list[Range]:
    """Return the ranges that say nothing by themselves, in order."""
    return [(begin, end) for begin, end in ranges if is_idle(text[begin:end])]


def begins_in(item: dict[str, Any], skipped: list[Range]) -> bool:
    """Whether an attribution's content begins in one of these ranges; one without content does not."""
    begin = min((begin for begin, _ in item["content"]), default=-1)
    place = bisect_right(skipped, (begin, float("inf"))) - 1
    return place >= 0 and skipped[place][0] <= begin < skipped[place][1]


def main() -> int:
    """Score a folder; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    find_cue_forms()
    counts = {unit: [0, 0, 0, 0, 0] for unit in UNITS}  # characters skipped, reference lost, right, predicted, reference
    whole = [0, 0, 0]
    characters, telling = 0, 0.0
    predictions = []
    begun = time.process_time()
    for name, document, reference, found in read_articles(Path(arguments.data), Settings(profile=arguments.profile)):
        text = document.text
        characters += len(text)
        gold = [to_relation(item) for item in reference]
        _add(whole, (len(match_full([to_relation(item) for item in found], gold)), len(found), len(gold)))
        lost = {}
        for unit, find in UNITS.items():
            started = time.process_time()
            skipped = find_skipped(text, find(text))
            telling += (time.process_time() - started) if unit == "documents" else 0.0
            kept = [to_relation(item) for item in found if not begins_in(item, skipped)]
            lost[unit] = [item["content"] for item in reference if begins_in(item, skipped)]
            passed = sum(end - begin for begin, end in skipped)
            _add(counts[unit], (passed, len(lost[unit]), len(match_full(kept, gold)), len(kept), len(gold)))
        predictions.append(Prediction(name, len(gold), lost))
    spent = time.process_time() - begun
    before = compute_f1(*whole)["f1"]
    figures: dict[str, Any] = {"f1": before, "cpu_share": round(telling / spent, 5)}
    for unit, (passed, missing, right, predicted, gold_count) in counts.items():
        f1 = compute_f1(right, predicted, gold_count)["f1"]
        figures[unit] = {
            "skipped": round(100 * passed / characters, 2),
            "lost": round(100 * missing / gold_count, 2),
            "f1": f1,
            "f1_loss": round(before - f1, 1),
        }
    return report(figures, predictions, arguments)


def _add(counts: list[int], values: Iterable[int]) -> None:
    for index, value in enumerate(values):
        counts[index] += value


if __name__ == "__main__":
    raise SystemExit(main())
