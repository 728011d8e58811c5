"""What a careful reader finds in the sample texts: reading the cases of `tests/cases/sources` and locating their spans."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "sources"
Case = dict[str, Any]


def read_cases() -> dict[str, Case]:
    """Return every case by the name of its file, in order of name; the format is in `tests/cases/README.md`."""
    paths = sorted(Path(__file__).parent.glob("sources/*.toml"))
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in paths}


def list_occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Return the (begin, end) of every occurrence that neither begins nor ends inside a word; they may overlap."""
    before, after = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
    return [match.span(1) for match in re.finditer(f"(?={before}({re.escape(words)}){after})", text)]


def locate(text: str, entry: dict[str, Any], field: str) -> list[tuple[int, int]]:
    """Return the (begin, end) of each part of a field, [] for an empty one; fail where a part is not in the text."""
    value, nth = entry[field], entry.get(f"{field}_nth", 1)
    parts = [value] if isinstance(value, str) else value
    numbers = [nth] * len(parts) if isinstance(nth, int) else nth
    assert len(numbers) == len(parts), f"{entry['id']}: {field}_nth does not fit {field}"
    spans = []
    for part, number in zip(parts, numbers, strict=True):
        if part:
            found = list_occurrences(text, part)
            assert len(found) >= number, f"{entry['id']}: occurrence {number} of {field} {part!r} is not in the text"
            spans.append(found[number - 1])
    return spans


def read_mentions(name: str, text: str) -> list[tuple[int, int, str]]:
    """Return (begin, end, type) of each mention of `sources-mentions/{name}.toml`, as listed; fail where one is missing."""
    path = Path(__file__).parent / "sources-mentions" / f"{name}.toml"
    mentions = []
    for entry in tomllib.loads(path.read_text("utf-8"))["mentions"]:
        words, kind, *rest = entry.split(" | ")
        number = int(rest[0]) if rest else 1
        found = list_occurrences(text, words)
        assert len(found) >= number, f"{path.name}: occurrence {number} of {words!r} is not in the text"
        mentions.append((*found[number - 1], kind))
    return mentions
