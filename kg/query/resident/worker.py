"""The loop of a query process: a request in, an answer out, until its socket is closed or it is killed."""

from __future__ import annotations

import pickle
import resource
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError, StoreInvalidError
from kg.query.guard import to_syntax_error
from kg.query.resident.messages import Message, pack, receive
from kg.query.resident.writing import Limits, check_bytes, check_rows, write_found
from kg.query.results import read_result
from kg.store.reader import ENGINE_ERRORS, Reader
from kg.store.terms import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

_STATISTICS = Path("/proc/self/statm")


def answer_requests(stream: BinaryIO, open_reader: Callable[[], Reader], memory_bytes: int) -> None:
    """Answer until the stream ends.

    Args:
        stream: both ways.
        open_reader: gives the store, as it is to be read by this process.
        memory_bytes: what the process may take on top of what it begins with; it ends where it needs more.
    """
    begin = read_data_bytes()
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = begin + memory_bytes if most == resource.RLIM_INFINITY else min(begin + memory_bytes, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    reader: Reader | None = None
    while (message := receive(stream)) is not None:
        try:
            reader = reader or open_reader()
            reply = _answer(reader, message)
        except KgError as error:
            reply = _tell_error(error)
        except MemoryError:
            reply = Message({"kind": "memory"})
        reply.head["grown_bytes"] = read_data_bytes() - begin
        stream.write(pack(reply))
        stream.flush()
        del reply


def read_data_bytes() -> int:
    """Return the size of this process's data as `RLIMIT_DATA` counts it; 0 where the system does not tell."""
    try:
        return int(_STATISTICS.read_text("ascii").split()[5]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def _answer(reader: Reader, message: Message) -> Message:
    head = message.head
    limits = Limits(_to_limit(head["rows"]), _to_limit(head["response_bytes"]))
    try:
        if head["kind"] == "call":
            function, arguments = pickle.loads(message.body)  # noqa: S301 - from the process that started this one
            return _pack_value(function(reader, *arguments), limits)
        found = _run(reader, head, message.body.decode())
        if head["kind"] == "result":
            result = read_result(found, limits.rows)
            check_rows((limits.rows or 0) + 1 if result.is_cut else 0, limits)
            return _pack_value(result, limits)
        forms = head["forms"]
        assert isinstance(forms, Mapping)
        written = write_found(found, forms, limits)
    except SyntaxError as error:
        raise to_syntax_error(error) from error
    except (MemoryError, KgError):
        raise
    except ENGINE_ERRORS as error:
        raise StoreInvalidError(str(reader.path), f"cannot be read ({error}); build it again in another folder") from error
    except Exception as error:  # noqa: BLE001 - a function of another module: the process goes on, its caller is told
        return Message({"kind": "failure", "message": f"{type(error).__name__}: {error}"})
    return (
        Message({"kind": "unacceptable"}) if written is None else Message({"kind": "written", "form": written.form}, written.body)
    )


def _run(reader: Reader, head: Mapping[str, object], text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    default, named = head["default_graphs"], head["named_graphs"]
    if default is None:
        return reader.query(text, use_default_graph_as_union=bool(head["is_union"]))
    assert isinstance(default, list)
    assert isinstance(named, list)
    return reader.inner.query(text, default_graph=[*map(NamedNode, default)], named_graphs=[*map(NamedNode, named)])


def _pack_value(value: object, limits: Limits) -> Message:
    body = pickle.dumps(value)
    check_bytes(len(body), limits)
    return Message({"kind": "value"}, body)


def _tell_error(error: KgError) -> Message:
    """Return an error for `kg.query.resident.pool` to raise again: its class may take other arguments than its message."""
    return Message({"kind": "error"}, pickle.dumps((type(error), str(error), error.__dict__)))


def _to_limit(value: object) -> int | None:
    assert value is None or isinstance(value, int)
    return value
