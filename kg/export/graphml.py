"""GraphML, as Gephi, igraph, graphology and networkx read it: http://graphml.graphdrawing.org/specification.html."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from kg.analyse.relations import Edge
from kg.export.columns import ColumnType, list_edge_columns, list_edge_values, list_node_columns, list_node_values, to_label
from kg.export.layout import Look, find_looks
from kg.export.network import Network
from kg.export.palette import Colour, find_edge_colour
from kg.export.settle import NetworkNode
from kg.export.text import to_xml

_TYPES: dict[ColumnType, str] = {"string": "string", "integer": "int", "double": "double"}
_COLOUR: dict[str, ColumnType] = {"r": "integer", "g": "integer", "b": "integer"}
_LOOK: dict[str, ColumnType] = {"label": "string", "x": "double", "y": "double", "size": "double", **_COLOUR}


def write_graphml(network: Network, stream: TextIO) -> None:
    """Write a directed graph, element by element; every key belongs to nodes or to edges alone and holds one type.

    The kind of an edge is its plain `label` attribute too, by which Gephi keeps parallel edges apart. GraphML has no
    time: days are the strings `first_seen` and `last_seen`.
    """
    looks = find_looks(network)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    _write_keys("node", _LOOK | list_node_columns(network), stream)
    _write_keys("edge", {"weight": "double", **_COLOUR, **list_edge_columns(network)}, stream)
    stream.write(f'<graph id="{to_xml(network.view)}" edgedefault="directed">\n')
    for node in network.nodes:
        _write_node(node, looks[node.iri], stream)
    for number, edge in enumerate(network.edges, 1):
        _write_edge(f"e{number}", edge, stream)
    stream.write("</graph>\n</graphml>\n")


def _write_keys(of: str, columns: dict[str, ColumnType], stream: TextIO) -> None:
    stream.writelines(
        f'<key id="{of}-{to_xml(name)}" for="{of}" attr.name="{to_xml(name)}" attr.type="{_TYPES[kind]}"/>\n'
        for name, kind in columns.items()
    )


def _write_node(node: NetworkNode, look: Look, stream: TextIO) -> None:
    stream.write(f'<node id="{to_xml(node.iri)}">')
    place = {"label": to_label(node), "x": str(look.x), "y": str(look.y), "size": str(look.size)}
    _write_values("node", (place | _to_values(look.colour)).items(), stream)
    _write_values("node", list_node_values(node), stream)
    stream.write("</node>\n")


def _write_edge(identifier: str, edge: Edge, stream: TextIO) -> None:
    stream.write(
        f'<edge id="{identifier}" source="{to_xml(edge.source)}" target="{to_xml(edge.target)}" label="{to_xml(edge.kind)}">'
    )
    _write_values("edge", ({"weight": str(float(edge.weight))} | _to_values(find_edge_colour(edge.kind))).items(), stream)
    _write_values("edge", list_edge_values(edge), stream)
    stream.write("</edge>\n")


def _to_values(colour: Colour) -> dict[str, str]:
    return dict(zip(_COLOUR, map(str, colour), strict=True))


def _write_values(of: str, values: Iterable[tuple[str, str]], stream: TextIO) -> None:
    stream.writelines(f'<data key="{of}-{to_xml(name)}">{to_xml(value)}</data>' for name, value in values)
