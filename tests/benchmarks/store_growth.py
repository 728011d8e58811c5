"""How a build grows beyond extraction: `python -m tests.benchmarks.store_growth [--articles 1000 3000] [--out FILE]`.

Articles are recombined from annotated ones (`tests.benchmarks.recombined`), written as JSON Lines and built by the code of
`kg build` in a process of its own, in which extraction alone is left out: documents are read, actors resolved, graphs written,
identities, events and claims over documents settled, all flushed to disk. What extraction costs, which sees one text at a time,
is measured on fifty of the articles. Then the same build is run again: unchanged, with ten more articles, with ten of another
day, and without the ten that came last. Printed is one line of JSON for each number of articles, and the exponents with which
time and disk grow; what is known before, on the error output.

Seconds are those of the processor, but for `clock`; `seconds_with_extraction` has that of all articles, reckoned from the fifty;
bytes are of what lies on disk; `peak` is the largest resident size of the process that builds, all models loaded. The second
build finds nothing to do only where the code stayed as it was meanwhile.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, TextIO, TypeVar

from kg.build.engines import LocalEngine
from kg.build.run import run_build
from kg.build.toolchain import Toolchain
from kg.build.workers import Job, Outcome
from kg.model.annotation import Annotation, Resolution
from kg.model.document import Document
from kg.settings import Settings
from kg.store.annotations import FILE_NAME
from kg.store.packing import pack_annotation
from kg.store.reader import Reader, open_reader
from kg.store.terms import QuerySolutions
from tests.benchmarks.memory import read_peak_mb
from tests.benchmarks.recombined import ADDRESS, Recombiner, read_templates

SIZES = (1000, 3000)
_Part = TypeVar("_Part")
_Made = TypeVar("_Made")
#: Articles that are added, changed and removed once a store is built.
_EDITED = 10
#: Articles that are extracted, to know what that costs, after one more, for which the models are loaded.
_EXTRACTED = 50
#: What a graph is counted by.
_CLASSES = ("Document", "Claim", "Event", "Occurrence", "Thesis", "Utterance", "Person")
_COUNT = "SELECT (COUNT(DISTINCT ?node) AS ?count) WHERE { GRAPH ?graph { ?node a <https://sayso.example/ontology#%s> } }"


class RecombiningEngine:
    """Stands in for the processes that extract: what they would find in a recombined article is known.

    Attributes:
        made: seconds of the processor that went into making articles, which no build has.
        extracting: seconds that the extraction of each of some articles took.
        finished: the processor's time when the graphs of all documents were written.
    """

    def __init__(self, toolchain: Toolchain, recombiner: Recombiner) -> None:
        self._toolchain, self._recombiner = toolchain, recombiner
        self.made = self.finished = 0.0
        self.extracting: list[float] = []

    def start(self) -> None:
        """Load nothing."""

    def convert(self, jobs: Iterable[Job]) -> Iterator[tuple[Document, Outcome]]:
        """Yield each article with its graph and what is kept of it."""
        for place, job in enumerate(jobs):
            extracted = self._time_extraction(job) if place <= _EXTRACTED else 0.0
            self.made += extracted
            begin = time.thread_time()
            extraction = self._recombiner.make_extraction(int((job.document.url or "").removeprefix(ADDRESS)))
            body = pack_annotation(Annotation(document=job.document, extraction=extraction, resolution=Resolution()))
            made = time.thread_time()
            result = self._toolchain.convert(job.document, job.canonical, body)
            self.made += made - begin
            if 0 < place <= _EXTRACTED:
                self.extracting.append(extracted - (time.thread_time() - made))
            yield job.document, result._replace(kept=result.kept._replace(vectors=extraction.vectors))

    def _time_extraction(self, job: Job) -> float:
        """Return the seconds of the processor that an article takes from its text to its graph."""
        begin = time.process_time()
        self._toolchain.convert(job.document, job.canonical)
        return time.process_time() - begin

    def apply(self, function: Callable[[_Part], _Made], parts: Iterable[_Part]) -> Iterator[_Made]:
        """Do it here."""
        return map(function, parts)

    def finish(self) -> None:
        """Note the time; nothing is kept for another try."""
        self.finished = time.process_time()

    def close(self) -> None:
        """End nothing."""


def build(articles: Path, store: Path) -> dict[str, Any]:
    """Build a store from a file of recombined articles, twice, and return the figures of the module's docstring."""
    settings = Settings(store=str(store))
    recombiner = Recombiner(read_templates(Toolchain(settings), settings.base))
    engines: list[RecombiningEngine] = []

    def make_engine(toolchain: Toolchain) -> RecombiningEngine:
        engines.append(RecombiningEngine(toolchain, recombiner))
        return engines[-1]

    begin, clock = time.process_time(), time.perf_counter()
    report = run_build([str(articles)], settings, make_engine=make_engine)
    end, made, lap = time.process_time(), engines[0].made, engines[0].finished
    extraction = fmean(engines[0].extracting) * len(report.added)
    figures: dict[str, Any] = {
        "articles": len(report.added),
        "refused": len(report.refused),
        "quads": report.statements,
        "seconds": round(end - begin - made, 1),
        "seconds_of_documents": round(lap - begin - made, 1),
        "seconds_over_documents": round(end - lap, 1),
        "seconds_of_extraction": round(extraction, 1),
        "seconds_with_extraction": round(end - begin - made + extraction, 1),
        "clock": round(time.perf_counter() - clock - made, 1),
        "peak_mb": read_peak_mb(),
    }
    _tell(figures, sys.stderr)
    begin = time.process_time()
    again = run_build([str(articles)], settings, make_engine=lambda toolchain: LocalEngine(toolchain, settings, 1))
    figures["seconds_unchanged"] = round(time.process_time() - begin, 1)
    assert len(again.unchanged) == len(report.added), "the same articles were read as others"
    files = [path for path in store.rglob("*") if path.is_file()]
    figures["bytes"] = sum(path.stat().st_size for path in files)
    figures["bytes_kept"] = sum(path.stat().st_size for path in files if path.name.startswith(FILE_NAME))
    with open_reader(store) as reader:
        figures |= {name.lower() + "s": _count(reader, name) for name in _CLASSES}
    _tell(figures, sys.stderr)
    for name, records in _edit(articles.read_text("utf-8").splitlines(), recombiner):
        articles.write_text("".join(f"{record}\n" for record in records), "utf-8")
        begin = time.process_time()
        edited = run_build([str(articles)], settings, make_engine=make_engine, is_pruning=True)
        figures[f"seconds_{name}"] = round(time.process_time() - begin - engines[-1].made, 1)
        _tell({name: figures[f"seconds_{name}"]}, sys.stderr)
        assert [len(edited.added), len(edited.changed), len(edited.removed)].count(_EDITED) == 1, "other articles were edited"
    return figures


