"""Triples in the RDF syntaxes, for answers to CONSTRUCT and DESCRIBE."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.errors import ExportFormatError
from kg.rdf.namespaces import PREFIXES
from kg.store.terms import RdfFormat, Triple, serialize

#: By the ending of a file's name. N-Quads and TriG hold the same triples, in the default graph.
GRAPH_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
#: The bytes in UTF-8 of what XML 1.0 cannot hold, not even escaped: most control characters, U+FFFE and U+FFFF.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\ufffd".encode()
#: What RDF/XML makes an element's name of: the end of the IRI must be one by itself.
_LOCAL_NAME = re.compile(r"[^\W\d][\w.\-·]*$")


def write_triples(triples: Sequence[Triple], form: str) -> bytes:
    """Return triples in one of `GRAPH_FORMATS`, UTF-8; none give a valid, empty file.

    Characters that XML cannot hold become U+FFFD in RDF/XML.

    Raises:
        ExportFormatError: the syntax is unknown, or cannot hold these triples: a triple term in JSON-LD or RDF/XML, a
            predicate in RDF/XML whose IRI does not end in a name.
    """
    if form not in GRAPH_FORMATS:
        raise ExportFormatError(f"{form!r}: triples are written as {', '.join(GRAPH_FORMATS)}; choose one of these")
    syntax = GRAPH_FORMATS[form]
    if syntax == RdfFormat.RDF_XML:
        _check_names(triples)
    if syntax in (RdfFormat.RDF_XML, RdfFormat.JSON_LD) and any(isinstance(triple.object, Triple) for triple in triples):
        raise ExportFormatError(f"{form!r}: this syntax has no triple terms; choose ttl or nt")
    prefixes = PREFIXES if form in ("ttl", "trig", "rdf") else None
    written = serialize(triples, format=syntax, prefixes=prefixes)
    assert written is not None  # bytes, since no file was given
    return to_sound_xml(written) if syntax == RdfFormat.RDF_XML else written


def to_sound_xml(written: bytes) -> bytes:
    """Return the engine's XML, in UTF-8, as parsers read it back: U+FFFD for what no XML can hold, carriage returns escaped.

    The engine itself ends no line by one; a bare one in a text would be read as a line's end.
    """
    return _NOT_XML.sub(_REPLACEMENT, written).replace(b"\r", b"&#13;")


def _check_names(triples: Sequence[Triple]) -> None:
    for predicate in sorted({triple.predicate.value for triple in triples}):
        if not _LOCAL_NAME.search(predicate):
            raise ExportFormatError(f"'rdf': <{predicate}> cannot be an element's name in RDF/XML; choose ttl or nt")
