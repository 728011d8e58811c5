"""Rows with named columns, and what pandas, polars, a spreadsheet and a notebook make of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, overload

from kg.api.cells import Value, to_text
from kg.api.columns import make_pandas, make_polars
from kg.api.markup import MAX_ROWS, make_table
from kg.export.output import open_text_output
from kg.export.text import to_cell

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


class Row:
    """One row: `row.speaker`, `row["speaker"]`, `row[0]`; it unpacks and compares as a tuple.

    A column whose name is none in Python, or begins with an underscore, is had by `row["name"]`.
    """

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: tuple[str, ...], values: tuple[Value, ...]) -> None:
        self._columns = columns
        self._values = values

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._columns:
            raise AttributeError(f"no column {name!r}; there are {', '.join(self._columns) or 'none'}")
        return self._values[self._columns.index(name)]

    def __getitem__(self, key: int | str) -> Any:
        if isinstance(key, int):
            return self._values[key]
        if key not in self._columns:
            raise KeyError(key)
        return self._values[self._columns.index(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return self._columns == other._columns and self._values == other._values
        return self._values == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in zip(self._columns, self._values, strict=True))})"

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._columns]

    def _asdict(self) -> dict[str, Any]:
        """Return the row as a dictionary, as a named tuple does."""
        return dict(zip(self._columns, self._values, strict=True))


class Table(Sequence[Row]):
    """Rows in order, each with the same columns.

    Values are str, int, float, bool, `datetime.date`, `datetime.datetime`, or None where there is none. IRIs are str, and so
    are months and years, which Python has no type for.

    Attributes:
        columns: their names, in order.
        notes: what should be known besides the rows, one sentence each.
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[Iterable[Value]], notes: Iterable[str] = ()) -> None:
        self.columns = tuple(columns)
        self.notes = tuple(notes)
        self._rows = tuple(map(tuple, rows))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.columns, values) for values in self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(Row(self.columns, values) for values in self._rows[index])
        return Row(self.columns, self._rows[index])

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} row{'' if len(self) == 1 else 's'}; {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return make_table(self.columns, (list(map(to_text, row)) for row in self._rows[:MAX_ROWS]), len(self), self.notes)

    def df(self) -> pd.DataFrame:
        """Return a pandas DataFrame, one type a column: string, Int64, float64, boolean, datetime64.

        Days are `datetime64[s]`. A column with any time of day is `datetime64[us, UTC]`, without any offset
        `datetime64[us]`; days in it begin at midnight. A month or a year is its first day, as in exported networks. A column
        of mixed types is text. Missing values are `<NA>`, `NaN`, `NaT`.

        Raises:
            PackageMissingError: pandas is not installed.
        """
        return make_pandas(self.columns, self._rows)

    def pl(self) -> pl.DataFrame:
        """Return a polars DataFrame: String, Int64, Float64, Boolean, Date, Datetime; as in `df`, missing values are null.

        Raises:
            PackageMissingError: polars is not installed.
        """
        return make_polars(self.columns, self._rows)

    @overload
    def to_csv(self) -> str: ...
    @overload
    def to_csv(self, path: str | PathLike[str]) -> None: ...
    def to_csv(self, path: str | PathLike[str] | None = None) -> str | None:
        """Write a table for a spreadsheet (RFC 4180, UTF-8), or return it where no path is given.

        Text that a spreadsheet would run as a formula has a `'` in front; characters that it cannot hold are U+FFFD. The
        file is written whole or not at all.

        Raises:
            OutputUnwritableError: the file cannot be written.
        """
        if path is None:
            stream = io.StringIO(newline="")
            self._write(stream)
            return stream.getvalue()
        with open_text_output(fspath(path)) as file:
            self._write(file)
        return None

    def _write(self, stream: io.TextIOBase) -> None:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(map(to_cell, self.columns))
        writer.writerows([to_cell(cell) if isinstance(cell, str) else to_text(cell) for cell in row] for row in self._rows)
