"""The border between `kg.rdf.terms` and pyoxigraph, whose names are imported from here alone."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from pyoxigraph import (
    BlankNode,
    Dataset,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    Variable,
    parse,
    parse_query_results,
    serialize,
)

from kg.rdf.terms import XSD, Iri, Literal, Quad, Term

_STRING = f"{XSD}string"

OxLiteral = ox.Literal
OxQuad = ox.Quad
OxStore = ox.Store

__all__ = [
    "BlankNode",
    "Dataset",
    "DefaultGraph",
    "NamedNode",
    "OxLiteral",
    "OxQuad",
    "OxStore",
    "QueryBoolean",
    "QueryResultsFormat",
    "QuerySolution",
    "QuerySolutions",
    "QueryTriples",
    "RdfFormat",
    "Triple",
    "Variable",
    "from_ox_quad",
    "parse",
    "parse_query_results",
    "serialize",
    "to_lines",
    "to_ox_quad",
    "to_ox_quads",
    "to_ox_term",
    "to_statements",
]


def to_ox_term(term: Term) -> NamedNode | ox.Literal:
    """Return the term for pyoxigraph.

    Raises:
        ValueError: the IRI is not absolute, or holds characters that an IRI cannot hold.
    """
    if isinstance(term, Iri):
        return NamedNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    if term.datatype == _STRING:
        return ox.Literal(term.value)
    return ox.Literal(term.value, datatype=NamedNode(term.datatype))


def to_ox_quad(quad: Quad) -> ox.Quad:
    """Return the quad for pyoxigraph; errors are those of `to_ox_term`."""
    return ox.Quad(
        NamedNode(quad.subject.value), NamedNode(quad.predicate.value), to_ox_term(quad.object), NamedNode(quad.graph.value)
    )


def to_ox_quads(quads: Iterable[Quad]) -> list[ox.Quad]:
    """Return the quads for pyoxigraph, in order; errors are those of `to_ox_term`.

    Each IRI is checked and made once: those of a document's graph recur twenty times.
    """
    nodes: dict[str, NamedNode] = {}

    def find(iri: str) -> NamedNode:
        node = nodes.get(iri)
        if node is None:
            node = nodes[iri] = NamedNode(iri)
        return node

    return [
        ox.Quad(
            find(subject.value),
            find(predicate.value),
            find(value.value) if isinstance(value, Iri) else to_ox_term(value),
            find(graph.value),
        )
        for subject, predicate, value, graph in quads
    ]


def from_ox_quad(quad: ox.Quad) -> Quad:
    """Return a quad of a store as named tuples.

    Raises:
        ValueError: it has a blank node, a triple term or no named graph, none of which this package writes.
    """
    return Quad(_to_iri(quad.subject), _to_iri(quad.predicate), _from_ox_object(quad.object), _to_iri(quad.graph_name))


def to_statements(quads: Iterable[OxQuad]) -> str:
    """Return the quads' triples as N-Triples, which is also a SPARQL triples block."""
    written = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert written is not None  # only a call with an output gives None
    return written.decode()


def to_lines(quads: Iterable[OxQuad]) -> list[str]:
    """Return the quads' triples as lines of N-Triples, each with its end, in order."""
    return [f"{line}\n" for line in to_statements(quads).split("\n")[:-1]]


def _from_ox_object(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    return _to_iri(term)


def _to_iri(term: object) -> Iri:
    if not isinstance(term, NamedNode):
        raise ValueError(f"only IRIs can stand here, not {term}")  # noqa: TRY004 a wrong value of a right type
    return Iri(term.value)
