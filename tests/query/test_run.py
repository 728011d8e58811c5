from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from kg.errors import QuerySyntaxError, QueryTimeoutError, StoreInvalidError, StoreMissingError
from kg.query.catalogue import find_query
from kg.query.run import run_named_query, run_query
from kg.store.terms import OxStore

# About 10^15 rows: no machine ends it.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
HOARDING = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?c ?f"


def list_snapshots(store: Path) -> list[Path]:
    folder = store / "snapshots"
    return list(folder.iterdir()) if folder.is_dir() else []


def test_the_default_graph_is_the_union_of_all_graphs(store_path: Path) -> None:
    result = run_query(store_path, "PREFIX kg: <https://sayso.example/ontology#> SELECT (COUNT(?c) AS ?n) { ?c a kg:Claim }")
    assert list(result.values()) == [(22,)]


def test_a_named_query_run_as_text_gives_the_same_rows(store_path: Path, newsroom: OxStore) -> None:
    query = find_query("who-claims")
    child, here = run_query(store_path, query.text), run_named_query(newsroom, query)
    assert (child.variables, child.rows) == (here.variables, here.rows)
    assert here.rows


@pytest.mark.parametrize(("text", "answer"), [("ASK { ?s ?p ?o }", True), ("ASK { ?s ?p 'nothing of the kind' }", False)])
def test_an_ask_has_an_answer(store_path: Path, text: str, answer: bool) -> None:
    assert run_query(store_path, text).answer is answer


def test_a_construct_has_triples(store_path: Path) -> None:
    result = run_query(store_path, "CONSTRUCT { ?s a ?k } WHERE { ?s a ?k } ", row_limit=5)
    assert result.triples is not None
    assert len(result.triples) == 5
    assert result.is_cut
    assert result.serialize("nt").count(b"\n") == 5


def test_an_empty_result_still_has_its_variables(store_path: Path) -> None:
    result = run_query(store_path, "SELECT ?s ?o { ?s <https://e.example/none> ?o }")
    assert (result.variables, result.rows) == (("s", "o"), ())
    assert json.loads(result.serialize("json"))["head"]["vars"] == ["s", "o"]


def test_a_query_beyond_its_time_is_ended_and_leaves_nothing_behind(store_path: Path) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.8 s") as caught:
        run_query(store_path, ENDLESS, time_limit_seconds=0.8)
    assert caught.value.exit_code == 4
    assert time.monotonic() - begin < 20
    assert list_snapshots(store_path) == []


def test_a_query_beyond_its_memory_is_ended(store_path: Path) -> None:
    with pytest.raises(QueryTimeoutError, match="memory"):
        run_query(store_path, HOARDING, time_limit_seconds=60, memory_limit_bytes=200 * 1024**2)
    assert list_snapshots(store_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x {",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '\udcff' }",
        "",
    ],
)
def test_what_is_no_query_is_refused_with_its_exit_code(store_path: Path, text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run_query(store_path, text)
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)


def test_a_store_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        run_query(tmp_path / "none", "ASK {}")


def test_a_folder_that_holds_no_store_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises((StoreMissingError, StoreInvalidError)) as caught:
        run_query(tmp_path, "ASK {}")
    assert "\n" not in str(caught.value)


def test_a_store_whose_path_has_odd_characters_is_read(tmp_path: Path) -> None:
    path = tmp_path / 'a store\'s "é" {folder}'
    OxStore(str(path)).flush()
    assert run_query(path, "ASK {}").answer is True


def test_a_query_runs_from_whatever_folder(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert run_query(store_path, "ASK {}").answer is True
