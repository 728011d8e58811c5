"""One query in a process of its own, which can be killed: `python -m kg.query.worker`, JSON in, results out.

The engine cannot be told to stop. What this module imports is kept small, since every query of a person pays for it.
"""

from __future__ import annotations

import json
import resource
import signal
import sys

from kg.errors import KgError
from kg.query.results import read_result
from kg.store.reader import open_reader

_GRACE_SECONDS = 5


def main() -> int:
    """Answer the request on stdin: one line of JSON that tells the kind, then W3C JSON or N-Triples."""
    # The engine's threads never see Python's handlers: only the default action ends a query on Ctrl-C, or, should the
    # process that watches the time be gone itself, on the alarm.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    request = json.loads(sys.stdin.buffer.read())
    signal.setitimer(signal.ITIMER_REAL, request["time_limit_seconds"] + _GRACE_SECONDS)
    memory = request["memory_limit_bytes"]
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    try:
        with open_reader(request["store"]) as reader:
            found = reader.query(request["text"], use_default_graph_as_union=request["is_union"])
            result = read_result(found, request["row_limit"])
    except SyntaxError as error:
        return _answer("syntax", str(error))
    except (KgError, OSError) as error:
        return _answer("failure", str(error))
    except MemoryError:
        return _answer("memory", "")
    kind = "triples" if result.triples is not None else "table"
    return _answer(kind, "", result.serialize("nt" if kind == "triples" else "json"), is_cut=result.is_cut)


def _answer(kind: str, message: str, payload: bytes = b"", *, is_cut: bool = False) -> int:
    head = json.dumps({"kind": kind, "message": message, "is_cut": is_cut})
    sys.stdout.buffer.write(head.encode() + b"\n" + payload)
    return 0


if __name__ == "__main__":
    sys.exit(main())
