"""One event, many reports, on texts of our own: `python -m tests.scores.occurrences --data tests/cases/occurrences [--verbose]`.

PATH is a folder of case files, or one file. A case is some short texts with publisher and date, a word of the trigger of each
report that is judged, and a label of what it reports. Reports of a case are judged pairwise (two reports of one label should
be one occurrence) and by B-cubed (Bagga and Baldwin 1998), micro-averaged over reports. `found` is the share of reports that
extraction found at all; those that it did not find are missing from both other figures. `publishers` is the share of labels
whose number of independent publishers is right, `copies` of cases whose copied texts are. Cases of `unseen.toml` were written
before the rules.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kg.build.toolchain import Toolchain
from kg.errors import InputMissingError
from kg.model.annotation import Annotation
from kg.model.document import Document, Zone
from kg.model.identity import ActorProfile
from kg.model.occurrence import EventReport, Origin
from kg.model.span import Span, quote_spans
from kg.read.header import read_header
from kg.resolve.across.cluster import identify
from kg.resolve.across.profiles import make_profiles
from kg.resolve.across_events.agencies import find_credits, fold_publisher
from kg.resolve.across_events.cluster import group_reports
from kg.resolve.across_events.copies import Likeness, compare_texts, find_copies, find_shingles
from kg.resolve.across_events.describe import describe_occurrence
from kg.resolve.across_events.reports import make_reports, rename_report
from kg.settings import Settings
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report


class Text(NamedTuple):
    """A text with what it reports: a word of a trigger -> label."""

    text: str
    events: Mapping[str, str]
    publisher: str | None = None
    published: str | None = None


class Case(NamedTuple):
    """Texts, with the number of independent publishers of labels, and groups of texts (from 1) that are one text."""

    group: str
    name: str
    texts: tuple[Text, ...]
    publishers: Mapping[str, int]
    copies: tuple[tuple[int, ...], ...]


class Judged(NamedTuple):
    """What a case came to.

    Attributes:
        wanted: label of each report that was found. found: number of the occurrence that each of them is in.
        missing: triggers that no event has.
        publishers: label -> (wanted, found) number of independent publishers, of labels all of whose reports are found.
        copies: (wanted, found) groups of texts that are one.
    """

    wanted: tuple[str, ...]
    found: tuple[int, ...]
    missing: tuple[str, ...]
    publishers: Mapping[str, tuple[int, int]]
    copies: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]

    @property
    def is_right(self) -> bool:
        """Whether all reports are found and all that is asked of them is right."""
        pairs = _count_pairs(self.wanted, self.found)
        same_counts = all(wanted == found for wanted, found in self.publishers.values())
        return not self.missing and pairs[0] == pairs[1] == pairs[2] and same_counts and self.copies[0] == self.copies[1]


def read_occurrence_cases(path: Path) -> list[Case]:
    """Return the cases of a file or folder, in order of file name and line.

    Raises:
        InputMissingError: there is no case file.
        TypeError: a text lacks a key or has one too many.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.toml"))
    if not files:
        raise InputMissingError(str(path / "*.toml"))
    return [_to_case(file.stem, row) for file in files for row in tomllib.loads(file.read_text("utf-8"))["case"]]


def _to_case(group: str, row: Mapping[str, Any]) -> Case:
    unknown = row.keys() - {"name", "texts", "publishers", "copies"}
    if unknown:
        raise TypeError(f"{row['name']}: {', '.join(sorted(unknown))}")
    copies = tuple(tuple(numbers) for numbers in row.get("copies", ()))
    return Case(group, row["name"], tuple(Text(**text) for text in row["texts"]), row.get("publishers", {}), copies)


def judge_case(case: Case, toolchain: Toolchain) -> Judged:
    """Return what the shipped rules make of a case: each text annotated, actors identified over them, events grouped."""
    annotations = [toolchain.annotate(_to_document(number, text)) for number, text in enumerate(case.texts, 1)]
    reports = _make_reports(annotations, toolchain)
    number_of = {event: number for number, group in enumerate(group_reports(reports.values())) for event in group}
    labels: dict[str, str] = {}
    missing = []
    for annotation, text in zip(annotations, case.texts, strict=True):
        for word, label in text.events.items():
            event = _find_event(annotation, word, labels)
            if event is None:
                missing.append(word)
            else:
                labels[event] = label
    origins = _find_origins(annotations)
    publishers = {
        label: (wanted, _count_publishers(label, labels, number_of, reports, origins))
        for label, wanted in sorted(case.publishers.items())
        if not missing
    }
    return Judged(
        tuple(labels.values()), tuple(number_of[event] for event in labels), tuple(missing), publishers,
        (case.copies, _list_copies(annotations, origins)),
    )  # fmt: skip


def _to_document(number: int, text: Text) -> Document:
    location = f"https://sayso.example/score/occurrences/{number}"
    zones = tuple(
        Zone(kind=kind, span=Span(begin, end)) for kind, begin, end in sorted(read_header(text.text).zones, key=lambda z: z[1])
    )
    return Document(
        id=location, path=f"{number}.txt", location=location, sha256="0", publisher=text.publisher,
        published=text.published, language="en", text=text.text, zones=zones,
    )  # fmt: skip


