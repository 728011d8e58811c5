"""A build on a Dask cluster whose parts are processes of their own, and die."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.build.test_workers import write_wire
from tests.cli.desk import run, run_alone
from tests.faults.cluster import Cluster
from tests.faults.test_poison import MODEL
from tests.faults.wire import ROOT
from tests.store.remote.conftest import find_free_port

pytest.importorskip("distributed", reason="Dask is not installed")


@pytest.fixture
def make_cluster(tmp_path: Path) -> Iterator[Callable[..., Cluster]]:
    clusters: list[Cluster] = []

    def make(**environment: str) -> Cluster:
        cluster = Cluster(tmp_path / "dask", **environment)
        clusters.append(cluster)
        cluster.start_scheduler()
        for number in range(3):
            cluster.start_worker(f"worker-{number}")
        return cluster

    yield make
    for cluster in clusters:
        cluster.kill_all()


def start_build(wire: Path, store: Path, cluster: Cluster) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg", "build", str(wire), "-s", str(store), "--engine", "dask"]
    return subprocess.Popen(
        [*command, "--scheduler", cluster.address, "--profile", "fast"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.slow
def test_a_cluster_whose_workers_die_builds_the_same_graph(tmp_path: Path, make_cluster: Callable[..., Cluster]) -> None:
    wire = write_wire(tmp_path / "wire", 96)
    cluster = make_cluster()
    chosen = random.Random(7)  # noqa: S311 - the same kills each time
    with start_build(wire, tmp_path / "store", cluster) as build:
        for _ in range(3):
            time.sleep(chosen.uniform(4, 9))
            if build.poll() is not None:
                break
            name = f"worker-{chosen.randrange(3)}"
            cluster.kill(name)
            cluster.start_worker(name)
        output, problems = build.communicate(timeout=400)
    assert (build.returncode, problems) == (0, b"")
    assert b"96 added" in output
    assert run("build", wire, "-s", tmp_path / "plain", "--profile", "fast").exit_code == 0
    assert run("diff", tmp_path / "store", tmp_path / "plain").exit_code == 0
    assert not (tmp_path / "store-work").exists()


@pytest.mark.slow
def test_a_build_whose_scheduler_died_goes_on_with_what_was_done(tmp_path: Path, make_cluster: Callable[..., Cluster]) -> None:
    wire = write_wire(tmp_path / "wire", 96)
    store, work = tmp_path / "store", tmp_path / "store-work"
    cluster = make_cluster()
    with start_build(wire, store, cluster) as build:
        deadline = time.monotonic() + 240
        while not list(work.glob("*.results")) and time.monotonic() < deadline:
            time.sleep(0.1)
        cluster.kill_all()
        _, problems = build.communicate(timeout=200)
    assert build.returncode == 2
    assert problems.count(b"\n") == 1
    done = len(list(work.glob("*.results")))
    assert done > 0

    other = make_cluster()
    with start_build(wire, store, other) as again:
        _, problems = again.communicate(timeout=400)
    assert (again.returncode, problems) == (0, b"")
    assert run("build", wire, "-s", tmp_path / "plain", "--profile", "fast").exit_code == 0
    assert run("diff", store, tmp_path / "plain").exit_code == 0


@pytest.mark.slow
def test_a_document_that_kills_workers_is_set_aside_and_named(tmp_path: Path, make_cluster: Callable[..., Cluster]) -> None:
    wire = write_wire(tmp_path / "wire", 5)
    (wire / "poison.txt").write_text("Oslo said on Monday that it drank HEMLOCK.\n", "utf-8")
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "en_core_web_sm_fragile.py").write_text(MODEL, "utf-8")
    environment = {"KG_MODEL": "en_core_web_sm_fragile", "PYTHONPATH": f"{ROOT}:{folder}", "KG_PROFILE": "fast"}
    cluster = make_cluster(**environment)
    words = ("--engine", "dask", "--scheduler", cluster.address)
    answer = run_alone("build", wire, "-s", tmp_path / "store", *words, **environment)
    assert answer.returncode == 5
    assert b"5 added, 1 refused" in answer.stdout
    assert b"poison.txt" in answer.stderr


def test_a_scheduler_that_is_not_there_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.cluster._CONNECT_SECONDS", 1)
    wire = write_wire(tmp_path / "wire", 1)
    address = f"tcp://127.0.0.1:{find_free_port()}"
    answer = run("build", wire, "-s", tmp_path / "store", "--engine", "dask", "--scheduler", address)
    assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("words", [("--engine", "dask"), ("--scheduler", "tcp://127.0.0.1:1")])
def test_an_engine_and_its_scheduler_go_together(tmp_path: Path, words: tuple[str, ...]) -> None:
    wire = write_wire(tmp_path / "wire", 1)
    assert run("build", wire, "-s", tmp_path / "store", *words).exit_code == 2
