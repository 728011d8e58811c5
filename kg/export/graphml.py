"""GraphML, as Gephi, igraph, graphology and networkx read it: http://graphml.graphdrawing.org/specification.html."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from kg.analyse.projections import join_details
from kg.analyse.relations import Edge
from kg.export.layout import Look, find_looks
from kg.export.network import Network, NetworkNode
from kg.export.text import to_xml

_NODE_COLUMNS = {
    "label": "string",
    "type": "string",
    "x": "double",
    "y": "double",
    "size": "double",
    "r": "int",
    "g": "int",
    "b": "int",
}
_EDGE_COLUMNS = {
    "relation": "string",
    "weight": "double",
    "confidence": "double",
    "first_seen": "string",
    "last_seen": "string",
    "evidence": "string",
}


def write_graphml(network: Network, stream: TextIO) -> None:
    """Write a directed graph; every key belongs to nodes or to edges alone and holds one type.

    The kind of an edge is its plain `label` attribute too, by which Gephi keeps parallel edges apart.
    """
    node_columns = _NODE_COLUMNS | dict.fromkeys(sorted({n for node in network.nodes for n, _ in node.details}), "string")
    edge_columns = _EDGE_COLUMNS | dict.fromkeys(sorted({n for edge in network.edges for n, _ in edge.details}), "string")
    looks = find_looks(network)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for of, columns in (("node", node_columns), ("edge", edge_columns)):
        stream.writelines(
            f'<key id="{of}-{to_xml(name)}" for="{of}" attr.name="{to_xml(name)}" attr.type="{kind}"/>\n'
            for name, kind in columns.items()
        )
    stream.write(f'<graph id="{to_xml(network.view)}" edgedefault="directed">\n')
    for node in network.nodes:
        _write_node(node, looks[node.iri], stream)
    for number, edge in enumerate(network.edges, 1):
        _write_edge(f"e{number}", edge, stream)
    stream.write("</graph>\n</graphml>\n")


def _write_values(of: str, values: Iterable[tuple[str, str]], stream: TextIO) -> None:
    for name, value in values:
        if value:
            stream.write(f'<data key="{of}-{to_xml(name)}">{to_xml(value)}</data>')


def _write_node(node: NetworkNode, look: Look, stream: TextIO) -> None:
    red, green, blue = look.colour
    values = {
        "label": node.label,
        "type": node.type,
        "x": str(look.x),
        "y": str(look.y),
        "size": str(look.size),
        "r": str(red),
        "g": str(green),
        "b": str(blue),
    }
    stream.write(f'<node id="{to_xml(node.iri)}">')
    _write_values("node", (*values.items(), *node.details), stream)
    stream.write("</node>\n")


def _write_edge(identifier: str, edge: Edge, stream: TextIO) -> None:
    values = {
        "relation": edge.kind,
        "weight": str(float(edge.weight)),
        "confidence": str(float(edge.confidence)),
        "first_seen": edge.first_seen,
        "last_seen": edge.last_seen,
        "evidence": " ".join(edge.evidence),
    }
    stream.write(
        f'<edge id="{identifier}" source="{to_xml(edge.source)}" target="{to_xml(edge.target)}" label="{to_xml(edge.kind)}">'
    )
    _write_values("edge", (*values.items(), *join_details(edge.details).items()), stream)
    stream.write("</edge>\n")
