"""Writes `docs/planning.md` from measured costs: `python -m tests.benchmarks.planning --date DAY [--price 0.04] [--check]`.

Nothing on the page is typed in: each figure is computed here from `tests/benchmarks/results/costs.json`, and stands there with
its formula. Growth over documents is linear unless `tests.benchmarks.store_growth --out tests/benchmarks/results/growth.json` has
written exponents: then the steps over documents grow with that power, from the largest number of articles that was built.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

SIZES = (1_000_000, 100_000_000)
HERE = Path(__file__).parent
COSTS = HERE / "results" / "costs.json"
GROWTH = COSTS.with_name("growth.json")
PAGE = HERE.parents[1] / "docs" / "planning.md"
PRICE = 0.04
CORES = 64
#: Statements up to which one engine on one machine holds a graph; by the sizes that the engines' makers and users report.
_MOST_EMBEDDED = 3e8
_MOST_SERVER = 5e9
_SECONDS_AN_HOUR = 3600


class Figure(NamedTuple):
    """A line of the page.

    Attributes:
        formula: in the names of the costs.
    """

    name: str
    value: float
    unit: str
    formula: str


def plan(articles: int, costs: Mapping[str, float], price: float, growth: Mapping[str, Any] | None = None) -> list[Figure]:
    """Return what so many articles take.

    Args:
        articles: how many.
        costs: values of `costs.json` by name.
        price: dollars for an hour of one core.
        growth: what `read_growth` gave; None for linear growth of the steps over documents.
    """
    hours = {
        profile: articles
        * costs["words_an_article"]
        / (costs["words_a_second_bare"] * costs[f"ratio_{profile}"])
        / _SECONDS_AN_HOUR
        for profile in ("best", "fast")
    }
    settled, how = _settle(articles, costs, growth)
    quads = articles * costs["quads_an_article"]
    reduced = "articles × words_an_article / (words_a_second_bare × ratio_{}) / 3600"
    load = quads / costs["load_quads_a_second"] / _SECONDS_AN_HOUR
    return [
        Figure("extraction, profile best", hours["best"], "core-hours", reduced.format("best")),
        Figure("extraction, profile fast", hours["fast"], "core-hours", reduced.format("fast")),
        Figure("steps over documents, one process", settled, "core-hours", how),
        Figure("loading into Oxigraph, one process", load, "hours", "quads / load_quads_a_second / 3600"),
        Figure("price, profile best", (hours["best"] + settled + load) * price, "dollars", f"all hours above × {price:g}"),
        Figure(
            f"by the clock on {CORES} cores",
            hours["best"] / CORES + settled + load,
            "hours",
            f"extraction / {CORES} + steps over documents + loading",
        ),
        Figure("quads", quads, "quads", "articles × quads_an_article"),
        Figure(
            "store with annotations and vectors", articles * costs["bytes_an_article"], "bytes", "articles × bytes_an_article"
        ),
        Figure("graph in Oxigraph", quads * costs["bytes_a_quad_oxigraph"], "bytes", "quads × bytes_a_quad_oxigraph"),
        Figure("graph in Virtuoso", quads * costs["bytes_a_quad_virtuoso"], "bytes", "quads × bytes_a_quad_virtuoso"),
        Figure("packed N-Quads", quads * costs["bytes_a_quad_packed"], "bytes", "quads × bytes_a_quad_packed"),
    ]


def _settle(articles: int, costs: Mapping[str, float], growth: Mapping[str, Any] | None) -> tuple[float, str]:
    """Return the hours of the steps over documents, and how they are computed."""
    exponents = growth["exponents"] if growth else {}
    if not growth or "seconds_over_documents" not in exponents:
        hours = articles * costs["identity_seconds_an_article"] / _SECONDS_AN_HOUR
        return hours, "articles × identity_seconds_an_article / 3600; identities alone, linear"
    last = max(growth["rows"], key=lambda row: row["articles"])
    power = max(1.0, exponents["seconds_over_documents"])
    seconds = last["seconds_over_documents"] * (articles / last["articles"]) ** power
    return seconds / _SECONDS_AN_HOUR, f"{last['seconds_over_documents']} s × (articles / {last['articles']}) ^ {power} / 3600"


def find_bottleneck(figures: Sequence[Figure]) -> str:
    """Return what ends first: the step that takes longest by the clock once extraction has `CORES` cores."""
    hours = {figure.name: figure.value for figure in figures if figure.unit in {"hours", "core-hours"}}
    extraction = hours["extraction, profile best"] / CORES
    steps = {
        f"extraction on {CORES} cores ({extraction:,.1f} h)": extraction,
        f"the one process that settles who is who over documents ({hours['steps over documents, one process']:,.1f} h)": hours[
            "steps over documents, one process"
        ],
        f"loading by one process ({hours['loading into Oxigraph, one process']:,.1f} h)": hours[
            "loading into Oxigraph, one process"
        ],
    }
    return max(steps, key=lambda name: steps[name])


def choose_engine(quads: float) -> str:
    """Return what holds a graph of so many quads."""
    if quads <= _MOST_EMBEDDED:
        return "the store of `kg build` (Oxigraph in the process)"
    if quads <= _MOST_SERVER:
        return "a server fed with bulk files (`kg export`): Virtuoso, QLever or Oxigraph's own"
    return (
        "QLever or Virtuoso on one large machine for actors, claims and events; mentions and propositions stay in Parquet "
        "(`kg export out.parquet`), as all statements are too many for either"
    )


def read_growth() -> dict[str, Any] | None:
    """Return what `tests.benchmarks.store_growth` measured; None where it was not run."""
    if not GROWTH.is_file():
        return None
    found: dict[str, Any] = json.loads(GROWTH.read_text("utf-8"))
    return found


def write_page(costs: Mapping[str, Any], price: float, day: str, growth: Mapping[str, Any] | None = None) -> str:
    """Return the page as Markdown."""
    values = {name: item["value"] for name, item in costs["costs"].items()}
    also = " and `growth.json` beside it" if growth else ""
    lines = [
        "# Planning: a million articles, a hundred million",
        "",
        f"Written by `python -m tests.benchmarks.planning --date {day} --price {price:g}` from",
        f"`tests/benchmarks/results/costs.json`{also}. Measured on: {costs['machine']}.",
        f"Core-hours are of such cores, dollars at {price:g} for an hour of one. What was measured on hundreds of articles is",
        "carried to a million: read the figures as orders of magnitude.",
    ]
    for articles in SIZES:
        figures = plan(articles, values, price, growth)
        quads = next(figure.value for figure in figures if figure.name == "quads")
        lines += ["", f"## {articles:,} articles", "", "| what | figure | formula |", "|---|---|---|"]
        lines += [f"| {figure.name} | {_show(figure)} | {figure.formula} |" for figure in figures]
        lines += ["", f"First bottleneck: {find_bottleneck(figures)}.", f"Held by: {choose_engine(quads)}."]
    lines += ["", "## What it is computed from", "", "| cost | value | measured by |", "|---|---|---|"]
    lines += [f"| {name} | {item['value']:,} {item['unit']} | {item['measured']} |" for name, item in costs["costs"].items()]
    lines += [
        "",
        f"An engine inside the process holds up to {_MOST_EMBEDDED:.0e} quads, one server up to {_MOST_SERVER:.0e}: assumptions,",
        "not measurements.",
    ]
    return "\n".join(lines) + "\n"


def _show(figure: Figure) -> str:
    value, unit = figure.value, figure.unit
    if unit == "bytes":
        power = min(4, int(math.log10(value) // 3))
        return f"{value / 1000**power:.3g} {('bytes', 'KB', 'MB', 'GB', 'TB')[power]}"
    return f"{value:.2e} {unit}" if value >= 1e7 else f"{value:,.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"


def main() -> int:
    """Write the page; with `--check` write nothing, and return 1 where it is not what would be written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--date", required=True, help="day of the measurements, YYYY-MM-DD")
    parser.add_argument("--price", type=float, default=PRICE, help="dollars for an hour of one core")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    page = write_page(json.loads(COSTS.read_text("utf-8")), arguments.price, arguments.date, read_growth())
    if arguments.check:
        return int(not PAGE.is_file() or PAGE.read_text("utf-8") != page)
    PAGE.write_text(page, "utf-8")
    sys.stdout.write(f"{PAGE}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
