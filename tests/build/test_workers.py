"""Several processes, other hash seeds, and kills: always the same graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import StoreInvalidError, StoreMissingError
from kg.store.reader import open_reader
from tests.cli.desk import run, run_alone

NAMES = ("Adaeze Obiora", "Bruno Kestelman", "Chiara Fontanesi", "Dovile Jankutė", "Emeka Tolliver", "Farida Nurbek")
PLACES = ("Norway", "Kenya", "Japan", "Chile", "Ghana")


def write_wire(folder: Path, count: int) -> Path:
    """Write short texts, each of its own words."""
    folder.mkdir()
    for number in range(count):
        name, place = NAMES[number % len(NAMES)], PLACES[number % len(PLACES)]
        text = (
            f"{name} said on day {number} that {place} would send aid to Ukraine. "
            f'"We met the minister of {place} {number + 2} times," {name.split()[1]} told reporters. '
            f"{place} accused Russia of stalling. Moscow rejected that.\n"
        )
        (folder / f"wire-{number:02}.txt").write_text(text * 2, "utf-8")
    return folder


def export(store: Path) -> str:
    answer = run("export", "-", "-f", "nq", "-s", store)
    assert answer.exit_code == 0
    return answer.stdout


@pytest.mark.slow
def test_neither_the_number_of_processes_nor_the_hash_seed_shows(tmp_path: Path) -> None:
    wire = write_wire(tmp_path / "wire", 10)
    one = run_alone("build", wire, "-s", tmp_path / "one", PYTHONHASHSEED="0")
    two = run_alone("build", wire, "-s", tmp_path / "two", "--jobs", "2", PYTHONHASHSEED="1")
    assert (one.returncode, two.returncode, two.stderr) == (0, 0, b"")
    assert export(tmp_path / "one") == export(tmp_path / "two")


@pytest.mark.slow
def test_a_killed_build_is_finished_by_the_same_command(tmp_path: Path) -> None:
    wire = write_wire(tmp_path / "wire", 96)  # two batches: the kill falls between them
    store = tmp_path / "store"
    command = [sys.executable, "-m", "kg", "build", str(wire), "-s", str(store), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        deadline = time.monotonic() + 60
        while _count_documents(store) == 0 and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(child.pid, signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    assert 0 < _count_documents(store) < 96

    answer = run("build", wire, "-s", store)
    assert (answer.exit_code, "unchanged" in answer.stdout) == (0, True)
    assert run("build", wire, "-s", tmp_path / "fresh").exit_code == 0
    assert run("diff", store, tmp_path / "fresh").exit_code == 0


def _count_documents(store: Path) -> int:
    try:
        with open_reader(store) as reader:
            return len(reader.documents())
    except (StoreMissingError, StoreInvalidError):  # not there yet, or just being made
        return 0


@pytest.mark.slow
def test_an_interrupted_build_ends_with_130_and_leaves_a_valid_store(tmp_path: Path) -> None:
    wire = write_wire(tmp_path / "wire", 40)
    store = tmp_path / "store"
    command = [sys.executable, "-m", "kg", "build", str(wire), "-s", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        assert child.stderr is not None
        deadline = time.monotonic() + 60
        while _count_documents(store) == 0 and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(child.pid, signal.SIGINT)
        assert child.wait(timeout=60) == 130
        assert child.stderr.read().count(b"\n") == 1
    assert run("validate", "-s", store).exit_code == 0
