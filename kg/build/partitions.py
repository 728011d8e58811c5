"""Partitions: documents that one worker converts, from one file to another, on whatever engine runs the worker.

In the folder of the work, each partition has `ID.jobs` (what is to be done), and once it is done `ID.keys` and `ID.results`, each
put in place by one rename: a partition that is killed leaves nothing but time lost. While it runs, `ID.crumb` names the document
that is being converted: the next try knows by it which document the last one died of. A document that two workers died of
is set aside.

The files are Python's pickles: whoever can write to the folder can run code in the workers and in the build.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from kg.build.collecting import collecting_rarely
from kg.build.toolchain import Toolchain
from kg.build.workers import DOCUMENT_LIMIT_SECONDS, Job, Parts, convert_job, to_parts
from kg.errors import DocumentRefusedError
from kg.settings import Settings

#: Workers that may die of a document before it is set aside.
_MOST_KILLS = 2


def make_key(job: Job, version: str) -> str:
    """Return what tells whether a result of an earlier run is that of this job: the document, the extractor, known actors."""
    told = [version, job.document.id, job.document.path, job.document.sha256, sorted(job.canonical.items()), job.body is not None]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class WorkFolder:
    """The partitions of one build.

    Args:
        path: a folder that the build and all workers see under this name; it is made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write_jobs(self, jobs: Sequence[Job], version: str) -> str:
        """Write a partition and return its id, which depends on its jobs alone."""
        keys = [make_key(job, version) for job in jobs]
        identifier = hashlib.sha256("".join(keys).encode()).hexdigest()[:24]
        self._write(f"{identifier}.jobs", pickle.dumps((keys, list(jobs))))
        return identifier

    def read_jobs(self, identifier: str) -> tuple[list[str], list[Job]]:
        """Return the keys and jobs of a partition."""
        keys, jobs = pickle.loads((self.path / f"{identifier}.jobs").read_bytes())  # noqa: S301 - see above
        return keys, jobs

    def write_results(self, identifier: str, keys: Sequence[str], results: Sequence[Parts]) -> None:
        """Put the results of a partition in place; its crumb goes."""
        self._write(f"{identifier}.keys", "\n".join(keys).encode())
        self._write(f"{identifier}.results", pickle.dumps(list(results)))
        self.forget_crumb(identifier)

    def read_results(self, identifier: str) -> list[Parts]:
        """Return the results of a partition, in the order of its jobs."""
        results: list[Parts] = pickle.loads((self.path / f"{identifier}.results").read_bytes())  # noqa: S301 - see above
        return results

    def is_done(self, identifier: str) -> bool:
        """Whether the results are there."""
        return (self.path / f"{identifier}.results").is_file()

    def find_results(self) -> dict[str, tuple[str, int]]:
        """Return the partition and the place of each result that is there, by key."""
        found = {}
        for path in sorted(self.path.glob("*.results")):
            keys = path.with_suffix(".keys").read_text("utf-8").split("\n")
            found.update({key: (path.stem, place) for place, key in enumerate(keys)})
        return found

    def read_kills(self, identifier: str) -> dict[int, int]:
        """Return how many workers died of which of a partition's documents, the one in flight included."""
        try:
            crumb = json.loads((self.path / f"{identifier}.crumb").read_text("utf-8"))
        except FileNotFoundError:
            return {}
        kills = {int(place): int(count) for place, count in crumb["kills"].items()}
        kills[crumb["place"]] = kills.get(crumb["place"], 0) + 1
        return kills

    def write_crumb(self, identifier: str, place: int, kills: Mapping[int, int]) -> None:
        """Note which document is being converted, and the kills until now."""
        self._write(f"{identifier}.crumb", json.dumps({"place": place, "kills": dict(kills)}).encode())

    def forget_crumb(self, identifier: str) -> None:
        """Note that no document is being converted; the kills until now are forgotten with that."""
        (self.path / f"{identifier}.crumb").unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove all partitions, and the folder if nothing else is in it."""
        for ending in ("jobs", "keys", "results", "crumb", "part"):
            for path in self.path.glob(f"*.{ending}"):
                path.unlink(missing_ok=True)
        if not any(self.path.iterdir()):
            self.path.rmdir()

    def _write(self, name: str, content: bytes) -> None:
        part = self.path / f"{name}.{os.getpid()}.{threading.get_ident()}.part"
        try:
            with part.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(self.path / name)
        except OSError:
            # On a full disk it would take the space that is made.
            part.unlink(missing_ok=True)
            raise


def convert_partition(folder: str, identifier: str, settings: Settings) -> str:
    """Convert the documents of a partition, unless that was done; return its id. This is what engines run.

    Each document has its time: when it is over, this process kills itself, which the next try counts against the document.

    Raises:
        OSError: the folder cannot be read or written, which the next try counts against none.
    """
    work = WorkFolder(Path(folder))
    if work.is_done(identifier):
        return identifier
    try:
        with collecting_rarely():
            _convert_jobs(work, identifier, settings)
    except OSError:
        work.forget_crumb(identifier)
        raise
    return identifier


def prepare(settings: Settings) -> None:
    """Load what the first partition would have to wait for."""
    _load_toolchain(settings).load()


def _convert_jobs(work: WorkFolder, identifier: str, settings: Settings) -> None:
    keys, jobs = work.read_jobs(identifier)
    kills = work.read_kills(identifier)
    toolchain = _load_toolchain(settings)
    results: list[Parts] = []
    for place, job in enumerate(jobs):
        if kills.get(place, 0) >= _MOST_KILLS:
            problem = f"its worker died or ran longer than {DOCUMENT_LIMIT_SECONDS} s, twice; set aside"
            results.append(to_parts(DocumentRefusedError(job.document.path, problem)))
            continue
        work.write_crumb(identifier, place, kills)
        with _limited():
            results.append(to_parts(convert_job(toolchain, job)))
    work.write_results(identifier, keys, results)


@lru_cache(maxsize=1)
def _load_toolchain(settings: Settings) -> Toolchain:
    return Toolchain(settings)


def _end_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def _limited(end: Callable[[], None] = _end_process) -> Iterator[None]:
    # Engines run tasks beside the main thread, where no signal can interrupt them.
    timer = threading.Timer(DOCUMENT_LIMIT_SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
