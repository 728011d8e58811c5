"""How does `kg serve` bear many clients at once? `python -m tests.benchmarks.serve [--clients 50] [--seconds 30] [--forgetful]`.

The store is that of `sources/`, whose documents and persons are multiplied under other names until it has a million quads;
`--keep` makes it once. Clients ask named queries over kept connections, each the next one as soon as the last is answered; half
of the questions are about one actor each. One more client sends a query that would run for ever, and then asks at once for
another. `--forgetful` has the server remember no answers: only those who ask one thing at one moment share its answer.

Prints one line of JSON. Milliseconds are those of the clients, which share the machine's cores with the server: run it idle.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from kg.query.catalogue import find_query
from kg.query.parameters import bind_parameters
from kg.query.reader import read_rows, to_text
from kg.store.reader import open_reader
from kg.store.state import read_state
from kg.store.terms import OxStore, RdfFormat

ROOT = Path(__file__).parents[2]
QUADS = 1_000_000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
#: Asked without parameters.
_WHOLE = (
    "who-claims-putin-is-stalling", "beliefs", "demands", "predictions", "promises", "threats", "who-met-whom",
    "who-pledged-aid-to", "who-accuses-whom", "who-demands-of-whom", "anonymous-by-document", "events-by-place",
)  # fmt: skip
#: Asked about one actor each.
_OF_ACTORS = {"claims-by": "speaker", "who-denies": "about", "events-between": "actor", "posts": "person"}
_ACTORS_EACH = 4
_ACTORS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(?claim) AS ?count) WHERE { GRAPH ?document { ?claim kg:speaker ?actor } }
GROUP BY ?actor ORDER BY DESC(?count) ?actor LIMIT 200
"""
_SERVE = """
import sys
from kg.serve.asking import Limits
from kg.serve.server import run_server
run_server(sys.argv[1], 0, Limits(seconds=float(sys.argv[2]), remembered_bytes=int(sys.argv[3])))
"""
# What is copied under another name, and the names of it.
_OWN = re.compile(rb"(<https://sayso\.example/(?:document/|actor/(?:person|org|organisation|group)/)[^#>]*)")
_LABEL = re.compile(rb'(Label> ".*)("(?:@[a-z]+)? <)')


class Answered(NamedTuple):
    """One request: its status (0 where the connection broke), seconds, and bytes of the answer."""

    status: int
    seconds: float
    size: int


