"""What people give in Python, days and parameters, as the other packages take it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kg.errors import ParameterInvalidError

#: A day: a date, a moment whose calendar day counts, or YYYY-MM-DD; None for none.
Day = date | str | None
#: The value of a query's parameter.
Given = str | int | date | None


def to_day(name: str, value: Day) -> date | None:
    """Return a day that was given; None for none.

    Raises:
        ParameterInvalidError: it is not YYYY-MM-DD.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ParameterInvalidError(f"{name} {value!r}: no day; give a date or YYYY-MM-DD") from error


def to_given(name: str, value: Any) -> str:
    """Return a parameter's value as it is written on the command line.

    Raises:
        ParameterInvalidError: it is neither text, nor a whole number, nor a day.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise ParameterInvalidError(f"{name}={value!r}: give text, a whole number or a date")
