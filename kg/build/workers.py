"""Processes of this machine: they convert documents, and do other work that comes in parts; results come in the order given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kg.build.collecting import collect_rarely
from kg.build.toolchain import Result, Toolchain
from kg.errors import DocumentRefusedError, KgError
from kg.model.document import Document
from kg.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessExpired, ProcessFuture

#: Seconds that one document may take in a worker before it is set aside.
DOCUMENT_LIMIT_SECONDS = 120
#: Documents, and parts of other work, under way for each worker: few enough to bound memory, and of documents so many that
#: it is kept busy while some hundred graphs are written. What comes of one is some hundred kilobytes, of a part a few megabytes.
_DOCUMENTS_AHEAD, _PARTS_AHEAD = 40, 8

Outcome = Result | DocumentRefusedError
#: What a worker hands back: a result, or the parts of a refusal, as exceptions with constructors of their own cannot be pickled.
Parts = Result | tuple[str, str, int | None]


class Job(NamedTuple):
    """A document to be converted; `canonical` and `body` as for `Toolchain.convert`."""

    document: Document
    canonical: dict[str, str]
    body: bytes | None = None


_Item = TypeVar("_Item")
_Part = TypeVar("_Part")
_Made = TypeVar("_Made")
_worker_toolchain: Toolchain | None = None


def convert_job(toolchain: Toolchain, job: Job) -> Outcome:
    """Return what a document yields, or why it yields nothing."""
    try:
        return toolchain.convert(*job)
    except DocumentRefusedError as error:
        return error
    except KgError as error:
        return DocumentRefusedError(job.document.path, str(error))


class WorkerPool:
    """Processes of this machine, started with the first thing that they are given to do.

    Args:
        settings: with which each converts documents.
        processes: how many.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        import multiprocessing  # noqa: PLC0415 - only for several processes

        from pebble import ProcessPool  # noqa: PLC0415

        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPool(max_workers=processes, initializer=_start_worker, initargs=(settings,), context=context)
        self._processes = processes

    def load(self) -> None:
        """Have the processes start, and load what converts documents, while this one goes on."""
        for _ in range(self._processes):
            self._pool.schedule(_load)

    def convert(self, jobs: Iterable[Job]) -> Iterator[tuple[Document, Outcome]]:
        """Yield each document with what it yields, or with the reason why it yields nothing, in the order given."""

        def schedule(job: Job) -> ProcessFuture[Parts]:
            return self._pool.schedule(_work, args=(job,), timeout=DOCUMENT_LIMIT_SECONDS)

        for job, future in _schedule_ahead(jobs, schedule, self._processes * _DOCUMENTS_AHEAD):
            yield _collect(job, future, schedule)

    def apply(self, function: Callable[[_Part], _Made], parts: Iterable[_Part]) -> Iterator[_Made]:
        """See `Engine`: the first parts are begun at once; of a part whose process died, this one makes it."""

        def schedule(part: _Part) -> ProcessFuture[_Made]:
            return self._pool.schedule(function, args=(part,))

        ahead = _schedule_ahead(parts, schedule, self._processes * _PARTS_AHEAD)
        begun = list(islice(ahead, 1))
        return _collect_parts(function, chain(begun, ahead))

    def close(self) -> None:
        """End the processes; what they are at is lost."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _schedule_ahead(
    items: Iterable[_Item], schedule: Callable[[_Item], ProcessFuture[_Made]], length: int
) -> Iterator[tuple[_Item, ProcessFuture[_Made]]]:
    """Yield each item with what will come of it, in order; so many are under way."""
    waiting: deque[tuple[_Item, ProcessFuture[_Made]]] = deque()
    for item in items:
        waiting.append((item, schedule(item)))
        if len(waiting) >= length:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _collect(job: Job, future: ProcessFuture[Parts], schedule: Callable[[Job], ProcessFuture[Parts]]) -> tuple[Document, Outcome]:
    """Wait for a document; one that killed or hung its worker has another try, as the machine may have been to blame."""
    problem = ""
    for attempt in (future, None):
        try:
            parts = (attempt or schedule(job)).result()
        except FutureTimeoutError:
            problem = f"took more than {DOCUMENT_LIMIT_SECONDS} s, twice; split the text"
        except _find_expired() as error:
            problem = f"its worker process died twice (exit code {error.exitcode}); set aside"
        else:
            return job.document, to_outcome(parts)
    return job.document, DocumentRefusedError(job.document.path, problem)


def _collect_parts(function: Callable[[_Part], _Made], begun: Iterable[tuple[_Part, ProcessFuture[_Made]]]) -> Iterator[_Made]:
    """Wait for each part."""
    expired = _find_expired()
    for part, future in begun:
        try:
            made = future.result()
        except expired:
            made = function(part)
        yield made


def _find_expired() -> type[ProcessExpired]:
    from pebble import ProcessExpired  # noqa: PLC0415 - only for several processes

    return ProcessExpired


def _start_worker(settings: Settings) -> None:
    global _worker_toolchain  # noqa: PLW0603 - one a process, made when it starts
    collect_rarely()
    _worker_toolchain = Toolchain(settings)


def _load() -> None:
    """Load what converts documents. What is wrong with it is told with each document, which then loads it anew."""
    assert _worker_toolchain is not None
    _worker_toolchain.load()


def _work(job: Job) -> Parts:
    assert _worker_toolchain is not None
    return to_parts(convert_job(_worker_toolchain, job))


def to_parts(outcome: Outcome) -> Parts:
    """Return an outcome as it can be handed to another process: a refusal as its parts."""
    return (outcome.path, outcome.problem, outcome.line) if isinstance(outcome, DocumentRefusedError) else outcome


def to_outcome(parts: Parts) -> Outcome:
    """Return the outcome that `to_parts` was given."""
    return parts if isinstance(parts, Result) else DocumentRefusedError(*parts)
