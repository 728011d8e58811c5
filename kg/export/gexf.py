"""GEXF 1.3, as Gephi's importer wants it: https://gexf.net/schema.html."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TextIO

from kg.analyse.relations import Edge
from kg.export.columns import ColumnType, list_edge_columns, list_edge_values, list_node_columns, list_node_values, to_label
from kg.export.layout import Look, find_looks
from kg.export.network import Network
from kg.export.palette import Colour, find_edge_colour
from kg.export.settle import NetworkNode
from kg.export.text import to_xml


def write_gexf(network: Network, stream: TextIO) -> None:
    """Write a dynamic, directed graph, element by element: places, sizes, colours, and spells for what is dated.

    Kind and dates are there twice, since Gephi keeps XML attributes and Gephi Lite keeps attribute values only.
    Parallel edges have different kinds: Gephi merges others.
    """
    looks = find_looks(network)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n')
    stream.write(f"<meta><creator>Sayso</creator><description>{to_xml(network.view)}</description></meta>\n")
    stream.write(
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval"'
        ' timezone="UTC" idtype="string">\n'
    )
    _write_columns("node", list_node_columns(network), stream)
    _write_columns("edge", list_edge_columns(network), stream)
    stream.write("<nodes>\n")
    for node in network.nodes:
        _write_node(node, looks[node.iri], stream)
    stream.write("</nodes>\n<edges>\n")
    for number, edge in enumerate(network.edges, 1):
        _write_edge(f"e{number}", edge, stream)
    stream.write("</edges>\n</graph>\n</gexf>\n")


def to_spell(first_day: str, last_day: str) -> tuple[str, str]:
    """Return the interval from the first to the last of these days, both included, as dates.

    Gephi takes a date for the midnight with which it begins, in UTC: the last day lasts until the next one's. What was
    seen on one day alone thus lasts a day, and not no time at all, and the timeline shows it wherever it stops that day.
    """
    last = date.fromisoformat(last_day)
    return first_day, (last if last == date.max else last + timedelta(days=1)).isoformat()


def _write_columns(of: str, columns: dict[str, ColumnType], stream: TextIO) -> None:
    stream.write(f'<attributes class="{of}" mode="static">\n')
    stream.writelines(
        f'<attribute id="{to_xml(name)}" title="{to_xml(name)}" type="{kind}"/>\n' for name, kind in columns.items()
    )
    stream.write("</attributes>\n")


def _write_node(node: NetworkNode, look: Look, stream: TextIO) -> None:
    stream.write(f'<node id="{to_xml(node.iri)}" label="{to_xml(to_label(node))}"')
    _write_spell(node, stream)
    _write_values(list_node_values(node), stream)
    _write_colour(look.colour, stream)
    stream.write(f'<viz:position x="{look.x}" y="{look.y}" z="0.0"/><viz:size value="{look.size}"/></node>\n')


def _write_edge(identifier: str, edge: Edge, stream: TextIO) -> None:
    kind = to_xml(edge.kind)
    stream.write(
        f'<edge id="{identifier}" source="{to_xml(edge.source)}" target="{to_xml(edge.target)}"'
        f' kind="{kind}" label="{kind}" weight="{float(edge.weight)}"'
    )
    _write_spell(edge, stream)
    _write_values(list_edge_values(edge), stream)
    _write_colour(find_edge_colour(edge.kind), stream)
    stream.write("</edge>\n")


def _write_spell(what: NetworkNode | Edge, stream: TextIO) -> None:
    """Write the end of the opening tag, with the spell of what is dated."""
    if what.first_seen:
        start, end = to_spell(what.first_seen, what.last_seen)
        stream.write(f' start="{start}" end="{end}"')
    stream.write(">")


def _write_values(values: Iterable[tuple[str, str]], stream: TextIO) -> None:
    stream.write("<attvalues>")
    stream.writelines(f'<attvalue for="{to_xml(name)}" value="{to_xml(value)}"/>' for name, value in values)
    stream.write("</attvalues>")


def _write_colour(colour: Colour, stream: TextIO) -> None:
    """Write whole numbers, which Gephi asks for; `a` is opaque."""
    red, green, blue = colour
    stream.write(f'<viz:color r="{red}" g="{green}" b="{blue}" a="1"/>')
