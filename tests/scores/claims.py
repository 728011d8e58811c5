"""Whether two claims say the same: `python -m tests.scores.claims --data tests/cases/claims [--verbose]`.

PATH is a folder of case files, or one file, of labelled pairs: `same`, `opposite` (one thesis, its two sides) or `different`.
Each side is a text of one sentence. `thesis` is how well pairs of one thesis are found; `contradictions` how well those with
opposite sides are; `sides` the share of the found pairs whose sides are right; `labels` that of all pairs; `read` the share of
texts in which a claim was found. Pairs of `unseen.toml` were written before the weights were set.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.build.toolchain import Toolchain
from kg.errors import InputMissingError
from kg.model.cluster import ClaimReport
from kg.model.document import Document
from kg.resolve.across.profiles import make_profiles
from kg.resolve.across_claims.cluster import group_wordings
from kg.resolve.across_claims.compare import compare_wordings, prepare
from kg.resolve.across_claims.reports import make_claim_reports
from kg.settings import Settings
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report

LABELS = ("same", "opposite", "different")


class Pair(NamedTuple):
    """Two texts with what their claims are to each other."""

    group: str
    label: str
    left: str
    right: str


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a file or folder, in order of file name and line.

    Raises:
        InputMissingError: there is no case file.
        ValueError: a label is none of `LABELS`.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.toml"))
    if not files:
        raise InputMissingError(str(path / "*.toml"))
    pairs = [
        Pair(file.stem, row["is"], row["left"], row["right"])
        for file in files
        for row in tomllib.loads(file.read_text("utf-8"))["pair"]
    ]
    if wrong := [pair for pair in pairs if pair.label not in LABELS]:
        raise ValueError(f"{wrong[0]}: its label is none of {', '.join(LABELS)}")
    return pairs


def read_claim(text: str, toolchain: Toolchain) -> ClaimReport | None:
    """Return the claim of a text with the longest content; None where none was found."""
    location = "https://sayso.example/score/claims"
    document = Document(id=location, path="claim.txt", location=location, sha256="0", language="en", text=text)
    annotation = toolchain.annotate_in_full(document)
    claims = make_claim_reports(annotation, make_profiles(annotation, toolchain.registry))
    return max(claims, key=lambda claim: len(claim.words), default=None)


def judge_claims(left: ClaimReport, right: ClaimReport) -> str:
    """Return what two claims are to each other, as the store's graph would tell it."""
    if not (left.wording.is_held and right.wording.is_held):
        return "different"
    if left.wording == right.wording:
        return "same"
    theses = group_wordings([left.wording, right.wording])
    if len(theses) > 1:
        return "different"
    one, other = theses[0]
    return "same" if one.is_turned == other.is_turned else "opposite"


def score_labels(rows: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the figures of the module's docstring over (wanted, found) labels; shares in percent, 0 for none."""

    def count(labels: set[str]) -> dict[str, float]:
        right = sum(wanted in labels and found in labels for wanted, found in rows)
        return compute_f1(right, sum(found in labels for _, found in rows), sum(wanted in labels for wanted, _ in rows))

    joined = [(wanted, found) for wanted, found in rows if "different" not in (wanted, found)]
    return {
        "thesis": count({"same", "opposite"}),
        "contradictions": count({"opposite"}),
        "sides": _to_share([wanted == found for wanted, found in joined]),
        "labels": _to_share([wanted == found for wanted, found in rows]),
    }


def _to_share(rows: Sequence[bool]) -> float:
    return round(100 * sum(rows) / max(1, len(rows)), 1)


def main() -> int:
    """Print the figures of each file and of all; with --verbose the pairs that are not right, with the reasons."""
    arguments = parse_arguments(__doc__)
    toolchain = Toolchain(Settings(profile=arguments.profile))
    rows: list[tuple[Pair, str]] = []
    read: list[bool] = []
    for pair in read_pairs(arguments.data):
        left, right = (read_claim(text, toolchain) for text in (pair.left, pair.right))
        read += [left is not None, right is not None]
        found = "different" if left is None or right is None else judge_claims(left, right)
        rows.append((pair, found))
        if arguments.verbose and found != pair.label:
            why = "" if left is None or right is None else _explain(left, right)
            sys.stdout.write(f"{pair.group}: {pair.label}, not {found}: {pair.left} / {pair.right}\n    {why}\n")
    figures = score_labels([(pair.label, found) for pair, found in rows])
    figures["read"] = _to_share(read)
    for group in sorted({pair.group for pair, _ in rows}):
        for name, value in score_labels([(pair.label, found) for pair, found in rows if pair.group == group]).items():
            figures[f"{group}_{name}"] = value
    predictions = [Prediction(f"{pair.group}: {number}", pair.label, found) for number, (pair, found) in enumerate(rows, 1)]
    return report(figures, predictions, arguments)


def _explain(left: ClaimReport, right: ClaimReport) -> str:
    compared = compare_wordings(prepare(left.wording), prepare(right.wording))
    features = ", ".join(f"{f.name} {f.detail} {f.weight:+.1f}" for f in compared.features)
    return f"{compared.apart or f'{compared.score:+.2f} {compared.relation}'}: {features}"


if __name__ == "__main__":
    raise SystemExit(main())
