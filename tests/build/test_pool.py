"""The processes that convert: how far ahead of them documents are read, documents that never end, other work in parts."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.build import engines, workers
from kg.build.engines import LocalEngine
from kg.build.toolchain import Toolchain
from kg.build.workers import Job, Outcome, WorkerPool
from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.settings import Settings

SETTINGS = Settings(profile="fast")


def start(_: Settings) -> None:
    """Load nothing."""


def refuse(job: Job) -> tuple[str, str, None]:
    """Refuse every document, as the quickest thing that can be done with it; one named for it takes a minute."""
    if "endless" in job.document.path:
        time.sleep(60)
    return job.document.path, "was met", None


def note() -> None:
    """Leave a file where the test looks for it."""
    Path(os.environ["NOTES"], str(time.monotonic_ns())).touch()


@pytest.fixture(autouse=True)
def quick_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_start_worker", start)
    monkeypatch.setattr(workers, "_work", refuse)


def make_job(name: str) -> Job:
    return Job(Document(id=f"urn:{name}", path=name, location=name, sha256="0" * 64, text="Norway waits."), {})


def convert(jobs: Iterable[Job], processes: int) -> Iterator[tuple[Document, Outcome]]:
    with closing(LocalEngine(Toolchain(SETTINGS), SETTINGS, processes)) as engine:
        yield from engine.convert(iter(jobs))


def test_no_more_documents_are_read_than_the_workers_have_places_for() -> None:
    read = 0

    def read_jobs() -> Iterator[Job]:
        nonlocal read
        for number in range(200):
            read += 1
            yield make_job(f"{number}.txt")

    ahead = []
    for done, (document, outcome) in enumerate(convert(read_jobs(), 2), 1):
        ahead.append(read - done)
        assert document.path == f"{done - 1}.txt"
        assert isinstance(outcome, DocumentRefusedError)
        assert outcome.problem == "was met"
    assert len(ahead) == 200
    assert max(ahead) < 2 * workers._DOCUMENTS_AHEAD


def test_with_one_process_a_document_is_read_when_it_is_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "convert_job", lambda _, job: DocumentRefusedError(job.document.path, "was met"))
    read: list[str] = []

    def read_jobs() -> Iterator[Job]:
        for number in range(3):
            read.append(f"{number}.txt")
            yield make_job(read[-1])

    for document, _ in convert(read_jobs(), 1):
        assert document.path == read[-1]


def test_a_document_that_never_ends_is_set_aside_after_another_try_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "DOCUMENT_LIMIT_SECONDS", 3)
    jobs = [make_job(name) for name in ("a.txt", "endless.txt", "b.txt")]
    found = [outcome for _, outcome in convert(jobs, 2)]
    problems = [outcome.problem for outcome in found if isinstance(outcome, DocumentRefusedError)]
    assert problems == ["was met", "took more than 3 s, twice; split the text", "was met"]


def test_processes_that_are_sure_to_be_needed_load_before_there_is_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTES", str(tmp_path))
    monkeypatch.setattr(workers, "_load", note)
    with closing(LocalEngine(Toolchain(SETTINGS), SETTINGS, 2)) as engine:
        engine.start()
        deadline = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(list(tmp_path.iterdir())) == 2
        assert [document.path for document, _ in engine.convert([make_job("a.txt"), make_job("b.txt")])] == ["a.txt", "b.txt"]


def double(number: int) -> tuple[int, int]:
    """Return the double, and the process that made it; one that was started for it dies of 13."""
    if number == 13 and multiprocessing.parent_process() is not None:
        os._exit(9)
    return 2 * number, os.getpid()


def test_parts_are_worked_on_by_other_processes_in_order_and_no_more_at_once_than_they_have_places_for() -> None:
    read = 0

    def list_parts() -> Iterator[int]:
        nonlocal read
        for number in range(1, 101):
            read += 1
            yield number

    found = []
    with closing(WorkerPool(SETTINGS, 2)) as pool:
        for made, _ in pool.apply(double, (number for number in list_parts() if number != 13)):
            found.append(made)
            assert read - len(found) <= 2 * workers._DOCUMENTS_AHEAD
    assert found == [2 * number for number in range(1, 101) if number != 13]


def test_a_part_that_a_process_died_of_is_made_here() -> None:
    with closing(WorkerPool(SETTINGS, 2)) as pool:
        made = list(pool.apply(double, range(11, 16)))
    assert [number for number, _ in made] == [22, 24, 26, 28, 30]
    assert [process == os.getpid() for _, process in made] == [False, False, True, False, False]
