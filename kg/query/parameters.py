"""What people give (`about=Putin`, `since=2025-10-01`) as terms of a query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kg.errors import ParameterInvalidError
from kg.query.binding import bind_terms
from kg.query.catalogue import NamedQuery
from kg.query.header import Parameter
from kg.query.lookup import resolve_actor, resolve_concept
from kg.query.reader import Reader
from kg.store.terms import NamedNode, OxLiteral

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


def bind_parameters(reader: Reader, query: NamedQuery, values: Mapping[str, str]) -> str:
    """Return the query's text with these values bound; names and notations are looked up in the store.

    Args:
        reader: the store that the query will ask.
        query: a named query.
        values: by parameter name. What is not given keeps its default.

    Raises:
        ParameterInvalidError: a name is unknown, a required one is missing, or a value cannot be read as its type.
        ActorMissingError: no actor has that name.
        ActorAmbiguousError: several have it.
    """
    known = query.header.params
    unknown = sorted(set(values) - set(known))
    if unknown:
        listed = ", ".join(known) or "none"
        raise ParameterInvalidError(f"{query.name}: no parameter {unknown[0]!r}; it takes {listed}")
    missing = [name for name, parameter in known.items() if parameter.required and name not in values]
    if missing:
        raise ParameterInvalidError(
            f"{query.name}: parameter {missing[0]!r} is required ({known[missing[0]].summary}); give {missing[0]}=…"
        )
    terms = {name: to_term(reader, name, known[name], value) for name, value in sorted(values.items())}
    return bind_terms(query.text, list(known), terms, str(query.path))


def to_term(reader: Reader, name: str, parameter: Parameter, value: str) -> NamedNode | OxLiteral:
    """Return one value as a term of the parameter's type; errors are those of `bind_parameters`."""
    if parameter.type == "actor":
        return resolve_actor(reader, value)
    if parameter.type == "concept":
        return resolve_concept(reader, name, parameter.scheme or "", value)
    if parameter.type == "date":
        return OxLiteral(_check_day(name, value.strip()), datatype=NamedNode(f"{_XSD}date"))
    if parameter.type == "integer":
        if not _INTEGER.fullmatch(value.strip()):
            raise ParameterInvalidError(f"{name}={value!r}: not a whole number")
        return OxLiteral(value.strip(), datatype=NamedNode(f"{_XSD}integer"))
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ParameterInvalidError(f"{name}={value!r}: not Unicode text") from error
    return OxLiteral(value)


def _check_day(name: str, value: str) -> str:
    problem = f"{name}={value!r}: not a day; write it as YYYY-MM-DD"
    if not _DAY.fullmatch(value):
        raise ParameterInvalidError(problem)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ParameterInvalidError(problem) from error
