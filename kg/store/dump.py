"""Dumps of a store: sorted, byte-stable files in the RDF syntaxes.

Graph by graph in code point order, and sorted in each, so that only one graph is held in memory at a time where the syntax
has graphs. Turtle, N-Triples and RDF/XML have none: they hold the union of all graphs, and no triple twice.
"""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from kg.errors import ExportFormatError, InputMissingError, StoreInvalidError
from kg.rdf.namespaces import PREFIXES
from kg.store.reader import Reader
from kg.store.terms import NamedNode, OxLiteral, OxQuad, OxStore, RdfFormat, Triple, serialize

#: Ending of a file name to syntax.
FORMATS: dict[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}

#: Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class DumpReport(NamedTuple):
    """How many statements were written, and how many characters the syntax could not hold (written as U+FFFD)."""

    statements: int
    replaced_characters: int


class _Counter:
    """Counts what passes through; what it hands on is unchanged but for characters that XML cannot hold."""

    def __init__(self, *, for_xml: bool) -> None:
        self.statements = 0
        self.replaced = 0
        self._for_xml = for_xml

    def count(self, quads: Iterable[OxQuad]) -> Iterator[OxQuad]:
        for quad in quads:
            self.statements += 1
            yield self._clean(quad) if self._for_xml else quad

    def _clean(self, quad: OxQuad) -> OxQuad:
        literal = quad.object
        if not isinstance(literal, OxLiteral) or not _NOT_XML.search(literal.value):
            return quad
        value, count = _NOT_XML.subn("\ufffd", literal.value)
        self.replaced += count
        kind = {"language": literal.language} if literal.language else {"datatype": literal.datatype}
        return OxQuad(quad.subject, quad.predicate, OxLiteral(value, **kind), quad.graph_name)


def write_dump(reader: Reader, target: str | Path | IO[bytes], syntax: str | None = None) -> DumpReport:
    """Write every named graph of a store.

    Args:
        reader: the store; an empty one gives an empty, valid file.
        target: a file, written beside and put in place when complete, or an open binary stream.
        syntax: an ending of `FORMATS`; by default that of the file's name.

    Raises:
        ExportFormatError: the syntax is none of `FORMATS`.
    """
    if not isinstance(target, (str, Path)):
        return _write(reader, target, _find_format(syntax or "", ""))
    path = Path(target)
    form = _find_format(syntax or path.suffix.removeprefix(".").lower(), str(target))
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as stream:
            report = _write(reader, stream, form)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return report


def load_dump(path: str | Path) -> OxStore:
    """Return a dump as a store in memory.

    Raises:
        InputMissingError: there is no such file.
        ExportFormatError: its name does not end in one of `FORMATS`.
        StoreInvalidError: it is not valid in its syntax.
    """
    file = Path(path)
    if not file.is_file():
        raise InputMissingError(str(path))
    store = OxStore()
    try:
        store.bulk_load(path=str(file), format=_find_format(file.suffix.removeprefix(".").lower(), str(path)))
    except SyntaxError as error:
        raise StoreInvalidError(str(path), f"is not valid {file.suffix} ({error})") from error
    return store


def _find_format(syntax: str, name: str) -> RdfFormat:
    if syntax not in FORMATS:
        raise ExportFormatError(f"{name or syntax!r}: no RDF syntax ends like this; use one of {', '.join(FORMATS)}")
    return FORMATS[syntax]


def _write(reader: Reader, stream: IO[bytes], form: RdfFormat) -> DumpReport:
    counter = _Counter(for_xml=form == RdfFormat.RDF_XML)
    statements: Iterable[OxQuad] | Iterable[Triple]
    if form.supports_datasets:
        statements = counter.count(quad for graph in reader.graphs() for quad in _find_sorted(reader, graph))
    else:
        statements = (quad.triple for quad in counter.count(_find_union(reader)))
    serialize(statements, stream, form, prefixes=PREFIXES)
    return DumpReport(counter.statements, counter.replaced)


def _find_sorted(reader: Reader, graph: str) -> list[OxQuad]:
    """Return a graph's quads in the order of their triples as N-Triples writes them."""
    return sorted(reader.inner.quads_for_pattern(None, None, None, NamedNode(graph)), key=_name_triple)


def _find_union(reader: Reader) -> Iterator[OxQuad]:
    """Yield one quad of each triple, sorted over all graphs."""
    last: Triple | None = None
    for quad in heapq.merge(*(_find_sorted(reader, graph) for graph in reader.graphs()), key=_name_triple):
        if quad.triple != last:
            yield quad
        last = quad.triple


def _name_triple(quad: OxQuad) -> str:
    return str(quad.triple)
