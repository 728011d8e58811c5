from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg.store.terms import RdfFormat, parse
from tests.cli.desk import run, run_alone

CLAIM_COLUMNS = ["speaker", "about", "frame", "content", "cue", "speech", "published", "document", "claim"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"


def test_a_named_query_gives_tab_separated_rows_through_a_pipe(store: Path) -> None:
    answer = run("query", "who-claims", "-s", store)
    assert answer.exit_code == 0
    assert answer.rows[0][: len(CLAIM_COLUMNS)] == [f"?{name}" for name in CLAIM_COLUMNS]
    assert any(row[0] == '"Maarika Tohvri"' for row in answer.rows)


def test_a_parameter_restricts_the_rows(store: Path) -> None:
    answer = run("query", "claims-by", "-p", "speaker=Maarika Tohvri", "-f", "csv", "-s", store)
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert {row["speaker"] for row in rows} == {"Maarika Tohvri"}


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_rows_are_written_in_every_format_for_rows(store: Path, form: str) -> None:
    answer = run("query", "who-claims", "-f", form, "-s", store)
    assert answer.exit_code == 0
    assert "Tohvri" in answer.stdout
    if form == "json":
        assert json.loads(answer.stdout)["head"]["vars"][:2] == ["speaker", "about"]
    if form == "xml":
        assert ET.fromstring(answer.stdout).tag.endswith("sparql")  # noqa: S314 ours


@pytest.mark.parametrize(("form", "syntax"), [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES)])
def test_triples_are_written_in_every_format_for_triples(store: Path, form: str, syntax: RdfFormat) -> None:
    answer = run("query", "CONSTRUCT { ?s a ?k } WHERE { ?s a ?k } LIMIT 4", "-f", form, "-s", store)
    assert len(list(parse(answer.stdout.encode(), format=syntax))) == 4


def test_a_format_that_does_not_fit_ends_with_2(store: Path) -> None:
    assert run("query", "who-claims", "-f", "ttl", "-s", store).exit_code == 2
    assert run("query", "who-claims", "-f", "pdf", "-s", store).exit_code == 2


def test_text_a_file_and_standard_input_give_the_same(store: Path, tmp_path: Path) -> None:
    text = "SELECT ?s { ?s a <https://sayso.example/ontology#Claim> } ORDER BY ?s"
    (tmp_path / "mine.rq").write_text(text)
    by_text = run("query", text, "-s", store).stdout
    assert by_text.count("\n") > 1
    assert run("query", tmp_path / "mine.rq", "-s", store).stdout == by_text
    assert run("query", "-", "-s", store, stdin=text).stdout == by_text


def test_an_ask_that_is_false_ends_with_1(store: Path) -> None:
    assert run("query", "ASK { ?s a <https://sayso.example/ontology#Claim> }", "-s", store)[:2] == (0, "yes\n")
    assert run("query", "ASK { ?s a <urn:nothing> }", "-s", store)[:2] == (1, "no\n")


@pytest.mark.parametrize("text", ["SELECT ?x {", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "SELECT * { SERVICE <urn:x> {} }"])
def test_what_cannot_be_asked_ends_with_3_in_one_line(store: Path, text: str) -> None:
    answer = run("query", text, "-s", store)
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (3, "", 1)


def test_a_query_beyond_its_time_ends_with_4(store: Path) -> None:
    answer = run("query", ENDLESS, "--time-limit", "0.6", "-s", store)
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (4, "", 1)


def test_an_unknown_query_names_near_ones_and_ends_with_2(store: Path) -> None:
    answer = run("query", "who-claim", "-s", store)
    assert (answer.exit_code, "who-claims" in answer.stderr) == (2, True)


@pytest.mark.parametrize("parameter", ["about", "=x", "nothing=x", "since=soon", "frame=no-frame"])
def test_a_parameter_that_cannot_be_read_ends_with_2(store: Path, parameter: str) -> None:
    answer = run("query", "who-claims", "-p", parameter, "-s", store)
    assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)


def test_an_actor_that_nobody_mentions_ends_with_1(store: Path) -> None:
    assert run("query", "who-claims", "-p", "about=Nobody At All", "-s", store).exit_code == 1


@pytest.mark.parametrize(
    "name", ['"} ; DROP ALL ; #', "x' . ?s ?p ?o } #", "\\", "<urn:x> ?p ?o } #", "\N{RIGHT-TO-LEFT OVERRIDE}x\x1b[2J"]
)
def test_sparql_in_a_parameter_is_only_a_name(store: Path, name: str) -> None:
    before = run("stats", "-s", store).stdout
    answer = run("query", "who-claims", "-p", f"about={name}", "-s", store)
    assert (answer.exit_code, answer.stderr.count("\n")) == (1, 1)
    assert not {"\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(answer.stderr)
    assert run("stats", "-s", store).stdout == before


def test_every_named_query_is_listed_with_what_it_answers() -> None:
    listed = run("queries").rows
    assert listed[0] == ["query", "answers", "parameters"]
    assert {"who-claims", "who-denies", "nested-claims", "who-met-whom", "position-changes"} <= {row[0] for row in listed}
    assert all(row[1] for row in listed[1:])


def test_the_sentence_behind_a_claim_is_shown_with_its_evidence_marked(store: Path) -> None:
    (claim,) = {row[0].strip("<>") for row in run("query", _CLAIM_OF_TOHVRI, "-s", store).rows[1:]}
    answer = run("explain", claim, "-s", store)
    assert answer.exit_code == 0
    for part in ("<Estonian Foreign Minister Maarika Tohvri>", "{said}", "talks.txt", "confidence", "speaker    Maarika Tohvri"):
        assert part in answer.stdout


_CLAIM_OF_TOHVRI = """PREFIX kg: <https://sayso.example/ontology#>
SELECT ?claim { ?claim a kg:Claim ; kg:cue "said" ; kg:sourceText "Estonian Foreign Minister Maarika Tohvri" }"""


def test_a_query_can_show_the_evidence_of_its_rows(store: Path) -> None:
    answer = run("query", "who-claims", "-p", "about=Russia", "--explain", "-s", store)
    assert answer.exit_code == 0
    assert "{said}" in answer.stdout


def test_a_triple_is_explained_by_names(store: Path) -> None:
    answer = run("explain", "Maarika Tohvri", "kg:about", "Russia", "-s", store)
    assert (answer.exit_code, "stalling" in answer.stdout) == (0, True)


def test_what_cannot_be_explained_ends_with_its_code(store: Path) -> None:
    assert run("explain", "https://sayso.example/none#a1", "-s", store).exit_code == 1
    assert run("explain", "one", "two", "-s", store).exit_code == 2
    assert run("query", "queries-none", "--explain", "-s", store).exit_code == 2
    assert run("query", "SELECT ?s { ?s ?p ?o } LIMIT 1", "--explain", "-s", store).exit_code == 2


def test_a_query_file_that_is_not_utf_8_is_refused(store: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.rq").write_bytes(b"ASK { ?s ?p '\xff' }")
    assert run("query", tmp_path / "odd.rq", "-s", store).exit_code == 2
    assert run_alone("query", "-", "-s", store, stdin=b"ASK { ?s ?p '\xff' }").returncode == 2


def test_a_query_file_that_is_missing_is_named(store: Path, tmp_path: Path) -> None:
    answer = run("query", tmp_path / "gone.rq", "-s", store)
    assert (answer.exit_code, "gone.rq" in answer.stderr) == (2, True)
