"""What a build leaves is a function of its inputs alone, however it came about."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from kg.build.engines import LocalEngine
from kg.build.progress import Progress
from kg.build.run import BuildReport, run_build
from kg.errors import SettingInvalidError, StoreLockedError
from kg.settings import Settings
from kg.store.difference import find_differences
from kg.store.embedded import open_store
from kg.store.reader import open_reader
from tests.cli.desk import TEXTS, write_texts

OTHER = "Kenyan President Wanja Mutuwa said on Friday that Kenya would send doctors to Sudan.\n"


def build(store: Path, *inputs: Path, jobs: int = 1, is_pruning: bool = False) -> BuildReport:
    return run_build([str(path) for path in inputs], Settings(store=str(store)), jobs=jobs, is_pruning=is_pruning)


def assert_same(left: Path, right: Path) -> None:
    assert list(find_differences(left, right)) == []


def test_what_is_unchanged_is_skipped(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    build(tmp_path / "store", texts)
    (texts / "more.txt").write_text(OTHER)
    report = build(tmp_path / "store", texts)
    assert (len(report.added), len(report.unchanged), report.changed, report.removed) == (1, 3, [], [])


def test_what_is_unchanged_is_skipped_without_a_language_model(tmp_path: Path) -> None:
    texts, store = write_texts(tmp_path / "texts"), tmp_path / "store"
    code = (
        "import sys; from kg.build.run import run_build; from kg.settings import Settings\n"
        f"report = run_build([{str(texts)!r}], Settings(store={str(store)!r}))\n"
        "print(len(report.added), len(report.unchanged), 'spacy' in sys.modules)"
    )
    run = partial(subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [run().stdout for _ in range(2)] == ["3 0 True\n", "0 3 False\n"]


@pytest.mark.parametrize("inputs", [0, 3])
def test_an_engine_starts_at_once_where_a_new_store_has_inputs(tmp_path: Path, inputs: int) -> None:
    texts, started = write_texts(tmp_path / "texts"), list[str]()

    class Engine(LocalEngine):
        def start(self) -> None:
            started.append("started")
            super().start()

    settings = Settings(store=str(tmp_path / "store"))
    for _ in range(2):
        paths = [str(path) for path in sorted(texts.iterdir())[:inputs]]
        run_build(paths, settings, make_engine=lambda toolchain: Engine(toolchain, settings, 1))
    assert started == ["started"] * bool(inputs)


def test_a_changed_document_is_replaced_and_the_store_is_as_if_built_afresh(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    build(tmp_path / "store", texts)
    (texts / "strait.txt").write_text(OTHER)
    report = build(tmp_path / "store", texts)
    assert (len(report.changed), len(report.unchanged)) == (1, 2)
    build(tmp_path / "fresh", texts)
    assert_same(tmp_path / "store", tmp_path / "fresh")


def test_a_document_that_went_away_stays_until_it_is_pruned(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    build(tmp_path / "store", texts)
    (texts / "strait.txt").unlink()
    assert build(tmp_path / "store", texts).removed == []
    assert len(build(tmp_path / "store", texts, is_pruning=True).removed) == 1
    build(tmp_path / "fresh", texts)
    assert_same(tmp_path / "store", tmp_path / "fresh")


def test_a_document_that_became_unreadable_is_not_pruned(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    build(tmp_path / "store", texts)
    (texts / "strait.txt").write_bytes(b"")
    report = build(tmp_path / "store", texts, is_pruning=True)
    assert (report.removed, len(report.refused), len(report.unchanged)) == ([], 1, 2)


def test_the_records_of_a_file_that_became_unreadable_are_not_pruned(tmp_path: Path) -> None:
    page = tmp_path / "all.jsonl"
    page.write_text('{"text": "Norway pledged aid to Ukraine."}\n{"text": "Japan accused China."}\n')
    assert len(build(tmp_path / "store", page).added) == 2
    page.write_text('{"text": "Norway pledged aid to Ukraine."}\n{"text": broken\n')
    report = build(tmp_path / "store", page, is_pruning=True)
    assert (report.removed, len(report.refused), len(report.unchanged)) == ([], 1, 1)


def test_a_document_that_is_named_twice_is_built_once(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    report = build(tmp_path / "store", texts, texts / "aid.txt", texts)
    assert (len(report.added), report.refused) == (3, [])


def test_the_order_of_the_inputs_does_not_show(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    paths = [texts / name for name in TEXTS]
    build(tmp_path / "one", *paths)
    for path in reversed(paths):
        build(tmp_path / "two", path)
    assert_same(tmp_path / "one", tmp_path / "two")


def test_another_base_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    build(tmp_path / "store", texts)
    with open_reader(tmp_path / "store") as reader:
        before = reader.sorted_quads()
    settings = Settings(store=str(tmp_path / "store"), base="https://other.example/")
    with pytest.raises(SettingInvalidError, match=r"does not begin with the base https://other\.example/"):
        run_build([str(texts)], settings)
    with open_reader(tmp_path / "store") as reader:
        assert reader.sorted_quads() == before


def test_a_second_writer_is_refused_while_readers_work(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    build(tmp_path / "store", texts)
    with open_store(tmp_path / "store", "https://sayso.example/", {}), open_reader(tmp_path / "store") as reader:
        with pytest.raises(StoreLockedError) as caught:
            build(tmp_path / "store", texts)
        assert len(reader.documents()) == 3
    assert (caught.value.exit_code, "\n" in str(caught.value)) == (2, False)


def test_progress_names_every_document_once(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    (texts / "empty.txt").write_text("")
    told: list[Progress] = []
    run_build([str(texts)], Settings(store=str(tmp_path / "store")), on_progress=told.append)
    paths = [progress.path for before, progress in pairwise([None, *told]) if before is None or progress.done > before.done]
    assert sorted(Path(path).name for path in paths) == sorted([*TEXTS, "empty.txt"])


def test_progress_tells_what_is_done_stored_and_refused_of_how_many(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    (texts / "empty.txt").write_text("")
    told: list[Progress] = []
    run_build([str(texts)], Settings(store=str(tmp_path / "store")), on_progress=told.append)
    assert [progress.done for progress in told] == [1, 2, 3, 4, 4, 4]
    assert [progress.stored for progress in told] == [0, 0, 0, 0, 4, 4]
    assert [progress.stage for progress in told] == ["converting"] * 5 + ["settling"]
    assert (told[-1].refused, told[-1].total) == (1, 4)


def test_how_many_documents_an_archive_holds_is_not_known_before(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"text": "Norway pledged aid to Ukraine."}\n{"text": "Japan accused China."}\n')
    told: list[Progress] = []
    run_build([str(tmp_path / "all.jsonl")], Settings(store=str(tmp_path / "store")), on_progress=told.append)
    assert (told[-1].total, told[-1].done) == (None, 2)
