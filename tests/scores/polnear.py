"""Attribution on PolNeAR: `python -m tests.scores.polnear --data PATH [--predictions OUT.jsonl]`.

PATH holds `text/NAME.txt` and `attributions/NAME_*.ann` (Brat standoff; the first annotator by name is the reference).

FULL: a predicted attribution counts when the Jaccard overlap of its content's characters with a reference content is at
least 0.5, one to one, greedy by overlap, and the sources overlap or are both absent. Roles are also scored by characters
(overlap) and by exact spans, contents also by themselves at three least Jaccard overlaps (content_30, 50, 80: one to one,
greedy by Jaccard, whatever the sources). The corpus gives each token one role and no nesting, so attributions that stand
inside the content of another one are left out of the predictions.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.build.annotation import run_annotation
from kg.errors import KgError
from kg.export.annotation import to_json
from kg.model.document import Document
from kg.settings import Settings
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report

_ROLES = ("source", "cue", "content")
_LEAST_JACCARD = 0.5
#: The name of each figure of contents by themselves, and its least Jaccard overlap.
_CONTENT_LEVELS = {"content_30": 0.3, "content_50": 0.5, "content_80": 0.8}
Ranges = list[tuple[int, int]]
#: A quotation of the text may go on over lines of the file, so that a line's first letter does not tell what it is.
_SPAN = re.compile(r"(T\d+)\t\w+ ([\d ;]+)\t")
_RELATION = re.compile(r"E\d+\t")


class Relation(NamedTuple):
    """An attribution as sets of characters."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def read_reference(path: Path) -> list[dict[str, Ranges]]:
    """Return the attributions of a standoff file: for each role its character ranges, sorted."""
    lines = path.read_text("utf-8").split("\n")
    ranges = {found[1]: _to_ranges(found[2]) for line in lines if (found := _SPAN.match(line))}
    relations = []
    for line in lines:
        if _RELATION.match(line):
            roles: dict[str, Ranges] = {role: [] for role in _ROLES}
            for part in line.split("\t")[1].split()[1:]:
                role, _, identifier = part.partition(":")
                roles[role.lower().rstrip("0123456789")].extend(ranges.get(identifier, []))
            relations.append({role: sorted(spans) for role, spans in roles.items()})
    return relations


def _to_ranges(text: str) -> Ranges:
    return [(int(begin), int(end)) for begin, end in (piece.split() for piece in text.split(";"))]


def to_relation(roles: dict[str, Any]) -> Relation:
    """Return the relation's characters."""
    return Relation(*(frozenset(i for begin, end in roles[role] for i in range(begin, end)) for role in _ROLES))


def match_full(predicted: list[Relation], gold: list[Relation]) -> list[tuple[int, int]]:
    """Return the pairs (prediction, reference) that count as FULL."""
    pairs = []
    for i, left in enumerate(predicted):
        for j, right in enumerate(gold):
            common = len(left.content & right.content)
            if common and common / len(left.content | right.content) >= _LEAST_JACCARD:
                pairs.append((-common, i, j))
    matched: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs):
        is_free = all(i != a and j != b for a, b in matched)
        left_source, right_source = predicted[i].source, gold[j].source
        if is_free and (left_source & right_source or not (left_source or right_source)):
            matched.append((i, j))
    return matched


def match_contents(predicted: Sequence[Relation], gold: Sequence[Relation], least_jaccard: float) -> list[tuple[int, int]]:
    """Return the pairs (prediction, reference) of contents that overlap so much, one to one, the most alike first.

    Contents that share no character are no pair, whatever the level; of equal overlaps the first in the text wins.
    """
    pairs = []
    for i, left in enumerate(predicted):
        for j, right in enumerate(gold):
            jaccard = len(left.content & right.content) / max(1, len(left.content | right.content))
            if jaccard > 0 and jaccard >= least_jaccard:
                pairs.append((-jaccard, i, j))
    matched: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs):
        if all(i != a and j != b for a, b in matched):
            matched.append((i, j))
    return matched


class Article(NamedTuple):
    """An article with what its reference says and what is found in it: top-level attributions as `kg annotate` prints them."""

    name: str
    document: Document
    reference: list[dict[str, Ranges]]
    found: list[dict[str, Any]]


def read_articles(data: Path, settings: Settings) -> Iterator[Article]:
    """Yield the articles of a folder that have a reference, by name, read by what the project ships.

    Raises:
        InputMissingError: the folder has no `text`.
        DocumentRefusedError: an article cannot be annotated.
    """
    for annotation in run_annotation([str(data / "text")], settings):
        if isinstance(annotation, KgError):
            raise annotation
        name = Path(annotation.document.path).stem
        files = sorted((data / "attributions").glob(f"{glob.escape(name)}_*.ann"))
        if files:
            found = [item for item in to_json(annotation)["attributions"] if item["parent"] is None and item["cue"]]
            yield Article(name, annotation.document, read_reference(files[0]), found)


def main() -> int:
    """Score a folder; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    names = ("full", *(f"{kind}_{role}" for kind in ("overlap", "exact") for role in _ROLES), *_CONTENT_LEVELS)
    counts = {name: [0, 0, 0] for name in names}
    predictions = []
    for name, _, reference, found in read_articles(arguments.data, Settings(profile=arguments.profile)):
        predicted, gold = [to_relation(item) for item in found], [to_relation(item) for item in reference]
        matched = match_full(predicted, gold)
        _add(counts["full"], len(matched), len(predicted), len(gold))
        for level, least_jaccard in _CONTENT_LEVELS.items():
            _add(counts[level], len(match_contents(predicted, gold, least_jaccard)), len(predicted), len(gold))
        for number, role in enumerate(_ROLES):
            left = frozenset().union(*(relation[number] for relation in predicted))
            right = frozenset().union(*(relation[number] for relation in gold))
            _add(counts[f"overlap_{role}"], len(left & right), len(left), len(right))
            spans = [{tuple(map(tuple, item[role])) for item in items if item[role]} for items in (found, reference)]
            _add(counts[f"exact_{role}"], len(spans[0] & spans[1]), len(spans[0]), len(spans[1]))
        predictions.append(Prediction(name, reference, [{role: item[role] for role in _ROLES} for item in found]))
    return report({name: compute_f1(*values) for name, values in counts.items()}, predictions, arguments)


def _add(counts: list[int], right: int, predicted: int, gold: int) -> None:
    for index, value in enumerate((right, predicted, gold)):
        counts[index] += value


if __name__ == "__main__":
    raise SystemExit(main())
