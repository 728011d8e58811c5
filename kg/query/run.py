"""Running queries: named ones in this process, people's own in a child that is killed at its limits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kg.errors import ParameterInvalidError, QueryTimeoutError, StoreInvalidError, StoreMissingError
from kg.query.catalogue import NamedQuery
from kg.query.guard import check_is_allowed, check_is_unicode, names_dataset, to_syntax_error
from kg.query.parameters import bind_parameters
from kg.query.reader import Reader
from kg.query.results import Result, read_result
from kg.store.reader import open_reader
from kg.store.snapshot import remove_stale_snapshots
from kg.store.terms import QueryResultsFormat, RdfFormat, parse, parse_query_results

TIME_LIMIT_SECONDS = 30.0
MEMORY_LIMIT_BYTES = 4 * 1024**3
_PACKAGES = str(Path(__file__).resolve().parents[2])


def run_named_query(
    reader: Reader, query: NamedQuery, values: Mapping[str, str] | None = None, row_limit: int | None = None
) -> Result:
    """Return the rows of a named query, run in this process.

    Args:
        reader: an open store.
        query: best one of the catalogue: nothing ends it but its own end.
        values: parameters as people write them; those not given keep their defaults.
        row_limit: the most rows to keep; None for all.

    Raises:
        ParameterInvalidError, ActorMissingError, ActorAmbiguousError: see `bind_parameters`.
        QuerySyntaxError: the text is no valid SPARQL, or not allowed (see `run_query`).
    """
    text = bind_parameters(reader, query, values or {})
    check_is_allowed(text)
    try:
        return read_result(reader.query(text), row_limit)
    except SyntaxError as error:
        raise to_syntax_error(error) from error


def run_question(
    store: str | Path,
    question: NamedQuery | str,
    values: Mapping[str, str] | None = None,
    *,
    time_limit_seconds: float = TIME_LIMIT_SECONDS,
    row_limit: int | None = None,
) -> Result:
    """Return the result of whatever `kg.query.catalogue.read_question` gives.

    Queries of the catalogue run in this process without a time limit, people's own as in `run_query`.

    Raises:
        ParameterInvalidError: parameters were given to SPARQL without a header; else see `run_named_query`.
        QuerySyntaxError, QueryTimeoutError, StoreMissingError, StoreInvalidError: see `run_query`.
    """
    if isinstance(question, str):
        if values:
            raise ParameterInvalidError(f"{min(values)!r}: only a query with a `#+` header takes parameters")
        return run_query(store, question, time_limit_seconds=time_limit_seconds, row_limit=row_limit)
    with open_reader(store) as reader:
        if question.is_ours:
            return run_named_query(reader, question, values, row_limit)
        text = bind_parameters(reader, question, values or {})
    return run_query(store, text, time_limit_seconds=time_limit_seconds, row_limit=row_limit)


def run_remote_question(reader: Reader, question: NamedQuery | str, values: Mapping[str, str] | None = None) -> Result:
    """Return the result of a question that an endpoint answers; its own limits hold, and its own default graph.

    Raises:
        ParameterInvalidError, ActorMissingError, ActorAmbiguousError, QuerySyntaxError: as `run_question`.
        RemoteStoreError: the endpoint cannot be reached, or does not answer with results.
    """
    if isinstance(question, str):
        if values:
            raise ParameterInvalidError(f"{min(values)!r}: only a query with a `#+` header takes parameters")
        check_is_allowed(question)
        try:
            return read_result(reader.query(question))
        except SyntaxError as error:
            raise to_syntax_error(error) from error
    return run_named_query(reader, question, values)


def run_query(
    store: str | Path,
    text: str,
    *,
    time_limit_seconds: float = TIME_LIMIT_SECONDS,
    row_limit: int | None = None,
    memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
) -> Result:
    """Return the result of SPARQL that a person wrote; without FROM, the default graph is the union of all graphs.

    It runs in a process of its own, on the store as of its last commit, and can neither write nor reach the network.

    Args:
        store: the store's folder.
        text: a SELECT, ASK, CONSTRUCT or DESCRIBE.
        time_limit_seconds: the child is killed after that, start included (about 0.1 s).
        row_limit: the most rows or triples to keep; `Result.is_cut` tells whether there were more. None for all.
        memory_limit_bytes: the child ends when it needs more.

    Raises:
        QuerySyntaxError: the text is no SPARQL, an update, or asks another service.
        QueryTimeoutError: it ran into the time or memory limit.
        StoreMissingError: there is no store at the path.
        StoreInvalidError: the store cannot be read.
    """
    check_is_allowed(text)
    if not Path(store).is_dir():
        raise StoreMissingError(str(store))
    check_is_unicode(text)
    request = {
        "store": str(store),
        "text": text,
        "row_limit": row_limit,
        "memory_limit_bytes": memory_limit_bytes,
        "time_limit_seconds": time_limit_seconds,
        "is_union": not names_dataset(text),
    }
    head, _, payload = _ask_child(Path(store), json.dumps(request).encode(), time_limit_seconds).partition(b"\n")
    answer = json.loads(head)
    if answer["kind"] == "syntax":
        raise to_syntax_error(SyntaxError(answer["message"]))
    if answer["kind"] == "memory":
        raise _refuse_memory()
    if answer["kind"] == "failure":
        raise StoreInvalidError(str(store), answer["message"])
    if answer["kind"] == "triples":
        triples = tuple(quad.triple for quad in parse(payload, format=RdfFormat.N_TRIPLES))
        return Result(triples=triples, is_cut=answer["is_cut"])
    table = read_result(parse_query_results(payload, QueryResultsFormat.JSON))
    return Result(table.variables, table.rows, table.answer, is_cut=answer["is_cut"])


def _ask_child(store: Path, request: bytes, time_limit_seconds: float) -> bytes:
    paths = os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH"))))
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "kg.query.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    try:
        output, problems = child.communicate(request, timeout=time_limit_seconds)
    except subprocess.TimeoutExpired as error:
        limit = f"{time_limit_seconds:g} s"
        raise QueryTimeoutError(
            f"the query ran longer than {limit} and was ended; narrow it, add LIMIT, or allow more time"
        ) from error
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
        if child.returncode != 0:  # it had no time to remove its own
            remove_stale_snapshots(store)
    if child.returncode == 0:
        return output
    if child.returncode == -signal.SIGABRT or b"MemoryError" in problems:
        raise _refuse_memory()
    last = problems.decode("utf-8", "replace").strip().splitlines()[-1:]
    raise StoreInvalidError(str(store), f"the query process ended with {child.returncode} ({''.join(last)}); please report this")


def _refuse_memory() -> QueryTimeoutError:
    return QueryTimeoutError("the query needed more memory than it may use and was ended; narrow it or add LIMIT")
