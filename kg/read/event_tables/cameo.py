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

_COLUMNS = ["code", "label", "type", "quad", "goldstein", "mode", "contexts"]

#: The quad class of each PLOVER type: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
QUAD_CLASSES: dict[EventType, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
    "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip

#: The root code of CAMEO for each PLOVER type that has one alone, or one that holds most of it; ASSAULT spreads over 18 to 20.
ROOT_CODES: dict[EventType, str] = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15", "SANCTION": "16",
    "COERCE": "17",
}  # fmt: skip


class CameoCode(NamedTuple):
    """A code of CAMEO.

    Attributes:
        code: two digits (a root), three or four.
        type: PLOVER's root type; None for what PLOVER has dropped (01, 02).
        quad: 1 to 4, by CAMEO's root. goldstein: -10 to 10; None where no published value is known to us.
        mode: of PLOVER; empty for none. contexts: of PLOVER.
    """

    code: str
    label: str
    type: EventType | None
    quad: int
    goldstein: float | None
    mode: str
    contexts: tuple[str, ...]


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
        code, label, name, quad, goldstein, mode, contexts = row
        number, value = int(quad), float(goldstein) if goldstein else None
    except ValueError as error:
        raise ResourceInvalidError(where, f"is not {','.join(_COLUMNS)} ({error})") from error
    if (name and name not in get_args(EventType)) or number not in range(1, 5):
        raise ResourceInvalidError(where, f"{name!r}, {quad!r} are no PLOVER type and quad class")
    kind = cast("EventType", name) if name else None
    return CameoCode(code, label, kind, number, value, mode, tuple(filter(None, contexts.split("|"))))


def find_cameo(code: str) -> CameoCode | None:
    """Return the row of a code, else of the code that it refines ("0436" is a "043"); None for no code of CAMEO."""
    table = load_cameo()
    return next((table[part] for part in (code, code[:3], code[:2]) if part in table), None) if code.isdecimal() else None
