"""Speakers on texts of our own: `python -m tests.scores.speakers --data tests/cases/speakers [--verbose]`.

PATH is a folder of case files, or one file. A case is a text, words of a content in it, and who says it. The attribution
with the shortest content that holds the words is judged: "right" is the share of cases, among those whose attribution is
found at all, in which its speaker is the one listed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.build.toolchain import Toolchain
from kg.model.actor import Actor
from kg.model.annotation import Annotation
from kg.model.attribution import Attribution
from kg.settings import Settings
from tests.scores.labels import find_head
from tests.scores.reporting import Prediction, parse_arguments, report
from tests.scores.texts import annotate_text, read_text_cases


class Case(NamedTuple):
    """A text and who says some words in it.

    Attributes:
        group: the name of its file.
        content: words that stand in the text once, within what is said.
        speaker: label of the actor; a description whose head noun is in lower case ("Greek official") stands for someone
            unnamed; "" where the text does not say who speaks.
        country: label of the state that the speaker belongs to; None where that does not matter.
        published: ISO date of the text.
        xfail: why it is known to fail; None where it passes.
    """

    group: str
    phenomenon: str
    text: str
    content: str
    speaker: str
    country: str | None = None
    published: str | None = None
    xfail: str | None = None


class Found(NamedTuple):
    """The speaker that an annotation gives: labels, "" for none."""

    speaker: str
    country: str


def read_speaker_cases(path: Path) -> list[Case]:
    """Return the cases of a file or folder; raises as `read_text_cases`."""
    return read_text_cases(path, Case)


def annotate_case(case: Case, toolchain: Toolchain) -> Annotation:
    """Return the annotation of the case's text, as the project ships it."""
    return annotate_text(case.text, case.published, toolchain)


def find_speaker(case: Case, annotation: Annotation) -> Found | None:
    """Return the speaker of the innermost attribution of the case's words; None where no attribution holds them."""
    begin = case.text.index(case.content)
    held = [a for a in annotation.extraction.attributions if _holds(a, begin, begin + len(case.content))]
    if not held:
        return None
    innermost = min(held, key=lambda a: (sum(span.end - span.begin for span in a.content), a.id))
    actors: dict[str | None, Actor] = {actor.iri: actor for actor in annotation.resolution.actors}
    links = {link.mention: link.actor for link in annotation.resolution.links}
    actor = actors.get(links.get(innermost.source_mention or ""))
    if actor is None:
        return Found("", "")
    country = actors.get(actor.country)
    return Found(actor.label, "" if country is None else country.label)


def _holds(attribution: Attribution, begin: int, end: int) -> bool:
    return any(span.begin <= begin and end <= span.end for span in attribution.content)


def is_right(case: Case, found: Found) -> bool:
    """Return whether the speaker is the one listed: the same name, or a description with all words of the one listed."""
    if case.country is not None and found.country != case.country:
        return False
    expected, actual = case.speaker.casefold(), found.speaker.casefold()
    is_unnamed = find_head(case.speaker)[:1].islower()
    return expected == actual or (is_unnamed and set(expected.split()) <= set(actual.replace(",", " ").split()))


def _judge(cases: Sequence[Case], settings: Settings) -> Iterator[tuple[Case, Found | None]]:
    toolchain = Toolchain(settings)
    for case in cases:
        yield case, find_speaker(case, annotate_case(case, toolchain))


def main() -> int:
    """Score the cases; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    judged = list(_judge(read_speaker_cases(arguments.data), Settings(profile=arguments.profile)))
    figures: dict[str, object] = {}
    for group in ("", *sorted({case.group for case, _ in judged})):
        rows = [(case, found) for case, found in judged if group in {"", case.group}]
        right = [is_right(case, found) for case, found in rows if found is not None]
        share = round(100 * sum(right) / len(right), 1) if right else 0.0
        figures[group or "right"] = {"accuracy": share, "found": len(right), "cases": len(rows)}
    if arguments.verbose:
        for case, found in judged:
            if found is None or not is_right(case, found):
                sys.stdout.write(f"{case.group}: {case.phenomenon}: {case.speaker!r}, got {found}\n")
    predictions = [
        Prediction(f"{case.group}: {case.phenomenon}", case.speaker, None if found is None else found.speaker)
        for case, found in judged
    ]
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
