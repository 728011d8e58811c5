"""The server as a process: its address, its end, and its errors."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kg.errors import SettingInvalidError, StoreMissingError
from kg.serve.server import run_server
from tests.serve.conftest import make_store

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"


def start(store_path: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(store_path), *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert server.stdout is not None
    match = re.match(r"(http://127\.0\.0\.1:\d+)/ ", server.stdout.readline())
    assert match is not None
    return server, match.group(1)


def test_it_prints_its_address_and_ends_well_when_interrupted(store_path: Path) -> None:
    server, address = start(store_path)
    try:
        assert httpx.get(f"{address}/sparql", params={"query": "ASK { ?s ?p ?o }"}, trust_env=False).json()["boolean"] is True
    finally:
        server.send_signal(signal.SIGINT)
        _, problems = server.communicate(timeout=20)
    assert (server.returncode, problems) == (0, "")


def test_an_interruption_from_the_terminal_ends_a_query_under_way(store_path: Path) -> None:
    server, address = start(store_path)
    port = int(address.rpartition(":")[2])
    try:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            body = ENDLESS.encode()
            head = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            time.sleep(1.0)
            begin = time.monotonic()
            os.killpg(server.pid, signal.SIGINT)
            server.wait(timeout=25)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.communicate()
    assert server.returncode == 0
    assert time.monotonic() - begin < 10


def test_only_this_machine_can_connect(store_path: Path) -> None:
    server, address = start(store_path)
    port = int(address.rpartition(":")[2])
    try:
        listening = Path("/proc/net/tcp").read_text() if Path("/proc/net/tcp").exists() else ""
        rows = [line.split()[1] for line in listening.splitlines()[1:] if line.split()[1].endswith(f":{port:04X}")]
        if listening:
            assert set(rows) == {f"0100007F:{port:04X}"}
        else:
            with socket.create_connection(("127.0.0.1", port)):
                pass
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux for the processes of a session")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_ended_leaves_no_process_and_no_picture(tmp_path: Path, number: int) -> None:
    store = make_store(tmp_path / "store")
    server, address = start(store)
    try:
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as connection:
            head = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
            connection.sendall(f"{head}Content-Length: {len(ENDLESS)}\r\n\r\n{ENDLESS}".encode())
            wait_until(lambda: len(list_session(server.pid)) > 2)
            server.send_signal(number)
            server.communicate(timeout=30)
        wait_until(lambda: not list_session(server.pid))
        wait_until(lambda: not any((store / "snapshots").iterdir()))
    finally:
        for process in list_session(server.pid):
            os.kill(process, signal.SIGKILL)


def list_session(leader: int) -> list[int]:
    """Return the processes of a session that are alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = path.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(session) == leader and state != "Z":
            found.append(int(path.parent.name))
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 40
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def test_requests_are_logged_where_that_is_asked_for_without_their_queries(store_path: Path) -> None:
    server, address = start(store_path, "--log")
    httpx.get(f"{address}/sparql", params={"query": "ASK { ?s ?p 'a secret' }"}, trust_env=False, timeout=60)
    server.send_signal(signal.SIGINT)
    _, lines = server.communicate(timeout=30)
    assert re.search(r"GET /sparql 200 \d+ ms \d+ bytes\n", lines)
    assert "secret" not in lines


def test_an_origin_that_is_none_is_refused_in_one_line(store_path: Path) -> None:
    with pytest.raises(SettingInvalidError, match=r"origin 'notes\.example/'"):
        run_server(store_path, 0, origins=["notes.example/"])


def test_a_port_in_use_is_refused_in_one_line(store_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingInvalidError, match=f"port {port} .*--port") as caught:
            run_server(store_path, port)
    assert "\n" not in str(caught.value)


def test_a_store_that_is_not_there_is_told_before_listening(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        run_server(tmp_path / "none", 0)
