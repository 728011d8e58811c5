"""Asking the store on behalf of a request: one object that the endpoint and every page share."""

from __future__ import annotations

import asyncio
import hashlib
import os
import pickle
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Self, TypeVar, cast

from kg.errors import ResultTooLargeError
from kg.query.binding import bind_terms
from kg.query.catalogue import NamedQuery, find_query
from kg.query.guard import check_is_allowed, check_is_unicode, find_kind, is_repeatable, names_dataset
from kg.query.resident.messages import Message
from kg.query.resident.writing import Written
from kg.query.results import Result
from kg.query.run import run_named_query
from kg.serve.answers import Answer, Answers
from kg.serve.following import Follower
from kg.serve.turns import Turns
from kg.store.reader import Reader
from kg.store.terms import NamedNode, OxLiteral

T = TypeVar("T")
#: What is smaller is read from its pickle at once; else in a thread.
_LARGE_BYTES = 100_000
#: What a remembered answer takes beside its bytes.
_OVERHEAD_BYTES = 1_000


class Limits(NamedTuple):
    """What queries may take.

    Attributes:
        seconds: the time that a query runs; what it waits for its turn is not counted.
        rows: rows or triples of a result.
        response_bytes: of an answer as it is written.
        memory_bytes: of a query's process, on top of the store.
        processes: queries that run at once, one of them never a person's own SPARQL; 0 for one more than there are cores.
        most_waiting: of people's queries, and of the server's own; the next one is told to try again.
        patience_seconds: how long a query waits for its turn.
        remembered_bytes: of answers that are kept until they are asked for again; 0 for none.
        copied_bytes: the files of a store that is copied into memory may have so many.
        held_bytes: of different answers that clients have not yet taken.
    """

    seconds: float = 30.0
    rows: int = 100_000
    response_bytes: int = 64 * 1024**2
    memory_bytes: int = 1024**3
    processes: int = 0
    most_waiting: int = 100
    patience_seconds: float = 30.0
    remembered_bytes: int = 128 * 1024**2
    copied_bytes: int = 512 * 1024**2
    held_bytes: int = 256 * 1024**2


class GraphNames(NamedTuple):
    """The graphs that a query is to ask, named beside it; they stand in place of what it says by FROM."""

    default: tuple[str, ...]
    named: tuple[str, ...]


