"""What more processes give: `python -m tests.benchmarks.jobs [--articles 300] [--jobs 1 2] [--dask]`, on an idle machine.

Recombined articles (`tests.benchmarks.recombined`) are built once with each number of processes, and with a running Dask
cluster of two workers and two processes for what comes after them. Printed are, for each: seconds of the clock, its ratio to
that of one process, seconds until all was stored, and seconds of the processor of the process that writes and of those that
it started. Of what is done once all is stored (who and what is the same over documents), these only compare.

300 articles of 400 words take about two minutes with one process. The bars are 1.8 for two processes, 1.7 for Dask.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.build.cluster import DaskEngine
from kg.build.progress import Progress
from kg.build.run import run_build
from kg.build.toolchain import Toolchain
from kg.settings import Settings
from tests.benchmarks.recombined import Recombiner, read_templates
from tests.benchmarks.store_growth import write_articles
from tests.faults.cluster import Cluster

_ALONE = "--alone"
_WORKERS = 2
#: Dask's settings as `docs/deploy.md` has them.
_QUIET = {"DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s", "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}


def main() -> int:
    """Print a line for each way to build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", choices=("best", "fast"), default="best")
    parser.add_argument("--dask", action="store_true", help="also on a cluster of two workers")
    parser.add_argument(_ALONE, nargs=3, metavar=("INPUT", "STORE", "JOBS|ADDRESS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        sys.stdout.write(json.dumps(_build(*arguments.alone, arguments.profile)) + "\n")
        return 0
    for name, ratio, figures in measure_jobs(arguments.articles, arguments.jobs, arguments.profile, on_dask=arguments.dask):
        told = ", ".join(f"{key} {value:.1f}" for key, value in figures.items())
        sys.stdout.write(f"{name}: ratio {ratio:.2f}; {told}\n")
        sys.stdout.flush()
    return 0


def measure_jobs(
    count: int, jobs: Iterable[int] = (1, 2), profile: str = "best", *, on_dask: bool = False
) -> Iterator[tuple[str, float, dict[str, Any]]]:
    """Yield each way to build so many articles: its name, how many times as fast as the first it is, and its figures."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles.jsonl")
        write_articles(articles, count, Recombiner(read_templates(Toolchain(Settings()), Settings().base)))
        first = 0.0
        for number in jobs:
            figures = _run(articles, Path(folder, f"store-{number}"), str(number), profile)
            first = first or figures["clock"]
            yield f"--jobs {number}", first / figures["clock"], figures
        if on_dask:
            figures = _run_on_dask(articles, Path(folder), profile)
            yield "dask, 2 workers", first / figures["clock"], figures


def _run(articles: Path, store: Path, how: str, profile: str) -> dict[str, Any]:
    """Build in a process of its own, whose children are no others than those that convert."""
    words = [_ALONE, str(articles), str(store), how, "--profile", profile]
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks.jobs", *words], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _build(articles: str, store: str, how: str, profile: str) -> dict[str, float]:
    settings = Settings(store=store, profile=profile)
    stored = [0.0]

    def watch(progress: Progress) -> None:
        if progress.stage == "settling" and not stored[0]:
            stored[0] = time.perf_counter()

    def make_dask(toolchain: Toolchain) -> DaskEngine:
        return DaskEngine(settings, toolchain.versions.extractor, how, Path(f"{store}-work"), _WORKERS)

    begin = time.perf_counter()
    is_local = how.isdigit()
    run_build(
        [articles],
        settings,
        jobs=int(how) if is_local else 1,
        make_engine=None if is_local else make_dask,
        on_progress=watch,
    )
    end = time.perf_counter()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "clock": end - begin,
        "until_stored": stored[0] - begin,
        "writer": time.process_time(),
        "converters": children.ru_utime + children.ru_stime,
    }


def _run_on_dask(articles: Path, folder: Path, profile: str) -> dict[str, Any]:
    from distributed import Client  # noqa: PLC0415 - an optional package

    cluster = Cluster(folder / "dask", **_QUIET)
    try:
        cluster.start_scheduler()
        for number in range(_WORKERS):
            cluster.start_worker(f"worker-{number}")
        with Client(cluster.address) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(_WORKERS)
        return _run(articles, folder / "store-dask", cluster.address, profile)
    finally:
        cluster.kill_all()


if __name__ == "__main__":
    raise SystemExit(main())
