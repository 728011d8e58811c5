"""What went wrong with a request, as a status and in words, for pages and for JSON alike."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TypeVar

from pydantic import Field, ValidationError

from kg.errors import (
    ActorAmbiguousError,
    ActorMissingError,
    ClaimMissingError,
    DocumentMissingError,
    KgError,
    ParameterInvalidError,
    QueryMissingError,
    QuerySyntaxError,
    QueryTimeoutError,
    ResultTooLargeError,
    ServerBusyError,
    StoreInvalidError,
    StoreMissingError,
)
from kg.model.base import Frozen

P = TypeVar("P", bound=Frozen)

#: Characters of an address's parameters; a question or a name has a few hundred.
MOST_CHARACTERS = 16_000

_STATUSES: tuple[tuple[tuple[type[KgError], ...], HTTPStatus], ...] = (
    ((ParameterInvalidError, ActorAmbiguousError, QuerySyntaxError), HTTPStatus.BAD_REQUEST),
    ((ActorMissingError, ClaimMissingError, DocumentMissingError, QueryMissingError), HTTPStatus.NOT_FOUND),
    ((ResultTooLargeError,), HTTPStatus.UNPROCESSABLE_ENTITY),
    ((QueryTimeoutError, ServerBusyError, StoreMissingError, StoreInvalidError), HTTPStatus.SERVICE_UNAVAILABLE),
)


class Candidate(Frozen):
    """An actor that an ambiguous name may mean."""

    label: str
    iri: str


class Problem(Frozen):
    """A problem as RFC 9457 has it."""

    title: str
    status: int
    detail: str = Field(description="One line: what is wrong, where, what to do.")
    candidates: tuple[Candidate, ...] = Field((), description="Of an ambiguous name, the actors that it may mean.")
    retry_after: int | None = Field(None, description="Seconds after which the same may succeed; null where it may not.")


def find_problem(error: KgError) -> Problem:
    """Return what an error means for a request."""
    status = next((status for kinds, status in _STATUSES if isinstance(error, kinds)), HTTPStatus.INTERNAL_SERVER_ERROR)
    candidates = error.candidates if isinstance(error, ActorAmbiguousError) else ()
    detail = f"{error.name!r} fits several actors; choose one" if isinstance(error, ActorAmbiguousError) else str(error)
    return Problem(
        title=status.phrase,
        status=status,
        detail=" ".join(detail.split()),
        candidates=tuple(Candidate(label=label, iri=iri) for label, iri in candidates),
        retry_after=error.retry_after_seconds if isinstance(error, ServerBusyError) else None,
    )


def read_parameters(model: type[P], given: Iterable[tuple[str, str]]) -> P:
    """Return the parameters of an address, checked; those that are left empty count as not given.

    Raises:
        ParameterInvalidError: one is unknown, missing, given twice, or cannot be read as what it should be.
    """
    values: dict[str, str] = {}
    for name, value in given:
        if name in values:
            raise ParameterInvalidError(f"parameter {name!r} is given twice; give it once")
        values[name] = value
    if sum(map(len, values.values())) > MOST_CHARACTERS:
        raise ParameterInvalidError(f"the parameters have more than {MOST_CHARACTERS:,} characters; shorten them")
    known = tuple(model.model_fields)
    unknown = next((name for name in values if name not in known), None)
    if unknown is not None:
        raise ParameterInvalidError(f"no parameter {unknown!r}; there are {', '.join(known) or 'none'}")
    try:
        return model.model_validate({name: value for name, value in values.items() if value != ""})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise ParameterInvalidError(f"parameter {name!r}: {first['msg']}") from error
