"""Documents converted on a Dask cluster: this side of `kg.build.partitions`."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from kg.build.partitions import WorkFolder, convert_partition, make_key, prepare
from kg.build.workers import Job, Outcome, Parts, WorkerPool, to_outcome
from kg.errors import EngineFailedError
from kg.model.document import Document
from kg.settings import Settings
from kg.store.full_disk import find_full_disk

#: Documents of one partition: what a lost worker costs at most, and what the last worker may be at when the others are done.
_PARTITION_SIZE = 8
#: Partitions under way for each worker.
_AHEAD = 4
_CONNECT_SECONDS = 30
_Part = TypeVar("_Part")
_Made = TypeVar("_Made")


class DaskEngine:
    """Workers of a Dask cluster, which see the folder of the work, and have this very version installed.

    Args:
        settings: for the workers; relative paths in it are made absolute.
        version: the extractor's, which results must have.
        scheduler: its address, `tcp://HOST:PORT`.
        folder: for partitions (`kg.build.partitions`); results of an earlier run that are found in it are used.
        processes: of this machine, for what is done once documents are converted.
    """

    def __init__(self, settings: Settings, version: str, scheduler: str, folder: Path, processes: int = 1) -> None:
        self._settings = settings.model_copy(update={"actors": str(settings.actors_folder.absolute())})
        self._version, self._scheduler = version, scheduler
        self._work = WorkFolder(folder.absolute())
        self._read = lru_cache(maxsize=4)(self._work.read_results)
        self._processes = processes
        self._client: Any = None
        self._loading: list[Any] = []
        self._pool: WorkerPool | None = None

    def start(self) -> None:
        """See `Engine`: the workers that are there load what they need; what they cannot load, the first document tells.

        Raises:
            EngineFailedError: the cluster cannot be reached.
        """
        with self._told():
            self._client = self._connect()
            for worker in self._client.ncores():
                self._loading.append(self._client.submit(prepare, self._settings, workers=[worker], pure=False))

    def convert(self, jobs: Iterable[Job]) -> Iterator[tuple[Document, Outcome]]:
        """See `Engine`.

        Raises:
            EngineFailedError: the cluster cannot be reached, or is lost; what is done is kept for the next run.
            StoreFullError: there is no space for partitions, or a worker finds none; what is done is kept as well.
        """
        done = self._work.find_results()
        with self._told():
            self._client = self._client or self._connect()
            try:
                yield from self._convert_with(self._client, iter(jobs), done)
            finally:
                self._disconnect()

    def apply(self, function: Callable[[_Part], _Made], parts: Iterable[_Part]) -> Iterator[_Made]:
        """See `Engine`: done on this machine, as to hand parts to a cluster took two workers as long as they saved."""
        if self._processes == 1:
            return map(function, parts)
        self._pool = self._pool or WorkerPool(self._settings, self._processes)
        return self._pool.apply(function, parts)

    def _connect(self) -> Any:
        try:
            from distributed import Client  # noqa: PLC0415 - an optional package
        except ImportError as error:
            raise EngineFailedError("dask", "is not installed; install sayso[dask]") from error
        _silence()
        return Client(self._scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]

    def _disconnect(self) -> None:
        self._loading.clear()
        if self._client is not None:
            self._client.close()
            self._client = None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what fails with the cluster, or with the folder of the work, as that."""
        try:
            yield
        except OSError as error:
            if full := find_full_disk(self._work.path, error):
                raise full from error
            raise EngineFailedError(self._scheduler, f"cannot be reached or was lost ({' '.join(str(error).split())})") from error

    @staticmethod
    def _count_ahead(client: Any) -> int:
        return _AHEAD * max(1, len(client.ncores()))

    def _convert_with(
        self, client: Any, jobs: Iterator[Job], done: dict[str, tuple[str, int]]
    ) -> Iterator[tuple[Document, Outcome]]:
        waiting: deque[tuple[list[Job], str, Any]] = deque()
        while batch := list(islice(jobs, _PARTITION_SIZE)):
            if all(make_key(job, self._version) in done for job in batch):
                waiting.append((batch, "", None))
            else:
                identifier = self._work.write_jobs(batch, self._version)
                waiting.append((batch, identifier, self._submit(client, identifier)))
            if len(waiting) > self._count_ahead(client):
                yield from self._collect(client, *waiting.popleft(), done)
        while waiting:
            yield from self._collect(client, *waiting.popleft(), done)

    def _submit(self, client: Any, identifier: str) -> Any:
        return client.submit(convert_partition, str(self._work.path), identifier, self._settings, pure=False)

    def _collect(
        self, client: Any, batch: list[Job], identifier: str, future: Any, done: dict[str, tuple[str, int]]
    ) -> Iterator[tuple[Document, Outcome]]:
        if future is None:
            places = [done[make_key(job, self._version)] for job in batch]
            results: list[Parts] = [self._read(partition)[place] for partition, place in places]
        else:
            self._wait(client, identifier, future, len(batch))
            results = self._work.read_results(identifier)
        for job, parts in zip(batch, results, strict=True):
            outcome = to_outcome(parts)
            made_by = getattr(getattr(outcome, "kept", None), "version", self._version)
            if made_by != self._version:
                raise EngineFailedError(self._scheduler, f"has a worker of version {made_by}, not {self._version}; install one")
            yield job.document, outcome

    def _wait(self, client: Any, identifier: str, future: Any, size: int) -> None:
        """Wait for a partition; Dask gives one up after some lost workers, of which each poison document may cost two."""
        from concurrent.futures import CancelledError  # noqa: PLC0415

        from distributed import KilledWorker  # noqa: PLC0415

        tries_left = 2 * size + 2
        while True:
            try:
                future.result()
            except KilledWorker as error:
                tries_left -= 1
                if not tries_left:
                    raise EngineFailedError(self._scheduler, f"loses its workers again and again ({error})") from error
                future = self._submit(client, identifier)
            except CancelledError as error:
                raise EngineFailedError(self._scheduler, "was lost; the same command goes on with what is done") from error
            else:
                return

    def finish(self) -> None:
        """See `Engine`."""
        self._work.remove()

    def close(self) -> None:
        """See `Engine`."""
        self._disconnect()
        if self._pool is not None:
            self._pool.close()
            self._pool = None


def _silence() -> None:
    """Keep the library from printing what our own messages say in one line."""
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
