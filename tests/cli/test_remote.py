from pathlib import Path

import pytest

from tests.cli.desk import TEXTS, run
from tests.store.remote.conftest import server

__all__ = ["server"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of its own, where the working store is made."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_build_for_an_endpoint_is_answered_by_the_endpoint(server: str, desk: Path) -> None:
    remote = f"sparql+http://{server}/query"
    built = run("build", "-", "-s", remote, stdin=TEXTS["talks.txt"])
    assert (built.exit_code, "graphs written" in built.stdout) == (0, True)
    (desk / "kg-store").rename(desk / "away")
    asked = run("query", "who-claims", "-p", "frame=stalling", "-s", remote)
    assert asked.rows == run("query", "who-claims", "-p", "frame=stalling", "-s", desk / "away").rows
    assert len(asked.rows) > 1


def test_sparql_of_ones_own_is_answered_by_the_endpoint(server: str, store: Path) -> None:
    remote = f"sparql+http://{server}/query"
    assert run("push", remote, "-s", store).exit_code == 0
    text = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert run("query", text, "-s", remote).rows == run("query", text, "-s", store).rows


def test_a_second_push_sends_nothing(server: str, store: Path) -> None:
    run("push", f"sparql+http://{server}/query", "-s", store)
    assert "0 graphs written, 0 dropped" in run("push", f"sparql+http://{server}/query", "-s", store).stdout


def test_an_endpoint_is_asked_no_updates(server: str) -> None:
    assert run("query", "DROP ALL", "-s", f"sparql+http://{server}/query").exit_code == 3


def test_an_endpoint_that_is_not_there_is_one_line() -> None:
    answer = run("query", "ASK {}", "-s", "sparql+http://127.0.0.1:9/query")
    assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)
