"""Pronouns on GAP: `python -m tests.scores.gap --data PATH [--predictions OUT.jsonl]`.

PATH is a file in the layout of `gap-development.tsv`: a text, a pronoun in it, two names and whether it means each of
them (it may mean neither). The texts are annotated as any other text; a name counts as meant where the pronoun and the
mention at the name have the same actor. As in the paper (Webster et al. 2018), each of the two names of an item is one
decision; precision, recall and F1 are over the names that are meant, for all items and by the gender of the pronoun, and
the bias is the F1 of feminine over that of masculine pronouns.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.build.toolchain import Toolchain
from kg.errors import InputMissingError, KgError
from kg.model.annotation import Annotation
from kg.model.document import Document
from kg.model.mention import Mention
from kg.settings import Settings
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report

_COLUMNS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref")
_FEMININE = frozenset({"she", "her", "hers"})


class Item(NamedTuple):
    """A text with a pronoun, two names as (begin, end), and whether the pronoun means the first and the second."""

    id: str
    text: str
    pronoun: str
    offset: int
    names: tuple[tuple[int, int], tuple[int, int]]
    is_meant: tuple[bool, bool]

    @property
    def gender(self) -> str:
        """The gender of the pronoun, as GAP calls it."""
        return "feminine" if self.pronoun.casefold() in _FEMININE else "masculine"


def read_items(path: Path) -> Iterator[Item]:
    """Yield the items of a file in order.

    Raises:
        KgError: a column is missing, a truth value is neither TRUE nor FALSE, or an offset does not hold its words.
    """
    if not path.is_file():
        raise InputMissingError(str(path))
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if missing := [column for column in _COLUMNS if column not in (rows.fieldnames or ())]:
            raise KgError(f"{path}: has no column {missing[0]!r}")
        for number, row in enumerate(rows, 2):
            yield _to_item(row, f"{path} line {number}")


def _to_item(row: dict[str, str], place: str) -> Item:
    offsets = {}
    for name in ("Pronoun", "A", "B"):
        begin = int(row[f"{name}-offset"]) if row[f"{name}-offset"].isdecimal() else -1
        if begin < 0 or not row["Text"].startswith(row[name], begin):
            raise KgError(f"{place}: {name} is not at its offset")
        offsets[name] = (begin, begin + len(row[name]))
    if not {row["A-coref"].upper(), row["B-coref"].upper()} <= {"TRUE", "FALSE"}:
        raise KgError(f"{place}: coref is neither TRUE nor FALSE")
    is_meant = (row["A-coref"].upper() == "TRUE", row["B-coref"].upper() == "TRUE")
    return Item(row["ID"], row["Text"], row["Pronoun"], offsets["Pronoun"][0], (offsets["A"], offsets["B"]), is_meant)


def to_document(item: Item) -> Document:
    """Return the text of an item as a document."""
    digest = hashlib.sha256(item.text.encode()).hexdigest()
    location = f"https://sayso.example/score/{item.id}"
    return Document(id=location, path=item.id, location=location, sha256=digest, text=item.text, language="en")


def decide(item: Item, annotation: Annotation) -> tuple[bool, bool]:
    """Return whether the annotation gives the pronoun the actor of the first and of the second name."""
    actors = {link.mention: link.actor for link in annotation.resolution.links}
    mentions = annotation.extraction.mentions
    pronoun = next((m for m in mentions if m.kind == "pronoun" and m.spans and m.spans[0].begin == item.offset), None)
    meant = None if pronoun is None else actors[pronoun.id]
    if meant is None:
        return (False, False)
    first, second = find_actors(item, annotation)
    return (first == meant, second == meant)


def find_actors(item: Item, annotation: Annotation) -> tuple[str | None, str | None]:
    """Return the actors of the first and of the second name; None where there is no mention or it has no actor."""
    actors = {link.mention: link.actor for link in annotation.resolution.links}
    mentions = [mention for mention in annotation.extraction.mentions if mention.spans]
    first, second = (_find_name(mentions, *name) for name in item.names)
    return (None if first is None else actors[first.id], None if second is None else actors[second.id])


def _find_name(mentions: Iterable[Mention], begin: int, end: int) -> Mention | None:
    """Return the mention of a name that shares most characters with a range and has least around it; None without one."""
    ranked = [
        (min(end, m.spans[-1].end) - max(begin, m.spans[0].begin), m.spans[0].begin - m.spans[-1].end, m)
        for m in mentions
        if m.kind != "pronoun" and m.spans[0].begin < end and begin < m.spans[-1].end
    ]
    return max(ranked, key=lambda row: row[:2])[2] if ranked else None


def main() -> int:
    """Score a file; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    toolchain = Toolchain(Settings(profile=arguments.profile))
    counts = {name: [0, 0, 0] for name in ("overall", "masculine", "feminine")}
    predictions = []
    for item in read_items(arguments.data):
        decided = decide(item, toolchain.annotate(to_document(item)))
        for name in ("overall", item.gender):
            for predicted, gold in zip(decided, item.is_meant, strict=True):
                for index, value in enumerate((predicted and gold, predicted, gold)):
                    counts[name][index] += value
        predictions.append(Prediction(item.id, list(item.is_meant), list(decided)))
    figures: dict[str, object] = {name: compute_f1(*values) for name, values in counts.items()}
    masculine, feminine = (compute_f1(*counts[name])["f1"] for name in ("masculine", "feminine"))
    return report({**figures, "bias": round(feminine / masculine, 2) if masculine else 0.0}, predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
