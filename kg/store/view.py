"""An rdflib view of a store, for those who know that API: the same quads, without a copy."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from rdflib import Dataset

from kg.rdf.namespaces import PREFIXES
from kg.store.reader import Reader


def open_view(reader: Reader) -> Dataset:
    """Return the store as an rdflib `Dataset` whose default graph is the union of all graphs.

    It lives as long as the reader. Do not write to it: rdflib would bypass the transaction that keeps actors right, and
    its rollback does nothing here. String literals come back with the datatype `xsd:string`, which rdflib holds to be
    different from none: compare with `Literal(text, datatype=XSD.string)`.
    """
    dataset = Dataset(store=OxigraphStore(store=reader.inner), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True)
    return dataset
