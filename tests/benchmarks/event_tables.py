"""Reading a day of coded events: `python -m tests.benchmarks.event_tables [--rows N]`.

A file in the true format of GDELT 1.0 is generated (58 columns, no header, invented rows), packed as it is distributed, and
built into a store by a process of its own. The last line printed is a JSON object: rows, megabytes of the file, seconds and
peak memory of the build, statements, and the seconds of building the unchanged file again, as it is and by another version of
the extractor (the profile `fast`), for which every part is written again.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kg.model.cameo import load_cameo
from kg.resolve.registry import read_registry

_SEED = 20_240_102
_NAME = "20240102.export.CSV"
_SECTORS = ("", "", "", "GOV", "MIL", "COP", "OPP", "MED", "CVL", "BUS", "EDU", "LEG", "JUD", "REB")
_ROLES = ("POLICE", "STUDENT", "PROTESTER", "COMPANY", "VILLAGER", "RESIDENTS", "MINISTER", "SCHOOL")
_PLACES = 400
_SITES = 900


def generate_rows(count: int) -> Iterator[str]:
    """Yield lines of GDELT 1.0 as its files have them; the same ones on every run."""
    chance = random.Random(_SEED)  # noqa: S311
    states = [(a.cameo, a.label.upper()) for a in read_registry("https://sayso.example/").actors.values() if a.cameo]
    codes = [code for code in load_cameo().values() if len(code.code) > 2]
    for number in range(count):
        event = chance.choice(codes)
        scale = "" if event.goldstein is None else f"{event.goldstein:.1f}"
        day = f"202401{chance.randint(1, 2):02d}"
        cells = [str(1_150_000_000 + number), day, day[:6], day[:4], f"{day[:4]}.0{chance.randint(10, 99)}"]
        for _ in range(2):
            cells += _make_party(chance, states)
        base = event.code[:3]
        cells += [str(chance.randint(0, 1)), event.code, base, event.code[:2], str(event.quad), scale]
        articles = chance.randint(1, 40)
        cells += [str(articles), str(chance.randint(1, 3)), str(articles), f"{chance.uniform(-12, 8):.6f}"]
        for _ in range(3):
            cells += _make_place(chance)
        cells += [day, f"https://site{chance.randrange(_SITES)}.example/{day}/story-{number // 3}.html"]
        yield "\t".join(cells) + "\n"


def _make_party(chance: random.Random, states: list[tuple[str, str]]) -> list[str]:
    kind = chance.random()
    if kind < 0.1:
        return [""] * 10
    if kind < 0.2:
        sector = chance.choice(_SECTORS[3:])
        return [sector, chance.choice(_ROLES), "", "", "", "", "", sector, "", ""]
    if kind < 0.24:
        return ["IGOUNO", "UNITED NATIONS", "", "UNO", "", "", "", "IGO", "", ""]
    code, name = chance.choice(states)
    sector = chance.choice(_SECTORS)
    return [code + sector, name, code, "", "", "", "", sector, "", ""]


def _make_place(chance: random.Random) -> list[str]:
    place = chance.randrange(_PLACES)
    return ["4", f"Place {place}, Region {place % 40}, Land {place % 20}", "XX", f"XX{place % 40:02d}", f"{place / 10:.4f}",
            f"{-place / 7:.4f}", str(-place * 1000)]  # fmt: skip


def run_benchmark(rows: int) -> dict[str, float]:
    """Return the figures of one build, and of the same build again."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / f"{_NAME}.zip"
        with zipfile.ZipFile(table, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_NAME, "".join(generate_rows(rows)))
        store = Path(folder) / "store"
        seconds, printed = _build(table, store)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        again, _ = _build(table, store)
        rewritten, _ = _build(table, store, "--profile", "fast")
        with zipfile.ZipFile(table) as archive:
            size = archive.getinfo(_NAME).file_size / 1e6
    return {
        "rows": rows,
        "table_mb": round(size, 1),
        "seconds": round(seconds, 1),
        "peak_mb": round(peak),
        "statements": int(printed.rpartition(";")[2].split()[0]),
        "again_seconds": round(again, 1),
        "rewritten_seconds": round(rewritten, 1),
    }


def _build(table: Path, store: Path, *options: str) -> tuple[float, str]:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "kg", "build", str(table), "--store", str(store), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begin, done.stdout.strip()


def main() -> int:
    """Generate, build, build again, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    sys.stdout.write(json.dumps(run_benchmark(parser.parse_args().rows)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
