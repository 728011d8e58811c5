# ruff: noqa: INP001 - a script beside the table that it writes
"""Writes legislators.csv: the members of the United States Congress, from `congress-legislators` (CC0).

Run by hand by maintainers, in an environment with PyYAML; it is not needed to use the table:

    python ontology/actors/make_legislators.py FOLDER_OF_YAML ontology/actors/legislators.csv

Whoever stands in persons.csv (by Wikidata id or by label) is left out: that row has more posts. An alias that another
person of persons.csv bears is left out too (father and son).
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

#: Term types of the source: what the registry calls the office, and the chamber.
OFFICES = {"sen": ("senator", "org/us-senate"), "rep": ("representative", "org/us-house")}
GENDERS = {"M": "male", "F": "female"}
#: Names that others are better known by, or that very many bear: their members are called by all their given names.
SHARED = frozenset({
    "Adam Smith", "Adrian Smith", "Al Green", "Blake Moore", "Chris Smith", "Danny Davis", "David Scott", "Don Davis",
    "Dwight Evans", "Gary Peters", "Jack Reed", "Jason Smith", "Joe Wilson", "John Carter", "John James", "John Kennedy",
    "John Rose",
    "Jonathan Jackson", "Julie Johnson", "Mark Green", "Mary Miller", "Max Miller", "Mike Collins", "Mike Kelly", "Mike Kennedy",
    "Mike Rogers", "Mike Thompson", "Mike Turner", "Rick Allen", "Robert Garcia", "Robert Scott", "Robin Kelly", "Scott Peters",
    "Steve Cohen", "Tim Moore", "Timothy Kennedy", "Tina Smith", "Tom Barrett", "Trent Kelly", "Troy Carter",
})  # fmt: skip
PERSONS = Path(__file__).with_name("persons.csv")
HEADER = ("slug", "label", "aliases", "surnames", "gender", "posts", "qid", "source")


def to_slug(text: str) -> str:
    """Return lower-case ASCII words joined by `-`, as the registry's slugs are."""
    plain = unicodedata.normalize("NFKD", text)
    ascii_text = "".join(c for c in plain if not unicodedata.combining(c)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def read_known() -> tuple[frozenset[str], frozenset[str]]:
    """Return (Wikidata ids, slugs of labels and aliases) of persons.csv."""
    with PERSONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = (name for row in rows for name in (row["label"], *row["aliases"].split("|")) if name)
    return frozenset(row["qid"] for row in rows if row["qid"]), frozenset(map(to_slug, names))


def join_terms(terms: Iterable[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return (type, begin, end) of each time in one chamber; terms that follow within a month are one.

    Terms that differ in the state that elects are joined too: the office is the same.
    """
    joined: list[tuple[str, str, str]] = []
    for term in sorted(terms, key=lambda t: str(t["start"])):
        kind, begin, end = str(term["type"]), str(term["start"]), str(term["end"])
        if joined and joined[-1][0] == kind and _count_months(joined[-1][2], begin) <= 1:
            joined[-1] = (kind, joined[-1][1], end)
        else:
            joined.append((kind, begin, end))
    return joined


def _count_months(left: str, right: str) -> int:
    year, month = (int(part) for part in left.split("-")[:2])
    other_year, other_month = (int(part) for part in right.split("-")[:2])
    return (other_year - year) * 12 + other_month - month


def find_names(name: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return (label, aliases): the label is what newsrooms write, the nickname where there is one.

    The label is empty where nothing tells the name from a better known one.
    """
    both = re.fullmatch(r"(\S+) \((\S+)\)", name["first"])  # "Charles (Chuck)"
    if both:
        name = {**name, "first": both[1], "nickname": both[2]}
    first, last = name["first"], name["last"]
    suffix = f" {name['suffix']}" if name.get("suffix") else ""
    official = name.get("official_full", f"{first} {last}{suffix}")
    quoted = re.search(r"[“\"](.+?)[”\"]", official)
    nickname = name.get("nickname") or (quoted[1] if quoted else "")
    # "C. Scott Franklin" goes by the middle name; initials alone ("J. Hill") are nobody's name.
    goes_by = nickname or (name["middle"] if re.fullmatch(r"[A-Z]\.?", first) and name.get("middle") else first)
    label = f"{goes_by} {last}" if not suffix else f"{goes_by} {last}{suffix}"
    forms = {official, f"{first} {last}", f"{first} {last}{suffix}", f"{goes_by} {last}"}
    forms |= {f"{first} {name['middle']} {last}"} if name.get("middle") else set()
    initial = re.compile(r"[A-Z]\.? \S+(?: \S+)?")
    aliases = tuple(
        sorted(form for form in forms - {label} if '"' not in form and "“" not in form and not initial.fullmatch(form))
    )
    if label.removesuffix(suffix) in SHARED or f"{first} {last}" in SHARED:
        return f"{first} {name['middle']} {last}{suffix}" if name.get("middle") else "", ()
    return label, aliases


def to_row(person: dict[str, Any]) -> tuple[str, ...]:
    """Return the cells of one member; posts in state and chamber, newest first, without an end where the term runs on."""
    label, aliases = find_names(person["name"])
    times = join_terms(person["terms"])
    posts = []
    for number, (kind, begin, end) in enumerate(reversed(times)):
        title, _ = OFFICES[kind]
        posts.append(f"{title}@state/us:{begin}..{'' if number == 0 else end}")
    kind, begin, _ = times[-1]
    posts.append(f"member@{OFFICES[kind][1]}:{begin}..")
    qid = person["id"].get("wikidata", "")
    gender = GENDERS[person["bio"]["gender"]]
    return (f"person/{to_slug(label)}", label, "|".join(aliases), "", gender, "|".join(posts), qid, "congress-legislators")


def main(folder: str, target: str) -> None:
    """Write the table, sorted by slug."""
    people = yaml.load((Path(folder) / "legislators-current.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    ids, known = read_known()
    rows: dict[str, tuple[str, ...]] = {}
    for person in people:
        row = to_row(person)
        if not row[1] or row[6] in ids or to_slug(row[1]) in known:
            sys.stderr.write(f"left out: {row[1] or person['name']['official_full']}\n")
            continue
        aliases = "|".join(alias for alias in row[2].split("|") if to_slug(alias) not in known)
        row = (*row[:2], aliases, *row[3:])
        if row[0] in rows:
            raise SystemExit(f"two members are called {row[1]}")
        rows[row[0]] = row
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *(rows[slug] for slug in sorted(rows))])


if __name__ == "__main__":
    main(*sys.argv[1:])
