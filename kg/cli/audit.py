"""`kg audit`: reporting words and quotations that yielded no attribution, and why."""

from __future__ import annotations

import csv
import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import ProfileOption, find_settings
from kg.cli.tables import print_rows, to_safe
from kg.errors import ExportFormatError

if TYPE_CHECKING:
    from kg.model.abstention import Abstention
    from kg.model.document import Document

_PARTLY_DONE = 5
_FORMATS = ("table", "csv", "tsv", "json")
#: `begin` and `end` count code points of the document's text from 0, half-open; lines count from 1.
_COLUMNS = ("document", "line", "begin", "end", "kind", "word", "reason", "why", "inside", "sentence")


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("audit")(audit)


def audit(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for stdin.")],
    *,
    form: Annotated[str | None, typer.Option("--format", "-f", metavar="|".join(_FORMATS))] = None,
    profile: ProfileOption = None,
) -> None:
    """List the reporting words and quotations that yielded no attribution, each with the reason, and count the reasons.

    The counts follow the table; as csv and tsv they go to stderr, and json is one object with both.
    """
    if form is not None and form not in _FORMATS:
        raise ExportFormatError(f"{form!r}: no such format; there are {', '.join(_FORMATS)}")
    from kg.build.annotation import run_audit  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.errors import DocumentRefusedError  # noqa: PLC0415

    rows: list[dict[str, object]] = []
    refused = 0
    for item in run_audit(inputs, find_settings(None, profile), stdin=sys.stdin.buffer if "-" in inputs else None):
        if isinstance(item, DocumentRefusedError):
            sys.stderr.write(f"kg: {to_safe(item)}\n")
            refused += 1
        else:
            rows.extend(_list_rows(*item))
    counts = Counter(str(row["reason"]) for row in rows)
    ordered = dict(sorted(counts.items(), key=lambda count: (-count[1], count[0])))
    _print(rows, ordered, form or ("table" if sys.stdout.isatty() else "tsv"))
    if refused:
        raise typer.Exit(_PARTLY_DONE)


def _list_rows(document: Document, abstentions: tuple[Abstention, ...]) -> Iterator[dict[str, object]]:
    text = document.text
    breaks = [at for at, character in enumerate(text) if character == "\n"]
    for found in abstentions:
        begin, end = found.span
        parts = (("source of", found.source_of), ("content of", found.content_of))
        values = (
            document.path,
            bisect_right(breaks, begin) + 1,
            begin,
            end,
            found.kind,
            text[begin:end],
            found.reason,
            found.detail,
            "; ".join(f"{part} {identifier}" for part, identifier in parts if identifier is not None),
            text[found.sentence.begin : found.sentence.end],
        )
        yield dict(zip(_COLUMNS, values, strict=True))


def _print(rows: list[dict[str, object]], counts: Mapping[str, int], form: str) -> None:
    from kg.model.abstention import REASONS  # noqa: PLC0415

    if form == "json":
        sys.stdout.write(json.dumps({"abstentions": rows, "counts": counts}, ensure_ascii=False, indent=1) + "\n")
        return
    if form == "csv":
        from kg.export.text import to_cell  # noqa: PLC0415

        writer = csv.writer(sys.stdout, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        writer.writerows([value if isinstance(value, int) else to_cell(str(value)) for value in row.values()] for row in rows)
    else:
        print_rows(_COLUMNS, [tuple(row.values()) for row in rows], is_table_asked=form == "table")
    described = [(count, reason, description) for reason, description in REASONS.items() if (count := counts.get(reason, 0))]
    described.sort(key=lambda item: (-item[0], item[1]))
    if form == "table":
        print_rows(("count", "reason", "meaning"), described, is_table_asked=True)
    else:
        for count, reason, description in described:
            sys.stderr.write(f"{count} {reason}: {description}\n")
