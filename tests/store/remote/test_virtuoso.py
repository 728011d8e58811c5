"""A second kind of endpoint: Virtuoso 7.2, as Debian has it. Skipped where it is not installed."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kg.export.bulk import BulkTarget, run_bulk_export
from kg.export.bulk_loaders import LOADERS, fill_step
from kg.query.catalogue import find_query
from kg.query.run import run_named_query
from kg.store.embedded import open_store
from kg.store.reader import Reader, open_reader
from kg.store.remote.client import RemoteClient
from kg.store.remote.push import push_store
from kg.store.terms import QuerySolutions
from tests.store.remote.virtuoso import Virtuoso, is_installed, run_virtuoso

BASE = "https://sayso.example/"
PRESS = Path(__file__).parents[2] / "queries" / "graphs" / "press.trig"
#: Of the queries of the contract, all.
QUERIES = (
    ("who-claims", {}),
    ("who-claims", {"about": "Ostia", "frame": "stalling", "since": "2025-01-01"}),
    ("who-claims-putin-is-stalling", {}),
    ("who-denies", {}),
    ("claims-by", {"speaker": "Anna Noor"}),
    ("nested-claims", {"speaker": "Anna Noor"}),
    ("events-between", {}),
    ("events-between", {"since": "2025-01-01"}),
    ("who-met-whom", {}),
    ("who-pledged-aid-to", {}),
    ("contradictions", {}),
    ("position-changes", {}),
)


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    if not is_installed():
        pytest.skip("Virtuoso (Debian's virtuoso-opensource) is not installed")
    with run_virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
        assert "Error" not in found.run_sql('GRANT SPARQL_UPDATE TO "SPARQL";')
        yield found


@pytest.fixture
def client(virtuoso: Virtuoso) -> Iterator[RemoteClient]:
    """An endpoint without the graphs of tests before."""
    with virtuoso.open_client() as opened:
        for graph in list_graphs(opened):
            opened.update(f"DROP SILENT GRAPH <{graph}>")
        yield opened


def list_graphs(client: RemoteClient) -> list[str]:
    """The graphs that tests made; the server has some of its own."""
    solutions = client.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(solutions, QuerySolutions)
    return sorted(row[0].value for row in solutions if row[0].value.startswith((BASE, "urn:")))


def list_statements(client: RemoteClient) -> set[tuple[str, ...]]:
    found = set()
    for graph in list_graphs(client):
        solutions = client.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        found |= {(str(row["s"]), str(row["p"]), str(row["o"]), graph) for row in solutions}
    return found


def list_local(reader: Reader) -> set[tuple[str, ...]]:
    return {(str(quad.subject), str(quad.predicate), str(quad.object), quad.graph_name.value) for quad in reader.inner}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    store = pyoxigraph.Store()
    store.load(path=str(PRESS), format=pyoxigraph.RdfFormat.TRIG)
    return Reader(tmp_path_factory.mktemp("press"), store)


def test_the_endpoint_has_what_the_store_has(client: RemoteClient, press: Reader) -> None:
    (press.path / "pushed.sqlite").unlink(missing_ok=True)
    report = push_store(press, client)
    assert report.statements == press.size
    assert list_statements(client) == list_local(press)


def test_only_what_changed_is_sent_again(client: RemoteClient, tmp_path: Path, pages) -> None:
    folder = tmp_path / "s"
    with open_store(folder, BASE, {}) as store:
        store.replace_document("urn:d", pages.make("urn:d", [("urn:dx", 'Ada "Orlo"\n', "name", "Person", "new")]))
        store.replace_document("urn:e", pages.make("urn:e", [("urn:ex", "Østen \U0001f600 ‘x’", "name", "Person", "new")]))
    with open_reader(folder) as reader:
        push_store(reader, client)
        assert list_statements(client) == list_local(reader)
        assert push_store(reader, client).written == 0
    with open_store(folder, BASE, {}) as store:
        store.remove_document("urn:d")
    with open_reader(folder) as reader:
        report = push_store(reader, client)
        assert report.dropped >= 1
        assert list_statements(client) == list_local(reader)


@pytest.mark.parametrize(("name", "values"), QUERIES, ids=lambda value: value if isinstance(value, str) else "-".join(value))
def test_a_query_of_the_contract_gives_the_rows_that_it_gives_of_the_store(
    client: RemoteClient, press: Reader, name: str, values: dict[str, str]
) -> None:
    (press.path / "pushed.sqlite").unlink(missing_ok=True)
    push_store(press, client)
    query = find_query(name)
    expected = run_named_query(press, query, values)
    found = run_named_query(client, query, values)
    assert found.variables == expected.variables
    assert found.rows == expected.rows


def test_booleans_come_back_as_they_were_sent(client: RemoteClient) -> None:
    client.update('INSERT DATA { GRAPH <urn:b> { <urn:s> <urn:p> true . <urn:s> <urn:q> false . <urn:s> <urn:r> "1" } }')
    rows = client.query("SELECT ?p ?o WHERE { GRAPH <urn:b> { ?s ?p ?o } }")
    boolean = "^^<http://www.w3.org/2001/XMLSchema#boolean>"
    assert {row["p"].value: str(row["o"]) for row in rows} == {
        "urn:p": f'"true"{boolean}',
        "urn:q": f'"false"{boolean}',
        "urn:r": '"1"',
    }


@pytest.mark.parametrize("form", ["nq", "nq.gz"])
def test_bulk_files_are_loaded_by_the_commands_that_are_told(
    virtuoso: Virtuoso, client: RemoteClient, press: Reader, form: str
) -> None:
    folder = virtuoso.folder / f"bulk-{form}"
    run_bulk_export(press, f"{folder}/", BulkTarget(is_folder=True, format=form), split=100)
    (loader,) = (loader for loader in LOADERS if loader.name == "Virtuoso")
    script = fill_step(loader, loader.steps[0], form, f"part-*.{form}")
    assert script in (folder / "LOAD.md").read_text("utf-8")
    told = virtuoso.run_sql(script.replace("/path/of/this/folder", str(folder)))
    assert "Error" not in told
    assert "part-" not in told  # no file with an error
    assert list_statements(client) == list_local(press)
