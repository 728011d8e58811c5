"""`python -m tests.benchmarks [--articles N] [--out docs/benchmarks.md --date DAY]`: ratios measured in one run.

Seconds alone say nothing on another machine: what is compared takes turns in one process, and its least time counts. The page
names machine and versions; its day is a parameter.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.build.toolchain import Toolchain
from kg.embedding.encoder import load_encoder
from kg.model.document import Document
from kg.query.catalogue import find_query
from kg.query.run import run_named_query
from kg.rdf.annotation import to_quads
from kg.rdf.terms import Quad
from kg.settings import Settings
from kg.store.embedded import open_store
from kg.store.terms import to_ox_quad
from tests.benchmarks.articles import make_articles
from tests.benchmarks.identity import measure_identity
from tests.benchmarks.jobs import measure_jobs
from tests.benchmarks.queries import measure_queries
from tests.benchmarks.text_growth import measure_growth

_ROUNDS = 3
#: Articles that rdflib is given: it takes tens of times as long.
_FEW = 20
#: Documents over which identities are found.
_MANY = 10_000
#: Queries that rdflib is asked.
_ASKED = ("most-quoted", "who-claims-putin-is-stalling", "who-met-whom")
#: Words of a text that the encoder is given, and how many such texts.
_CLAIM, _CLAIMS = 25, 600
#: Seconds of the engine below which a ratio tells only of what is paid once.
_LEAST = 0.01
_VERSIONED = ("pyoxigraph", "rdflib", "spacy", "numpy", "onnxruntime")
#: Runs the command line, then prints the process's own peak.
_BUILD = """
import atexit
from tests.benchmarks.memory import read_peak_mb
atexit.register(lambda: print(read_peak_mb()))
from kg.cli.main import main
main()
"""
_EXPORT = "from kg.cli.main import main; main()"


def main() -> int:
    """Print a table: what, figure, how it was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200, help="generated articles for the ratios")
    parser.add_argument("--memory-articles", type=int, default=1000, help="generated articles for the peak memory of `kg build`")
    parser.add_argument("--jobs-articles", type=int, default=300, help="recombined articles that one and two processes build")
    parser.add_argument("--out", type=Path, help="a Markdown file of the table")
    parser.add_argument("--date", help="day of the measurement, YYYY-MM-DD, for that file")
    arguments = parser.parse_args()
    if arguments.out is not None and arguments.date is None:
        parser.error("--out needs --date")
    rows = [
        *_measure_extraction(list(make_articles(arguments.articles))),
        *_measure_encoder(list(make_articles(arguments.articles))),
        *_measure_store(list(make_articles(arguments.articles))),
        *_measure_rdflib(list(make_articles(min(_FEW, arguments.articles)))),
        *measure_growth(),
        *_measure_memory(arguments.memory_articles),
        *_measure_jobs(arguments.jobs_articles),
        *_measure_identity(),
    ]
    width = max(len(row[0]) for row in rows)
    for name, value, how in rows:
        sys.stdout.write(f"{name:{width}}  {value:>12}  {how}\n")
    if arguments.out is not None:
        arguments.out.write_text(_to_page(rows, arguments), "utf-8")
    return 0


