"""Every score that can be computed here, as one table: `python -m tests.scores [--corpora FOLDER]`.

The project's own samples are always scored. The data sets of others are not part of the project: each is scored where
`FOLDER/NAME` is there (`--corpora`, else `KG_CORPORA`, else `../shared/corpora`), and else listed as skipped.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

_ROOT = Path(__file__).parents[2]


class Benchmark(NamedTuple):
    """A scoring program, where its data lies below the project or the folder of the corpora, and how it is scored.

    What was trained on the data is scored by folds.
    """

    module: str
    data: str
    profile: str = "best"
    is_cross_validated: bool = False

    @property
    def name(self) -> str:
        """The benchmark's name in the table."""
        notes = [*([] if self.profile == "best" else [self.profile]), *(["by folds"] if self.is_cross_validated else [])]
        return f"{self.module} ({', '.join(notes)})" if notes else self.module


_OWN = (
    Benchmark("samples", "sources"),
    Benchmark("stalling", "sources"),
    Benchmark("mentions", "sources"),
    Benchmark("speakers", "tests/cases/speakers"),
    Benchmark("actors", "tests/cases/homonyms"),
    Benchmark("actors", "tests/cases/aliases"),
    Benchmark("occurrences", "tests/cases/occurrences"),
    Benchmark("claims", "tests/cases/claims"),
    Benchmark("dates", "tests/cases/dates"),
    Benchmark("frames", "tests/cases/frames"),
    Benchmark("frames", "training/frames/sentences", is_cross_validated=True),
    Benchmark("paraphrases", "tests/cases/paraphrases"),
    Benchmark("questions", "tests/cases/questions"),
    Benchmark("contexts", "tests/cases/contexts"),
)
_BENCHMARKS = (
    Benchmark("polnear", "polnear/dev"),
    Benchmark("polnear", "polnear/dev", "fast"),
    Benchmark("cofenet", "cofenet/valid.txt"),
    Benchmark("plover", "plover/PLV_train.tsv", is_cross_validated=True),
    Benchmark("cameo_ner", "cameo-ner/train.txt", is_cross_validated=True),
    Benchmark("gap", "gap/gap-development.tsv"),
    Benchmark("newsmtsc", "newsmtsc/train.jsonl", is_cross_validated=True),
    Benchmark("linking", "linking"),
    Benchmark("carb", "carb", is_cross_validated=True),
)


def run_score(benchmark: Benchmark, data: Path) -> dict[str, Any] | None:
    """Run a scoring program and return the figures of its last line; None where it failed, its own words on stderr."""
    command = [sys.executable, "-m", f"tests.scores.{benchmark.module}", "--data", str(data)]
    command += ["--profile", benchmark.profile] if benchmark.profile != "best" else []
    command += ["--cross-validate"] if benchmark.is_cross_validated else []
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return None
    figures: dict[str, Any] = json.loads(lines[-1])
    return figures


def list_rows(name: str, figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield a Markdown row a figure: benchmark, figure, precision, recall, and F1 or whatever single number there is."""
    for figure, value in figures.items():
        if isinstance(value, Mapping):
            cells = [value.get("precision", ""), value.get("recall", ""), value.get("f1", value.get("accuracy", ""))]
        elif isinstance(value, list):
            cells = ["", "", "; ".join(str(item).replace("|", r"\|") for item in value) or "none"]
        else:
            cells = ["", "", value]
        yield f"| {name} | {figure} | " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> int:
    """Print the table last; return 1 where a program failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    default = Path(os.environ.get("KG_CORPORA") or "../shared/corpora")
    parser.add_argument("--corpora", type=Path, default=default, help="folder that holds the data sets of others")
    corpora = parser.parse_args().corpora.resolve()
    planned = [*((item, _ROOT / item.data) for item in _OWN), *((item, corpora / item.data) for item in _BENCHMARKS)]
    rows, has_failed = [], False
    for item, data in planned:
        if not data.exists():
            rows.append(f"| {item.name} | skipped: no {data} | | | |")
            continue
        sys.stderr.write(f"{item.name} ...\n")
        figures = run_score(item, data)
        if figures is None:
            has_failed = True
            rows.append(f"| {item.name} | failed | | | |")
        else:
            rows.extend(list_rows(item.name, figures))
    table = ["| benchmark | figure | precision | recall | F1 or value |", "|---|---|---|---|---|", *rows]
    sys.stdout.write("\n".join(table) + "\n")
    return int(has_failed)


if __name__ == "__main__":
    raise SystemExit(main())
