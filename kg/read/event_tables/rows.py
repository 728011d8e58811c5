"""Rows of event tables to `CodedEvent`: one function a layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, cast, get_args

from kg.model.cameo import find_cameo, load_cameo
from kg.model.coded_event import CodedEvent, CodedParty, TableLayout
from kg.model.event import EventType

#: Makes an event of the cells of a row and its line; a `ValueError` says in words why it cannot.
RowReader = Callable[[Sequence[str], int], CodedEvent]

#: How many columns GDELT has, by version; the first one ended without a column of URLs before April 2013.
_GDELT_WIDTHS: dict[int, TableLayout] = {57: "gdelt-1.0", 58: "gdelt-1.0", 61: "gdelt-2.0"}
_GDELT_ID, _GDELT_DAY, _GDELT_CODE, _GDELT_SCALE, _GDELT_ARTICLES = 0, 1, 26, 30, 33
_ICEWS = ("event id", "event date", "source name", "cameo code", "target name")
_POLECAT = ("event id", "event date", "event type", "actor name", "recipient name")

_NOTHING = frozenset({"", "none", "null", "nan", "na", "---"})
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
_AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MAX_URL_LENGTH = 2000


class Table(NamedTuple):
    """What the begin of a table shows.

    Attributes:
        has_header: whether its first line names the columns.
        width: columns of every row.
    """

    layout: TableLayout
    has_header: bool
    width: int
    read_row: RowReader


def find_table(line: str) -> Table | None:
    """Return what table begins with this line; None where it is no table of coded events.

    GDELT has no header: a number as id, a day of eight digits and the columns of its version tell it. ICEWS and POLECAT
    have one, whose columns may stand in any order; columns that are unknown are passed over.
    """
    cells = line.rstrip("\r\n").split("\t")
    if (layout := _GDELT_WIDTHS.get(len(cells))) and cells[_GDELT_ID].isdecimal() and _to_day(cells[_GDELT_DAY]):
        shift = 1 if layout == "gdelt-2.0" else 0
        return Table(layout, has_header=False, width=len(cells), read_row=lambda row, number: _read_gdelt(row, number, shift))
    names = {cell.strip().strip('"').lower(): place for place, cell in reversed(list(enumerate(cells)))}
    for layout, needed, read in (("icews", _ICEWS, _read_icews), ("polecat", _POLECAT, _read_polecat)):
        if all(name in names for name in needed):
            kind = cast("TableLayout", layout)
            return Table(kind, has_header=True, width=len(cells), read_row=_read_named(read, names))
    return None


def _read_named(read: Callable[[_Cells, int], CodedEvent], names: Mapping[str, int]) -> RowReader:
    return lambda row, line: read(_Cells(row, names), line)


class _Cells:
    """The cells of a row by the lower-case name of their column; a column that is absent is empty."""

    def __init__(self, cells: Sequence[str], places: Mapping[str, int]) -> None:
        self._cells = cells
        self._places = places

    def __getitem__(self, name: str) -> str:
        place = self._places.get(name)
        return "" if place is None else _clean(self._cells[place])

    def split(self, name: str, separator: str) -> tuple[str, ...]:
        return tuple(part for piece in self[name].split(separator) if (part := _clean(piece)))


def _read_gdelt(row: Sequence[str], line: int, shift: int) -> CodedEvent:
    """Read a row of GDELT 1.0; in 2.0 each of the three places has one column more, which `shift` counts."""
    code = row[_GDELT_CODE].strip()
    place = 50 + 2 * shift
    url_column = 57 + 3 * shift
    url = row[url_column].strip() if url_column < len(row) else ""
    return CodedEvent(
        line=line,
        identifier=_need_identifier(row[_GDELT_ID]),
        type=_need_type(code),
        date=_need_day(row[_GDELT_DAY]),
        actors=_read_gdelt_party(row, 5),
        recipients=_read_gdelt_party(row, 15),
        cameo=code,
        intensity=_to_number(row[_GDELT_SCALE]),
        article_count=_to_count(row[_GDELT_ARTICLES]),
        place=_clean(row[place]),
        url=_to_url(url),
    )


def _read_gdelt_party(row: Sequence[str], begin: int) -> tuple[CodedParty, ...]:
    code, name, country, group = (_clean(cell) for cell in row[begin : begin + 4])
    sectors = tuple(cell for cell in map(_clean, row[begin + 7 : begin + 10]) if cell)
    return (CodedParty(name, code, country, group, sectors),) if code or name else ()


def _read_icews(row: _Cells, line: int) -> CodedEvent:
    code = row["cameo code"]
    # A spreadsheet takes the zero in front away.
    code = f"0{code}" if find_cameo(code) is None and f"0{code}" in load_cameo() else code
    return CodedEvent(
        line=line,
        identifier=_need_identifier(row["event id"]),
        type=_need_type(code),
        date=_need_day(row["event date"]),
        actors=_read_icews_party(row, "source"),
        recipients=_read_icews_party(row, "target"),
        cameo=code,
        intensity=_to_number(row["intensity"]),
        place=_name_place(row),
        url=_to_url(row["url"]),
    )


def _read_icews_party(row: _Cells, side: Literal["source", "target"]) -> tuple[CodedParty, ...]:
    name = row[f"{side} name"]
    if not name:
        return ()
    return (CodedParty(name, country=row[f"{side} country"], sectors=row.split(f"{side} sectors", ",")),)


def _read_polecat(row: _Cells, line: int) -> CodedEvent:
    kind = row["event type"].upper()
    if kind not in get_args(EventType):
        raise ValueError(f"{kind!r} is no PLOVER type")
    return CodedEvent(
        line=line,
        identifier=_need_identifier(row["event id"]),
        type=cast("EventType", kind),
        date=_need_day(row["event date"]),
        actors=_read_polecat_parties(row, "actor"),
        recipients=_read_polecat_parties(row, "recipient"),
        mode=row["event mode"],
        contexts=row.split("contexts", ";"),
        intensity=_to_number(row["intensity"]),
        place=_name_place(row),
        url=_to_url(row["url"]),
    )


def _read_polecat_parties(row: _Cells, side: Literal["actor", "recipient"]) -> tuple[CodedParty, ...]:
    """Read one party, or several whose names stand apart by `;` and whose countries then do so, too."""
    names = row.split(f"{side} name", ";")
    countries = row.split(f"{side} country", ";")
    if len(countries) != len(names):
        countries = (countries * len(names) if len(countries) == 1 else ("",) * len(names))[: len(names)]
    sectors = row.split(f"{side} sectors", ";") or row.split(f"primary {side} sector", ";")
    own = sectors if len(names) == 1 else ()
    return tuple(CodedParty(name, country=country, sectors=own) for name, country in zip(names, countries, strict=True))


def _name_place(row: _Cells) -> str:
    """Return the place from the smallest unit to the largest, joined by commas; a repeated name stands once."""
    parts = (row["placename"], row["city"], row["district"], row["province"], row["country"])
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _clean(cell: str) -> str:
    value = " ".join(cell.split())
    return "" if value.lower() in _NOTHING else value


def _need_identifier(cell: str) -> str:
    value = _clean(cell)
    if not value:
        raise ValueError("has no event id")
    return value


def _need_type(code: str) -> EventType | None:
    row = find_cameo(code)
    if row is None:
        raise ValueError(f"{code!r} is no CAMEO code")
    return row.type


def _need_day(cell: str) -> str:
    day = _to_day(cell)
    if day is None:
        raise ValueError(f"{cell.strip()!r} is no day")
    return day


def _to_day(cell: str) -> str | None:
    text = cell.strip()
    if match := _DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _AMERICAN_DAY.fullmatch(text):
        month, day, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _to_number(cell: str) -> float | None:
    value = _clean(cell)
    try:
        number = float(value) if value else None
    except ValueError as error:
        raise ValueError(f"{value!r} is no number") from error
    if number is not None and not -10.0 <= number <= 10.0:
        raise ValueError(f"{value!r} is not on the scale from -10 to 10")
    return number


def _to_count(cell: str) -> int | None:
    value = _clean(cell)
    if value and not (value.isascii() and value.isdecimal()):
        raise ValueError(f"{value!r} is no count")
    return int(value) if value else None


def _to_url(cell: str) -> str:
    is_url = cell.startswith(("http://", "https://")) and len(cell) <= _MAX_URL_LENGTH and " " not in cell
    return cell if is_url else ""
