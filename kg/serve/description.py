"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from kg.query.graph_formats import write_triples
from kg.store.terms import BlankNode, NamedNode, Triple

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "TriG",
    "N-Quads",
)


def write_description(endpoint: str, form: str) -> bytes:
    """Return the description as RDF.

    Args:
        endpoint: its own address, an absolute IRI.
        form: one of `kg.query.graph_formats.GRAPH_FORMATS`.

    Raises:
        ValueError: the address is no IRI.
    """
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    triples = [
        Triple(service, _TYPE, _name("Service")),
        Triple(service, _name("endpoint"), NamedNode(endpoint)),
        Triple(service, _name("supportedLanguage"), _name("SPARQL11Query")),
        Triple(service, _name("feature"), _name("UnionDefaultGraph")),
        *(Triple(service, _name("resultFormat"), NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS),
        Triple(service, _name("defaultDataset"), dataset),
        Triple(dataset, _TYPE, _name("Dataset")),
        Triple(dataset, _name("defaultGraph"), default),
        Triple(default, _TYPE, _name("Graph")),
    ]
    return write_triples(triples, form)


def _name(term: str) -> NamedNode:
    return NamedNode(_SD + term)