def _to_page(rows: Iterable[tuple[str, str, str]], arguments: argparse.Namespace) -> str:
    """Return the table as Markdown, with what it was measured on."""
    day = arguments.date
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONED)
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench DATE={day}`, with {arguments.articles} generated articles for the ratios,",
        f"{arguments.memory_articles} for memory and {arguments.jobs_articles} for processes;",
        f"measured on {day} with {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {versions}.",
        "Ratios are of two ways within one run, the least of three times each. `docs/planning.md` carries them further.",
        "",
        "| what | figure | how |",
        "|---|---|---|",
        *(f"| {name} | {value} | {how} |" for name, value, how in rows),
    ]
    return "\n".join(lines) + "\n"


def _measure_extraction(documents: list[Document]) -> list[tuple[str, str, str]]:
    """Compare words a second of extraction with those of the bare language model on the same texts."""
    settings = Settings()
    bare = importlib.import_module(settings.model).load()
    toolchains = {profile: Toolchain(Settings(profile=profile)) for profile in ("best", "fast")}
    words = sum(len(document.text.split()) for document in documents)
    tasks: dict[str, Callable[[], object]] = {"bare": lambda: [None for _ in bare.pipe(d.text for d in documents)]}
    for profile, toolchain in toolchains.items():
        toolchain.convert(documents[0], {})
        tasks[profile] = partial(_run, toolchain.annotate, documents)
    tasks["quads"] = lambda: [toolchains["best"].convert(d, {}) for d in documents]
    seconds = dict.fromkeys(tasks, float("inf"))
    for _ in range(_ROUNDS):
        for name, task in tasks.items():
            seconds[name] = min(seconds[name], _time(task))
    how = f"best of {_ROUNDS}, {len(documents)} articles, {words} words, one process"
    return [
        ("raw nlp.pipe, words/s", f"{words / seconds['bare']:.0f}", how),
        (
            "annotation, best / raw nlp.pipe",
            f"{seconds['bare'] / seconds['best']:.2f}",
            "bar 0.3: labeller, rules, resolution",
        ),
        ("annotation, fast / raw nlp.pipe", f"{seconds['bare'] / seconds['fast']:.2f}", "bar 0.6: rules and resolution"),
        ("document to quads, best / raw nlp.pipe", f"{seconds['bare'] / seconds['quads']:.2f}", "with RDF"),
    ]


def _measure_encoder(documents: list[Document]) -> list[tuple[str, str, str]]:
    """Time the sentence encoder on texts of a claim's length; more than it keeps, so that none is known when it comes again."""
    words = " ".join(document.text for document in documents).split()
    texts = [" ".join(words[at * _CLAIM : (at + 1) * _CLAIM]) for at in range(min(_CLAIMS, len(words) // _CLAIM))]
    encoder = load_encoder()
    tasks = {
        "lower half of the encoder, ms a text": lambda: [encoder.read(text) for text in texts],
        "sentence vector, ms a text": lambda: [encoder.encode([text]) for text in texts],
    }
    how = f"best of {_ROUNDS}, {len(texts)} texts of {_CLAIM} words, one thread"
    return [(name, f"{1000 * min(_time(task) for _ in range(_ROUNDS)) / len(texts):.1f}", how) for name, task in tasks.items()]


def _measure_store(documents: list[Document]) -> list[tuple[str, str, str]]:
    """Compare loading and a named query with pyoxigraph itself on the same quads."""
    settings = Settings()
    toolchain = Toolchain(settings)
    graphs = {document.id: _list_quads(toolchain, document) for document in documents}
    quads = [to_ox_quad(quad) for graph in graphs.values() for quad in graph]
    with tempfile.TemporaryDirectory() as folder:
        bare = ox.Store(f"{folder}/bare")
        bare_seconds = _time(lambda: bare.extend(quads))
        with open_store(f"{folder}/ours", settings.base, toolchain.registry.describe_actors()) as store:
            items = list(graphs.items())
            own_seconds = _time(lambda: [store.replace_documents(dict(items[at : at + 16])) for at in range(0, len(items), 16)])
            query = find_query("most-quoted")
            ours = min(_time(lambda: run_named_query(store, query)) for _ in range(_ROUNDS))
            raw = min(_time(lambda: list(store.query(query.text))) for _ in range(_ROUNDS))
            store.flush()
        opened, costs = measure_queries(Path(folder, "ours"), _ROUNDS)
    worst = max((cost for cost in costs if cost.bare >= _LEAST), key=lambda cost: cost.ratio, default=None)
    return [
        ("opening a store for reading", f"{1000 * opened:.0f} ms", "bar 500 ms"),
        (
            "all named queries / bare engine",
            f"{sum(cost.ours for cost in costs) / sum(cost.bare for cost in costs):.2f}",
            f"bar 1.2; {len(costs)} queries without required parameters, seconds added up",
        ),
        *(
            [("worst named query / bare engine", f"{worst.ratio:.2f}", f"{worst.name}; of those of 10 ms and more")]
            if worst
            else []
        ),
        ("load / pyoxigraph extend", f"{own_seconds / bare_seconds:.2f}", f"{len(quads)} quads, ours derives actors as well"),
        ("named query / bare engine", f"{ours / raw:.2f}", f"{query.name}, parameters bound, rows read"),
    ]


def _list_quads(toolchain: Toolchain, document: Document) -> tuple[Quad, ...]:
    return to_quads(toolchain.annotate_in_full(document), extractor_version="benchmark")


def _measure_rdflib(documents: list[Document]) -> list[tuple[str, str, str]]:
    """Compare loading and queries with rdflib on the same statements."""
    toolchain = Toolchain(Settings())
    quads = [to_ox_quad(quad) for document in documents for quad in _list_quads(toolchain, document)]
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    store, dataset = ox.Store(), rdflib.Dataset()
    with warnings.catch_warnings():
        # rdflib's own parser and queries use what rdflib deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        slow = _time(lambda: dataset.parse(data=lines, format="nquads"))
        quick = _time(lambda: store.load(lines, format=ox.RdfFormat.N_QUADS))
        rows = [
            ("rdflib / pyoxigraph, loading", f"{slow / quick:.0f}", f"{len(quads)} quads of {len(documents)} articles, in memory")
        ]
        for name in _ASKED:
            text = find_query(name).text
            slow = _time(lambda text=text: list(dataset.query(text)))  # type: ignore[misc]
            quick = min(_time(lambda text=text: list(store.query(text))) for _ in range(_ROUNDS))  # type: ignore[misc]
            rows.append((f"rdflib / pyoxigraph, {name}", f"{slow / quick:.0f}", "the same statements"))
    return rows


def _measure_memory(count: int) -> list[tuple[str, str, str]]:
    """Build `count` articles from files in a process of its own and read its peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        for document in make_articles(count):
            path = Path(folder, "articles", Path(document.path).name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(document.text, "utf-8")
        before = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _BUILD, "build", f"{folder}/articles", "--store", f"{folder}/store"],
            check=True,
            capture_output=True,
            text=True,
        )
        seconds = time.perf_counter() - before
        peak = int(done.stdout.split()[-1])
        size = sum(file.stat().st_size for file in Path(folder, "store").rglob("*") if file.is_file())
        command = [sys.executable, "-c", _EXPORT, "export", f"{folder}/out.trig", "--store", f"{folder}/store"]
        exported = _time(lambda: subprocess.run(command, check=True, capture_output=True))
    return [
        (f"kg export of {count} articles as TriG", f"{exported:.1f} s", "start included"),
        (f"kg build of {count} articles", f"{seconds:.0f} s", f"{os.cpu_count()} cores, one job"),
        ("peak memory", f"{peak} MB", "bar 1,024 MB"),
        ("store on disk", f"{size / 2**20:.0f} MB", ""),
    ]


def _measure_jobs(count: int) -> list[tuple[str, str, str]]:
    """Compare two processes with one on recombined articles."""
    (_, _, one), (_, ratio, _) = measure_jobs(count)
    return [("kg build, --jobs 2 / --jobs 1", f"{ratio:.2f}", f"bar 1.8; {count} articles, {one['clock']:.0f} s with one")]


def _measure_identity() -> list[tuple[str, str, str]]:
    figures = measure_identity(_MANY)
    how = f"of the processor; {figures['profiles']} profiles, pairs P {figures['pair_precision']} R {figures['pair_recall']}"
    return [(f"who is who over {_MANY:,} documents", f"{figures['cpu_seconds']:.0f} s", how)]


def _run(work: Callable[[Document], object], documents: Iterable[Document]) -> None:
    for document in documents:
        work(document)


def _time(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    raise SystemExit(main())
