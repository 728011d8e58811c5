"""`kg search` and `kg ask` on a small store: rows, formats, the parse, and how they fail."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.desk import run


def test_a_search_finds_a_claim_with_its_sentence(store: Path) -> None:
    answer = run("search", "Moscow is playing for time", "--store", store, "-n", "1", "-f", "json")
    (row,) = json.loads(answer.stdout)
    assert row["speaker"] == "Maarika Tohvri"
    assert row["content"] in row["sentence"]
    assert row["claim"].startswith(row["document"])
    assert row["score"] > 0.5


def test_a_search_keeps_to_its_filters(store: Path) -> None:
    filters = ("--speaker", "Gleb Ostrovin", "--polarity", "affirmed")
    found = json.loads(run("search", "peace", *filters, "-s", store, "-f", "json").stdout)
    assert {row["speaker"] for row in found} == {"Gleb Ostrovin"}
    assert json.loads(run("search", "peace", *filters, "--until", "2020-01-01", "-s", store, "-f", "json").stdout) == []


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_tables_have_a_header_and_a_row_a_hit(store: Path, form: str, delimiter: str) -> None:
    answer = run("search", "stalling the talks", "-s", store, "-n", "2", "-f", form)
    rows = list(
        csv.reader(
            io.StringIO(answer.stdout), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if form == "csv" else csv.QUOTE_NONE
        )
    )
    assert rows[0][:4] == ["score", "speaker", "content", "cue"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 3


def test_the_query_of_the_filters_is_shown_and_can_be_run(store: Path) -> None:
    answer = run("search", "stalling", "--frame", "stalling", "--show-query", "-s", store, "-f", "json")
    shown = answer.stderr[answer.stderr.index("PREFIX") :].partition("\nkg:")[0]
    claims = {row["claim"] for row in json.loads(answer.stdout)}
    table = json.loads(run("query", shown, "-s", store, "-f", "json").stdout)
    assert claims <= {row["claim"]["value"] for row in table["results"]["bindings"]}


def test_a_question_is_answered_and_how_it_was_understood_is_told(store: Path) -> None:
    answer = run("ask", "Who says that Russia is stalling?", "-s", store, "-f", "json")
    told = json.loads(answer.stdout)
    assert told["answers"][0]["speaker"] == "Maarika Tohvri"
    assert told["understood"]["frame"] == "stalling"
    assert "SELECT" in told["queries"][0]
    assert answer.stderr.startswith("understood: claims, about Russia, frame stalling")


def test_a_question_about_events_is_answered_by_events(store: Path) -> None:
    told = json.loads(run("ask", "who met Aino Hallakorpi", "-s", store, "-f", "json").stdout)
    assert [(row["actor"], row["type"], row["recipient"]) for row in told["answers"]] == [
        ("Maarika Tohvri", "CONSULT", "Aino Hallakorpi")
    ]


def test_last_week_counts_from_the_day_that_is_given(store: Path) -> None:
    answer = run("ask", "what did Tohvri say last week", "--today", "2026-03-10", "-s", store)
    assert answer.stderr.startswith("understood: claims, by Maarika Tohvri, from 2026-03-02, to 2026-03-08\n")


def test_what_is_not_understood_is_told(store: Path) -> None:
    assert "left as words: bridges and generators" in run("ask", "bridges and generators", "-s", store).stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("search", "peace", "--polarity", "maybe"), "affirmed or negated"),
        (("search", "peace", "--speaker", "Nobody Atall"), "Nobody Atall"),
        (("search", "peace", "--frame", "nonsense"), "not in the scheme frame"),
        (("search", "peace", "--since", "soon"), "YYYY-MM-DD"),
        (("search", "peace", "-f", "xml"), "no such format"),
        (("ask", "who met Tohvri", "--today", "soon"), "YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(store: Path, arguments: tuple[str, ...], problem: str) -> None:
    answer = run(*arguments, "-s", store)
    assert answer.exit_code in {1, 2}
    assert problem in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert run("ask", "who met Tohvri", "-s", tmp_path / "none").exit_code == 2
