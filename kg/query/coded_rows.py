"""The row of a table that a coded event is: its cells by the names of their columns, and what its codes mean in PLOVER."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, cast, get_args

from kg.model.cameo import find_cameo
from kg.model.coded_event import TableLayout
from kg.model.event import EventType
from kg.model.plover import choose_cameo, find_mode

_KG = "https://sayso.example/ontology#"
#: ICEWS and POLECAT have a place in pieces, which are joined.
_PLACE = "Placename, City, District, Province, Country"
#: Property: its column in GDELT, ICEWS and POLECAT; empty where a table has none.
_COLUMN_NAMES = {
    "http://purl.org/dc/terms/identifier": ("GLOBALEVENTID", "Event ID", "Event ID"),
    f"{_KG}date": ("SQLDATE", "Event Date", "Event Date"),
    f"{_KG}actorText": ("Actor1Name", "Source Name", "Actor Name"),
    f"{_KG}actorCode": ("Actor1Code", "", ""),
    f"{_KG}actorSector": ("Actor1Type1Code", "Source Sectors", "Actor Sectors"),
    f"{_KG}recipientText": ("Actor2Name", "Target Name", "Recipient Name"),
    f"{_KG}recipientCode": ("Actor2Code", "", ""),
    f"{_KG}recipientSector": ("Actor2Type1Code", "Target Sectors", "Recipient Sectors"),
    f"{_KG}cameo": ("EventCode", "CAMEO Code", ""),
    f"{_KG}eventType": ("", "", "Event Type"),
    f"{_KG}mode": ("", "", "Event Mode"),
    f"{_KG}context": ("", "", "Contexts"),
    f"{_KG}intensity": ("GoldsteinScale", "Intensity", "Intensity"),
    f"{_KG}articleCount": ("NumArticles", "", ""),
    f"{_KG}placeText": ("ActionGeo_FullName", _PLACE, _PLACE),
    "https://schema.org/url": ("SOURCEURL", "URL", "URL"),
}  # fmt: skip
_PLACES: Mapping[TableLayout, int] = {"gdelt-1.0": 0, "gdelt-2.0": 0, "icews": 1, "polecat": 2}


class CodedRow(NamedTuple):
    """What stands in a table for a coded event.

    Attributes:
        table: path of the file. line: 1-based, header included.
        layout: `gdelt-1.0`, `gdelt-2.0`, `icews`, `polecat`; empty where the part does not tell.
        cells: (column, value) as far as the graph keeps them, in an order of its own; several values of a cell stand apart.
        mapping: (what, value): CAMEO's words for the code, PLOVER's type, mode and contexts, the quad class.
        url: of the report that was coded; None where the table names none.
    """

    table: str
    line: int | None
    layout: str
    cells: tuple[tuple[str, str], ...]
    mapping: tuple[tuple[str, str], ...]
    url: str | None


def make_row(iri: str, part: Mapping[str, str], told: Mapping[str, Sequence[str]], name: Callable[[str], str]) -> CodedRow:
    """Return the row of a coded event.

    Args:
        iri: of the event; the part's IRI and the line are in it.
        part: what is said of the part of the table, by property.
        told: what is said of the event, by property.
        name: gives the notation of a concept.
    """
    layout = part.get(f"{_KG}tableLayout", "")
    place = _PLACES.get(cast("TableLayout", layout))
    cells = [
        (columns[place] if place is not None and columns[place] else re.split("[#/]", prop)[-1], name(value))
        for prop, columns in _COLUMN_NAMES.items()
        if place is None or columns[place]
        for value in told.get(prop, ())
    ]
    line = iri.rpartition("#e")[2]
    urls = told.get("https://schema.org/url", ())
    return CodedRow(
        table=part.get(f"{_KG}path", "").rpartition("#")[0],
        line=int(line) if line.isascii() and line.isdecimal() else None,
        layout=layout,
        cells=tuple(cells),
        mapping=tuple(_find_mapping(told, name)),
        url=urls[0] if urls else None,
    )


def _find_mapping(told: Mapping[str, Sequence[str]], name: Callable[[str], str]) -> list[tuple[str, str]]:
    types = [name(value) for value in told.get(f"{_KG}eventType", ())]
    codes = list(told.get(f"{_KG}cameo", ()))
    mode = next(iter(told.get(f"{_KG}mode", ())), "")
    found: list[tuple[str, str]] = []
    row = find_cameo(codes[0]) if codes else None
    if row is not None:
        found.append(("CAMEO", f"{row.code} {row.label}"))
    if not types:
        found.append(("PLOVER", "has dropped this code"))
    elif types[0] in get_args(EventType):
        kind = cast("EventType", types[0])
        if row is not None and row.type == kind:
            mode = mode or row.mode
            contexts = row.contexts
        else:
            contexts = ()
            code = choose_cameo(kind, mode)
            if code and not codes:
                found.append(("CAMEO", f"{code} stands for it"))
        found.append(("PLOVER", f"{kind}{f' ({mode})' if mode else ''}: {find_mode(kind, mode).definition}"))
        if contexts:
            found.append(("contexts of the code", "; ".join(contexts)))
    found += [("quad class", name(value)) for value in told.get(f"{_KG}quadClass", ())]
    return found