def make_store(folder: Path, quads: int) -> Path:
    """Return a store of at least so many quads below the folder; one that is there already is taken."""
    store, small, lines = folder / "large", folder / "small", folder / "large.nq"
    if (store / "done").is_file():
        return store
    build = [sys.executable, "-m", "kg", "build", str(ROOT / "sources"), "--store", str(small)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)})
    with open_reader(small) as reader:
        dumped = reader.inner.dump(format=RdfFormat.N_QUADS)
    assert dumped is not None
    shared = b"".join(line for line in dumped.splitlines(keepends=True) if not _OWN.search(line))
    own = b"".join(line for line in dumped.splitlines(keepends=True) if _OWN.search(line))
    copies = -(-(quads - shared.count(b"\n")) // own.count(b"\n"))
    with lines.open("wb") as target:
        target.write(shared)
        for number in range(copies):
            target.write(_LABEL.sub(rb"\1 %d\2" % number, _OWN.sub(rb"\1-%d" % number, own)))
    engine = OxStore(str(store))
    engine.bulk_load(path=str(lines), format=RdfFormat.N_QUADS)
    engine.flush()
    lines.unlink()
    (store / "done").touch()
    return store


def list_questions(store: Path) -> list[str]:
    """Return the questions as SPARQL, parameters bound."""
    with open_reader(store) as reader:
        actors = [to_text(actor) for actor, _ in read_rows(reader, _ACTORS)][:: 200 // _ACTORS_EACH]
        bound = [
            bind_parameters(reader, find_query(name), {parameter: actor})
            for name, parameter in _OF_ACTORS.items()
            for actor in actors
        ]
    return [*(find_query(name).text for name in _WHOLE), *bound]


async def ask_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, text: str) -> Answered:
    """Send one query on a kept connection and read its answer to the end."""
    body = urlencode({"query": text}).encode()
    head = (
        "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/sparql-results+json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    begin = time.perf_counter()
    writer.write(head.encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = re.search(r"(?im)^content-length: ([0-9]+)", answer)
    size = len(await reader.readexactly(int(length.group(1)))) if length else 0
    return Answered(int(answer.split()[1]), time.perf_counter() - begin, size)


async def run_client(port: int, questions: Sequence[str], first: int, end: float, answered: list[Answered]) -> None:
    """Ask one question after the other, beginning with the one of this number, until the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**26)
    at = first
    while time.perf_counter() < end:
        try:
            answered.append(await ask_on(reader, writer, questions[at % len(questions)]))
        except (OSError, asyncio.IncompleteReadError):
            answered.append(Answered(0, 0.0, 0))
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**26)
        at += 1
    writer.close()


async def ask_for_ever(port: int) -> tuple[Answered, Answered]:
    """Return how a query without end was answered, and the next one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    ended = await ask_on(reader, writer, ENDLESS)
    following = await ask_on(reader, writer, f"ASK {{ ?s ?p {time.time_ns()} }}")
    writer.close()
    return ended, following


async def watch_memory(process: int, found: list[int]) -> None:
    """Note the memory of a process and those that it started, shared pages counted once, twice a second."""
    while True:
        found.append(await asyncio.to_thread(_measure_tree, process))
        await asyncio.sleep(0.5)


def _measure_tree(root: int) -> int:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    tree, size = {root}, 0
    while added := {process for process, parent in parents.items() if parent in tree} - tree:
        tree |= added
    for process in tree:
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        except (FileNotFoundError, ProcessLookupError):
            continue
        size += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return size


async def measure(
    server: subprocess.Popen[str], port: int, questions: Sequence[str], clients: int, seconds: float
) -> dict[str, object]:
    """Return the figures of the module's docstring."""
    memory: list[int] = []
    answered: list[Answered] = []
    watching = asyncio.create_task(watch_memory(server.pid, memory))
    end = time.perf_counter() + seconds
    *_, (ended, following) = await asyncio.gather(
        *(run_client(port, questions, 7 * number, end, answered) for number in range(clients)), ask_for_ever(port)
    )
    watching.cancel()
    times = sorted(one.seconds for one in answered)
    return {
        "requests": len(answered),
        "errors": sum(one.status != HTTPStatus.OK for one in answered),
        **{f"p{share}_ms": round(1000 * times[min(len(times) - 1, len(times) * share // 100)], 1) for share in (50, 95, 99)},
        "max_ms": round(1000 * times[-1], 1),
        "requests_a_second": round(len(answered) / seconds, 1),
        "mb_a_second": round(sum(one.size for one in answered) / seconds / 2**20, 1),
        "endless_status": ended.status,
        "endless_seconds": round(ended.seconds, 2),
        "next_ms": round(1000 * following.seconds, 1),
        "peak_mb": max(memory) // 2**20,
    }


def main() -> int:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--quads", type=int, default=QUADS)
    parser.add_argument("--limit", type=float, default=10.0, help="seconds that the server lets a query run")
    parser.add_argument("--forgetful", action="store_true")
    parser.add_argument("--settle", type=float, default=30.0, help="seconds for the copy in memory before clients come")
    parser.add_argument("--keep", type=Path, help="folder in which the store is made, and found the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        store = make_store(folder, options.quads)
        questions = list_questions(store)
        state = read_state(store)
        remembered = "0" if options.forgetful else str(128 * 2**20)
        server = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(store), str(options.limit), remembered],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            assert server.stdout is not None
            address = re.match(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
            assert address is not None
            time.sleep(options.settle)
            figures = asyncio.run(measure(server, int(address.group(1)), questions, options.clients, options.seconds))
        finally:
            server.terminate()
            server.communicate(timeout=30)
        assert read_state(store) == state
    figures = {"questions": len(questions), "clients": options.clients, "forgetful": options.forgetful, **figures}
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
