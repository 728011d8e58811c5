"""What a query returns, as typed rows and in the W3C's formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Literal

from kg.errors import ExportFormatError
from kg.query.graph_formats import to_sound_xml, write_triples
from kg.query.reader import Term
from kg.store.terms import (
    BlankNode,
    NamedNode,
    OxLiteral,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

ResultFormat = Literal["json", "xml", "csv", "tsv", "ttl", "nt", "jsonld", "rdf", "trig", "nq"]
Value = str | int | float | bool | Decimal | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
#: By the ending of a file's name.
TABLE_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


@dataclass(frozen=True)
class Result:
    """The result of one query: rows (SELECT), an answer (ASK) or triples (CONSTRUCT, DESCRIBE).

    Attributes:
        variables: of a SELECT, without `?`, in order; else empty.
        rows: in the query's order, each as long as `variables`, None where unbound.
        answer: of an ASK; else None.
        triples: of a CONSTRUCT or DESCRIBE; else None.
        is_cut: whether a row limit left something out.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    answer: bool | None = None
    triples: tuple[Triple, ...] | None = None
    is_cut: bool = False

    def values(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows as plain values: see `to_value`."""
        for row in self.rows:
            yield tuple(to_value(term) for term in row)

    def serialize(self, form: str) -> bytes:
        """Return the result in a W3C format, one of `ResultFormat`, UTF-8.

        XML cannot carry some control characters; they become U+FFFD there. CSV drops the terms' types, as specified.

        Raises:
            ExportFormatError: triples were asked for as a table, or a table or answer as triples; or see `write_triples`.
        """
        if self.triples is not None:
            return write_triples(self.triples, form)
        if form not in TABLE_FORMATS:
            raise ExportFormatError(f"{form!r}: rows are written as json, xml, csv or tsv; choose one of these")
        if self.answer is not None and form in ("csv", "tsv"):
            raise ExportFormatError(f"{form!r}: an ASK's answer is written as json or xml; choose one of these")
        text = self._to_json()
        if form == "json":
            return text.encode()
        written = parse_query_results(text, QueryResultsFormat.JSON).serialize(format=TABLE_FORMATS[form])
        assert written is not None  # bytes, since no file was given
        return to_sound_xml(written) if form == "xml" else written

    def _to_json(self) -> str:
        if self.answer is not None:
            return json.dumps({"head": {}, "boolean": self.answer})
        bindings = [
            {name: _to_json_term(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        document = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def read_result(found: QuerySolutions | QueryBoolean | QueryTriples, row_limit: int | None = None) -> Result:
    """Return what the engine gives, read to its end or to the limit.

    Args:
        found: the engine's lazy result; it is used up.
        row_limit: the most rows or triples to keep; None for all.
    """
    if isinstance(found, QueryBoolean):
        return Result(answer=bool(found))
    stop = None if row_limit is None else row_limit + 1
    if isinstance(found, QueryTriples):
        triples = tuple(islice(found, stop))
        return Result(triples=triples[:row_limit], is_cut=row_limit is not None and len(triples) > row_limit)
    variables = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(solution[index] for index in range(len(variables))) for solution in islice(found, stop))
    return Result(variables, rows[:row_limit], is_cut=row_limit is not None and len(rows) > row_limit)


def to_value(term: Term | None) -> Value:
    """Return a term as Python's own: numbers and booleans by their XSD type, everything else as its characters.

    Dates stay text, since XSD knows some that Python does not; an IRI is its text; unbound is None.
    """
    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    if not isinstance(term, OxLiteral):
        return term.value
    read = _READERS.get(term.datatype.value.removeprefix(_XSD), str)
    try:
        return read(term.value)
    except (ArithmeticError, ValueError):
        return term.value


def _read_boolean(text: str) -> bool | str:
    return {"true": True, "1": True, "false": False, "0": False}.get(text, text)


_INTEGERS = frozenset(
    {
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    }
)  # fmt: skip
_READERS: Mapping[str, Callable[[str], Value]] = {
    **dict.fromkeys(_INTEGERS, int),
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": _read_boolean,
}


def _to_json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _to_json_term(part) for name, part in parts.items()}}
    entry: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        entry["xml:lang"] = term.language
    elif term.datatype.value != f"{_XSD}string":
        entry["datatype"] = term.datatype.value
    return entry
