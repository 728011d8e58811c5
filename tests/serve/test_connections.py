"""Clients that are slow, gone, elsewhere or of another origin; over a socket where that matters."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from kg.errors import ServerBusyError
from kg.serve import protocol, request
from kg.serve.app import make_app
from kg.serve.asking import Limits
from kg.serve.connection import Shelf
from kg.serve.server import make_config
from tests.serve.conftest import Client

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
#: Some 40 MB.
LONG = f"SELECT ('{'x' * 4000}' AS ?x) {{ {{ ?a ?b ?c }} UNION {{ ?d ?e ?f }} ?g ?h ?i }} LIMIT 10000"
QUERY = {"Content-Type": "application/sparql-query"}
ORIGIN = "https://notes.example"


@pytest.fixture
def listen(store_path: Path) -> Iterator[Callable[..., int]]:
    """Gives `listen(limits)`, which serves the newsroom and returns the port."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(limits: Limits | None = None) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(make_config(make_app(store_path, limits)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        running.append((server, thread))
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        return int(listener.getsockname()[1])

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=40)


def post(text: str, length: int | None = None) -> bytes:
    body = text.encode()
    head = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
    return f"{head}Content-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body


def test_a_head_that_trickles_in_is_not_waited_for(listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.5)
    with connect(listen()) as connection:
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        assert connection.recv(100) == b""


def test_a_connection_on_which_nothing_comes_is_closed(listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.5)
    with connect(listen()) as connection:
        assert connection.recv(100) == b""


def test_the_second_head_on_a_connection_is_not_waited_for(listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.5)
    with connect(listen()) as connection:
        connection.sendall(post("ASK {}"))
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"GET /sparql HT")
        time.sleep(0.1)
        while received := connection.recv(1000):
            assert b"HTTP/1.1" not in received


def test_a_query_may_run_longer_than_its_head_may_take(listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    with connect(listen(Limits(seconds=1.5))) as connection:
        connection.sendall(post(ENDLESS))
        assert connection.recv(100).startswith(b"HTTP/1.1 503 ")


def test_a_body_that_trickles_in_is_a_time_out(listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "BODY_SECONDS", 0.5)
    with connect(listen()) as connection:
        connection.sendall(post("ASK {", length=100))
        assert connection.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_hangs_up_frees_its_place(listen: Callable[..., int]) -> None:
    port = listen(Limits(processes=1, seconds=120, patience_seconds=30))
    with connect(port) as connection:
        connection.sendall(post(ENDLESS))
        time.sleep(1)
    answer = httpx.post(f"http://127.0.0.1:{port}/sparql", content="ASK {}", headers=QUERY, timeout=30, trust_env=False)
    assert answer.status_code == 200


def test_a_client_that_takes_no_answer_is_let_go(listen: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "STALL_SECONDS", 0.5)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(40)
        connection.connect(("127.0.0.1", listen()))
        connection.sendall(post(LONG))
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
        time.sleep(2)
        received = 0
        while part := connection.recv(2**20):
            received += len(part)
    assert received < 20_000_000


def test_a_long_answer_comes_whole(listen: Callable[..., int]) -> None:
    address = f"http://127.0.0.1:{listen()}/sparql"
    answer = httpx.post(address, content=LONG, headers={**QUERY, "Accept": "text/csv"}, timeout=60, trust_env=False)
    assert answer.status_code == 200
    assert answer.content == b"x\r\n" + 10_000 * (b"x" * 4000 + b"\r\n")


def test_an_address_without_end_is_refused(listen: Callable[..., int]) -> None:
    with connect(listen()) as connection:
        connection.sendall(b"GET /sparql?query=" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert connection.recv(100)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 414", b"HTTP/1.1 431")


def test_what_slow_clients_hold_is_bounded_and_counted_once() -> None:
    shelf = Shelf(100)
    first, second = b"a" * 80, b"b" * 30
    shelf.put(first)
    shelf.put(first)
    with pytest.raises(ServerBusyError):
        shelf.put(second)
    shelf.take(first)
    shelf.take(first)
    shelf.put(second)


def test_one_answer_beyond_the_bound_is_handed_out_alone() -> None:
    Shelf(10).put(b"x" * 100)


def test_a_busy_server_says_when_to_try_again(store_path: Path) -> None:
    with Client(store_path, Limits(most_waiting=0)) as client:
        answer = client.get("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("host", ["attacker.example", "127.0.0.1.attacker.example", "attacker.example:8000", ""])
def test_a_request_for_another_host_name_is_refused(client: Client, host: str) -> None:
    """So that a page of the web cannot rebind its name to this machine."""
    assert client.get("/sparql?query=ASK%20%7B%7D", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9999"])
def test_a_request_for_this_machine_is_answered(client: Client, host: str) -> None:
    assert client.get("/sparql?query=ASK%20%7B%7D", headers={"Host": host}).status_code == 200


def test_no_page_of_another_origin_may_read_an_answer(client: Client) -> None:
    for method in ("GET", "OPTIONS"):
        headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
        answer = client.request(method, "/sparql", params={"query": "ASK {}"}, headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_an_origin_that_was_named_may_read_answers_and_no_other(store_path: Path) -> None:
    with Client(store_path, origins=(ORIGIN,)) as client:
        allowed, other = (
            client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": origin})
            for origin in (ORIGIN, "https://x.example")
        )
        preflight = client.request("OPTIONS", "/sparql", headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    assert {part.strip() for part in allowed.headers["vary"].split(",")} == {"Accept", "Origin"}
    assert "access-control-allow-origin" not in other.headers
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]


@pytest.mark.parametrize("address", ["/sparql", "/sparql?query=ASK%20%7B%7D", "/sparql?query=x", "/none-of-these"])
def test_every_answer_tells_a_browser_to_guess_and_embed_nothing(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_options_are_told(client: Client) -> None:
    answer = client.request("OPTIONS", "/sparql")
    assert (answer.status_code, answer.content) == (204, b"")
    assert {name.strip() for name in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST", "OPTIONS"}


def test_a_head_has_the_headers_of_the_answer_and_no_body(listen: Callable[..., int]) -> None:
    address = f"http://127.0.0.1:{listen()}/sparql"
    parameters = {"query": "SELECT * { ?s ?p ?o } LIMIT 2"}
    got, head = (httpx.request(method, address, params=parameters, timeout=30, trust_env=False) for method in ("GET", "HEAD"))
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == got.headers[name]


def test_the_log_never_says_what_was_asked(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/sparql", params={"query": "ASK { ?s ?p 'a secret of mine' }"})
        client.get("/sparql", params={"query": "SELECT 'a secret of mine"})
        client.post("/sparql", content="ASK { ?s ?p 'a secret of mine' }", headers=QUERY)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("kg.")]
    assert [line.split()[:3] for line in lines] == [
        ["GET", "/sparql", "200"],
        ["GET", "/sparql", "400"],
        ["POST", "/sparql", "200"],
    ]
    assert not any("secret" in line for line in lines)


def test_a_line_of_the_log_is_one_line_whatever_the_path(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="kg.serve.records"):
        client.get("/a%0Ab%1B%5B2J")
    assert [record.getMessage().count("\n") for record in caplog.records] == [0]
    assert "\x1b" not in caplog.text
