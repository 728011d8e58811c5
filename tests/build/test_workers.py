"""Several processes, other hash seeds, and kills: always the same graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.build.toolchain import Toolchain
from kg.errors import StoreInvalidError
from kg.model.annotation import Annotation
from kg.model.document import Document
from kg.store.annotations import FILE_NAME, AnnotationFile
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
def test_a_killed_build_is_finished_by_the_same_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = write_wire(tmp_path / "wire", 64)  # what was found in half of them is kept when the build is killed
    store = tmp_path / "store"
    command = [sys.executable, "-m", "kg", "build", str(wire), "-s", str(store), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        deadline = time.monotonic() + 60
        while _count_kept(store) == 0 and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(child.pid, signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    kept = _count_kept(store)
    assert 0 < kept < 64

    read: list[str] = []
    annotate = Toolchain.annotate

    def note(self: Toolchain, document: Document) -> Annotation:
        read.append(document.id)
        return annotate(self, document)

    monkeypatch.setattr(Toolchain, "annotate", note)
    assert run("build", wire, "-s", store).exit_code == 0
    assert len(read) == 64 - kept
    assert run("build", wire, "-s", tmp_path / "fresh").exit_code == 0
    assert run("diff", store, tmp_path / "fresh").exit_code == 0


def _count_kept(store: Path) -> int:
    """Return of how many documents is kept what was found in them, whether or not their graphs are written."""
    if not (store / FILE_NAME).exists():
        return 0
    try:
        with AnnotationFile(store, is_read_only=True) as kept:
            return len(kept.list_records())
    except StoreInvalidError:  # just being made
        return 0


@pytest.mark.slow
def test_an_interrupted_build_ends_with_130_and_leaves_a_valid_store(tmp_path: Path) -> None:
    wire = write_wire(tmp_path / "wire", 40)
    store = tmp_path / "store"
    command = [sys.executable, "-m", "kg", "build", str(wire), "-s", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        assert child.stderr is not None
        deadline = time.monotonic() + 60
        while _count_kept(store) == 0 and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(child.pid, signal.SIGINT)
        assert child.wait(timeout=60) == 130
        assert child.stderr.read().count(b"\n") == 1
    assert run("validate", "-s", store).exit_code == 0
