"""The result of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.api.cells import to_cell
from kg.api.tables import Table
from kg.errors import ExportFormatError
from kg.query.results import Result, ResultFormat

if TYPE_CHECKING:
    from rdflib import Graph

_TRIPLE = ("subject", "predicate", "object")


class QueryResult(Table):
    """Rows of a SELECT; the answer of an ASK; the triples of a CONSTRUCT or DESCRIBE, which are rows, too.

    `bool()` is the answer of an ASK, and of others whether there are any rows.

    Attributes:
        sparql: the text that ran, with its parameters bound.
        answer: of an ASK, which has no rows; else None.
    """

    def __init__(self, result: Result, sparql: str) -> None:
        triples = result.triples
        if triples is None:
            super().__init__(result.variables, (map(to_cell, row) for row in result.rows))
        else:
            super().__init__(_TRIPLE, ((to_cell(t.subject), to_cell(t.predicate), to_cell(t.object)) for t in triples))
        self.sparql = sparql
        self.answer = result.answer
        self._result = result

    def __bool__(self) -> bool:
        return len(self) > 0 if self.answer is None else self.answer

    def __repr__(self) -> str:
        return super().__repr__() if self.answer is None else f"<{type(self).__name__}: {'yes' if self.answer else 'no'}>"

    def _repr_html_(self) -> str:
        return super()._repr_html_() if self.answer is None else f"<p>{'yes' if self.answer else 'no'}</p>"

    def serialize(self, form: ResultFormat) -> bytes:
        """Return the result in a W3C format, exactly: json, xml, csv, tsv; ttl, nt for triples.

        Raises:
            ExportFormatError: see `kg.query.results.Result.serialize`.
        """
        return self._result.serialize(form)

    def to_rdflib(self) -> Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE as an rdflib graph of its own.

        Raises:
            ExportFormatError: the query gave rows or an answer.
        """
        if self._result.triples is None:
            raise ExportFormatError("only a CONSTRUCT or DESCRIBE gives a graph; .df() has the rows of a SELECT")
        from kg.store.view import to_graph  # noqa: PLC0415 - rdflib takes 0.3 s

        return to_graph(self._result.triples)
