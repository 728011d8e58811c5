"""A document's graph as one process hands it to another: lines that the engine reads by itself, and what tells of actors.

To pickle thousands of quads, and to make terms of them again, would cost the one process that writes a fifth of what a document
costs those that convert.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

from kg.rdf.terms import Iri, Literal, Quad
from kg.store.staged import TELLING
from kg.store.terms import OxQuad, RdfFormat, parse, serialize, to_ox_quads

#: Of zlib: a twentieth of the bytes at a hundredth of the time that conversion takes.
_LEVEL = 1


class PackedGraph(NamedTuple):
    """The graph of a document. Made by `pack_graph`.

    Attributes:
        statements: N-Quads by the engine's own serializer, compressed.
        telling: JSON of those of the quads that tell of actors, in order and without their graph, compressed. Named tuples
            would take five times as long to pickle, and twice the memory of all the statements.
    """

    statements: bytes
    telling: bytes

    def read_lines(self) -> bytes:
        """Return the statements as N-Quads in UTF-8."""
        return zlib.decompress(self.statements)

    def read_telling(self, document: str) -> Iterator[Quad]:
        """Yield the quads of a document's graph that tell of actors, in order."""
        graph = Iri(document)
        for subject, predicate, value in json.loads(zlib.decompress(self.telling)):
            yield Quad(Iri(subject), Iri(predicate), Iri(*value) if len(value) == 1 else Literal(*value), graph)

    def read_quads(self) -> list[OxQuad]:
        """Return the quads for the engine, in order."""
        return [quad for quad in parse(self.read_lines(), format=RdfFormat.N_QUADS) if isinstance(quad, OxQuad)]


def join_lines(graphs: Iterable[PackedGraph]) -> bytes:
    """Return the statements of graphs as N-Quads in UTF-8, with no second copy of them in memory."""
    lines = BytesIO()
    for graph in graphs:
        lines.write(graph.read_lines())
    return lines.getvalue()


def pack_graph(document: str, quads: Iterable[Quad]) -> PackedGraph:
    """Return a document's graph packed; equal quads in equal order give equal bytes.

    Args:
        document: its IRI, which names the graph.
        quads: all of them.

    Raises:
        ValueError: a quad is in another graph, or holds what cannot be an IRI.
    """
    told = tuple(quads)
    _check_graph(document, told)
    lines = serialize(to_ox_quads(told), format=RdfFormat.N_QUADS)
    assert lines is not None  # only a call with an output gives None
    telling = [(*subject, *predicate, value) for subject, predicate, value, _ in told if predicate in TELLING]
    return PackedGraph(zlib.compress(lines, _LEVEL), zlib.compress(json.dumps(telling).encode(), _LEVEL))


def _check_graph(document: str, quads: Iterable[Quad]) -> None:
    """Check that quads are all in the graph of a document.

    Raises:
        ValueError: one is not.
    """
    if any(quad.graph.value != document for quad in quads):
        raise ValueError(f"a quad of {document} is in another graph")
