"""`python -m tests.benchmarks.registers [--rows N]`: an import of generated rows, and look-ups of names in it.

Prints one JSON line: seconds and peak memory (MB, of the import's own process), index size, microseconds a look-up.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.resolve.registry import read_registry

_BASE = "https://sayso.example/"
_SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "ne",
    "tol",
    "ber",
    "san",
    "vi",
    "du",
    "lek",
    "or",
    "hal",
    "fin",
    "gra",
    "zet",
    "pau",
    "wen",
    "yos",
    "qui",
    "mar",
)
_COUNTRIES = ("no", "se", "fi", "gb", "us", "de", "fr", "ke", "br", "in")
_LOOKUPS = 20_000
_IMPORT = """
import sys
from kg.build.registers import import_registers
from kg.settings import Settings
import_registers([sys.argv[1]], Settings(store=sys.argv[2]))
from tests.benchmarks.memory import read_peak_mb
print(read_peak_mb())
"""


def main() -> int:
    """Generate, import, look up, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path, store = Path(folder, "people.ftm.json"), Path(folder, "store")
        names = _generate(path, rows)
        begin = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", _IMPORT, path, store], check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - begin
        index = Path(folder, "store-actors", "imported.sqlite")
        registry = read_registry(_BASE, imported=index)
        plain = read_registry(_BASE)
        chance = random.Random(2)  # noqa: S311 - a benchmark
        known = chance.sample(names, min(_LOOKUPS, len(names)))
        unknown = [f"{name} Xyz" for name in known]
        assert all(registry.lookup(name) for name in known[:100])
        index_size = index.stat().st_size
        inner = registry._joined.index  # type: ignore[union-attr]
        figures = {
            "rows": rows,
            "import_seconds": round(seconds, 1),
            "import_peak_mb": int(done.stdout.split()[-1]),
            "index_mb": round(index_size / 2**20),
            "lookup_us_name_to_slugs": _measure(inner.lookup, known),
            "lookup_us_known_with_actor": _measure(registry.lookup, known),
            "lookup_us_unknown": _measure(registry.lookup, unknown),
            "lookup_us_unknown_shipped_alone": _measure(plain.lookup, [f"{name} Abc" for name in known]),
        }
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def _generate(path: Path, rows: int) -> list[str]:
    """Write persons with two names, a country and every tenth with a post; return a sample of their names."""
    chance = random.Random(1)  # noqa: S311 - a benchmark
    names = []

    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()

    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            first, middle, last = word(), word(), word()
            country = chance.choice(_COUNTRIES)
            properties = {"name": [f"{first} {last}"], "alias": [f"{first} {middle} {last}"], "country": [country]}
            file.write(json.dumps({"id": f"Q{10**9 + number}", "schema": "Person", "properties": properties}) + "\n")
            if number % 10 == 0:
                file.write(
                    json.dumps(
                        {"id": f"p{number}", "schema": "Position", "properties": {"name": ["Minister"], "country": [country]}}
                    )
                    + "\n"
                )
                held = {"holder": [f"Q{10**9 + number}"], "post": [f"p{number}"], "startDate": ["2020"]}
                file.write(json.dumps({"id": f"o{number}", "schema": "Occupancy", "properties": held}) + "\n")
            if number % max(1, rows // 50_000) == 0:
                names.append(f"{first} {middle} {last}")
    return names


def _measure(look: object, names: list[str]) -> float:
    """Return the mean microseconds of a look-up, each name once, after a tenth to open the file."""
    warm = len(names) // 10
    for name in names[:warm]:
        look(name)  # type: ignore[operator]
    begin = time.process_time()
    for name in names[warm:]:
        look(name)  # type: ignore[operator]
    return round((time.process_time() - begin) / (len(names) - warm) * 1e6, 1)


if __name__ == "__main__":
    raise SystemExit(main())
