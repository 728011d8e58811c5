from pathlib import Path

import pytest

from kg.errors import RemoteStoreError
from kg.store.embedded import open_store
from kg.store.reader import open_reader
from kg.store.remote.client import Endpoint, RemoteClient, read_endpoint
from kg.store.remote.push import PushReport, push_store
from kg.store.terms import QuerySolutions

BASE = "https://sayso.example/"


def open_client(server: str, *, has_graphs: bool = True) -> RemoteClient:
    endpoint = read_endpoint(f"sparql+http://{server}/query", {})
    return RemoteClient(endpoint if has_graphs else endpoint._replace(graphs=""))


def push(folder: Path, client: RemoteClient) -> PushReport:
    with open_reader(folder) as reader:
        return push_store(reader, client)


def list_remote(client: RemoteClient) -> set[str]:
    solutions = client.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(solutions, QuerySolutions)
    return {" ".join(str(row[name]) for name in "spog") for row in solutions}


def list_local(folder: Path) -> set[str]:
    with open_reader(folder) as reader:
        quads = reader.inner.quads_for_pattern(None, None, None, None)
        return {f"{q.subject} {q.predicate} {q.object} {q.graph_name}" for q in quads}


@pytest.fixture
def folder(tmp_path: Path, pages) -> Path:
    with open_store(tmp_path / "s", BASE, {}) as store:
        for name in ("d", "e"):
            store.replace_document(
                f"urn:{name}", pages.make(f"urn:{name}", [(f"urn:{name}x", 'Ada "Orlo"\n', "name", "Person", "new")])
            )
    return tmp_path / "s"


@pytest.mark.parametrize("has_graphs", [True, False])
def test_an_endpoint_has_what_the_store_has(server: str, folder: Path, has_graphs: bool) -> None:
    with open_client(server, has_graphs=has_graphs) as client:
        report = push(folder, client)
        assert list_remote(client) == list_local(folder)
    assert (report.written, report.dropped, report.unchanged) == (3, 0, 0)


@pytest.mark.parametrize("has_graphs", [True, False])
def test_only_what_changed_is_sent_again(server: str, folder: Path, pages, has_graphs: bool) -> None:
    with open_client(server, has_graphs=has_graphs) as client:
        push(folder, client)
        assert push(folder, client) == PushReport(0, 0, 3, 0)
        with open_store(folder, BASE, {}) as store:
            store.remove_document("urn:d")
            store.replace_document("urn:e", pages.make("urn:e", []))
        report = push(folder, client)
        assert (report.written, report.dropped, report.unchanged) == (1, 2, 0)
        assert list_remote(client) == list_local(folder)


def test_graphs_that_the_endpoint_lost_are_sent_again(server: str, folder: Path) -> None:
    with open_client(server) as client:
        push(folder, client)
        client.update("DROP GRAPH <urn:d>")
        assert push(folder, client).written == 1
        assert list_remote(client) == list_local(folder)


def test_graphs_of_others_are_left_alone(server: str, folder: Path) -> None:
    with open_client(server) as client:
        client.update("INSERT DATA { GRAPH <urn:theirs> { <urn:a> <urn:b> <urn:c> } }")
        push(folder, client)
        push(folder, client)
        assert list_remote(client) - list_local(folder) == {"<urn:a> <urn:b> <urn:c> <urn:theirs>"}


def test_a_large_graph_goes_in_several_updates(server: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.remote.push._BATCH_SIZE", 3)
    with open_client(server, has_graphs=False) as client:
        push(folder, client)
        assert list_remote(client) == list_local(folder)


def test_an_interrupted_push_goes_on_where_it_was(server: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_client(server) as client:
        put = client.put_graph

        def fail_at_the_second(graph: str, statements: bytes) -> None:
            if graph == "urn:d":
                raise RemoteStoreError("http://x", "is gone")
            put(graph, statements)

        monkeypatch.setattr(client, "put_graph", fail_at_the_second)
        with pytest.raises(RemoteStoreError, match="is gone"):
            push(folder, client)
        monkeypatch.undo()
        report = push(folder, client)
        assert (report.written, report.unchanged) == (2, 1)
        assert list_remote(client) == list_local(folder)


def test_two_endpoints_are_kept_apart(server: str, folder: Path) -> None:
    with open_client(server) as client:
        push(folder, client)
        client.endpoint = Endpoint(client.endpoint.query, client.endpoint.update + "?other", client.endpoint.graphs)
        assert push(folder, client).written == 3
