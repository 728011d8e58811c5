"""What a graph costs outside of the store: `python -m tests.benchmarks.loaders STORE [--out FILE]`.

The store is exported (`kg export`), and the files are loaded by Oxigraph's own bulk loader and, where it is installed, by
Virtuoso's. Printed are bytes a quad of the packed files and of both engines, and quads a second by the clock, on an idle
machine; with `--out tests/benchmarks/results/costs.json` they stand in place of what that had for `docs/planning.md`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.export.bulk import BulkTarget, run_bulk_export
from kg.export.bulk_loaders import LOADERS, fill_step
from kg.store.reader import open_reader
from tests.store.remote.virtuoso import is_installed, run_virtuoso

_FORM = "nq.gz"
#: Pages of 8 KiB: 1.6 GB.
_BUFFERS = 200_000

Cost = tuple[str, dict[str, Any]]


def measure(store: Path, folder: Path) -> Iterator[Cost]:
    """Yield the costs by name: value, unit, and how it was measured.

    Args:
        store: a store.
        folder: where files are made.
    """
    with open_reader(store) as reader:
        quads = reader.size
        packed = folder / "packed.nq.zst"
        run_bulk_export(reader, str(packed), BulkTarget(is_folder=False, format="nq.zst"))
        yield _tell(
            "bytes_a_quad_packed", packed.stat().st_size / quads, "bytes", f"`kg export`, N-Quads packed by zstd, {quads:,} quads"
        )
        parts = folder / "parts"
        run_bulk_export(reader, f"{parts}/", BulkTarget(is_folder=True, format="nq"))
    seconds = _load_oxigraph(folder / "oxigraph", parts)
    yield _tell("load_quads_a_second", quads / seconds, "quads/s", f"Oxigraph's own bulk loader, {quads:,} quads, 2 cores")
    yield _tell("bytes_a_quad_oxigraph", _measure_size(folder / "oxigraph") / quads, "bytes", "as the loader above")
    if is_installed():
        (folder / "virtuoso").mkdir()
        seconds = _load_virtuoso(folder / "virtuoso", parts)
        yield _tell("load_quads_a_second_virtuoso", quads / seconds, "quads/s", "Virtuoso's loader, the same quads, one session")
        yield _tell(
            "bytes_a_quad_virtuoso", _measure_size(folder / "virtuoso", "virtuoso.db") / quads, "bytes", "as the loader above"
        )


def _tell(name: str, value: float, unit: str, measured: str) -> Cost:
    rounded = round(value, 1) if value < 1000 else round(value / 1000) * 1000
    return name, {"value": rounded, "unit": unit, "measured": f"python -m tests.benchmarks.loaders: {measured}"}


def _load_oxigraph(folder: Path, parts: Path) -> float:
    begin = time.perf_counter()
    engine = ox.Store(str(folder))
    for part in sorted(parts.glob("part-*.nq")):
        engine.bulk_load(path=str(part), format=ox.RdfFormat.N_QUADS)
    engine.flush()
    return time.perf_counter() - begin


def _load_virtuoso(folder: Path, parts: Path) -> float:
    (loader,) = (loader for loader in LOADERS if loader.name == "Virtuoso")
    script = fill_step(loader, loader.steps[0], "nq", "part-*.nq")
    target = folder / "parts"
    parts.rename(target)
    with run_virtuoso(folder, _BUFFERS) as server:
        begin = time.perf_counter()
        told = server.run_sql(script.replace("/path/of/this/folder", str(target)))
        seconds = time.perf_counter() - begin
    if "Error" in told or "part-" in told:
        raise RuntimeError(f"the loader says: {told}")
    return seconds


def _measure_size(folder: Path, name: str = "*") -> int:
    return sum(path.stat().st_size for path in folder.rglob(name) if path.is_file())


def main() -> int:
    """Print the costs, and write them where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("store", type=Path, help="of some million quads")
    parser.add_argument("--out", type=Path, help="a file of costs, in which these are replaced")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = dict(measure(arguments.store, Path(folder)))
    for name, cost in found.items():
        sys.stdout.write(f"{name}: {cost['value']} {cost['unit']}; {cost['measured']}\n")
    if arguments.out is not None:
        told = json.loads(arguments.out.read_text("utf-8"))
        told["costs"].update(found)
        rows = (f"  {json.dumps(name)}: {json.dumps(cost, ensure_ascii=False)}" for name, cost in told["costs"].items())
        head = f' "machine": {json.dumps(told["machine"], ensure_ascii=False)},'
        arguments.out.write_text("{\n" + head + '\n "costs": {\n' + ",\n".join(rows) + "\n }\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
