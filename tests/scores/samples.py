"""Everything on the project's own sample texts: `python -m tests.scores.samples --data sources [--verbose]`.

The whole production path runs over the texts; what `kg annotate` prints of them is compared with `tests/cases/sources`.

Attributions count as FULL as in `tests.scores.polnear`, nested ones included. What is said of an attribution (speaker,
type, frames, ...) is scored among those that count. Events and posts are distinct triples of labels. `stalling` is the
question of the demo: which (speaker, text) pairs claim that Putin is stalling.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.build.annotation import run_annotation
from kg.errors import InputMissingError, KgError
from kg.export.annotation import to_json
from kg.settings import Settings
from tests.cases.expected import read_cases
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report
from tests.scores.sample_comparison import Outcome, Sample, compare_sample

#: Measures of found against expected items; the others are shares of the matched items that are right.
_COUNTED = (
    "attributions", "frames", "about", "event_triggers", "event_actors", "event_recipients", "events", "posts", "stalling",
)  # fmt: skip
_LONGEST_NOTE = 260


def read_samples(data: Path, settings: Settings) -> list[Sample]:
    """Annotate the texts under `data`, a folder laid out as `sources/`, and return them with their cases, by name.

    Raises:
        InputMissingError: a case names a text that is not there.
        DocumentRefusedError: a text cannot be annotated.
    """
    annotations: dict[str, dict[str, Any]] = {}
    for annotation in run_annotation([str(data)], settings):
        if isinstance(annotation, KgError):
            raise annotation
        path = Path(annotation.document.path).relative_to(data).as_posix()
        annotations[path] = to_json(annotation)
    samples = []
    for name, case in read_cases().items():
        path = Path(case["document"]["path"]).relative_to("sources").as_posix()
        numbered = f"{path}#{case['document'].get('record', 1)}"
        found = annotations.get(path) or annotations.get(numbered)
        if found is None:
            raise InputMissingError(str(data / path))
        samples.append(Sample(name, case, found))
    return samples


def compute_figures(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Return precision, recall and F1, or accuracy, of each measure in percent, and the failures of `stalling` by name."""
    by_measure: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_measure[outcome.measure].append(outcome)
    figures: dict[str, Any] = {}
    for measure, items in by_measure.items():
        right = sum(item.is_right for item in items)
        if measure in _COUNTED:
            predicted, gold = (sum(getattr(item, side) is not None for item in items) for side in ("predicted", "gold"))
            figures[measure] = compute_f1(right, predicted, gold)
        else:
            figures[measure] = {"accuracy": round(100 * right / len(items), 1)}
    stalling = [item for item in by_measure["stalling"] if not item.is_right]
    figures["stalling_missed"] = [f"{item.gold} ({item.document})" for item in stalling if item.gold is not None]
    figures["stalling_false_alarms"] = [f"{item.predicted} ({item.document})" for item in stalling if item.predicted is not None]
    return figures


def print_failures(outcomes: Sequence[Outcome]) -> None:
    """Print everything that is not right, by measure, then misses, false alarms and confusions, then by group."""
    groups: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if not outcome.is_right:
            kind = "wrong" if None not in (outcome.gold, outcome.predicted) else "missed" if outcome.gold else "false alarm"
            groups[outcome.measure, kind, outcome.group].append(outcome)
    for (measure, kind, group), items in sorted(groups.items(), key=lambda pair: (pair[0][:2], -len(pair[1]), pair[0][2])):
        sys.stdout.write(f"\n== {measure}: {kind}: {group} ({len(items)})\n")
        for item in items:
            words = " -> ".join(side for side in (item.gold, item.predicted) if side is not None)
            sys.stdout.write(f"  {item.document}: {words}\n")
            if item.note:
                sys.stdout.write(f"      {item.note[:_LONGEST_NOTE]}\n")
    sys.stdout.write("\n")


def main() -> int:
    """Score the samples; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    samples = read_samples(arguments.data, Settings(profile=arguments.profile))
    outcomes = [outcome for sample in samples for outcome in compare_sample(sample)]
    if arguments.verbose:
        print_failures(outcomes)
    kinds = ("attribution", "event", "post")
    predictions = [
        Prediction(
            sample.name,
            {kind: sample.case.get(kind, []) for kind in kinds},
            {kind: sample.annotation[f"{kind}s"] for kind in kinds},
        )
        for sample in samples
    ]
    return report(compute_figures(outcomes), predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
