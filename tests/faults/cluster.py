"""A Dask cluster whose parts are processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.faults.wire import ROOT
from tests.store.remote.conftest import find_free_port


class Cluster:
    """A scheduler and workers on this machine, each in a session of its own, that can be killed one by one.

    Args:
        folder: for the files of workers.
        environment: what it has beside that of this process.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self.address = f"tcp://127.0.0.1:{find_free_port()}"
        self._folder, self._parts = folder, dict[str, subprocess.Popen[bytes]]()
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}

    def start_scheduler(self) -> None:
        port = self.address.rpartition(":")[2]
        self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")

    def start_worker(self, name: str) -> None:
        local = self._folder / name
        options = ("--nthreads", "1", "--memory-limit", "2GB", "--no-dashboard", "--local-directory", str(local))
        self._start(name, "worker", self.address, *options, "--name", name)

    def _start(self, name: str, *words: str) -> None:
        self._parts[name] = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        os.killpg(self._parts[name].pid, signal.SIGKILL)
        self._parts.pop(name).wait()

    def kill_all(self) -> None:
        for name in list(self._parts):
            self.kill(name)