def _edit(records: list[str], recombiner: Recombiner) -> Iterator[tuple[str, list[str]]]:
    """Yield what is done to the records of articles, one after the other, with all records afterwards."""
    more = [*records, *(json.dumps(recombiner.make_record(len(records) + at)) for at in range(_EDITED))]
    yield "of_ten_more", more
    for at in range(0, len(records), -(-len(records) // _EDITED)):
        more[at] = json.dumps({**json.loads(more[at]), "published": "2021-06-01"})
    yield "of_ten_changed", more
    yield "of_ten_fewer", more[: len(records)]


def _count(reader: Reader, name: str) -> int:
    solutions = reader.query(_COUNT % name)
    assert isinstance(solutions, QuerySolutions)  # a SELECT
    return int(next(solutions)[0].value)


def write_articles(path: Path, count: int, recombiner: Recombiner) -> None:
    """Write the records of so many articles as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(recombiner.make_record(number)) + "\n")


def fit_exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the power of the first with which the second of each pair grows, by least squares of logarithms; 1 is linear.

    Raises:
        ValueError: there are fewer than two different sizes.
    """
    pairs = [(math.log(size), math.log(value)) for size, value in points]
    middle = sum(size for size, _ in pairs) / len(pairs)
    spread = sum((size - middle) ** 2 for size, _ in pairs)
    if spread == 0:
        raise ValueError("an exponent needs two sizes")
    return sum((size - middle) * value for size, value in pairs) / spread


def measure(sizes: Iterable[int], folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the figures for each number of articles, each built in a process and a folder of its own."""
    settings = Settings()
    recombiner = Recombiner(read_templates(Toolchain(settings), settings.base))
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            articles = Path(place) / "articles.jsonl"
            write_articles(articles, size, recombiner)
            command = [sys.executable, "-m", "tests.benchmarks.store_growth", "--build", place]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            yield json.loads(done.stdout.splitlines()[-1])


def fit_growth(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the exponents of time, disk, memory and quads over the articles; none for a single size."""
    if len({row["articles"] for row in rows}) < 2:
        return {}
    times = ("seconds_with_extraction", "seconds", "seconds_of_documents", "seconds_over_documents")
    names = (*times, "bytes", "peak_mb", "quads", "persons")
    return {name: round(fit_exponent([(row["articles"], row[name]) for row in rows]), 3) for name in names}


def main() -> int:
    """Print one line of JSON for each number of articles and one of exponents; write all where asked. Return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="where stores are made and removed")
    parser.add_argument("--out", type=Path, help="a JSON file of all figures")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build is not None:
        _tell(build(arguments.build / "articles.jsonl", arguments.build / "store"))
        return 0
    rows = []
    for row in measure(arguments.articles, arguments.folder):
        rows.append(row)
        _tell(row)
    exponents = fit_growth(rows)
    _tell({"exponents": exponents})
    if arguments.out is not None:
        arguments.out.write_text(json.dumps({"rows": rows, "exponents": exponents}, indent=1) + "\n", "utf-8")
    return 0


def _tell(figures: Mapping[str, Any], stream: TextIO | None = None) -> None:
    print(json.dumps(figures), file=stream or sys.stdout, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
