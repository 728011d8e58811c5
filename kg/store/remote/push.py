"""A store's graphs to an endpoint: those that it lacks or has otherwise are written, those that are gone are dropped.

What was pushed is noted beside the store, with a digest for each graph, after the endpoint has confirmed it: a push that was
interrupted, or an endpoint that lost graphs meanwhile, is made good by the next one. Graphs that were not pushed from this
store are left alone.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from kg.errors import RemoteStoreError, StoreInvalidError
from kg.store.reader import Reader
from kg.store.remote.client import RemoteClient
from kg.store.terms import NamedNode, OxLiteral, QuerySolutions, to_statements
from kg.store.updates import drop_graph, insert_lines

FILE_NAME = "pushed.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pushed (
  endpoint TEXT, graph TEXT, digest TEXT, statements INTEGER, PRIMARY KEY (endpoint, graph)
) WITHOUT ROWID
"""
#: Statements of one update, where graphs cannot be put whole: a few megabytes, which every server takes.
_BATCH_SIZE = 10_000
_COUNTS = "SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


class PushReport(NamedTuple):
    """Graphs that were written, dropped and left as they were; statements that were sent."""

    written: int
    dropped: int
    unchanged: int
    statements: int


def push_store(reader: Reader, client: RemoteClient, on_graph: Callable[[str], None] = lambda _: None) -> PushReport:
    """Make the endpoint's graphs those of the store.

    Args:
        reader: the store; what is noted is kept in its folder.
        client: the endpoint.
        on_graph: is told each graph that was looked at.

    Raises:
        RemoteStoreError: the endpoint cannot be reached or refuses; what was written until then is noted.
        StoreInvalidError: the note cannot be written.
    """
    endpoint = client.endpoint.update
    written = dropped = unchanged = sent = 0
    with _open_ledger(reader.path / FILE_NAME) as ledger:
        known = dict(ledger.execute("SELECT graph, digest FROM pushed WHERE endpoint = ?", (endpoint,)).fetchall())
        counted = dict(ledger.execute("SELECT graph, statements FROM pushed WHERE endpoint = ?", (endpoint,)).fetchall())
        there = _count_graphs(client)
        graphs = reader.graphs()
        for graph in sorted(known.keys() - set(graphs)):
            client.update(drop_graph(graph))
            ledger.execute("DELETE FROM pushed WHERE endpoint = ? AND graph = ?", (endpoint, graph))
            dropped += 1
        for graph in graphs:
            lines = to_statements(reader.inner.quads_for_pattern(None, None, None, NamedNode(graph))).splitlines(keepends=True)
            lines.sort()
            digest = hashlib.sha256("".join(lines).encode()).hexdigest()
            if known.get(graph) == digest and there.get(graph) == counted[graph]:
                unchanged += 1
            else:
                _write(client, graph, lines)
                row = (endpoint, graph, digest, len(lines))
                ledger.execute("INSERT OR REPLACE INTO pushed VALUES (?, ?, ?, ?)", row)
                written += 1
                sent += len(lines)
            on_graph(graph)
    return PushReport(written, dropped, unchanged, sent)


@contextmanager
def _open_ledger(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as ledger:
            ledger.execute(_SCHEMA)
            yield ledger
    except sqlite3.Error as error:
        raise StoreInvalidError(str(path), f"{error}; free space, or delete the file and push again") from error


def _count_graphs(client: RemoteClient) -> dict[str, int]:
    solutions = client.query(_COUNTS)
    if not isinstance(solutions, QuerySolutions):
        raise RemoteStoreError(client.endpoint.query, "answers a SELECT query with something else than rows")
    counts = {}
    for row in solutions:
        graph, count = row["graph"], row["count"]
        if isinstance(graph, NamedNode) and isinstance(count, OxLiteral):
            counts[graph.value] = int(count.value)
    return counts


def _write(client: RemoteClient, graph: str, lines: Sequence[str]) -> None:
    """Replace a graph: in one request where the endpoint takes graphs, else in updates that may be sent again."""
    if client.endpoint.graphs:
        client.put_graph(graph, "".join(lines).encode())
        return
    for begin in range(0, max(1, len(lines)), _BATCH_SIZE):
        inserted = insert_lines(graph, lines[begin : begin + _BATCH_SIZE])
        client.update(inserted if begin else " ;\n".join((drop_graph(graph), inserted)))
