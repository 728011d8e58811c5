"""What it costs to build again what has not changed: `python -m tests.benchmarks.unchanged [--documents 2000] [--store DIR]`.

Short texts, each a file, are built by rules alone; then the same command is run again in a process of its own, and once more with
`--prune`. Printed are seconds of the processor and of the clock, with start-up, and the seconds that each 1,000 documents add
to those of a store of one. A store that is named is kept, and used again the next time.

2,000 documents take four minutes the first time, 10,000 a quarter of an hour; the bar is 20 s for 10,000 unchanged ones.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.wire import ROOT, write_notes


def main() -> int:
    """Build, build again, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--store", type=Path, help="a folder for texts and store, kept for the next time")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.store or Path(temporary)
        least, _ = _measure(*_prepare(folder / "one", 1))
        texts, store = _prepare(folder / str(arguments.documents), arguments.documents)
        for name, words in (("unchanged", ()), ("unchanged, --prune", ("--prune",))):
            seconds, clock = _measure(texts, store, *words)
            added = (seconds - least) / arguments.documents * 1000
            sys.stdout.write(
                f"{name}: {arguments.documents} documents, {seconds:.1f} s of the processor, {clock:.1f} s of the clock; "
                f"{added:.2f} s for each 1,000\n"
            )
    return 0


def _prepare(folder: Path, documents: int) -> tuple[Path, Path]:
    """Return a folder of texts and the store that holds them, making what is not there."""
    texts, store = folder / "texts", folder / "store"
    if not texts.is_dir():
        write_notes(texts, documents)
    _measure(texts, store)
    return texts, store


def _measure(texts: Path, store: Path, *words: str) -> tuple[float, float]:
    """Run `kg build` and return the seconds of the processor and of the clock."""
    command = [sys.executable, "-m", "kg", "build", str(texts), "-s", str(store), "--profile", "fast", *words]
    begin = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"kg build ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - begin


if __name__ == "__main__":
    raise SystemExit(main())
