"""GEXF 1.3, as Gephi's importer wants it: https://gexf.net/schema.html."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from kg.analyse.projections import join_details
from kg.analyse.relations import Edge
from kg.export.layout import Look, find_looks
from kg.export.network import Network, NetworkNode
from kg.export.text import to_xml

#: Edge attributes that every edge may have; those of `Edge.details` follow.
_EDGE_COLUMNS = {
    "relation": "string",
    "first_seen": "string",
    "last_seen": "string",
    "confidence": "double",
    "evidence": "string",
}


def write_gexf(network: Network, stream: TextIO) -> None:
    """Write a dynamic, directed graph: positions, sizes and colours for nodes, spells in days for dated edges.

    Kind and dates are there twice, since Gephi keeps XML attributes and Gephi Lite keeps attribute values only.
    Parallel edges have different kinds: Gephi merges others.
    """
    node_columns = {"type": "string"} | dict.fromkeys(sorted({n for node in network.nodes for n, _ in node.details}), "string")
    edge_columns = _EDGE_COLUMNS | dict.fromkeys(sorted({n for edge in network.edges for n, _ in edge.details}), "string")
    looks = find_looks(network)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n')
    stream.write(f"<meta><creator>Sayso</creator><description>{to_xml(network.view)}</description></meta>\n")
    stream.write(
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval"'
        ' timezone="UTC" idtype="string">\n'
    )
    _write_columns("node", node_columns, stream)
    _write_columns("edge", edge_columns, stream)
    stream.write("<nodes>\n")
    for node in network.nodes:
        _write_node(node, looks[node.iri], stream)
    stream.write("</nodes>\n<edges>\n")
    for number, edge in enumerate(network.edges, 1):
        _write_edge(f"e{number}", edge, stream)
    stream.write("</edges>\n</graph>\n</gexf>\n")


def _write_columns(of: str, columns: dict[str, str], stream: TextIO) -> None:
    stream.write(f'<attributes class="{of}" mode="static">\n')
    stream.writelines(
        f'<attribute id="{to_xml(name)}" title="{to_xml(name)}" type="{kind}"/>\n' for name, kind in columns.items()
    )
    stream.write("</attributes>\n")


def _write_values(values: Iterable[tuple[str, str]], stream: TextIO) -> None:
    cells = "".join(f'<attvalue for="{to_xml(name)}" value="{to_xml(value)}"/>' for name, value in values if value)
    stream.write(f"<attvalues>{cells}</attvalues>")


def _write_node(node: NetworkNode, look: Look, stream: TextIO) -> None:
    stream.write(f'<node id="{to_xml(node.iri)}" label="{to_xml(node.label)}">')
    _write_values((("type", node.type), *node.details), stream)
    red, green, blue = look.colour
    stream.write(f'<viz:color r="{red}" g="{green}" b="{blue}" a="1"/>')
    stream.write(f'<viz:position x="{look.x}" y="{look.y}" z="0.0"/><viz:size value="{look.size}"/></node>\n')


def _write_edge(identifier: str, edge: Edge, stream: TextIO) -> None:
    kind = to_xml(edge.kind)
    spell = f' start="{edge.first_seen}" end="{edge.last_seen}"' if edge.first_seen else ""
    stream.write(
        f'<edge id="{identifier}" source="{to_xml(edge.source)}" target="{to_xml(edge.target)}"'
        f' kind="{kind}" label="{kind}" weight="{float(edge.weight)}"{spell}>'
    )
    values = {
        "relation": edge.kind,
        "first_seen": edge.first_seen,
        "last_seen": edge.last_seen,
        "confidence": str(float(edge.confidence)),
        "evidence": " ".join(edge.evidence),
    }
    _write_values([*values.items(), *join_details(edge.details).items()], stream)
    stream.write("</edge>\n")
