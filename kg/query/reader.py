"""What this package needs of a store."""

from __future__ import annotations

from typing import Protocol

from kg.store.terms import BlankNode, NamedNode, OxLiteral, QueryBoolean, QuerySolutions, QueryTriples, Triple

#: A term as the store gives it.
Term = NamedNode | BlankNode | OxLiteral | Triple


class Reader(Protocol):
    """Anything that answers SPARQL queries, such as `kg.store.embedded.Reader` or a store in memory."""

    def query(self, query: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return the results; a `SyntaxError` says where the text is wrong."""


def read_rows(reader: Reader, text: str) -> list[tuple[Term | None, ...]]:
    """Return the rows of a SELECT query, each as long as its variables, None where one is unbound."""
    solutions = reader.query(text)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("only a SELECT query has rows")
    width = len(solutions.variables)
    return [tuple(solution[index] for index in range(width)) for solution in solutions]


def to_text(term: Term | None) -> str:
    """Return a literal's or IRI's characters; the empty string for no term."""
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else term.value
