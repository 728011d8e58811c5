"""Events as tables that others know: the columns of POLECAT, and those of GDELT 1.0."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TextIO

from kg.export.events import EventRecord, Party
from kg.export.text import replace_forbidden, to_cell
from kg.model.cameo import find_cameo, find_goldstein
from kg.model.identifier import to_digest
from kg.model.plover import QUAD_CLASSES, QUADS, choose_cameo, find_mode

_SIDE = ("Name", "Country", "COW", "PITF")


def _name_side(side: str) -> tuple[str, ...]:
    own = (f"Primary {side} Sector", f"{side} Sectors", f"{side} Title", f"{side} Name Raw", f"Wikipedia {side} ID")
    return (*(f"{side} {name}" for name in _SIDE), *own)


#: POLECAT's columns in its order; behind them those of our own.
POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *_name_side("Actor"), *_name_side("Recipient"),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
    "Actor Wikidata", "Recipient Wikidata", "Reported By", "Confidence", "URL", "Sentence", "Event IRI",
)  # fmt: skip

_NOBODY = Party("")
#: Hexadecimal digits of an id, so that it fits 64 bits with a sign.
_ID_DIGITS = 15
_DAY_LENGTH = 10
_CODE_LENGTH = 3
_GDELT_SECTORS = 3

#: A cell: numbers stay numbers, so that a table quotes texts alone.
Cell = str | int | float


def write_polecat(records: Iterable[EventRecord], stream: TextIO, delimiter: str) -> int:
    """Write a header and a line for each pair of actor and recipient; return how many events lack a PLOVER type.

    Lines of one event share its id. Events without a type cannot be in this table and are left out. Every text is quoted
    in a table with commas, and has a `'` in front where a spreadsheet would run it as a formula; else none is changed, but for
    line ends and tabs, which become blanks, and control characters.
    """
    if delimiter == ",":
        writer = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    else:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(POLECAT_COLUMNS)
    untyped = 0
    for record in records:
        if record.type is None:
            untyped += 1
            continue
        for actor, recipient in _find_pairs(record):
            cells = _find_polecat_cells(record, actor, recipient)
            row = [_clean(cells.get(name, "")) for name in POLECAT_COLUMNS]
            writer.writerow([to_cell(cell) if isinstance(cell, str) else cell for cell in row] if delimiter == "," else row)
    return untyped


def _find_polecat_cells(record: EventRecord, actor: Party, recipient: Party) -> dict[str, Cell]:
    assert record.type is not None
    intensity = record.intensity
    if intensity is None:
        intensity = find_mode(record.type, record.mode).score
    return {
        "Event ID": record.identifier or record.iri,
        "Event Date": record.date,
        "Event Type": record.type,
        "Event Mode": record.mode,
        "Intensity": "" if intensity is None else intensity,
        "Quad Code": QUAD_CLASSES[record.type].replace("-", " ").upper(),
        "Contexts": ";".join(record.contexts),
        **_find_side_cells("Actor", actor),
        **_find_side_cells("Recipient", recipient),
        "Placename": record.place,
        "Country": record.place_state.label,
        "GeoNames ID": record.geonames,
        "Raw Placename": record.place if record.is_coded else "",
        "Source": record.publisher,
        "Publication Date": record.published,
        "Story People": ";".join(record.story.people),
        "Story Organizations": ";".join(record.story.organizations),
        "Story Locations": ";".join(record.story.locations),
        "Language": record.story.language,
        "Version": record.story.version,
        "Reported By": record.reported_by,
        "Confidence": "" if record.confidence is None else record.confidence,
        "URL": record.url,
        "Sentence": record.quote,
        "Event IRI": record.iri,
    }


def _find_side_cells(side: str, party: Party) -> dict[str, Cell]:
    return {
        f"{side} Name": party.name,
        f"{side} Country": party.state.iso3,
        f"{side} COW": party.state.cow,
        f"Primary {side} Sector": party.sectors[0] if party.sectors else "",
        f"{side} Sectors": ";".join(party.sectors),
        f"{side} Name Raw": party.raw,
        f"{side} Wikidata": party.wikidata,
    }


def write_gdelt(records: Iterable[EventRecord], stream: TextIO) -> int:
    """Write a line of 58 cells for each pair of actor and recipient, without a header; return how many events lack a code.

    An event without a CAMEO code has that of its PLOVER type and mode; ASSAULT without a mode has its quad class alone.
    Ids are those of the table that an event comes from, else numbers made of its IRI and parties.
    """
    uncoded = 0
    for record in records:
        code = record.cameo or (choose_cameo(record.type, record.mode) if record.type else "")
        uncoded += not code
        for actor, recipient in _find_pairs(record):
            cells = _find_gdelt_cells(record, code, actor, recipient)
            stream.write("\t".join(str(_clean(cell)) for cell in cells) + "\n")
    return uncoded


def _find_gdelt_cells(record: EventRecord, code: str, actor: Party, recipient: Party) -> Iterator[Cell]:
    day = record.date[:_DAY_LENGTH].replace("-", "")
    yield _find_number(record, actor, recipient)
    yield day if len(day) == len("20240102") else ""
    yield day[:6] if len(day) >= len("202401") else ""
    yield day[:4]
    yield ""
    for party in (actor, recipient):
        yield from _find_gdelt_party(party)
    row = find_cameo(code) if code else None
    intensity = record.intensity if record.intensity is not None else find_goldstein(code)
    yield ""  # whether it stands in the lead of its story
    yield code
    yield code[:_CODE_LENGTH]
    yield code[:2]
    # GDELT's class is that of the root; ASSAULT has several, all of one class.
    yield row.quad if row is not None else QUADS.index(QUAD_CLASSES[record.type]) + 1 if record.type else ""
    yield "" if intensity is None else intensity
    if record.is_coded:
        yield from ("", "", "" if record.article_count is None else record.article_count)
    else:
        yield from (1, 1, 1)  # a sentence of one document
    yield ""  # tone
    for _ in range(14):  # places of the parties
        yield ""
    yield 1 if record.place_type == "State" else ""
    yield record.place
    for _ in range(5):  # codes of the place, which are of FIPS; coordinates
        yield ""
    yield ""  # when GDELT added it
    yield record.url


def _find_gdelt_party(party: Party) -> Iterator[Cell]:
    country = party.state.cameo
    yield party.code or country
    yield party.name
    yield country
    for _ in range(4):  # group, ethnic group, two religions
        yield ""
    sectors = [name for name in party.sectors if len(name) == _CODE_LENGTH and name.isupper()]
    yield from (sectors + [""] * _GDELT_SECTORS)[:_GDELT_SECTORS]


def _find_number(record: EventRecord, actor: Party, recipient: Party) -> str:
    if record.identifier.isascii() and record.identifier.isdecimal():
        return record.identifier
    text = f"{record.iri}\n{actor.name}\n{actor.wikidata}\n{recipient.name}\n{recipient.wikidata}"
    return str(int(to_digest(text)[:_ID_DIGITS], 16))


def _find_pairs(record: EventRecord) -> Iterator[tuple[Party, Party]]:
    yield from product(record.actors or (_NOBODY,), record.recipients or (_NOBODY,))


def _clean(cell: Cell) -> Cell:
    return " ".join(replace_forbidden(cell).split()) if isinstance(cell, str) else cell
