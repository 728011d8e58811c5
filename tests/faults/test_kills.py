"""Killed at any moment, the same command finishes to the same graph, and what a reader has seen stays."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.desk import run
from tests.faults.wire import kill_at, kill_group, list_stored, start_build, write_notes

DOCUMENTS = 300
#: Kills in one store after the other before it may finish.
KILLS = 3
#: Stores that are killed; `make soak` has 30 kills.
STORES = int(os.environ.get("KG_SOAK_STORES", "2"))


class Calm(NamedTuple):
    """A build that nobody disturbed, with the processor time that it took."""

    texts: Path
    store: Path
    seconds: float


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Calm:
    folder = tmp_path_factory.mktemp("calm")
    texts = write_notes(folder / "texts", DOCUMENTS)
    child = start_build(texts, folder / "store")
    output, problems = child.stdout, child.stderr
    assert output is not None
    assert problems is not None
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    with output, problems:
        assert (child.returncode, problems.read()) == (0, b"")
    return Calm(texts, folder / "store", usage.ru_utime + usage.ru_stime)


def finish(calm: Calm, store: Path) -> None:
    """Let the same command end undisturbed, and compare."""
    answer = run("build", calm.texts, "-s", store, "--profile", "fast")
    assert (answer.exit_code, answer.stderr) == (0, "")
    difference = run("diff", store, calm.store)
    assert (difference.exit_code, difference.stdout) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(STORES))
def test_a_build_that_is_killed_again_and_again_ends_in_the_same_graph(tmp_path: Path, calm: Calm, number: int) -> None:
    chosen = random.Random(number)  # noqa: S311 - the same kills each time
    store = tmp_path / "store"
    jobs = ("--jobs", str(1 + number % 2))
    seen: set[str] = set()
    killed = 0
    while killed < KILLS:
        # A build that goes on has less to do than one from nothing.
        left = calm.seconds * (1 - 0.8 * len(seen) / DOCUMENTS)
        with start_build(calm.texts, store, *jobs) as child:
            was_killed = kill_at(child, chosen.uniform(0.1, 1) * left)
        found = list_stored(store)
        assert seen <= found
        seen = found
        if not was_killed:
            break
        killed += 1
    assert killed
    finish(calm, store)


@pytest.mark.slow
def test_what_a_reader_has_seen_is_there_after_a_kill(tmp_path: Path, calm: Calm) -> None:
    store = tmp_path / "store"
    with start_build(calm.texts, store) as child:
        while not (seen := list_stored(store)):
            assert child.poll() is None
        assert kill_group(child)
    assert seen <= list_stored(store)
    finish(calm, store)


@pytest.mark.slow
def test_a_kill_between_actors_and_their_new_documents_is_put_right(tmp_path: Path, calm: Calm) -> None:
    store = tmp_path / "store"
    note = store / "unsettled-actors"
    with start_build(calm.texts, store) as child:
        while not note.exists():
            assert child.poll() is None
        assert kill_group(child)
    assert note.exists()
    finish(calm, store)
