"""A power cut between two flushes: what the system had not yet written is gone, and the same command makes it good.

What survives is taken to be the least that the system promises: files that were synchronised, and of the engine's log what it
held at the last flush, or any piece of what came after it.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.build.run import run_build
from kg.store.difference import find_differences
from kg.store.embedded import Store
from tests.build.test_edit_sequences import NAMES, Newsroom, Reader, reader
from tests.faults.wire import list_stored

__all__ = ["reader"]

#: What the engine is asked to write.
WRITES = frozenset({"update", "bulk_load"})
#: Files that say nothing of what is stored.
UNSYNCED = frozenset({"LOCK", "writer.json", "annotations.sqlite-shm"})
#: Graphs written at once, so that few texts make many batches.
BATCH = 3


class Engine:
    """The engine of a store; tells before and after each write, and after each flush."""

    def __init__(self, inner: Any, on_write: Callable[[], None], on_flush: Callable[[], None]) -> None:
        self._inner, self._on_write, self._on_flush = inner, on_write, on_flush

    def __getattr__(self, name: str) -> Any:
        action = getattr(self._inner, name)
        if name not in WRITES and name != "flush":
            return action

        def act(*arguments: Any, **options: Any) -> None:
            self._on_write()
            action(*arguments, **options)
            (self._on_flush if name == "flush" else self._on_write)()

        return act

    def __len__(self) -> int:
        return len(self._inner)


class PowerCuts:
    """Copies of a store as cuts at each of its writes would leave it."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.copies: list[tuple[Path, set[str]]] = []
        self._store, self._folder = store, folder
        self._chosen = random.Random(11)  # noqa: S311 - the same cuts each time
        self._synced: dict[str, int] = {}
        self._acknowledged: set[str] = set()

    def note_flush(self) -> None:
        self._synced = {path.name: path.stat().st_size for path in self._store.glob("*.log")}
        self._acknowledged = list_stored(self._store)

    def cut(self) -> None:
        copy = self._folder / str(len(self.copies))
        while not self._copy(copy):
            shutil.rmtree(copy)
        for path in copy.glob("*.log"):
            size = path.stat().st_size
            synced = min(self._synced.get(path.name, 0), size)
            kept = self._chosen.choice((synced, self._chosen.randint(synced, size)))
            path.write_bytes(path.read_bytes()[:kept])
        self.copies.append((copy, set(self._acknowledged)))

    def _copy(self, target: Path) -> bool:
        """Copy the files that survive; whether the engine, which merges files meanwhile, left them all in place."""
        target.mkdir(parents=True)
        try:
            before = self._list_files()
            for name in before:
                shutil.copyfile(self._store / name, target / name)
            return self._list_files() == before
        except FileNotFoundError:
            return False

    def _list_files(self) -> dict[str, int]:
        found = [path for path in self._store.iterdir() if path.is_file() and path.name not in UNSYNCED]
        return {path.name: path.stat().st_size for path in sorted(found) if not path.name.startswith("LOG")}


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place whose stores nobody validates: without a graph of the ontology none is valid."""
    return tmp_path_factory.mktemp("cuts")


@pytest.fixture
def room(folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setattr("kg.build.run._BATCH_SIZE", 1)
    for name in ("_REPLACED_TOGETHER", "_ADDED_TOGETHER", "_LEAST_WAITING", "_MOST_WAITING"):
        monkeypatch.setattr(f"kg.build.writing.{name}", BATCH)
    room = Newsroom(folder / "room", reader)
    for name in NAMES:
        room.write(name, 0)
    return room


def build_with_cuts(room: Newsroom, folder: Path) -> list[tuple[Path, set[str]]]:
    cuts = PowerCuts(room.store, folder)
    cuts.note_flush()
    with pytest.MonkeyPatch.context() as patch:
        inner = property(lambda store: Engine(store._open_inner, cuts.cut, cuts.note_flush))
        patch.setattr(Store, "_inner", inner)
        room.build()
    return cuts.copies


def assert_all_finish(room: Newsroom, copies: list[tuple[Path, set[str]]]) -> None:
    clean = room.folder / "clean"
    run_build([str(room.texts)], room.settings.model_copy(update={"store": str(clean)}))
    assert list(find_differences(room.store, clean)) == []
    wanted = list_stored(clean)
    for copy, acknowledged in copies:
        assert acknowledged & wanted <= list_stored(copy)
        run_build([str(room.texts)], room.settings.model_copy(update={"store": str(copy)}), is_pruning=True)
        assert list(find_differences(copy, clean)) == [], copy.name


@pytest.mark.slow
def test_a_power_cut_at_any_write_of_a_first_build_loses_nothing_that_was_flushed(folder: Path, room: Newsroom) -> None:
    copies = build_with_cuts(room, folder / "cuts")
    assert len(copies) > 20
    assert {len(acknowledged) for _, acknowledged in copies} >= {0, BATCH, 2 * BATCH}
    assert_all_finish(room, copies)


@pytest.mark.slow
def test_a_power_cut_while_documents_change_and_go_is_made_good(folder: Path, room: Newsroom) -> None:
    room.build()
    for name in NAMES[::2]:
        room.write(name, 1)
    room.remove(NAMES[1], is_by_command=False)
    copies = build_with_cuts(room, folder / "cuts")
    assert len(copies) > 10
    assert_all_finish(room, copies)
