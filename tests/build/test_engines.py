"""A cluster: a folder of work whose disk is full, for which no document is blamed, and work in parts that is not documents."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, Self

import pytest

from kg.build.engines import DaskEngine
from kg.errors import EngineFailedError
from kg.settings import Settings
from tests.cli.desk import Answer, one_model, run, write_texts

__all__ = ["one_model"]

distributed = pytest.importorskip("distributed", reason="Dask is not installed")


class Promise(NamedTuple):
    """What a worker will have done."""

    result: Callable[[], str]


class Here:
    """A cluster whose one worker is this process."""

    def __init__(self, *_: object, **__: object) -> None:
        """Connect with nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""

    def ncores(self) -> dict[str, int]:
        return {"here": 1}

    def submit(self, work: Callable[..., str], *arguments: Any, pure: bool) -> Promise:
        assert not pure
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


def test_a_folder_of_work_that_cannot_be_written_is_no_full_disk(build: Callable[[], Answer]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch, ".results", errno.EIO)
        answer = build()
    assert (answer.exit_code, "the disk is full" in answer.stderr) == (2, False)
    assert os.strerror(errno.EIO) in answer.stderr


def halve(number: int) -> float:
    """Return a half."""
    return number / 2


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DaskEngine:
    monkeypatch.setattr(distributed, "Client", Here)
    return DaskEngine(Settings(), "1", "tcp://127.0.0.1:1", tmp_path / "work")


def test_parts_are_worked_on_by_the_cluster_in_order_and_no_more_at_once_than_its_workers_can_take(engine: DaskEngine) -> None:
    read = 0

    def list_parts() -> Iterator[int]:
        nonlocal read
        for number in range(50):
            read += 1
            yield number

    ahead, found = [], []
    for made in engine.apply(halve, list_parts()):
        found.append(made)
        ahead.append(read - len(found))
    assert found == [number / 2 for number in range(50)]
    assert max(ahead) <= 4


def test_a_cluster_is_not_asked_where_there_is_nothing_to_do(engine: DaskEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "Client", None)
    assert list(engine.apply(halve, [])) == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (CancelledError("gone"), "was lost; the same command goes on with what is done"),
        (distributed.KilledWorker("halve", SimpleNamespace(address="tcp://127.0.0.1:2"), 3), "loses its workers again and again"),
        (OSError(errno.ECONNREFUSED, "refused"), "cannot be reached or was lost"),
    ],
)
def test_a_cluster_that_is_lost_over_parts_is_named(
    engine: DaskEngine, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def fail(*_: object, pure: bool) -> Promise:
        assert not pure
        raise error

    monkeypatch.setattr(Here, "submit", fail)
    with pytest.raises(EngineFailedError, match=told):
        list(engine.apply(halve, [1, 2]))
