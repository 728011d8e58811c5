"""CAMEO's codes: what each stands for in PLOVER, its quad class and its value on Goldstein's scale."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast, get_args

from kg.errors import ResourceInvalidError
from kg.model.event import EventType
from kg.resources import find_resource

_COLUMNS = ["code", "label", "type", "quad", "goldstein", "mode", "contexts", "also"]


class CameoCode(NamedTuple):
    """A code of CAMEO.

    Attributes:
        code: two digits (a root), three or four.
        type: PLOVER's root type; None for what PLOVER has dropped (01, 02).
        quad: 1 to 4, by CAMEO's root. goldstein: -10 to 10; None where no published value is known to us.
        mode: of PLOVER; empty for none. contexts: of PLOVER.
        also: further types and modes (empty for none) that an event with this code may have: where PLOVER's manual of 2024
            counts a deed elsewhere than the table of conversion from 2021, and where one code spans two modes.
    """

    code: str
    label: str
    type: EventType | None
    quad: int
    goldstein: float | None
    mode: str
    contexts: tuple[str, ...]
    also: tuple[tuple[EventType, str], ...] = ()

    def may_stand_for(self, event_type: EventType, mode: str | None) -> bool:
        """Tell whether an event of this type and mode may have the code; no mode fits any code of the type."""
        if event_type == self.type and (not mode or not self.mode or mode == self.mode):
            return True
        return any(kind == event_type and (not mode or not other or mode == other) for kind, other in self.also)


@cache
def load_cameo() -> Mapping[str, CameoCode]:
    """Return the codes of `ontology/schemes/cameo.csv`, read once."""
    return read_cameo(find_resource("ontology/schemes/cameo.csv"))


def read_cameo(path: Path) -> dict[str, CameoCode]:
    """Return the codes of a file by code, in its order.

    Raises:
        ResourceInvalidError: it is no such table, or a row names no PLOVER type, quad class or number.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            if next(rows, []) != _COLUMNS:
                raise ResourceInvalidError(str(path), f"its first line is not {','.join(_COLUMNS)}")
            return {row[0]: _to_code(row, f"{path} line {rows.line_num}") for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ResourceInvalidError(str(path), f"cannot be read ({error})") from error


def _to_code(row: list[str], where: str) -> CameoCode:
    try:
        code, label, name, quad, goldstein, mode, contexts, also = row
        number, value = int(quad), float(goldstein) if goldstein else None
    except ValueError as error:
        raise ResourceInvalidError(where, f"is not {','.join(_COLUMNS)} ({error})") from error
    if number not in range(1, 5):
        raise ResourceInvalidError(where, f"{quad!r} is no quad class")
    kind = _to_type(name, where) if name else None
    parts = [part.partition("/") for part in also.split("|") if part]
    others = tuple((_to_type(other, where), manner) for other, _, manner in parts)
    return CameoCode(code, label, kind, number, value, mode, tuple(filter(None, contexts.split("|"))), others)


def _to_type(name: str, where: str) -> EventType:
    if name not in get_args(EventType):
        raise ResourceInvalidError(where, f"{name!r} is no PLOVER type")
    return cast("EventType", name)


def find_cameo(code: str) -> CameoCode | None:
    """Return the row of a code, else of the code that it refines ("0436" is a "043"); None for no code of CAMEO."""
    table = load_cameo()
    return next((table[part] for part in (code, code[:3], code[:2]) if part in table), None) if code.isdecimal() else None


def find_goldstein(code: str | None) -> float | None:
    """Return the value of a code on Goldstein's scale; None without a code and where none is known."""
    row = find_cameo(code) if code else None
    return None if row is None else row.goldstein


def find_codes(event_type: EventType, mode: str = "") -> tuple[CameoCode, ...]:
    """Return the codes that PLOVER counts under a type and exactly this mode (empty: those without one), in CAMEO's order.

    It may be empty: CAMEO knows no vandalism. `kg.model.plover.choose_cameo` gives the one code that stands for all.
    """
    wanted = (event_type, mode)
    return tuple(row for row in load_cameo().values() if wanted == (row.type, row.mode) or wanted in row.also)
