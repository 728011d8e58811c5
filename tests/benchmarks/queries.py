"""What a named query costs over the bare engine: `python -m tests.benchmarks.queries STORE [--rounds N] [--names NAME ...]`.

Each query of the catalogue that needs no parameter is run as `kg query` runs it, within one process: parameters bound, checked,
rows read; and the same text is given to pyoxigraph over the same files, its solutions read. The two take turns; the least of the
rounds counts. Seconds are those of the processor. Above the table stands what opening a store costs, which is paid once.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from kg.query.catalogue import NamedQuery, list_queries
from kg.query.parameters import bind_parameters
from kg.query.run import run_named_query
from kg.store.reader import Reader, open_reader
from kg.store.terms import QueryBoolean, QuerySolutions

_Found = TypeVar("_Found")
_ROUNDS = 3


class Cost(NamedTuple):
    """Seconds of a query: by the engine alone, and by us."""

    name: str
    rows: int
    bare: float
    ours: float

    @property
    def ratio(self) -> float:
        """How many times the engine's seconds ours are."""
        return self.ours / self.bare


def measure_queries(path: Path, rounds: int = _ROUNDS, names: Iterable[str] = ()) -> tuple[float, list[Cost]]:
    """Return the seconds that opening a store takes, and the costs of queries, the slowest first.

    Args:
        path: of a store.
        rounds: how often each is asked.
        names: of queries; none for all of the catalogue.
    """
    chosen = set(names)
    queries = [query for query in list_queries() if not chosen or query.name in chosen]
    opened, reader = _time(lambda: open_reader(path))
    with reader:
        costs = [_measure(reader, query, rounds) for query in queries if not _needs_parameters(query)]
    return opened, sorted(costs, key=lambda cost: (-cost.bare, cost.name))


def _needs_parameters(query: NamedQuery) -> bool:
    return any(parameter.required for parameter in query.header.params.values())


def _measure(reader: Reader, query: NamedQuery, rounds: int) -> Cost:
    text = bind_parameters(reader, query, {})
    bare = ours = float("inf")
    rows = 0
    for _ in range(rounds):
        seconds, rows = _time(lambda: _read_all(reader, text))
        bare = min(bare, seconds)
        ours = min(ours, _time(lambda: run_named_query(reader, query))[0])
    return Cost(query.name, rows, bare, ours)


def _read_all(reader: Reader, text: str) -> int:
    """Return the number of rows, each of whose cells was taken."""
    found = reader.inner.query(text)
    if isinstance(found, QueryBoolean):
        return 1
    if isinstance(found, QuerySolutions):
        width = range(len(found.variables))
        return sum(len([row[place] for place in width]) > 0 for row in found)
    return sum(1 for _ in found)


def _time(work: Callable[[], _Found]) -> tuple[float, _Found]:
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def main() -> int:
    """Print a table; return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--names", nargs="*", default=())
    arguments = parser.parse_args()
    opened, costs = measure_queries(arguments.store, arguments.rounds, arguments.names)
    sys.stdout.write(
        f"opening the store: {1000 * opened:.0f} ms\n{'query':28} {'rows':>7} {'bare ms':>9} {'ours ms':>9} {'ratio':>6}\n"
    )
    for cost in costs:
        sys.stdout.write(f"{cost.name:28} {cost.rows:>7} {1000 * cost.bare:>9.1f} {1000 * cost.ours:>9.1f} {cost.ratio:>6.2f}\n")
    total = sum(cost.ours for cost in costs) / sum(cost.bare for cost in costs)
    sys.stdout.write(f"all together: {total:.2f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
