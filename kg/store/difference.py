"""What two stores or dumps differ in, statement by statement.

Graph by graph in code point order, so that one graph of each side is in memory at a time. A syntax without graphs (Turtle,
N-Triples, RDF/XML) holds the union of all of them: compared with such a dump, the other side's graphs are left out too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, TypeVar

from kg.errors import StoreInvalidError
from kg.store.dump import FORMATS, load_dump
from kg.store.reader import open_reader
from kg.store.terms import BlankNode, DefaultGraph, NamedNode, OxQuad, OxStore, RdfFormat, Triple, serialize

#: `-` is only in the left one, `+` only in the right one.
Sign = Literal["-", "+"]

_Statement = TypeVar("_Statement", OxQuad, Triple)


def find_differences(left: str | Path, right: str | Path) -> Iterator[tuple[Sign, str]]:
    """Yield the statements that only one of the two has, as lines of N-Quads without their line end.

    They come in the order of their graphs, and sorted within each; statements without a graph come first. Two that are the
    same yield nothing, and so do a store and its dump.

    Args:
        left: the folder of a store, or a dump whose name ends in one of `kg.store.dump.FORMATS`.
        right: the same.

    Raises:
        InputMissingError: there is no such file.
        StoreMissingError: the folder holds no store.
        ExportFormatError: the file's name ends in no RDF syntax.
        StoreInvalidError: it cannot be read, or holds blank nodes, which have no names to compare by.
    """
    with ExitStack() as stack:
        sides = [_open(Path(path), stack) for path in (left, right)]
        if not all(_has_graphs(Path(path)) for path in (left, right)):
            yield from _compare(*({quad.triple for quad in side.quads_for_pattern(None, None, None, None)} for side in sides))
            return
        names: set[NamedNode | BlankNode] = {name for side in sides for name in side.named_graphs()}
        for graph in (DefaultGraph(), *sorted(names, key=str)):
            yield from _compare(*(set(side.quads_for_pattern(None, None, None, graph)) for side in sides))


def _open(path: Path, stack: ExitStack) -> OxStore:
    if path.is_dir():
        return stack.enter_context(open_reader(path)).inner
    store = load_dump(path)
    if any(isinstance(term, BlankNode) for quad in store for term in (quad.subject, quad.object, quad.graph_name)):
        raise StoreInvalidError(str(path), "holds blank nodes, which have no names to compare by; give them IRIs first")
    return store


def _has_graphs(path: Path) -> bool:
    return path.is_dir() or FORMATS[path.suffix.removeprefix(".").lower()].supports_datasets


def _compare(left: set[_Statement], right: set[_Statement]) -> Iterator[tuple[Sign, str]]:
    signed: list[tuple[str, Sign]] = [(line, "-") for line in _write_lines(left - right)]
    signed += [(line, "+") for line in _write_lines(right - left)]
    for line, sign in sorted(signed):
        yield sign, line


def _write_lines(statements: Iterable[_Statement]) -> Iterator[str]:
    for statement in statements:
        written = serialize((statement,), format=RdfFormat.N_QUADS)
        assert written is not None  # only a call with an output gives None
        yield written.decode().removesuffix("\n")
