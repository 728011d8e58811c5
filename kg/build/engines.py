"""Where documents are converted: in this process and others on this machine, or on a cluster (`kg.build.cluster`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from kg.build.toolchain import Toolchain
from kg.build.workers import Job, Outcome, WorkerPool, convert_job
from kg.model.document import Document
from kg.settings import Settings

_Part = TypeVar("_Part")
_Made = TypeVar("_Made")


class Engine(Protocol):
    """Converts documents, and does other work that comes in parts."""

    def start(self) -> None:
        """Make ready to convert while something else is done: there will be documents. It may be left out."""
        ...

    def convert(self, jobs: Iterable[Job]) -> Iterator[tuple[Document, Outcome]]:
        """Yield each document with what it yields, or with the reason why it yields nothing, in the order given."""
        ...

    def apply(self, function: Callable[[_Part], _Made], parts: Iterable[_Part]) -> Iterator[_Made]:
        """Yield what a function of a module makes of each part, in the order given; it knows the part and files it names.

        Other processes begin at once with the first parts, before what they make is asked for.
        """
        ...

    def finish(self) -> None:
        """Forget what was kept for another try: all results are stored."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


class LocalEngine:
    """Processes of this machine.

    Args:
        toolchain: used where there is one process only.
        settings: for the others.
        processes: how many.
    """

    def __init__(self, toolchain: Toolchain, settings: Settings, processes: int) -> None:
        self._toolchain, self._settings, self._processes = toolchain, settings, processes
        self._pool: WorkerPool | None = None

    def start(self) -> None:
        """See `Engine`."""
        if self._processes > 1:
            self._pool = WorkerPool(self._settings, self._processes)
            self._pool.load()

    def convert(self, jobs: Iterable[Job]) -> Iterator[tuple[Document, Outcome]]:
        """See `Engine`."""
        if self._processes > 1:
            self._pool = self._pool or WorkerPool(self._settings, self._processes)
            return self._pool.convert(jobs)
        return ((job.document, convert_job(self._toolchain, job)) for job in jobs)

    def apply(self, function: Callable[[_Part], _Made], parts: Iterable[_Part]) -> Iterator[_Made]:
        """See `Engine`."""
        return map(function, parts) if self._pool is None else self._pool.apply(function, parts)

    def finish(self) -> None:
        """See `Engine`: nothing is kept."""

    def close(self) -> None:
        """See `Engine`."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None
