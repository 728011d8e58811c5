"""The statements of a store as lines of N-Quads: graph by graph in code point order, sorted in each, in bounded memory.

A graph that is too large to be sorted in memory is sorted in runs on disk, which are merged (external merge sort). The bytes
are those of `kg export x.nq`, whatever the size of the runs.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import IO

from kg.store.reader import Reader
from kg.store.terms import NamedNode, OxQuad, RdfFormat, serialize

#: Statements sorted in memory at once: about 80 MB with all that goes with it.
RUN_LENGTH = 200_000
#: Runs merged at once: each is an open file.
_MOST_RUNS = 64
_BLOCK_LENGTH = 20_000

Lines = list[bytes]


def find_blocks(reader: Reader, spool: Path, run_length: int = RUN_LENGTH) -> Iterator[tuple[str, Lines]]:
    """Yield blocks of lines, each with its line end, in the order of the file, with the graph that each is of.

    Args:
        reader: the store; an empty one yields nothing.
        spool: a folder for temporary files, which are gone at the end; as large as the largest graph at most.
        run_length: statements sorted in memory at once.
    """
    for graph in reader.graphs():
        quads = iter(reader.inner.quads_for_pattern(None, None, None, NamedNode(graph)))
        lines = _sort(islice(quads, run_length))
        after = next(quads, None)
        if after is None:
            yield graph, lines
            continue
        quads = chain((after,), quads)
        with tempfile.TemporaryDirectory(dir=spool, prefix=".sort-") as folder:
            runs = _Runs(Path(folder))
            while lines:
                runs.add(lines)
                lines = []  # at most one run is in memory
                lines = _sort(islice(quads, run_length))
            for block in runs.merge():
                yield graph, block


def _sort(quads: Iterable[OxQuad]) -> Lines:
    written = serialize(quads, format=RdfFormat.N_QUADS)
    assert written is not None  # only a call with an output gives None
    # Line ends within literals are escaped. All terms of a line end in a mark of their own, so that lines sort as triples do.
    return sorted(written.splitlines(keepends=True))


class _Runs:
    """Sorted runs of lines in files; never more of them than can be merged at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: list[Path] = []
        self._made = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Keep a sorted run."""
        if len(self._paths) == _MOST_RUNS:
            self._paths = [self._write(line for block in self.merge() for line in block)]
        self._paths.append(self._write(lines))

    def merge(self) -> Iterator[Lines]:
        """Yield the lines of all runs, sorted, in blocks; the files are gone then."""
        with ExitStack() as stack:
            streams: list[IO[bytes]] = [stack.enter_context(path.open("rb")) for path in self._paths]
            lines = heapq.merge(*streams)
            while block := list(islice(lines, _BLOCK_LENGTH)):
                yield block
        for path in self._paths:
            path.unlink()
        self._paths = []

    def _write(self, lines: Iterable[bytes]) -> Path:
        self._made += 1
        path = self._folder / str(self._made)
        with path.open("wb") as stream:
            stream.writelines(lines)
        return path
