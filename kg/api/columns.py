"""Columns of pandas and polars: one type each, found from the values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Literal

from kg.analyse.relations import to_day
from kg.api.cells import PartialDay, Value, to_text
from kg.errors import PackageMissingError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

#: `day` has dates, months and years; `moment` has any time of day among them. `text` is what is of no one kind, too.
Kind = Literal["text", "integer", "number", "boolean", "day", "moment"]

_EXTRA = "notebook"
_INTEGERS = range(-(2**63), 2**63)


def find_kind(values: Sequence[Value]) -> Kind:
    """Return what all values of a column are, None aside; `text` where they differ or there are none."""
    types = {type(value) for value in values} - {type(None)}
    if not types:
        return "text"
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "integer" if all(value is None or value in _INTEGERS for value in values) else "text"
    if types <= {int, float}:
        return "number"
    if types <= {date, PartialDay}:
        return "day"
    return "moment" if types <= {date, PartialDay, datetime} else "text"


def make_pandas(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> pd.DataFrame:
    """Return a DataFrame; see `kg.api.tables.Table.df` for its types.

    Raises:
        PackageMissingError: pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise _name_missing(error, "pandas") from error
    data = {name: _to_series(pd, [row[index] for row in rows]) for index, name in enumerate(columns)}
    return pd.DataFrame(data, columns=list(columns), index=pd.RangeIndex(len(rows)))


def make_polars(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> pl.DataFrame:
    """Return a DataFrame of polars; see `kg.api.tables.Table.pl`.

    Raises:
        PackageMissingError: polars is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise _name_missing(error, "polars") from error
    series = []
    for index, name in enumerate(columns):
        values = [row[index] for row in rows]
        kind = find_kind(values)
        types: dict[Kind, Any] = {
            "text": pl.String,
            "integer": pl.Int64,
            "number": pl.Float64,
            "boolean": pl.Boolean,
            "day": pl.Date,
            "moment": pl.Datetime("us", "UTC" if _has_zone(values) else None),
        }
        series.append(pl.Series(name, _to_plain(kind, values), dtype=types[kind]))
    return pl.DataFrame(series)


def _to_series(pd: Any, values: Sequence[Value]) -> Any:
    kind = find_kind(values)
    plain = _to_plain(kind, values)
    if kind in {"day", "moment"}:
        naive = [value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in plain]
        series = pd.Series(naive, dtype="datetime64[s]" if kind == "day" else "datetime64[us]")
        return series.dt.tz_localize("UTC") if _has_zone(values) else series
    types = {"text": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    return pd.Series(plain, dtype=types[kind])


def _to_plain(kind: Kind, values: Sequence[Value]) -> list[Any]:
    """Return values of one type: text, or dates, or moments that all have a zone or all have none."""
    if kind == "text":
        return [None if value is None else to_text(value) for value in values]
    if kind == "number":
        return [None if value is None else float(value) for value in values]  # type: ignore[arg-type]  # checked by kind
    if kind == "day":
        return [None if value is None else _to_date(value) for value in values]
    if kind == "moment":
        has_zone = _has_zone(values)
        return [None if value is None else _to_moment(value, has_zone=has_zone) for value in values]
    return list(values)


def _to_date(value: Value) -> date | None:
    return value if isinstance(value, date) else _read_first_day(value)


def _to_moment(value: Value, *, has_zone: bool) -> datetime | None:
    day = value if isinstance(value, datetime) else _to_date(value)
    if day is None:
        return None
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    if not has_zone:
        return moment
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_first_day(value: Value) -> date | None:
    """Return the first day of a year or a month, as networks have it; None where there is no such day."""
    text = to_day(to_text(value))
    return date.fromisoformat(text) if text else None


def _has_zone(values: Sequence[Value]) -> bool:
    return any(isinstance(value, datetime) and value.tzinfo is not None for value in values)


def _name_missing(error: ModuleNotFoundError, package: str) -> Exception:
    """Return what to tell: the package's absence, or that something else is missing which it needs."""
    return PackageMissingError(package, _EXTRA) if error.name == package else error
