"""Wikidata ids of mentions: `python -m tests.scores.linking --data PATH [--predictions OUT.jsonl] [--verbose]`.

PATH is a file of texts with linked labels, one JSON object a line in the layout of ELEVANT's benchmarks, or a folder of
such files (`*.jsonl`). The whole production path runs over each text; every mention that got a QID and lies within the
text's `evaluation_span` is one decision, pronouns and descriptions too. A title that begins with a date (`20180306 - ...`)
gives the date of the text, which is when its posts hold.

A given QID is *right* where a label that overlaps its mention has that QID (spans need not be equal: "the United States"
and "United States" are one), *nested* where it is not right and its mention lies within a longer label ("Kenya" in
"Kenya Airways"), *unlabelled* where it overlaps no label, else *wrong*.

- `precision`: right / (right + wrong + unlabelled). The main figure: what is nested is another annotation, no error.
- `precision_strict`: nested ones count as wrong. `precision_lenient`: unlabelled ones are left out.
- `recall`: of the labels, optional ones aside, whose QID is a state's or territory's of the registry or an international
  organisation's, how many overlap a mention that got this QID: `named` ones; `coref` ones (pronouns, descriptions);
  `recall` is of the named.
- `recall_any`: the same of all labels with any QID, for what the registry does not know too.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.build.toolchain import Toolchain
from kg.errors import InputMissingError, KgError
from kg.export.annotation import to_json
from kg.model.document import Document
from kg.resolve.registry import Registry
from kg.settings import Settings
from tests.scores.reporting import Prediction, parse_arguments, report

_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})\b")
_QID = re.compile(r"Q\d+")


class LinkLabel(NamedTuple):
    """Characters [begin, end) that mean an entity; `entity` is a QID, or what the benchmark writes for anything else."""

    begin: int
    end: int
    entity: str
    is_coref: bool = False
    is_optional: bool = False


class Item(NamedTuple):
    """A text, its ISO 8601 date or None, the range that is labelled, and the labels within it."""

    id: str
    text: str
    published: str | None
    span: tuple[int, int]
    labels: tuple[LinkLabel, ...]


class Given(NamedTuple):
    """A mention that got a QID."""

    begin: int
    end: int
    entity: str
    is_pronoun: bool = False


def read_items(path: Path) -> Iterator[Item]:
    """Yield the items of a file in order.

    Raises:
        KgError: a line is no object with `text`, `evaluation_span` and `labels`, or a span lies outside its text.
    """
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            begin, end = row["evaluation_span"]
            labels = tuple(_to_label(label) for label in row["labels"])
            item = Item(f"{path.stem}:{row['id']}", row["text"], _read_date(row.get("title", "")), (begin, end), labels)
        except (KeyError, TypeError, ValueError) as error:
            raise KgError(f"{path} line {number}: not a labelled text ({error})") from error
        if any(not 0 <= label.begin < label.end <= len(item.text) for label in item.labels):
            raise KgError(f"{path} line {number}: a label lies outside the text")
        yield item._replace(labels=tuple(label for label in item.labels if begin <= label.begin and label.end <= end))


def _to_label(row: dict[str, Any]) -> LinkLabel:
    begin, end = row["span"]
    return LinkLabel(int(begin), int(end), row["entity_id"], bool(row.get("coref")), bool(row.get("optional")))


def _read_date(title: str) -> str | None:
    match = _DATE.match(title)
    return "-".join(match.groups()) if match is not None else None


def judge(given: Given, labels: Iterable[LinkLabel]) -> str:
    """Return `right`, `nested`, `unlabelled` or `wrong` for a given QID, as the module says."""
    overlapping = [label for label in labels if label.begin < given.end and given.begin < label.end]
    if not overlapping:
        return "unlabelled"
    if any(label.entity == given.entity for label in overlapping):
        return "right"
    size = given.end - given.begin
    is_nested = any(
        label.begin <= given.begin and given.end <= label.end and size < label.end - label.begin for label in overlapping
    )
    return "nested" if is_nested else "wrong"


def list_known(registry: Registry) -> frozenset[str]:
    """Return the QIDs of the registry's states, territories and international organisations."""
    actors = registry.actors.values()
    return frozenset(
        actor.wikidata
        for actor in actors
        if actor.wikidata and (actor.type == "State" or (actor.type == "Organisation" and actor.country is None))
    )


