"""Writes small registers in their true formats, and imports them into an index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.resolve.registers.entries import ReadingOptions, Refusal
from kg.resolve.registers.files import compute_file_digest, find_register_format, open_register
from kg.resolve.registers.imported import ImportedRegister
from kg.resolve.registers.references import References
from kg.resolve.registers.writing import write_register
from kg.resolve.registry import Registry, read_registry

BASE = "https://sayso.example/"


def read_with(index: Path) -> Registry:
    """Return the shipped registry with the imported index behind it."""
    return read_registry(BASE, imported=index)


def import_file(
    index: Path, path: Path, references: References, *, form: str | None = None, options: ReadingOptions | None = None
) -> tuple[ImportedRegister, list[Refusal]]:
    """Import one file; return what it gave and the records that were refused."""
    refused: list[Refusal] = []
    found = find_register_format(path, form)
    with open_register(path, found, options or ReadingOptions()) as entries:
        register = write_register(
            index,
            path.name,
            entries,
            references,
            digest=compute_file_digest(path),
            form=found,
            dated="2026-01-01",
            on_refusal=refused.append,
        )
    return register, refused


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def item(qid: str) -> dict[str, Any]:
    """Return a snak whose value is an item, as a dump has it."""
    value = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
    return {"snaktype": "value", "property": "P0", "datavalue": {"value": value, "type": "wikibase-entityid"}}


def time(text: str, precision: int = 11) -> dict[str, Any]:
    value = {"time": f"+{text}T00:00:00Z", "precision": precision, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}
    return {"snaktype": "value", "property": "P0", "datavalue": {"value": value, "type": "time"}}


def statement(snak: dict[str, Any], **qualifiers: dict[str, Any]) -> dict[str, Any]:
    return {
        "mainsnak": snak,
        "type": "statement",
        "rank": "normal",
        "qualifiers": {name: [value] for name, value in qualifiers.items()},
    }


def entity(qid: str, label: str, aliases: tuple[str, ...] = (), **claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]},
        "claims": claims,
        "modified": "2025-06-01T10:00:00Z",
    }


def dump(*entities: dict[str, Any]) -> str:
    """Return a dump: an array with one entity a line."""
    lines = (json.dumps(one, separators=(",", ":")) for one in entities)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def person_of_norway(qid: str = "Q990001", label: str = "Ragnvald Skoglie-Test", **more: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an invented politician of Norway (Q20) with a post that Q990100 names."""
    claims = {
        "P31": [statement(item("Q5"))],
        "P21": [statement(item("Q6581097"))],
        "P27": [statement(item("Q20"))],
        "P106": [statement(item("Q82955"))],
        "P39": [statement(item("Q990100"), P580=time("2024-02-01"), P582=time("2025-03-00", 10))],
    }
    return entity(qid, label, ("R. Skoglie-Test", "Skoglie"), **{**claims, **more})


def position_of_norway() -> dict[str, Any]:
    return entity(
        "Q990100", "Minister of Tidal Affairs of Norway", P31=[statement(item("Q4164871"))], P1001=[statement(item("Q20"))]
    )
