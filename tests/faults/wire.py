"""Many short texts, each of its own words, and builds of them in a process group of their own that can be ended anywhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kg.errors import StoreInvalidError, StoreMissingError
from kg.store.reader import open_reader

ROOT = Path(__file__).parents[2]
_NAMES = ("Adaeze Obiora", "Bruno Kestelman", "Chiara Fontanesi", "Dovile Jankute", "Emeka Tolliver", "Farida Nurbek")
_PLACES = ("Norway", "Kenya", "Japan", "Chile", "Ghana")
_TICKS = os.sysconf("SC_CLK_TCK")


def write_notes(folder: Path, count: int) -> Path:
    """Write texts of two sentences that share people and places, so that actors, claims and events meet over documents."""
    folder.mkdir(parents=True)
    for number in range(count):
        name, place, other = _NAMES[number % len(_NAMES)], _PLACES[number % len(_PLACES)], _PLACES[(number + 2) % len(_PLACES)]
        speaker = name if number % 3 else name.split()[1]
        text = f"{speaker} said on day {number} that {place} would send aid to Ukraine. {other} accused Russia of stalling.\n"
        (folder / f"note-{number:03}.txt").write_text(text, "utf-8")
    return folder


def start_build(texts: Path, store: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start `kg build` by rules alone."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(texts), "-s", str(store), "--profile", "fast", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def measure_group(group: int) -> float:
    """Return the seconds of processor time that the processes of a group have used, those that ended left out."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def kill_at(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a process group once it has used this much processor time; whether it was not done before.

    Processor time tells how far a build is, however busy the machine.
    """
    while child.poll() is None:
        if measure_group(child.pid) >= seconds:
            return kill_group(child)
        time.sleep(0.003)
    return False


def kill_group(child: subprocess.Popen[bytes]) -> bool:
    """Kill a process group with SIGKILL; whether its leader died of that."""
    os.killpg(child.pid, signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def list_stored(store: Path) -> set[str]:
    """Return the documents that a reader finds; none where there is no store yet, or one just being made."""
    try:
        with open_reader(store) as reader:
            return set(reader.documents())
    except (StoreMissingError, StoreInvalidError):
        return set()
