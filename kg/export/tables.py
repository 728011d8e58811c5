"""CSV (RFC 4180, UTF-8): one table of edges, one of nodes."""

from __future__ import annotations

import csv
from typing import TextIO

from kg.analyse.projections import join_details
from kg.export.network import Network
from kg.export.text import to_cell

_EDGE_COLUMNS = ("source", "target", "kind", "weight", "confidence", "first_seen", "last_seen", "source_label", "target_label")
_NODE_COLUMNS = ("id", "label", "type")


def write_edges_csv(network: Network, stream: TextIO) -> None:
    """Write one line an edge; `source` and `target` are IRIs, `evidence` holds IRIs with blanks between them.

    A text that a spreadsheet would run as a formula has a `'` in front; one that XML cannot hold has U+FFFD in place
    of its control characters, as in the other formats.
    """
    labels = {node.iri: node.label for node in network.nodes}
    extra = sorted({name for edge in network.edges for name, _ in edge.details})
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow((*_EDGE_COLUMNS, *extra, "evidence"))
    for edge in network.edges:
        details = join_details(edge.details)
        texts = (labels[edge.source], labels[edge.target], *(details.get(name, "") for name in extra))
        writer.writerow(
            (
                to_cell(edge.source),
                to_cell(edge.target),
                edge.kind,
                edge.weight,
                edge.confidence,
                edge.first_seen,
                edge.last_seen,
                *(to_cell(text) for text in texts),
                " ".join(edge.evidence),
            )
        )


def write_nodes_csv(network: Network, stream: TextIO) -> None:
    """Write one line a node, those without an edge too; cells as in `write_edges_csv`."""
    extra = sorted({name for node in network.nodes for name, _ in node.details})
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow((*_NODE_COLUMNS, *extra))
    for node in network.nodes:
        details = dict(node.details)
        texts = (node.iri, node.label, node.type, *(details.get(name, "") for name in extra))
        writer.writerow([to_cell(text) for text in texts])
