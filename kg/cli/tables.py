"""Rows on a terminal as a table, through a pipe as tab-separated values."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

#: What a terminal would act on: control characters, and the marks that reorder text.
_REORDERING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSAFE = dict.fromkeys((*range(32), *range(127, 160), *_REORDERING), "\ufffd")
#: What would begin another line or column.
_UNSAFE |= dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")

_UNSAFE_IN_LINES = {**_UNSAFE, 0x09: "\t", 0x0A: "\n"}

#: Columns that stay readable when they are folded to fit; rows with more are printed as blocks.
_MAX_FOLDED_COLUMNS = 6


def to_safe(value: object) -> str:
    """Return the value on one line, without characters that could steer a terminal."""
    return "" if value is None else str(value).translate(_UNSAFE)


def to_safe_lines(text: str) -> str:
    """Return a text of several lines without characters that could steer a terminal; tabs and line feeds stay."""
    return text.replace("\r\n", "\n").translate(_UNSAFE_IN_LINES)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], *, is_table_asked: bool = False) -> None:
    """Print the rows as a table where stdout is a terminal or one is asked for, else as tab-separated values with a header.

    On a terminal that is too narrow for many columns, each row is a block of one line a value; empty values, and the
    `…_iri` columns that repeat in full what a name says, are left out of it.
    """
    cells = [[to_safe(value) for value in row] for row in rows]
    if not (is_table_asked or sys.stdout.isatty()):
        for row in (columns, *cells):
            sys.stdout.write("\t".join(row) + "\n")
        return
    from rich.console import Console  # noqa: PLC0415 - keeps `kg --help` fast

    console = Console(highlight=False)
    widths = [max(map(len, (name, *values))) for name, *values in zip(columns, *cells, strict=True)]
    if len(columns) > _MAX_FOLDED_COLUMNS and sum(widths) + len(widths) > console.width:
        _print_blocks(console, columns, cells)
    else:
        _print_table(console, columns, cells)


# Cells are given as Text, because a string would be read for markup.
def _print_table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_blocks(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    width = max(map(len, columns))
    for row in rows:
        block = Table(box=None, show_header=False, pad_edge=False)
        block.add_column(width=width, style="bold")
        block.add_column(overflow="fold")
        for column, cell in zip(columns, row, strict=True):
            if cell and not column.endswith("_iri"):
                block.add_row(Text(column), Text(cell))
        console.print(block)
        console.print()
