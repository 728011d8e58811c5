"""Documents to quads, in this process or in several: the same results in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING

from kg.build.toolchain import Toolchain
from kg.errors import DocumentRefusedError, KgError
from kg.model.document import Document
from kg.rdf.terms import Quad
from kg.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessFuture

#: Seconds that one document may take in a worker before it is set aside.
_DOCUMENT_LIMIT_SECONDS = 120
#: Documents under way for each worker: enough to keep it busy, few enough to bound memory.
_QUEUE_LENGTH = 8

Outcome = tuple[Quad, ...] | DocumentRefusedError
#: What a worker hands back: quads, or the parts of a refusal, as exceptions with constructors of their own cannot be pickled.
_Parts = tuple[tuple[Quad, ...], tuple[str, str, int | None] | None]

_worker_toolchain: Toolchain | None = None


def convert_documents(
    documents: Iterable[Document], toolchain: Toolchain, settings: Settings, version: str, jobs: int
) -> Iterator[tuple[Document, Outcome]]:
    """Yield each document with its quads, or with the reason why it has none, in the order given."""
    if jobs <= 1:
        for document in documents:
            yield document, _convert(toolchain, document, version)
    else:
        yield from _convert_in_pool(documents, settings, version, jobs)


def _convert(toolchain: Toolchain, document: Document, version: str) -> Outcome:
    try:
        return toolchain.to_quads(document, version)
    except DocumentRefusedError as error:
        return error
    except KgError as error:
        return DocumentRefusedError(document.path, str(error))


def _convert_in_pool(
    documents: Iterable[Document], settings: Settings, version: str, jobs: int
) -> Iterator[tuple[Document, Outcome]]:
    import multiprocessing  # noqa: PLC0415 - only for several jobs

    from pebble import ProcessPool  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=jobs, initializer=_start_worker, initargs=(settings,), context=context) as pool:
        waiting: deque[tuple[Document, ProcessFuture[_Parts]]] = deque()
        try:
            for document in documents:
                waiting.append((document, pool.schedule(_work, args=(document, version), timeout=_DOCUMENT_LIMIT_SECONDS)))
                if len(waiting) >= jobs * _QUEUE_LENGTH:
                    yield _collect(*waiting.popleft())
            while waiting:
                yield _collect(*waiting.popleft())
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _collect(document: Document, future: ProcessFuture[_Parts]) -> tuple[Document, Outcome]:
    from pebble import ProcessExpired  # noqa: PLC0415

    try:
        quads, problem = future.result()
    except FutureTimeoutError:
        return document, DocumentRefusedError(document.path, f"took more than {_DOCUMENT_LIMIT_SECONDS} s; split the text")
    except ProcessExpired as error:
        return document, DocumentRefusedError(document.path, f"its worker process died (exit code {error.exitcode}); set aside")
    return document, quads if problem is None else DocumentRefusedError(*problem)


def _start_worker(settings: Settings) -> None:
    global _worker_toolchain  # noqa: PLW0603 - one a process, made when it starts
    _worker_toolchain = Toolchain(settings)


def _work(document: Document, version: str) -> _Parts:
    assert _worker_toolchain is not None
    outcome = _convert(_worker_toolchain, document, version)
    if isinstance(outcome, DocumentRefusedError):
        return (), (outcome.path, outcome.problem, outcome.line)
    return outcome, None
