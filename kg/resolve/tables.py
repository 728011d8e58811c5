"""Rows of the registry's CSV files in `ontology/actors/`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import ResourceInvalidError


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield each row as column -> text, in order of the file.

    Raises:
        ResourceInvalidError: the file is missing, is not UTF-8, lacks a column, or a row has another number of cells.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            missing = [column for column in columns if column not in header]
            if missing:
                raise ResourceInvalidError(str(path), f"has no column {missing[0]!r} in its first line")
            for cells in reader:
                if len(cells) != len(header):
                    raise ResourceInvalidError(f"{path} line {reader.line_num}", f"{len(cells)} cells, not {len(header)}")
                yield dict(zip(header, cells, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ResourceInvalidError(str(path), f"cannot be read ({error})") from error


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, which stand apart by `|`; empty for an empty cell."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())
