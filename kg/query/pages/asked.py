"""The named queries: which there are, and what one of them gives."""

from __future__ import annotations

from pydantic import Field

from kg.model.base import Frozen
from kg.query.catalogue import NamedQuery, find_query, list_queries
from kg.query.pages.parameters import NoParameters
from kg.query.pages.tables import Table, make_table
from kg.query.parameters import bind_parameters
from kg.query.reader import Reader, to_text
from kg.query.run import run_named_query

#: Rows shown of a query; its CSV has all.
_MOST_ROWS = 500


class QueryParameter(Frozen):
    """A parameter of a named query: see `kg.query.header.Parameter`."""

    name: str
    type: str
    summary: str
    default: str
    is_required: bool


class QueryEntry(Frozen):
    """A named query.

    Attributes:
        folder: what it is about: "attributions".
        text: its SPARQL, header included.
    """

    name: str
    folder: str
    summary: str
    description: str
    parameters: tuple[QueryParameter, ...]
    columns: tuple[str, ...]
    text: str


class QueryList(Frozen):
    """All named queries, by folder and name."""

    queries: tuple[QueryEntry, ...]


class QueryPage(Frozen):
    """A named query and, where it was run, its rows."""

    query: QueryEntry
    values: dict[str, str] = Field(description="The parameters given, by name.")
    text: str = Field(description="The SPARQL with the parameters bound; that of the file, where it was not run.")
    table: Table | None = Field(description="None where it was not run.")


def list_named(_: Reader, __: NoParameters) -> QueryList:
    """Return all named queries."""
    return QueryList(queries=tuple(map(_describe, list_queries())))


def describe_query(_: Reader, name: str) -> QueryPage:
    """Return a named query without running it.

    Raises:
        QueryMissingError: there is none of this name.
    """
    query = find_query(name)
    return QueryPage(query=_describe(query), values={}, text=query.text, table=None)


def run_query(reader: Reader, name: str, given: tuple[tuple[str, str], ...]) -> QueryPage:
    """Return a named query with its rows.

    Args:
        reader: an open store.
        name: of the query.
        given: (name, value) of parameters, as people write them.

    Raises:
        QueryMissingError: there is none of this name.
        ParameterInvalidError, ActorMissingError, ActorAmbiguousError: see `kg.query.parameters.bind_parameters`.
    """
    query = find_query(name)
    values = dict(given)
    result = run_named_query(reader, query, values, _MOST_ROWS)
    rows = [[to_text(term) for term in row] for row in result.rows]
    return QueryPage(
        query=_describe(query),
        values=values,
        text=bind_parameters(reader, query, values),
        table=make_table(reader, result.variables, rows, is_cut=result.is_cut),
    )


def _describe(query: NamedQuery) -> QueryEntry:
    header = query.header
    return QueryEntry(
        name=query.name,
        folder=query.folder,
        summary=header.summary,
        description=header.description,
        parameters=tuple(
            QueryParameter(
                name=name,
                type=f"{parameter.type}:{parameter.scheme}" if parameter.scheme else parameter.type,
                summary=parameter.summary,
                default="" if parameter.default is None else str(parameter.default),
                is_required=parameter.required,
            )
            for name, parameter in header.params.items()
        ),
        columns=header.columns,
        text=query.text,
    )