def count(item: Item, given: Iterable[Given], known: frozenset[str]) -> Counter[str]:
    """Return how the QIDs given in an item are judged, and how many of its labels were to find and were found."""
    inside = [g for g in given if item.span[0] <= g.begin and g.end <= item.span[1]]
    counts = Counter(judge(g, item.labels) for g in inside)
    for label in item.labels:
        if label.is_optional or _QID.fullmatch(label.entity) is None:
            continue
        is_found = any(g.begin < label.end and label.begin < g.end and g.entity == label.entity for g in inside)
        groups = ["any"] + (["coref" if label.is_coref else "named"] if label.entity in known else [])
        for group in groups:
            counts[f"{group}_labels"] += 1
            counts[f"{group}_found"] += is_found
    return counts


def compute_figures(counts: Counter[str]) -> dict[str, Any]:
    """Return the figures in percent, null where there is nothing to count, and the counts behind them."""
    right, wrong, nested, unlabelled = (counts[name] for name in ("right", "wrong", "nested", "unlabelled"))

    def share(part: int, whole: int) -> float | None:
        return round(100 * part / whole, 1) if whole else None

    return {
        "precision": share(right, right + wrong + unlabelled),
        "precision_strict": share(right, right + wrong + unlabelled + nested),
        "precision_lenient": share(right, right + wrong),
        "recall": share(counts["named_found"], counts["named_labels"]),
        "recall_coref": share(counts["coref_found"], counts["coref_labels"]),
        "recall_any": share(counts["any_found"], counts["any_labels"]),
        "counts": {name: counts[name] for name in sorted(counts)},
    }


def print_errors(item: Item, given: Iterable[Given], known: frozenset[str]) -> None:
    """Print the QIDs given that are not right and the known labels that were not found, with the words around."""

    def show(kind: str, begin: int, end: int, entity: str) -> None:
        around = f"{item.text[max(0, begin - 50) : begin]}[{item.text[begin:end]}]{item.text[end : end + 40]}"
        sys.stdout.write(f"{item.id} {kind:10} {entity:12} {' '.join(around.split())}\n")

    inside = [g for g in given if item.span[0] <= g.begin and g.end <= item.span[1]]
    for one in inside:
        if (kind := judge(one, item.labels)) != "right":
            show(kind, one.begin, one.end, one.entity)
    for label in item.labels:
        if label.entity in known and not any(
            g.begin < label.end and label.begin < g.end and g.entity == label.entity for g in inside
        ):
            show("missed", label.begin, label.end, label.entity)


def find_given(item: Item, toolchain: Toolchain) -> list[Given]:
    """Annotate an item's text and return the mentions that got a QID, in order."""
    digest = hashlib.sha256(item.text.encode()).hexdigest()
    location = f"https://sayso.example/score/{item.id}"
    document = Document(
        id=location, path=item.id, location=location, sha256=digest, text=item.text, published=item.published, language="en"
    )
    mentions = to_json(toolchain.annotate(document))["mentions"]
    return [
        Given(m["spans"][0][0], m["spans"][-1][1], m["wikidata"], m["pronoun"]) for m in mentions if m["spans"] and m["wikidata"]
    ]


def main() -> int:
    """Score the files; the last line printed is a JSON object of the figures of each."""
    arguments = parse_arguments(__doc__)
    paths = sorted(arguments.data.glob("*.jsonl")) if arguments.data.is_dir() else [arguments.data]
    if not paths:
        raise InputMissingError(str(arguments.data / "*.jsonl"))
    toolchain = Toolchain(Settings(profile=arguments.profile))
    known = list_known(toolchain.registry)
    figures: dict[str, Any] = {}
    predictions = []
    for path in paths:
        counts: Counter[str] = Counter()
        for item in read_items(path):
            given = find_given(item, toolchain)
            counts += count(item, given, known)
            if arguments.verbose:
                print_errors(item, given, known)
            predictions.append(Prediction(item.id, item.labels, given))
        figures[path.stem] = compute_figures(counts)
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
