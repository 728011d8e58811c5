"""Cities of the world by name, from `ontology/places/cities.tsv`: found by bisection in the file, nothing is loaded."""

from __future__ import annotations

import mmap
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.resolve.names import fold_name
from kg.resources import find_resource

_COLUMNS = 7


class City(NamedTuple):
    """A city that bears a name.

    Attributes:
        geonames: its id at GeoNames. country: ISO 3166-1 alpha-2. division: code of its first-order division.
        is_further: whether the name that it was found by is not its main one ("Kharkov").
    """

    geonames: int
    name: str
    country: str
    division: str
    population: int
    is_further: bool


class CityTable:
    """The table of cities; the file is mapped, so that processes share it."""

    def __init__(self, path: Path) -> None:
        """Map the file.

        Raises:
            ResourceInvalidError: it is missing or empty.
        """
        self._path = path
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ResourceInvalidError(str(path), f"is no table of cities ({error}); install sayso again") from error

    def find_cities(self, name: str) -> tuple[City, ...]:
        """Return the cities that bear a name, in order of their ids; empty where there is none.

        Raises:
            ResourceInvalidError: a row does not have its seven columns.
        """
        key = fold_name(name)
        if not key:
            return ()
        wanted, found = key.encode(), []
        begin = self._find_first(wanted)
        while self._bytes[begin : begin + len(wanted) + 1] == wanted + b"\t":
            end = self._bytes.find(b"\n", begin)
            cells = self._bytes[begin:end].decode().split("\t")
            if len(cells) != _COLUMNS:
                raise ResourceInvalidError(str(self._path), f"the row of {key!r} does not have {_COLUMNS} columns")
            _, label, geonames, country, division, population, further = cells
            found.append(City(int(geonames), label, country, division, int(population), bool(further)))
            begin = end + 1
        return tuple(found)

    def _find_first(self, wanted: bytes) -> int:
        """Return the offset of the first row whose name is not before `wanted`."""
        low, high = 0, len(self._bytes)
        while low < high:
            middle = (low + high) // 2
            begin = self._bytes.rfind(b"\n", low, middle) + 1 or low
            end = self._bytes.find(b"\n", middle)
            end = len(self._bytes) if end < 0 else end + 1
            if self._bytes[begin:end].partition(b"\t")[0] < wanted:
                low = end
            else:
                high = begin
        return low


@cache
def open_cities() -> CityTable:
    """Return the table that is shipped, opened on first use.

    Raises:
        ResourceInvalidError: it is missing.
    """
    return CityTable(find_resource("ontology/places/cities.tsv"))