def _make_reports(annotations: Sequence[Annotation], toolchain: Toolchain) -> dict[str, EventReport]:
    registry = toolchain.registry
    profiles: dict[str, tuple[ActorProfile, ...]] = {a.document.id: make_profiles(a, registry) for a in annotations}
    registered = {registry.to_iri(slug): actor for slug, actor in registry.actors.items()}
    canonical = dict(identify([profile for rows in profiles.values() for profile in rows], registered).canonical)
    found = {}
    for annotation in annotations:
        name = annotation.document.id
        own = {actor: iri for (document, actor), iri in canonical.items() if document == name}
        found.update({one.event: rename_report(one, own) for one in make_reports(annotation, profiles[name])})
    return found


def _find_event(annotation: Annotation, word: str, taken: Iterable[str]) -> str | None:
    """Return the first event that is not taken with a trigger that holds the word."""
    text = annotation.document.text
    names = ((f"{annotation.document.id}#{event.id}", quote_spans(text, event.trigger)) for event in annotation.extraction.events)
    return next((name for name, trigger in names if word in trigger.split() and name not in taken), None)


def _find_origins(annotations: Sequence[Annotation]) -> dict[str, Origin]:
    documents = {annotation.document.id: annotation.document for annotation in annotations}
    shingles = {name: find_shingles(document) for name, document in documents.items()}
    pairs: dict[tuple[str, str], Likeness] = {}
    for one, other in combinations(sorted(documents), 2):
        likeness = compare_texts(shingles[one], shingles[other])
        if likeness is not None:
            pairs[one, other] = likeness
    copies = find_copies({name: document.published for name, document in documents.items()}, pairs)
    return {
        name: Origin(
            document=name,
            publisher=fold_publisher(document.publisher),
            published=document.published,
            credits=find_credits(document),
            copy_of=copies[name].original if name in copies else name,
        )
        for name, document in documents.items()
    }


def _list_copies(annotations: Sequence[Annotation], origins: Mapping[str, Origin]) -> tuple[tuple[int, ...], ...]:
    groups: dict[str, list[int]] = {}
    for number, annotation in enumerate(annotations, 1):
        groups.setdefault(origins[annotation.document.id].copy_of, []).append(number)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _count_publishers(
    label: str,
    labels: Mapping[str, str],
    number_of: Mapping[str, int],
    reports: Mapping[str, EventReport],
    origins: Mapping[str, Origin],
) -> int:
    """Return the independent publishers of the occurrence that holds the first report of a label."""
    number = next(number_of[event] for event, own in labels.items() if own == label)
    return describe_occurrence((r for r in reports.values() if number_of[r.event] == number), origins).publishers


def _count_pairs(wanted: Sequence[str], found: Sequence[int]) -> tuple[int, int, int]:
    """Return the numbers of pairs that are one in both, in `found`, and in `wanted`."""
    pairs = list(combinations(range(len(wanted)), 2))
    ones = {(a, b) for a, b in pairs if found[a] == found[b]}
    gold = {(a, b) for a, b in pairs if wanted[a] == wanted[b]}
    return len(ones & gold), len(ones), len(gold)


def _score_b_cubed(judged: Iterable[Judged]) -> dict[str, float]:
    precision, recall = [], []
    for item in judged:
        rows = list(zip(item.wanted, item.found, strict=True))
        for label, number in rows:
            both = rows.count((label, number))
            precision.append(both / item.found.count(number))
            recall.append(both / item.wanted.count(label))
    p, r = sum(precision) / max(1, len(precision)), sum(recall) / max(1, len(recall))
    return {"precision": round(100 * p, 1), "recall": round(100 * r, 1), "f1": round(200 * p * r / max(1e-9, p + r), 1)}


def score_cases(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the figures of the module's docstring over one case or more; shares in percent."""
    right, told, wanted = (sum(counts) for counts in zip(*(_count_pairs(j.wanted, j.found) for j in judged), strict=True))
    found, missing = sum(len(item.wanted) for item in judged), sum(len(item.missing) for item in judged)
    return {
        "pairs": compute_f1(right, told, wanted),
        "b_cubed": _score_b_cubed(judged),
        "found": _to_share([True] * found + [False] * missing),
        "publishers": _to_share([wanted == found for item in judged for wanted, found in item.publishers.values()]),
        "copies": _to_share([one == other for one, other in (item.copies for item in judged) if one or other]),
        "cases_right": _to_share([item.is_right for item in judged]),
    }


def _to_share(rows: Sequence[bool]) -> float:
    return round(100 * sum(rows) / max(1, len(rows)), 1)


def main() -> int:
    """Print the figures of each file and of all; with --verbose the cases that are not right."""
    arguments = parse_arguments(__doc__)
    toolchain = Toolchain(Settings(profile=arguments.profile))
    judged = [(case, judge_case(case, toolchain)) for case in read_occurrence_cases(arguments.data)]
    figures: dict[str, Any] = score_cases([item for _, item in judged])
    for group in sorted({case.group for case, _ in judged}):
        for name, value in score_cases([item for case, item in judged if case.group == group]).items():
            figures[f"{group}_{name}"] = value
    if arguments.verbose:
        for case, item in judged:
            if not item.is_right:
                sys.stdout.write(f"{case.group}: {case.name}: {item}\n")
    predictions = [Prediction(f"{case.group}: {case.name}", item.wanted, item.found) for case, item in judged]
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
