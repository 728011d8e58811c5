"""An rdflib view of a store, for those who know that API: the same quads, without a copy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, URIRef

from kg.rdf.namespaces import PREFIXES
from kg.store.reader import Reader
from kg.store.terms import NamedNode, RdfFormat, Triple, serialize, to_statements

_Graph = TypeVar("_Graph", bound=Graph)


def open_view(reader: Reader) -> Dataset:
    """Return the store as an rdflib `Dataset` whose default graph is the union of all graphs.

    It lives as long as the reader. Do not write to it: rdflib would bypass the transaction that keeps actors right, and
    its rollback does nothing here. String literals come back with the datatype `xsd:string`, which rdflib holds to be
    different from none: compare with `Literal(text, datatype=XSD.string)`.
    """
    return _bind_prefixes(Dataset(store=OxigraphStore(store=reader.inner), default_union=True))


def to_graph(triples: Iterable[Triple]) -> Graph:
    """Return triples as an rdflib graph of its own, in memory; plain string literals have no datatype, as rdflib has them."""
    written = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert written is not None  # bytes, since no file was given
    return _bind_prefixes(Graph().parse(data=written, format="nt"))


def copy_store(reader: Reader) -> Dataset:
    """Return every quad of the store as an rdflib `Dataset` in memory, whose default graph is the union of all graphs."""
    dataset = Dataset(default_union=True)
    for name in reader.graphs():
        quads = reader.inner.quads_for_pattern(None, None, None, NamedNode(name))
        dataset.graph(URIRef(name)).parse(data=to_statements(quads), format="nt")
    return _bind_prefixes(dataset)


def _bind_prefixes(graph: _Graph) -> _Graph:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True)
    return graph
