"""Rows of event tables of invented events, cell by cell."""

from __future__ import annotations

from typing import Any

ICEWS_HEADER = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
POLECAT_HEADER = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Primary Actor Sector", "Recipient Name", "Recipient Country", "Placename", "Country",
)  # fmt: skip


def make_gdelt(version: int = 1, *, has_url: bool = True, **cells: str) -> list[str]:
    """Return a row of GDELT; `cells` replace what stands under the name of a column."""
    places = 8 if version == 2 else 7
    names = ["id", "day", "month", "year", "fraction"]
    for party in ("actor1", "actor2"):
        parts = ("code", "name", "country", "group", "ethnic", "religion1", "religion2", "type1", "type2", "type3")
        names += [f"{party}_{part}" for part in parts]
    names += ["is_root", "event", "base", "root", "quad", "scale", "mentions", "sources", "articles", "tone"]
    for place in ("geo1", "geo2", "geo"):
        names += [f"{place}_{number}" for number in range(places)]
    names += ["added", "url"] if has_url else ["added"]
    row: dict[str, str] = dict.fromkeys(names, "")
    row |= {"id": "700000001", "day": "20240102", "actor1_code": "NORGOV", "actor1_name": "NORWAY", "actor1_country": "NOR"}
    row |= {"actor1_type1": "GOV", "actor2_code": "SWE", "actor2_name": "SWEDEN", "actor2_country": "SWE", "event": "043"}
    row |= {"base": "043", "root": "04", "quad": "1", "scale": "2.8", "mentions": "4", "sources": "1", "articles": "4"}
    row |= {"tone": "1.5", "geo_1": "Larvik, Vestfold, Norway", "added": "20240102"}
    if has_url:
        row["url"] = "https://harbour.example/visit"
    assert set(cells) <= set(row)
    return list((row | cells).values())


def make_icews(**cells: str) -> list[str]:
    """Return a row under `ICEWS_HEADER`; a column's name is written with `_` for blanks, in lower case."""
    row = {
        "event_id": "31001", "event_date": "2019-05-06", "source_name": "Police (Norway)", "source_sectors": "Police,Government",
        "source_country": "Norway", "event_text": "Arrest, detain", "cameo_code": "173", "intensity": "-5.0",
        "target_name": "Citizen (Sweden)", "target_sectors": "Civilian", "target_country": "Sweden", "city": "Larvik",
        "province": "Vestfold", "country": "Norway",
    }  # fmt: skip
    return _order(row | cells, ICEWS_HEADER)


def make_polecat(**cells: str) -> list[str]:
    """Return a row under `POLECAT_HEADER`, as `make_icews` does."""
    row = {
        "event_id": "20230105-77", "event_date": "2023-01-05", "event_type": "PROTEST", "event_mode": "demo",
        "intensity": "-6.5", "quad_code": "MATERIAL CONFLICT", "contexts": "rights_freedoms;legal",
        "actor_name": "Harbour Workers Union", "actor_country": "NOR", "primary_actor_sector": "LAB",
        "recipient_name": "None", "placename": "Larvik", "country": "Norway",
    }  # fmt: skip
    return _order(row | cells, POLECAT_HEADER)


def _order(row: dict[str, str], header: tuple[str, ...]) -> list[str]:
    names = [name.lower().replace(" ", "_") for name in header]
    assert set(row) <= set(names)
    return [row.get(name, "") for name in names]


def to_lines(*rows: Any) -> str:
    """Return rows as the lines of a table."""
    return "".join("\t".join(row) + "\n" for row in rows)
