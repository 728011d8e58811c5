"""What has to change in a stored graph for it to become another one: graphs are rewritten by their differences.

To delete a statement costs the engine far more than to read or to load one, and most of a graph stays as it is when the extractor
or an identity changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kg.store.terms import NamedNode, OxQuad, OxStore, RdfFormat, parse, serialize, to_lines
from kg.store.updates import change_quads, drop_graph, insert_quads

#: Share of the stored statements that may differ; beyond it, to drop the graph and load the new one is faster.
_MOST_CHANGED = 0.5


class Changes(NamedTuple):
    """Statements as N-Triples, each a line by the engine's own serializer, sorted; both sides may be empty."""

    removed: tuple[bytes, ...]
    added: tuple[bytes, ...]


def find_changes(store: OxStore, graph: str, statements: bytes) -> Changes | None:
    """Return how a stored graph differs from these statements; None where it is empty or differs by more than half.

    Args:
        store: that holds the graph.
        graph: its IRI.
        statements: what it shall hold, as N-Triples in UTF-8 without blank nodes.
    """
    name = NamedNode(graph)
    if next(iter(store.quads_for_pattern(None, None, None, name)), None) is None:
        return None
    stored = set(_split(store.dump(format=RdfFormat.N_TRIPLES, from_graph=name)))
    wanted = set(_split(serialize(parse(statements, format=RdfFormat.N_TRIPLES), format=RdfFormat.N_TRIPLES)))
    removed, added = stored - wanted, wanted - stored
    if max(len(removed), len(added)) > len(stored) * _MOST_CHANGED:
        return None
    return Changes(tuple(sorted(removed)), tuple(sorted(added)))


def replace_quads(store: OxStore, graph: str, wanted: AbstractSet[OxQuad]) -> list[str]:
    """Return the updates that make a stored graph hold just these quads; none where it does.

    Args:
        store: that holds the graph.
        graph: its IRI.
        wanted: quads of that graph.
    """
    stored = set(store.quads_for_pattern(None, None, None, NamedNode(graph)))
    removed, added = stored - wanted, wanted - stored
    if len(removed) > len(stored) * _MOST_CHANGED:
        return [drop_graph(graph), insert_quads(graph, sorted(wanted, key=str))]
    return change_quads(graph, removed, added)


def compare_subjects(store: OxStore, graph: str, subjects: Iterable[str], lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return what a graph says too much and what it lacks of subjects, both sorted, as lines of N-Triples.

    Args:
        store: that holds the graph.
        graph: its IRI.
        subjects: IRIs; those of the lines are added to them.
        lines: all that it shall say of them, by the engine's own serializer.
    """
    name, wanted = NamedNode(graph), set(lines)
    told = {*subjects, *(line[1 : line.index(">")] for line in wanted)}
    stored = set(to_lines(quad for one in told for quad in store.quads_for_pattern(NamedNode(one), None, None, name)))
    return sorted(stored - wanted), sorted(wanted - stored)


def _split(lines: bytes | None) -> list[bytes]:
    # The engine gives None only where it writes to a file.
    return (lines or b"").splitlines(keepends=True)
