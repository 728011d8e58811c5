"""Asking the store on behalf of a request: one object that the endpoint and every page share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from kg.query.binding import bind_terms
from kg.query.catalogue import NamedQuery, find_query
from kg.query.parameters import bind_parameters
from kg.query.reader import Reader
from kg.query.results import Result
from kg.query.run import run_query
from kg.store.reader import open_reader
from kg.store.terms import NamedNode, OxLiteral

T = TypeVar("T")


class Limits(NamedTuple):
    """What one query may take.

    Attributes:
        seconds: the time that it runs.
        rows: rows or triples of its result.
        response_bytes: of the answer as it is written.
        memory_bytes: of its process.
        processes: queries that run at once; others wait for their turn.
    """

    seconds: float = 30.0
    rows: int = 100_000
    response_bytes: int = 64 * 1024 * 1024
    memory_bytes: int = 1024 * 1024 * 1024
    processes: int = 4


class Asker:
    """Runs queries and reading functions in other processes, under one set of limits; an async context manager.

    Whoever serves pages is given one that is open. Every answer is complete and of one state of the store; none is ever cut
    at a limit. Answers may be remembered until the store changes and are shared: do not alter what you are given.
    """

    def __init__(self, store: str | Path, limits: Limits | None = None) -> None:
        self.store = Path(store)
        self.limits = limits or Limits()
        self._turns = asyncio.Semaphore(self.limits.processes)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def ask(self, text: str, bindings: Mapping[str, NamedNode | OxLiteral] | None = None) -> Result:
        """Return the result of SPARQL text; without FROM, the default graph is the union of all graphs.

        Args:
            text: a SELECT, ASK, CONSTRUCT or DESCRIBE, of a person or of a page.
            bindings: terms by parameter name. The text then holds one `VALUES (?actor_param ?since_param) { (UNDEF UNDEF) }`
                with these names in this order (`kg.query.binding`); a value never becomes text of the query otherwise.

        Raises:
            QuerySyntaxError: the text is no SPARQL, an update, or asks another service.
            QueryTimeoutError: it ran into the limit of time, memory, rows or bytes, and was ended.
            StoreMissingError, StoreInvalidError: the store cannot be read.
        """
        if bindings:
            text = bind_terms(text, list(bindings), bindings)
        async with self._turns:
            return await asyncio.to_thread(
                run_query,
                self.store,
                text,
                time_limit_seconds=self.limits.seconds,
                row_limit=self.limits.rows,
                memory_limit_bytes=self.limits.memory_bytes,
            )

    async def ask_named(self, name: str, parameters: Mapping[str, str] | None = None) -> Result:
        """Return the result of a named query with parameters as people write them (`about=Putin`, `since=2026-01-01`).

        Args:
            name: one of the catalogue's: `who-claims`.
            parameters: those that are left out keep their defaults; an empty text is a value, not a default.

        Raises:
            QueryMissingError: there is no such query.
            ParameterInvalidError: a parameter is unknown or missing, or cannot be read as its type.
            ActorMissingError, ActorAmbiguousError: an actor's name fits none, or several (`candidates` lists them).
            QueryTimeoutError, StoreMissingError, StoreInvalidError: as `ask`.
        """
        query = find_query(name)
        return await self.ask(await self.call(_bind, query, dict(parameters or {})))

    async def call(self, function: Callable[..., T], *args: object) -> T:
        """Return `function(reader, *args)`, run in a worker that has the store open.

        Args:
            function: of a module's top level (`kg.query.explain.explain_claim`), whose first parameter is an open
                `kg.store.reader.Reader`; its result depends on the store and the arguments alone. It is run under the
                same limits as a query.
            args: what the function takes after the reader; these and the result go from process to process by pickle.

        Raises:
            KgError: whatever the function raises of this tree, with its attributes.
            QueryTimeoutError, StoreMissingError, StoreInvalidError: as `ask`.
        """

        def run() -> T:
            with open_reader(self.store) as reader:
                return function(reader, *args)

        async with self._turns:
            return await asyncio.to_thread(run)


def _bind(reader: Reader, query: NamedQuery, values: Mapping[str, str]) -> str:
    return bind_parameters(reader, query, values)
