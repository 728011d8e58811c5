# ruff: noqa: INP001, T201 - a script beside the tables that it writes; it prints what is to be read
"""Finds Wikidata ids for rows of organisations.csv and persons.csv that have none, and writes those that were confirmed.

An id is never guessed: a data file has to give an item whose label is the row's name, and a person has to have read that
item's description and approved it. First without `--approve`, to print candidates (slug, id, label, description, file);
then with a file of the lines that were approved (slug and id, apart by a space or tab; what follows is ignored):

    python ontology/actors/confirm_qids.py wikidata.json nsi.json FOLDER_OF_CONGRESS_YAML [--approve FILE]

The data files are `dist/wikidata/wikidata.json` and `dist/json/nsi.json` of name-suggestion-index (BSD-3-Clause) and
`legislators-current.yaml` and `executive.yaml` of congress-legislators (CC0). An approved id that no file gives for the
row's name is refused. Needs PyYAML.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

FOLDER = Path(__file__).parent
INDEX = "name-suggestion-index 8.0.20260918"
CONGRESS = "congress-legislators"
#: Which files may confirm the rows of which table.
TABLES = {"organisations.csv": INDEX, "persons.csv": CONGRESS}


class Candidate(NamedTuple):
    """An item of a data file: its id, the name it was found by, its description, and the data set."""

    qid: str
    name: str
    description: str
    source: str


def fold(name: str) -> str:
    """Return a name without case, diacritics, article and punctuation; British and American spellings are one."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("organisation", "organization")
    plain = plain.replace("defence", "defense").replace("centre", "center").replace("programme", "program")
    return " ".join(re.findall(r"[\w'+]+", plain)).removeprefix("the ")


def find_items(wikidata: Path) -> Iterator[Candidate]:
    """Yield each item of the index by its label."""
    for qid, item in json.loads(wikidata.read_text(encoding="utf-8"))["wikidata"].items():
        if item.get("label") and item.get("description"):
            yield Candidate(qid, item["label"], item["description"], INDEX)


def find_flags(index: Path) -> Iterator[Candidate]:
    """Yield what flags stand for; such an item is described by the kind of its flag."""
    for item in json.loads(index.read_text(encoding="utf-8"))["nsi"]["flags/man_made/flagpole"]["items"]:
        tags = item["tags"]
        if "subject" in tags and "subject:wikidata" in tags:
            yield Candidate(tags["subject:wikidata"], tags["subject"], f"flag: {tags.get('flag:type', '')}", INDEX)


def find_people(folder: Path) -> Iterator[Candidate]:
    """Yield those who are or were in Congress, or President or Vice President, where the file gives their id."""
    for name in ("legislators-current.yaml", "executive.yaml"):
        for person in yaml.load((folder / name).read_text(encoding="utf-8"), yaml.CSafeLoader):
            names, qid, last = person["name"], person["id"].get("wikidata"), person["terms"][-1]
            description = f"{last['type']} of the United States until {last['end']}"
            forms = {names.get("official_full"), f"{names['first']} {names['last']}"}
            forms |= {f"{names['nickname']} {names['last']}"} if names.get("nickname") else set()
            for form in sorted(filter(None, forms)):
                if qid:
                    yield Candidate(qid, form, description, CONGRESS)


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_candidates(row: dict[str, str], items: dict[str, list[Candidate]], source: str) -> list[Candidate]:
    """Return the items of the data set that bear one of the row's names, by id."""
    cells = (row["label"], row["aliases"], row.get("acronyms", ""))
    names = sorted({fold(name) for cell in cells for name in cell.split("|") if name})
    found = {item.qid: item for name in names for item in items.get(name, ()) if item.source == source}
    return [found[qid] for qid in sorted(found)]


def read_approved(path: str) -> dict[str, str]:
    """Return slug -> id of each line of the file."""
    lines = (line.split() for line in Path(path).read_text(encoding="utf-8").splitlines())
    return {line[0]: line[1] for line in lines if line}


def main(wikidata: str, index: str, congress: str, *options: str) -> None:
    """Print the candidates of every row without an id, or write those that were approved."""
    approved = read_approved(options[1]) if options[:1] == ("--approve",) else None
    items: dict[str, list[Candidate]] = defaultdict(list)
    for item in (*find_items(Path(wikidata)), *find_flags(Path(index)), *find_people(Path(congress))):
        items[fold(item.name)].append(item)
    for table, source in TABLES.items():
        rows = read_table(table)
        taken = {row["qid"] for row in rows if row["qid"]}
        for row in rows:
            found = [] if row["qid"] else find_candidates(row, items, source)
            if approved is None:
                for item in found:
                    print(row["slug"], item.qid, row["label"], item.name, item.description, sep="\t")
            elif row["slug"] in approved and not row["qid"]:
                qid = approved[row["slug"]]
                if qid in taken or qid not in {item.qid for item in found}:
                    raise SystemExit(f"{row['slug']}: no file gives {qid} for it, or another row has it")
                taken.add(qid)
                row["qid"], row["source"] = qid, f"{row['source']}; {source}"
        if approved is not None:
            with (FOLDER / table).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
