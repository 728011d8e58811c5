"""Terms as Python's own values: numbers, days and moments as such, everything else as its characters."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from kg.query.reader import Term
from kg.query.results import to_value
from kg.store.terms import OxLiteral

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE_LENGTH = 10
_PARTIAL = re.compile("[0-9]{4}(-[0-9]{2})?")


class PartialDay(str):
    """A year or a month as its characters, `2026` or `2026-01`: a text that is known to stand for a time."""

    __slots__ = ()


Value = str | int | float | bool | date | datetime | None


def to_cell(term: Term | None) -> Value:
    """Return a term as a value; None for none.

    Decimals are floats, since people calculate with them. A day's time zone is dropped, a moment keeps its offset. Times
    before the year 1 or after 9999 and literals that are not what their datatype says stay text.
    """
    if isinstance(term, OxLiteral):
        datatype = term.datatype.value
        if datatype == f"{_XSD}string":
            return term.value
        if datatype == f"{_XSD}date":
            return _read_date(term.value)
        if datatype == f"{_XSD}dateTime":
            return _read_moment(term.value)
        if datatype in {f"{_XSD}gYearMonth", f"{_XSD}gYear"}:
            return PartialDay(term.value)
    value = to_value(term)
    return float(value) if isinstance(value, Decimal) else value


def read_time(text: str) -> Value:
    """Return a time that is given as text, as an answer's record has it: as `to_cell` does; None for none."""
    if not text:
        return None
    if _PARTIAL.fullmatch(text):
        return PartialDay(text)
    return _read_moment(text) if "T" in text else _read_date(text)


def to_text(value: Value) -> str:
    """Return a value's characters as XSD writes them; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _read_date(text: str) -> date | str:
    zone = text[_DATE_LENGTH:]
    try:
        return date.fromisoformat(text[:_DATE_LENGTH]) if not zone or zone[0] in "Z+-" else text
    except ValueError:
        return text


def _read_moment(text: str) -> datetime | str:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text
