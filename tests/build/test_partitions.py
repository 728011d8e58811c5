from pathlib import Path

import pytest

from kg.build import partitions
from kg.build.partitions import WorkFolder, convert_partition, make_key
from kg.build.toolchain import Result, Toolchain
from kg.build.workers import Job, to_parts
from kg.read.files import find_files
from kg.read.inputs import read_file
from kg.settings import Settings
from tests.cli.desk import one_model, write_texts

__all__ = ["one_model"]

SETTINGS = Settings(profile="fast")


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    files = find_files([str(write_texts(tmp_path / "texts"))])
    return [Job(document, {}) for file in files for document in read_file(file, SETTINGS.base)]  # type: ignore[arg-type]


@pytest.fixture
def work(tmp_path: Path) -> WorkFolder:
    return WorkFolder(tmp_path / "work")


def test_a_partition_yields_what_its_documents_yield(work: WorkFolder, jobs: list[Job]) -> None:
    identifier = work.write_jobs(jobs, "v")
    convert_partition(str(work.path), identifier, SETTINGS)
    toolchain = Toolchain(SETTINGS)
    assert work.read_results(identifier) == [to_parts(toolchain.convert(*job)) for job in jobs]
    assert not list(work.path.glob("*.crumb"))


def test_a_partition_that_is_done_is_not_done_again(work: WorkFolder, jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = work.write_jobs(jobs, "v")
    work.write_results(identifier, ["k"], [("a", "b", None)])
    monkeypatch.setattr(partitions, "_load_toolchain", None)
    assert convert_partition(str(work.path), identifier, SETTINGS) == identifier
    assert work.read_results(identifier) == [("a", "b", None)]


def test_the_id_of_a_partition_depends_on_its_jobs_and_the_version(work: WorkFolder, jobs: list[Job]) -> None:
    first = work.write_jobs(jobs, "v")
    assert work.write_jobs(jobs, "v") == first
    assert len({first, work.write_jobs(jobs, "w"), work.write_jobs(jobs[:1], "v")}) == 3


def test_results_are_found_by_what_they_were_made_from(work: WorkFolder, jobs: list[Job]) -> None:
    keys = [make_key(job, "v") for job in jobs]
    work.write_results("p", keys, [(str(place), "", None) for place in range(len(jobs))])
    found = work.find_results()
    assert [found[key] for key in keys] == [("p", place) for place in range(len(jobs))]
    assert make_key(Job(jobs[0].document, {"urn:a": "urn:b"}), "v") not in found


def test_a_document_that_two_workers_died_of_is_set_aside_and_the_others_go_on(work: WorkFolder, jobs: list[Job]) -> None:
    identifier = work.write_jobs(jobs, "v")
    work.write_crumb(identifier, 1, work.read_kills(identifier))
    work.write_crumb(identifier, 1, work.read_kills(identifier))
    assert work.read_kills(identifier) == {1: 2}
    convert_partition(str(work.path), identifier, SETTINGS)
    results = work.read_results(identifier)
    assert [isinstance(parts, Result) for parts in results] == [True, False, True]
    assert results[1][0] == jobs[1].document.path


def test_a_document_that_one_worker_died_of_has_another_try(work: WorkFolder, jobs: list[Job]) -> None:
    identifier = work.write_jobs(jobs, "v")
    work.write_crumb(identifier, 1, {})
    convert_partition(str(work.path), identifier, SETTINGS)
    assert all(isinstance(parts, Result) for parts in work.read_results(identifier))


def test_a_document_that_runs_too_long_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "DOCUMENT_LIMIT_SECONDS", 0.01)
    ended: list[bool] = []
    with partitions._limited(lambda: ended.append(True)):
        while not ended:
            pass
    with partitions._limited(lambda: ended.append(False)):
        pass
    assert ended == [True]


def test_a_folder_of_work_is_removed_with_what_it_holds(work: WorkFolder, jobs: list[Job]) -> None:
    work.write_crumb(work.write_jobs(jobs, "v"), 0, {})
    work.remove()
    assert not work.path.exists()


def test_files_of_others_in_the_folder_stay(work: WorkFolder) -> None:
    (work.path / "letter.txt").write_text("keep")
    work.remove()
    assert (work.path / "letter.txt").read_text() == "keep"
