"""PLOVER contexts of events against the cases: `python -m tests.scores.contexts [--data FOLDER]`.

A case is a sentence and the contexts of its events. Counted are pairs of sentence and context; a sentence without an event
counts as one without contexts. The last line printed is a JSON object of the figures by file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from kg.annotate.pipeline import Annotator
from kg.extract.extractor import RuleExtractor
from kg.model.document import Document
from kg.resolve.registry import read_registry
from kg.settings import Settings

CASES = Path(__file__).parents[1] / "cases" / "contexts"


class Case(NamedTuple):
    """A sentence and the contexts of its events."""

    text: str
    contexts: frozenset[str]


class Score(NamedTuple):
    """Pairs of sentence and context that are right, found and expected, and sentences without an event."""

    right: int
    found: int
    expected: int
    eventless: int

    @property
    def precision(self) -> float:
        """Share of what is found that is right; 1 where nothing is found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is expected that is found; 1 where nothing is expected."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.found + self.expected
        return 2 * self.right / total if total else 1.0


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file in its order."""
    return [Case(row["text"], frozenset(row["contexts"])) for row in tomllib.loads(path.read_text("utf-8"))["case"]]


def make_finder() -> Callable[[str], frozenset[str] | None]:
    """Return what gives the contexts of the events of a text, by the rules; None for a text without events."""
    settings = Settings()
    annotator, extractor = Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())

    def find(text: str) -> frozenset[str] | None:
        document = Document(id=f"{settings.base}document/case", path="case", location="case", sha256="0", text=text)
        events = extractor.extract(annotator.annotate(document)).events
        return frozenset(context for event in events for context in event.contexts) if events else None

    return find


def compare_contexts(cases: Iterable[Case], find: Callable[[str], frozenset[str] | None]) -> tuple[Score, list[str]]:
    """Return the score, and a line for each case that is not as expected."""
    right = found = expected = eventless = 0
    errors = []
    for case in cases:
        told = find(case.text)
        eventless += told is None
        contexts = told or frozenset()
        right += len(contexts & case.contexts)
        found += len(contexts)
        expected += len(case.contexts)
        if contexts != case.contexts:
            wrong = [
                *(f"+{name}" for name in sorted(contexts - case.contexts)),
                *(f"-{n}" for n in sorted(case.contexts - contexts)),
            ]
            errors.append(f"{' '.join(wrong)}{' (no event)' if told is None else ''}: {case.text}")
    return Score(right, found, expected, eventless), errors


def main() -> int:
    """Score every file of the folder, show what is wrong, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=CASES)
    find = make_finder()
    figures = {}
    for path in sorted(parser.parse_args().data.glob("*.toml")):
        score, errors = compare_contexts(read_cases(path), find)
        for line in errors:
            sys.stdout.write(f"{path.stem}: {line}\n")
        figures[path.stem] = {
            "precision": round(100 * score.precision, 1),
            "recall": round(100 * score.recall, 1),
            "f1": round(100 * score.f1, 1),
            "eventless": score.eventless,
        }
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