class Asker:
    """Runs queries and reading functions in other processes, under one set of limits; an async context manager.

    Whoever serves pages is given one that is open. Every answer is complete and of one state of the store, the newest one that
    the server knows; none is ever cut at a limit. Answers are remembered until the store changes, and shared: do not alter
    what you are given. A task that is cancelled ends its query, unless others wait for the same.
    """

    def __init__(self, store: str | Path, limits: Limits | None = None) -> None:
        """Prepare; the store is opened by `async with`, which raises `StoreMissingError` or `StoreInvalidError`."""
        self.store = Path(store)
        self.limits = limits or Limits()
        self._follower = Follower(self.store, memory_bytes=self.limits.memory_bytes, copied_bytes=self.limits.copied_bytes)
        places = self.limits.processes or (os.cpu_count() or 1) + 1
        self._turns = Turns(places, self.limits.most_waiting, self.limits.patience_seconds)
        self._answers = Answers(self.limits.remembered_bytes)
        self._catalogue: dict[str, NamedQuery] = {}

    async def __aenter__(self) -> Self:
        await self._follower.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._follower.close()

    @property
    def state(self) -> str:
        """What stands for the store as it is now; it differs after every change. Raises as `ask`."""
        return self._follower.pool.state

    async def ask(self, text: str, bindings: Mapping[str, NamedNode | OxLiteral] | None = None) -> Result:
        """Return the result of SPARQL that belongs to a page; without FROM, the default graph is the union of all graphs.

        Args:
            text: a SELECT, ASK, CONSTRUCT or DESCRIBE. What a person wrote goes to `write`, or to `/sparql`.
            bindings: terms by parameter name. The text then holds one `VALUES (?actor_param ?since_param) { (UNDEF UNDEF) }`
                with these names in this order (`kg.query.binding`); a value never becomes text of the query otherwise.

        Raises:
            QuerySyntaxError: the text is no SPARQL, an update, or asks another service.
            QueryTimeoutError: it ran into the limit of time or memory, and was ended.
            ResultTooLargeError: it has more rows, or bytes, than the limits allow.
            ServerBusyError: too many queries wait.
            StoreMissingError, StoreInvalidError: the store cannot be read.
        """
        if bindings:
            text = bind_terms(text, list(bindings), bindings)
        question = partial(self._to_request, text, "result")
        return cast("Result", await self._share(("ask", text), question, _unpickle, is_own=True, text=text))

    async def ask_named(self, name: str, parameters: Mapping[str, str] | None = None) -> Result:
        """Return the result of a named query with parameters as people write them (`about=Putin`, `since=2026-01-01`).

        Args:
            name: one of the catalogue's: `who-claims`.
            parameters: those that are left out keep their defaults; an empty text is a value, not a default.

        Raises:
            QueryMissingError: there is no such query.
            ParameterInvalidError: a parameter is unknown or missing, or cannot be read as its type.
            ActorMissingError, ActorAmbiguousError: an actor's name fits none, or several (`candidates` lists them).
            QueryTimeoutError, ResultTooLargeError, ServerBusyError, StoreMissingError, StoreInvalidError: as `ask`.
        """
        if name not in self._catalogue:
            self._catalogue[name] = await asyncio.to_thread(find_query, name)
        values = tuple(sorted((parameters or {}).items()))
        return await self.call(_run_named, self._catalogue[name], values, self.limits.rows)

    async def call(self, function: Callable[..., T], *args: object) -> T:
        """Return `function(reader, *args)`, run in a worker that has the store open.

        Args:
            function: of a module's top level (`kg.query.explain.explain_claim`), whose first parameter is an open
                `kg.store.reader.Reader`; its result depends on the store and the arguments alone. It is run under the
                same limits as a query.
            args: what the function takes after the reader; these and the result go from process to process by pickle.

        Raises:
            KgError: whatever the function raises of this tree, with its attributes.
            QueryTimeoutError, ResultTooLargeError, ServerBusyError, StoreMissingError, StoreInvalidError: as `ask`.
        """
        body = pickle.dumps((function, args))
        request = Message({"kind": "call", "rows": self.limits.rows, "response_bytes": self.limits.response_bytes}, body)
        return cast("T", await self._share(("call", body), lambda: request, _unpickle, is_own=True))

    async def write(self, text: str, forms: Mapping[str, str | None], graphs: GraphNames | None = None) -> Written | None:
        """Return the answer to a person's own SPARQL as bytes; it never takes the last place from the server's own queries.

        Args:
            text: a SELECT, ASK, CONSTRUCT or DESCRIBE.
            forms: `table`, `answer` and `triples` to the format (`kg.query.results.ResultFormat`) that a result of this kind
                is to have; None where there is none that will do.
            graphs: those to ask instead of what the query says by FROM.

        Returns:
            None where no format will do.

        Raises:
            QuerySyntaxError, QueryTimeoutError, ResultTooLargeError, ServerBusyError, StoreMissingError, StoreInvalidError:
                as `ask`.
            ExportFormatError: the format cannot hold this result.
        """
        kind = find_kind(text)
        # Clients that differ in what they do not get share an answer.
        wanted = forms[kind] if kind is not None else tuple(forms.items())
        key = ("write", text, graphs, wanted)
        question = partial(self._to_request, text, "written", forms, graphs)
        return cast("Written | None", await self._share(key, question, _unpack, is_own=False, text=text))

    def _to_request(
        self, text: str, kind: str, forms: Mapping[str, str | None] | None = None, graphs: GraphNames | None = None
    ) -> Message:
        check_is_unicode(text)
        check_is_allowed(text)
        head: dict[str, object] = {
            "kind": kind,
            "forms": None if forms is None else dict(forms),
            "rows": self.limits.rows,
            "response_bytes": self.limits.response_bytes,
            "is_union": not names_dataset(text),
            "default_graphs": None if graphs is None else list(graphs.default),
            "named_graphs": None if graphs is None else list(graphs.named),
        }
        return Message(head, text.encode())

    async def _share(
        self,
        key: Hashable,
        question: Callable[[], Message],
        read: Callable[[Message], object],
        *,
        is_own: bool,
        text: str = "",
    ) -> object:
        """Return the answer to a question, which is looked at only where its answer is not remembered."""

        async def make() -> Answer[object]:
            request = question()
            async with self._turns.take(is_own=is_own):
                # The pool may be a newer one than when the question came: its answer is as good.
                reply = await self._follower.pool.run(request, self.limits.seconds)
            if len(reply.body) > _LARGE_BYTES:
                return Answer(await asyncio.to_thread(read, reply), len(reply.body))
            return Answer(read(reply), len(reply.body) + _OVERHEAD_BYTES)

        remembered = (self.state, _digest(key))
        if remembered not in self._answers and not is_repeatable(text):
            return (await make()).value
        return await self._answers.find(remembered, make)


def _digest(key: Hashable) -> bytes:
    return hashlib.sha256(repr(key).encode("utf-8", "surrogatepass")).digest()


def _unpickle(reply: Message) -> object:
    return pickle.loads(reply.body)  # noqa: S301 - from a process that this one started


def _unpack(reply: Message) -> Written | None:
    return Written(str(reply.head["form"]), reply.body) if reply.head["kind"] == "written" else None


def _run_named(reader: Reader, query: NamedQuery, values: Sequence[tuple[str, str]], row_limit: int) -> Result:
    result = run_named_query(reader, query, dict(values), row_limit)
    if result.is_cut:
        raise ResultTooLargeError(f"{row_limit:,} rows")
    return result
