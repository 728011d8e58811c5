"""What GEXF and GraphML tell of nodes and edges: names, types and values, the same in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from kg.analyse.projections import join_details
from kg.analyse.relations import Edge
from kg.export.network import Network
from kg.export.settle import NetworkNode

ColumnType = Literal["string", "integer", "double"]

#: What every node and edge may have; the details of those in the network follow, all of them strings.
_NODE_COLUMNS: dict[str, ColumnType] = {
    "type": "string",
    "count": "integer",
    "first_seen": "string",
    "last_seen": "string",
    "name": "string",
}
_EDGE_COLUMNS: dict[str, ColumnType] = {
    "relation": "string",
    "count": "integer",
    "first_seen": "string",
    "last_seen": "string",
    "confidence": "double",
    "evidence": "string",
}
#: Longer labels cover the picture: they are cut, and the whole text is the attribute `name`.
LABEL_LENGTH = 120
#: Parsers on libxml2, igraph's too, refuse a text of 10 million characters.
EVIDENCE_LIMIT = 1_000


def list_node_columns(network: Network) -> dict[str, ColumnType]:
    """Return name and type of each attribute that a node of the network may have; no name is there twice."""
    return _NODE_COLUMNS | dict.fromkeys(sorted({name for node in network.nodes for name, _ in node.details}), "string")


def list_edge_columns(network: Network) -> dict[str, ColumnType]:
    """Return name and type of each attribute that an edge of the network may have; no name is there twice."""
    return _EDGE_COLUMNS | dict.fromkeys(sorted({name for edge in network.edges for name, _ in edge.details}), "string")


def to_label(node: NetworkNode) -> str:
    """Return the label as it is drawn: the first 120 characters at most, the last of them an ellipsis where more follow."""
    return node.label if len(node.label) <= LABEL_LENGTH else f"{node.label[: LABEL_LENGTH - 1]}…"


def list_node_values(node: NetworkNode) -> Iterator[tuple[str, str]]:
    """Yield name and value of what is known of a node; what is not known has no value, rather than an empty one."""
    fixed = {
        "type": node.type,
        "count": str(node.relation_count),
        "first_seen": node.first_seen,
        "last_seen": node.last_seen,
        "name": "" if to_label(node) == node.label else node.label,
    }
    yield from _drop_empty(fixed | dict(node.details))


def list_edge_values(edge: Edge) -> Iterator[tuple[str, str]]:
    """Yield name and value of what is known of an edge; `evidence` has the first 1,000 IRIs with blanks between them."""
    fixed = {
        "relation": edge.kind,
        "count": str(edge.weight),
        "first_seen": edge.first_seen,
        "last_seen": edge.last_seen,
        "confidence": str(float(edge.confidence)),
        "evidence": " ".join(edge.evidence[:EVIDENCE_LIMIT]),
    }
    yield from _drop_empty(fixed | join_details(edge.details))


def _drop_empty(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in values.items() if value)
