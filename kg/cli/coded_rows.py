"""The evidence of a coded event on the terminal: the row of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.tables import to_safe

if TYPE_CHECKING:
    from rich.console import Console

    from kg.query.coded_rows import CodedRow
    from kg.query.evidence import Explanation


def print_row(console: Console, explanation: Explanation, row: CodedRow) -> None:
    """Print a row: its cells, what its codes mean, who its actors are in the graph, and where it stands."""
    from rich.text import Text  # noqa: PLC0415

    console.print(Text(f"{explanation.kind} {to_safe(explanation.iri)}", style="bold"))
    known = [(name, value) for name, value in explanation.details if name in {"actor", "recipient"}]
    for title, pairs in (("row", row.cells), ("means", row.mapping), ("known as", known)):
        if pairs:
            console.print(Text(f"  {title}", style="bold yellow"))
        for name, value in pairs:
            console.print(Text(f"    {to_safe(name):20} {to_safe(value)}"))
    where = f"{to_safe(row.table)}{f' line {row.line}' if row.line is not None else ''}"
    console.print(Text(f"  in         {where or to_safe(explanation.document)} ({to_safe(row.layout) or 'table'})"))
    console.print(Text(f"  report     {to_safe(row.url)}\n" if row.url else "  report     the table names none\n"))
