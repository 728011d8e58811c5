"""Validation of a store: the SHACL shapes over the union of its graphs, and that every part names its own document.

The shapes see the union, because a document's graph names actors and concepts that other graphs describe. Which graph a
triple stands in is beyond SHACL, so that is compared here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import shifty
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.rdf import namespaces as ns
from kg.resources import find_resource
from kg.store.reader import Reader
from kg.store.terms import NamedNode, RdfFormat, serialize


class Finding(NamedTuple):
    """One breach of a shape.

    Attributes:
        focus: IRI of what is wrong.
        path: IRI of the property concerned; empty where the breach is of the node as a whole or of a longer path.
        message: what is wrong, in words.
        value: the value that is wrong, as it is written; empty where one is missing.
        document: IRI of the graph that says it; empty where no graph has the focus as a subject.
    """

    focus: str
    path: str
    message: str
    value: str
    document: str


class ValidationReport(NamedTuple):
    """All breaches, sorted; none in a valid store."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no breach."""
        return not self.findings


def validate_store(reader: Reader, shapes: Iterable[Path] | None = None) -> ValidationReport:
    """Validate all graphs of a store together.

    Args:
        reader: the store, with the ontology's graph in it. An empty one conforms.
        shapes: files of shapes in Turtle; by default those that the project ships.
    """
    files = tuple(shapes) if shapes is not None else find_shape_files()
    conforms, report, _ = shifty.validate(_dump_union(reader), list(files), graph_mode="data", infer=False)
    found = set() if conforms else set(_find_breaches(report, reader))
    return ValidationReport(tuple(sorted({*found, *_find_misplaced(reader)})))


def find_shape_files() -> tuple[Path, ...]:
    """Return the files of shapes that the project ships, by name."""
    return tuple(sorted(find_resource("ontology/shapes").glob("*.ttl")))


def _dump_union(reader: Reader) -> bytes:
    """Return every triple of the named graphs as N-Triples; one in two graphs is written twice, which means the same."""
    quads = reader.inner.quads_for_pattern(None, None, None, None)
    written = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert written is not None  # only a call with an output gives None
    return written


def _find_breaches(report: Graph, reader: Reader) -> Iterator[Finding]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = _to_string(report.value(result, SH.focusNode))
        path = report.value(result, SH.resultPath)
        messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
        yield Finding(
            focus=focus,
            path=str(path) if isinstance(path, URIRef) else "",
            message="; ".join(messages) or _to_string(report.value(result, SH.sourceConstraintComponent)),
            value=_to_string(report.value(result, SH.value)),
            document=_find_graph(reader, focus),
        )


def _find_misplaced(reader: Reader) -> Iterator[Finding]:
    derived = NamedNode(ns.WAS_DERIVED_FROM.value)
    for quad in reader.inner.quads_for_pattern(None, derived, None, None):
        if isinstance(quad.object, NamedNode) and quad.object != quad.graph_name:
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            subject = str(quad.subject.value) if isinstance(quad.subject, NamedNode) else str(quad.subject)
            yield Finding(
                subject, ns.WAS_DERIVED_FROM.value, "stands in another graph than its document's", quad.object.value, graph
            )


def _find_graph(reader: Reader, focus: str) -> str:
    """Return the first graph in code point order that has the focus as a subject; empty for none."""
    try:
        subject = NamedNode(focus)
    except ValueError:
        return ""  # a blank node or a literal: no graph of ours holds one as a subject
    graphs = (quad.graph_name for quad in reader.inner.quads_for_pattern(subject, None, None, None))
    return min((graph.value for graph in graphs if isinstance(graph, NamedNode)), default="")


def _to_string(node: Node | None) -> str:
    return "" if node is None else str(node)
