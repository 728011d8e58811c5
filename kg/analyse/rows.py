"""Rows of the queries in `queries/networks/`, as plain strings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from kg.errors import QueryMissingError
from kg.resources import find_resource


class Reader(Protocol):
    """What this package needs of a store: solutions of a SELECT query.

    Solutions have `variables` and yield one item a row; a row is indexed by position and holds terms
    with a `value`, or None where the variable is unbound.
    """

    def query(self, query: str, /) -> Any:
        """Return the solutions of a SELECT query."""


def read_rows(reader: Reader, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the query `name` in its own order.

    Every column is there; an unbound one is the empty string. IRIs and literals give their value alone.

    Raises:
        QueryMissingError: there is no such file in `queries/networks/`.
    """
    path = find_resource("queries") / "networks" / f"{name}.rq"
    if not path.is_file():
        raise QueryMissingError(f"{name!r}: no such query in {path.parent}; install sayso again")
    solutions = reader.query(path.read_text("utf-8"))
    columns = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {column: "" if (term := solution[index]) is None else term.value for index, column in enumerate(columns)}
