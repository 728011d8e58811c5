"""Rows on a terminal as a table, through a pipe as tab-separated values."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

#: What a terminal would act on: control characters, and the marks that reorder text.
_REORDERING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSAFE = dict.fromkeys((*range(32), *range(127, 160), *_REORDERING), "\ufffd")
#: What would begin another line or column.
_UNSAFE |= dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")


def to_safe(value: object) -> str:
    """Return the value on one line, without characters that could steer a terminal."""
    return "" if value is None else str(value).translate(_UNSAFE)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table where stdout is a terminal, else tab-separated values with a header line."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            sys.stdout.write("\t".join(to_safe(value) for value in row) + "\n")
        return
    from rich.console import Console  # noqa: PLC0415 - keeps `kg --help` fast
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    # As Text, because a string would be read for markup.
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(to_safe(value)) for value in row))
    Console().print(table)
