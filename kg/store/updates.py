"""SPARQL updates, put together at this one place, of nothing but terms and lines that the engine's own serializer wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.store.terms import NamedNode, OxQuad, to_lines, to_statements


def drop_graph(graph: str) -> str:
    """Return the update that removes a named graph; one that is not there is no error.

    Raises:
        ValueError: it cannot be an IRI.
    """
    return f"DROP SILENT GRAPH {NamedNode(graph)}"


def insert_lines(graph: str, lines: Iterable[str]) -> str:
    """Return the update that adds lines of N-Triples, which are a SPARQL triples block, to a graph; raises `ValueError`."""
    return f"INSERT DATA {{ GRAPH {NamedNode(graph)} {{\n{''.join(lines)}}} }}"


def delete_lines(graph: str, lines: Iterable[str]) -> str:
    """Return the update that takes lines of N-Triples out of a graph; raises `ValueError`."""
    return f"DELETE DATA {{ GRAPH {NamedNode(graph)} {{\n{''.join(lines)}}} }}"


def insert_quads(graph: str, quads: Iterable[OxQuad]) -> str:
    """Return the update that adds the quads' triples to a graph; raises `ValueError`."""
    return insert_lines(graph, [to_statements(quads)])


def change_lines(graph: str, removed: Collection[str], added: Collection[str]) -> list[str]:
    """Return the updates that take lines out of a graph and put others in, in this order; none for none."""
    return [*([delete_lines(graph, removed)] if removed else []), *([insert_lines(graph, added)] if added else [])]


def change_quads(graph: str, removed: Iterable[OxQuad], added: Iterable[OxQuad]) -> list[str]:
    """Return the updates that take quads out of a graph and put others in, sorted; none for none."""
    return change_lines(graph, sorted(to_lines(removed)), sorted(to_lines(added)))
