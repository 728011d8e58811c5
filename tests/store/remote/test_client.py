import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import RemoteStoreError
from kg.store.remote.client import Endpoint, RemoteClient, is_remote, read_endpoint
from kg.store.terms import QuerySolutions
from tests.store.remote.conftest import find_free_port


class Scripted(BaseHTTPRequestHandler):
    """Answers with what the test put into `script`, and keeps the headers that it was sent."""

    script: list[tuple[int, str, bytes]]
    seen: list[dict[str, str]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        status, kind, body = self.script.pop(0)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def scripted() -> Iterator[type[Scripted]]:
    handler = type("Handler", (Scripted,), {"script": [], "seen": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        handler.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
        yield handler
        server.shutdown()
        thread.join()


def open_client(url: str, tries: int = 3) -> RemoteClient:
    return RemoteClient(Endpoint(url, url, ""), tries=tries)


def test_a_folder_is_no_endpoint() -> None:
    assert [is_remote(name) for name in ("kg-store", "http://x/y", "sparql+http://x/y", "sparql+https://x")] == [
        False,
        False,
        True,
        True,
    ]


def test_updates_and_graphs_of_a_query_path_are_beside_it() -> None:
    assert read_endpoint("sparql+http://h:7878/kg/query", {}) == Endpoint(
        "http://h:7878/kg/query", "http://h:7878/kg/update", "http://h:7878/kg/store"
    )


def test_any_other_path_takes_updates_as_well() -> None:
    assert read_endpoint("sparql+https://h/sparql", {}) == Endpoint("https://h/sparql", "https://h/sparql", "")


def test_the_environment_names_other_urls() -> None:
    given = {"KG_SPARQL_UPDATE": "http://h/sparql-auth", "KG_SPARQL_GRAPHS": "http://h/crud"}
    assert read_endpoint("sparql+http://h/sparql", given) == Endpoint("http://h/sparql", "http://h/sparql-auth", "http://h/crud")


@pytest.mark.parametrize("name", ["sparql+http://", "sparql+ftp://h/x", "http://h/sparql"])
def test_what_is_no_endpoint_is_refused(name: str) -> None:
    with pytest.raises(RemoteStoreError, match="HOST:PORT"):
        read_endpoint(name, {})


def test_a_password_in_the_name_is_refused_and_not_repeated() -> None:
    with pytest.raises(RemoteStoreError, match="KG_SPARQL_PASSWORD") as caught:
        read_endpoint("sparql+http://ada:secret@h/sparql", {})
    assert "secret" not in str(caught.value)


def test_an_endpoint_that_is_away_for_a_moment_is_asked_again(scripted: type[Scripted]) -> None:
    scripted.script += [(503, "text/plain", b""), (502, "text/plain", b""), (204, "text/plain", b"")]
    with open_client(scripted.url) as client:
        client.update("CLEAR ALL")
    assert len(scripted.seen) == 3


def test_an_endpoint_that_stays_away_is_named(scripted: type[Scripted]) -> None:
    scripted.script += [(503, "text/html", b"<h1>down\n for   repair</h1>")] * 2
    with open_client(scripted.url, tries=1) as client, pytest.raises(RemoteStoreError, match=r"503 .*down for repair"):
        client.update("CLEAR ALL")


def test_nothing_that_listens_is_an_error_of_one_line() -> None:
    url = f"http://127.0.0.1:{find_free_port()}/sparql"
    with open_client(url, tries=0) as client, pytest.raises(RemoteStoreError, match="is it running") as caught:
        client.query("ASK {}")
    assert "\n" not in str(caught.value)


def test_a_query_that_the_endpoint_cannot_parse_is_a_syntax_error(scripted: type[Scripted]) -> None:
    scripted.script.append((400, "text/plain", b"expected a brace"))
    with open_client(scripted.url) as client, pytest.raises(SyntaxError, match="expected a brace"):
        client.query("SELECT")


def test_an_answer_that_is_no_result_is_refused(scripted: type[Scripted]) -> None:
    scripted.script.append((200, "text/html", b"<html>hello</html>"))
    with open_client(scripted.url) as client, pytest.raises(RemoteStoreError, match="text/html that is no result"):
        client.query("ASK {}")


def test_results_of_another_shape_are_refused(scripted: type[Scripted]) -> None:
    body = b'{"head": {"vars": ["x"]}, "results": [{"datatype": "http://www.w3.org/2001/XMLSchema#boolean"}]}'
    scripted.script.append((200, "application/sparql-results+json", body))
    with open_client(scripted.url) as client, pytest.raises(RemoteStoreError, match="no result"):
        client.query("SELECT ?x {}")


def test_booleans_written_as_numbers_are_those_that_they_mean(scripted: type[Scripted]) -> None:
    kind = "http://www.w3.org/2001/XMLSchema#boolean"
    terms = [{"type": "literal", "datatype": kind, "value": value} for value in ("1", "0", "true")]
    terms += [{"type": "literal", "value": "1"}, {"type": "uri", "value": kind}]
    body = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": term} for term in terms]}}
    scripted.script.append((200, "application/sparql-results+json", json.dumps(body).encode()))
    with open_client(scripted.url) as client:
        rows = client.query("SELECT ?x {}")
    assert isinstance(rows, QuerySolutions)
    assert [row["x"].value for row in rows] == ["true", "false", "true", "1", kind]


def test_results_that_are_cut_are_refused(scripted: type[Scripted]) -> None:
    body = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"datatype": "http://www.w3.org/2001/XMLSchema#boolean"'
    scripted.script.append((200, "application/sparql-results+json", body))
    with open_client(scripted.url) as client, pytest.raises(RemoteStoreError, match="no result"):
        list(client.query("SELECT ?x {}"))


def test_a_query_is_sent_as_a_form(scripted: type[Scripted]) -> None:
    scripted.script.append((200, "application/sparql-results+json", b'{"head": {}, "boolean": true}'))
    with open_client(scripted.url) as client:
        assert client.query('ASK { ?s ?p "a&b=ö" }')
    assert scripted.seen[0]["content-type"] == "application/x-www-form-urlencoded"


def test_a_redirect_is_not_followed(scripted: type[Scripted]) -> None:
    scripted.script.append((307, "text/plain", b"elsewhere"))
    with open_client(scripted.url) as client, pytest.raises(RemoteStoreError, match="307"):
        client.update("CLEAR ALL")
    assert len(scripted.seen) == 1


def test_credentials_come_from_the_environment(scripted: type[Scripted], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_SPARQL_USER", "ada")
    monkeypatch.setenv("KG_SPARQL_PASSWORD", "orlo")
    scripted.script += [(204, "text/plain", b"")] * 2
    with open_client(scripted.url) as client:
        client.update("CLEAR ALL")
    monkeypatch.setenv("KG_SPARQL_TOKEN", "t0k3n")
    with open_client(scripted.url) as client:
        client.update("CLEAR ALL")
    assert [headers["authorization"] for headers in scripted.seen] == ["Basic YWRhOm9ybG8=", "Bearer t0k3n"]


def test_a_refusal_says_how_credentials_are_given(scripted: type[Scripted]) -> None:
    scripted.script.append((401, "text/plain", b"who are you"))
    with open_client(scripted.url) as client, pytest.raises(RemoteStoreError, match="KG_SPARQL_USER"):
        client.update("CLEAR ALL")
