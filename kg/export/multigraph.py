"""A network as networkx has it, in values that each of networkx's own writers can write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kg.analyse.projections import join_details
from kg.export.network import Network
from kg.export.text import replace_forbidden

if TYPE_CHECKING:
    MultiDiGraph = nx.MultiDiGraph[str]


def to_networkx(network: Network) -> MultiDiGraph:
    """Return the nodes by IRI, and the edges in their order with the keys `e1`, `e2`, … (GraphML wants them unique).

    Node attributes: label, type and those of `NetworkNode.details`. Edge attributes: kind, weight (the number of claims,
    events and roles), confidence (of the surest), first_seen, last_seen (ISO days, empty where unknown), evidence (IRIs with
    blanks between them) and the edge's details, several values joined by `; `. The graph's own: view. All are str, int or
    float; characters that XML cannot hold are U+FFFD.
    """
    graph: MultiDiGraph = nx.MultiDiGraph(view=network.view)
    for node in network.nodes:
        details = {name: replace_forbidden(value) for name, value in node.details}
        graph.add_node(node.iri, **{**details, "label": replace_forbidden(node.label), "type": node.type})
    for number, edge in enumerate(network.edges, 1):
        details = {name: replace_forbidden(value) for name, value in join_details(edge.details).items()}
        own = {
            "kind": edge.kind,
            "weight": edge.weight,
            "confidence": float(edge.confidence),
            "first_seen": edge.first_seen,
            "last_seen": edge.last_seen,
            "evidence": " ".join(edge.evidence),
        }
        graph.add_edge(edge.source, edge.target, key=f"e{number}", **{**details, **own})
    return graph
