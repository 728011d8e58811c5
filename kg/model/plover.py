"""PLOVER's quad classes, modes and scores, and the CAMEO code that stands best for each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from kg.errors import ResourceInvalidError
from kg.model.cameo import load_cameo
from kg.model.event import EventType
from kg.resources import find_resource

QuadClass = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]

_COLUMNS = ["type", "mode", "score", "cameo", "definition"]

#: The quad class of each PLOVER root type.
QUAD_CLASSES: Mapping[EventType, QuadClass] = {
    "AGREE": "verbal-cooperation",
    "CONSULT": "verbal-cooperation",
    "SUPPORT": "verbal-cooperation",
    "CONCEDE": "verbal-cooperation",
    "COOPERATE": "material-cooperation",
    "AID": "material-cooperation",
    "RETREAT": "material-cooperation",
    "REQUEST": "verbal-conflict",
    "ACCUSE": "verbal-conflict",
    "REJECT": "verbal-conflict",
    "THREATEN": "verbal-conflict",
    "PROTEST": "material-conflict",
    "SANCTION": "material-conflict",
    "MOBILIZE": "material-conflict",
    "COERCE": "material-conflict",
    "ASSAULT": "material-conflict",
}
#: The quad classes in the order of their numbers, which begin with 1.
QUADS: tuple[QuadClass, ...] = get_args(QuadClass)


class Mode(NamedTuple):
    """A type of PLOVER with one of its modes, or with none.

    Attributes:
        mode: empty for the type as such.
        score: PLOVER's own value from -10 (conflict) to 10 (cooperation); None where the manual gives none.
        cameo: the code of CAMEO that says the same or, where none does, the next wider one; empty for ASSAULT alone, which
            is three roots of CAMEO.
        definition: in our words.
    """

    type: EventType
    mode: str
    score: float | None
    cameo: str
    definition: str


@cache
def load_modes() -> Mapping[tuple[EventType, str], Mode]:
    """Return the rows of `ontology/schemes/plover-modes.csv` by type and mode, read once."""
    return read_modes(find_resource("ontology/schemes/plover-modes.csv"))


def read_modes(path: Path) -> dict[tuple[EventType, str], Mode]:
    """Return the types and modes of a file, in its order.

    Raises:
        ResourceInvalidError: it is no such table, a row names no PLOVER type or number, or a type has no row of its own.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            if next(rows, []) != _COLUMNS:
                raise ResourceInvalidError(str(path), f"its first line is not {','.join(_COLUMNS)}")
            modes = [_to_mode(row, f"{path} line {rows.line_num}") for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ResourceInvalidError(str(path), f"cannot be read ({error})") from error
    found = {(mode.type, mode.mode): mode for mode in modes}
    if missing := [kind for kind in get_args(EventType) if (kind, "") not in found]:
        raise ResourceInvalidError(str(path), f"has no row of {', '.join(missing)} alone")
    return found


def _to_mode(row: list[str], where: str) -> Mode:
    try:
        kind, mode, score, cameo, definition = row
        value = float(score) if score else None
    except ValueError as error:
        raise ResourceInvalidError(where, f"is not {','.join(_COLUMNS)} ({error})") from error
    if kind not in get_args(EventType):
        raise ResourceInvalidError(where, f"{kind!r} is no PLOVER type")
    return Mode(cast("EventType", kind), mode, value, cameo, definition)


def find_mode(event_type: EventType, mode: str | None) -> Mode:
    """Return the row of a type and mode; of the type alone where the manual has no such mode of it."""
    modes = load_modes()
    return modes.get((event_type, mode or "")) or modes[event_type, ""]


def choose_cameo(event_type: EventType, mode: str | None) -> str:
    """Return the CAMEO code for an event of which only PLOVER's type and mode are known; empty for ASSAULT without a mode."""
    return find_mode(event_type, mode).cameo


def check_codes(event_type: EventType, mode: str | None, cameo: str | None) -> None:
    """Make sure that the codebooks know a mode of a type, and a CAMEO code that may stand for both.

    Raises:
        ValueError: they do not; its words say which.
    """
    if mode and (event_type, mode) not in load_modes():
        raise ValueError(f"{mode!r} is no mode of {event_type}")
    row = load_cameo().get(cameo) if cameo else None
    if cameo and (row is None or not row.may_stand_for(event_type, mode)):
        raise ValueError(f"{cameo!r} is no CAMEO code of {event_type}{f' ({mode})' if mode else ''}")
