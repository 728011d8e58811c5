"""A disk that fills: one line, nothing stored is lost, and with space made the same command finishes to the same graph."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.build.run import run_build
from kg.errors import StoreFullError, StoreInvalidError
from kg.settings import Settings
from kg.store import embedded
from kg.store.embedded import open_store
from kg.store.full_disk import find_full_disk
from tests.cli.desk import run, run_alone, write_texts
from tests.faults.wire import list_stored, start_build, write_notes

BASE = "https://sayso.example/"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Give a disk of its own that has this size, or makes it that size."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def make(size: str) -> Path:
        options = f"remount,size={size}" if disk.is_mount() else f"size={size}"
        try:
            done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=False, capture_output=True)
        except FileNotFoundError:
            pytest.skip("there is no mount command here")
        if done.returncode:
            pytest.skip("a small disk can only be made by who may mount one")
        return disk

    yield make
    if disk.is_mount():
        subprocess.run(["umount", disk], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["10m", "13m"])
def test_a_build_on_a_disk_that_fills_is_finished_when_space_is_made(
    tmp_path: Path, small_disk: Callable[[str], Path], size: str
) -> None:
    texts = write_notes(tmp_path / "texts", 160)
    store = small_disk(size) / "store"
    with start_build(texts, store) as child:
        _, problems = child.communicate(timeout=300)
    assert child.returncode == 2
    assert problems.count(b"\n") == 1
    assert b"the disk is full" in problems
    assert str(store).encode() in problems
    stored = list_stored(store)

    again = run("build", texts, "-s", store, "--profile", "fast")
    assert (again.exit_code, again.stderr.count("\n"), "the disk is full" in again.stderr) == (2, 1, True)
    assert stored <= list_stored(store)

    small_disk("200m")
    answer = run("build", texts, "-s", store, "--profile", "fast")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert stored <= list_stored(store)
    assert run("build", texts, "-s", tmp_path / "plain", "--profile", "fast").exit_code == 0
    assert run("diff", store, tmp_path / "plain").exit_code == 0
    shutil.rmtree(store)


@pytest.mark.slow
def test_a_limit_on_the_size_of_files_is_told_as_a_full_disk(tmp_path: Path) -> None:
    texts, store = write_texts(tmp_path / "texts"), tmp_path / "store"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        answer = run_alone("build", texts, "-s", store, "--profile", "fast")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (answer.returncode, answer.stderr.count(b"\n"), b"the disk is full" in answer.stderr) == (2, 1, True)
    assert run("build", texts, "-s", store, "--profile", "fast").exit_code == 0


def test_the_words_of_the_engine_of_sqlite_and_of_the_system_all_mean_a_full_disk(tmp_path: Path) -> None:
    by_sqlite = sqlite3.OperationalError("database or disk is full")
    by_sqlite.sqlite_errorcode = sqlite3.SQLITE_FULL
    wrapped = StoreInvalidError("annotations.sqlite", "database or disk is full")
    wrapped.__cause__ = by_sqlite
    full = (
        OSError(f"IO error: {os.strerror(errno.ENOSPC)}: While appending to file: 000008.log"),
        RuntimeError(f"IO error: {os.strerror(errno.EDQUOT)}"),
        OSError(errno.EFBIG, os.strerror(errno.EFBIG)),
        wrapped,
    )
    assert all(isinstance(find_full_disk(tmp_path, error), StoreFullError) for error in full)
    others = (None, OSError(errno.EACCES, "Permission denied"), sqlite3.OperationalError("locked"), ValueError("No space left"))
    assert [find_full_disk(tmp_path, error) for error in others] == [None] * len(others)


def test_a_store_whose_disk_fills_as_it_is_closed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        store = open_store(tmp_path / "store", BASE, {})
        patch.setattr(embedded.Store, "flush", fail)
        with pytest.raises(StoreFullError), store:
            pass
    # Others may write then.
    open_store(tmp_path / "store", BASE, {}).close()


def test_an_error_of_another_kind_leaves_a_build_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(embedded.Store, "replace_documents", fail)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        run_build([str(write_texts(tmp_path / "texts"))], Settings(store=str(tmp_path / "store"), profile="fast"))
