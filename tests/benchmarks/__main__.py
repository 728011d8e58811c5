"""`python -m tests.benchmarks [--articles N]`: ratios measured in one run; seconds alone say nothing on another machine."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.build.toolchain import Toolchain
from kg.model.document import Document
from kg.query.catalogue import find_query
from kg.query.run import run_named_query
from kg.settings import Settings
from kg.store.embedded import open_store
from kg.store.terms import to_ox_quad
from tests.benchmarks.articles import make_articles
from tests.benchmarks.growth import measure_growth

_ROUNDS = 3
#: Runs the command line, then prints the process's own peak in KB (what the parent used before does not count).
_BUILD = """
import atexit, re
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1)))
from kg.cli.main import main
main()
"""


def main() -> int:
    """Print a table: what, figure, how it was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200, help="generated articles for the ratios")
    parser.add_argument("--memory-articles", type=int, default=1000, help="generated articles for the peak memory of `kg build`")
    arguments = parser.parse_args()
    rows = [
        *_measure_extraction(list(make_articles(arguments.articles))),
        *_measure_store(list(make_articles(arguments.articles))),
        *measure_growth(),
        *_measure_memory(arguments.memory_articles),
    ]
    width = max(len(row[0]) for row in rows)
    for name, value, how in rows:
        sys.stdout.write(f"{name:{width}}  {value:>12}  {how}\n")
    return 0


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
    tasks["quads"] = lambda: [toolchains["best"].convert(d, {}).quads for d in documents]
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


def _measure_store(documents: list[Document]) -> list[tuple[str, str, str]]:
    """Compare loading and a named query with pyoxigraph itself on the same quads."""
    settings = Settings()
    toolchain = Toolchain(settings)
    graphs = {document.id: toolchain.convert(document, {}).quads for document in documents}
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
    return [
        ("load / pyoxigraph extend", f"{own_seconds / bare_seconds:.2f}", f"{len(quads)} quads, ours derives actors as well"),
        ("named query / bare engine", f"{ours / raw:.2f}", f"{query.name}, parameters bound, rows read"),
    ]


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
        peak = int(done.stdout.split()[-1]) / 1024
        size = sum(file.stat().st_size for file in Path(folder, "store").rglob("*") if file.is_file())
    return [
        (f"kg build of {count} articles", f"{seconds:.0f} s", f"{os.cpu_count()} cores, one job"),
        ("peak memory", f"{peak:.0f} MB", "bar 1,024 MB"),
        ("store on disk", f"{size / 2**20:.0f} MB", ""),
    ]


def _run(work: Callable[[Document], object], documents: Iterable[Document]) -> None:
    for document in documents:
        work(document)


def _time(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    raise SystemExit(main())
