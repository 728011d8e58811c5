"""A folder of work whose disk is full: told as that, not as a cluster that was lost, and no document is blamed for it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kg.build.partitions import prepare
from tests.cli.desk import Answer, one_model, run, write_texts

__all__ = ["one_model"]

distributed = pytest.importorskip("distributed", reason="Dask is not installed")


class Promise(NamedTuple):
    """What a worker will have done."""

    result: Callable[[], str]


class Here:
    """A cluster whose one worker is this process, which loads nothing ahead."""

    prepared = 0

    def __init__(self, *_: object, **__: object) -> None:
        """Connect with nothing."""

    def close(self) -> None:
        """Leave nothing behind."""

    def ncores(self) -> dict[str, int]:
        return {"here": 1}

    def submit(self, work: Callable[..., str], *arguments: Any, pure: bool, workers: Sequence[str] = ("here",)) -> Promise:
        assert not pure
        assert list(workers) == ["here"]
        Here.prepared += work is prepare
        return Promise(partial(work, *arguments))


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Answer]:
    texts = write_texts(tmp_path / "texts")
    monkeypatch.setattr(distributed, "Client", Here)
    words = ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--work", tmp_path / "work", "--profile", "fast")
    return lambda: run("build", texts, "-s", tmp_path / "store", *words)


def fill_disk(patch: pytest.MonkeyPatch, ending: str, number: int = errno.ENOSPC) -> None:
    """Leave no space for files with this ending, or fail on them with another error."""
    replace = Path.replace

    def write(part: Path, target: Path) -> Path:
        if target.suffix == ending:
            raise OSError(number, os.strerror(number), str(part))
        return replace(part, target)

    patch.setattr(Path, "replace", write)


@pytest.mark.parametrize("ending", [".jobs", ".crumb", ".results"])
def test_a_full_disk_of_the_work_is_one_line_that_names_its_folder(
    build: Callable[[], Answer], tmp_path: Path, ending: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch, ending)
        answer = build()
    assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)
    assert f"'{tmp_path / 'work'}': the disk is full" in answer.stderr
    assert not list((tmp_path / "work").glob("*.part"))


def test_no_document_is_blamed_for_a_disk_that_was_full_at_several_tries(build: Callable[[], Answer], tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.MonkeyPatch.context() as patch:
            fill_disk(patch, ".results")
            assert build().exit_code == 2
    answer = build()
    assert (answer.exit_code, "3 added" in answer.stdout, answer.stderr) == (0, True, "")
    assert not (tmp_path / "work").exists()


def test_workers_load_ahead_where_there_is_no_store_yet(build: Callable[[], Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Here, "prepared", 0)
    assert (build().exit_code, Here.prepared) == (0, 1)
    assert (build().exit_code, Here.prepared) == (0, 1)


def test_a_folder_of_work_that_cannot_be_written_is_no_full_disk(build: Callable[[], Answer]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch, ".results", errno.EIO)
        answer = build()
    assert (answer.exit_code, "the disk is full" in answer.stderr) == (2, False)
    assert os.strerror(errno.EIO) in answer.stderr
