"""Documents to graphs, in this process or in several: the same results in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING, NamedTuple

from kg.build.toolchain import Result, Toolchain
from kg.errors import DocumentRefusedError, KgError
from kg.model.document import Document
from kg.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessExpired, ProcessFuture

#: Seconds that one document may take in a worker before it is set aside.
DOCUMENT_LIMIT_SECONDS = 120
#: Documents under way for each worker: enough to keep it busy, few enough to bound memory.
_QUEUE_LENGTH = 8

Outcome = Result | DocumentRefusedError
#: What a worker hands back: a result, or the parts of a refusal, as exceptions with constructors of their own cannot be pickled.
Parts = Result | tuple[str, str, int | None]


class Job(NamedTuple):
    """A document to be converted; `canonical` and `body` as for `Toolchain.convert`."""

    document: Document
    canonical: dict[str, str]
    body: bytes | None = None


_worker_toolchain: Toolchain | None = None


def convert_documents(
    jobs: Iterable[Job], toolchain: Toolchain, settings: Settings, processes: int
) -> Iterator[tuple[Document, Outcome]]:
    """Yield each document with what it yields, or with the reason why it yields nothing, in the order given."""
    if processes <= 1:
        for job in jobs:
            yield job.document, convert_job(toolchain, job)
    else:
        yield from _convert_in_pool(jobs, settings, processes)


def convert_job(toolchain: Toolchain, job: Job) -> Outcome:
    """Return what a document yields, or why it yields nothing."""
    try:
        return toolchain.convert(*job)
    except DocumentRefusedError as error:
        return error
    except KgError as error:
        return DocumentRefusedError(job.document.path, str(error))


def _convert_in_pool(jobs: Iterable[Job], settings: Settings, processes: int) -> Iterator[tuple[Document, Outcome]]:
    import multiprocessing  # noqa: PLC0415 - only for several processes

    from pebble import ProcessPool  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=processes, initializer=_start_worker, initargs=(settings,), context=context) as pool:

        def schedule(job: Job) -> ProcessFuture[Parts]:
            return pool.schedule(_work, args=(job,), timeout=DOCUMENT_LIMIT_SECONDS)

        waiting: deque[tuple[Job, ProcessFuture[Parts]]] = deque()
        try:
            for job in jobs:
                waiting.append((job, schedule(job)))
                if len(waiting) >= processes * _QUEUE_LENGTH:
                    yield _collect(*waiting.popleft(), schedule)
            while waiting:
                yield _collect(*waiting.popleft(), schedule)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


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


def _find_expired() -> type[ProcessExpired]:
    from pebble import ProcessExpired  # noqa: PLC0415 - only for several processes

    return ProcessExpired


def _start_worker(settings: Settings) -> None:
    global _worker_toolchain  # noqa: PLW0603 - one a process, made when it starts
    _worker_toolchain = Toolchain(settings)


def _work(job: Job) -> Parts:
    assert _worker_toolchain is not None
    return to_parts(convert_job(_worker_toolchain, job))


def to_parts(outcome: Outcome) -> Parts:
    """Return an outcome as it can be handed to another process: a refusal as its parts."""
    return (outcome.path, outcome.problem, outcome.line) if isinstance(outcome, DocumentRefusedError) else outcome


def to_outcome(parts: Parts) -> Outcome:
    """Return the outcome that `to_parts` was given."""
    return parts if isinstance(parts, Result) else DocumentRefusedError(*parts)
