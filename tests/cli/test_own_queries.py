"""`kg query` with a query of one's own that has a header: from a file and from standard input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import run

QUERY = """#+ id: my-claims
#+ summary: The claims of one speaker
#+ params:
#+   speaker: {type: actor, default: null, summary: "who speaks"}
#+ columns: [claim]
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?claim {
  VALUES (?speaker_param) { (UNDEF) }
  GRAPH ?g { ?claim a kg:Claim ; kg:speaker ?speaker } FILTER(!BOUND(?speaker_param) || ?speaker = ?speaker_param)
} ORDER BY ?claim
"""
ENDLESS = QUERY.replace("GRAPH ?g {", "?a ?b ?c . ?d ?e ?f . ?h ?i ?j . ?k ?l ?m . ?n ?o ?p . GRAPH ?g {").replace(
    "SELECT ?claim", "SELECT (COUNT(*) AS ?claim)"
)


@pytest.fixture(params=["file", "standard input"])
def ask(request: pytest.FixtureRequest, store: Path, tmp_path: Path):
    """The function that asks a query of one's own, with further words of the command line."""

    def ask_it(text: str, *words: str):
        if request.param == "standard input":
            return run("query", "-", "-s", store, *words, stdin=text)
        path = tmp_path / "anything.rq"
        path.write_text(text, "utf-8")
        return run("query", path, "-s", store, *words)

    return ask_it


def test_parameters_are_bound_by_name(ask) -> None:
    everybody, one = ask(QUERY).rows, ask(QUERY, "-p", "speaker=Maarika Tohvri").rows
    assert 1 < len(one) < len(everybody)
    assert set(map(tuple, one)) < set(map(tuple, everybody))


def test_the_evidence_of_its_rows_is_shown(ask) -> None:
    answer = ask(QUERY, "-p", "speaker=Maarika Tohvri", "--explain")
    assert answer.exit_code == 0
    assert "Tohvri" in answer.stdout
    assert "{cue}" in answer.stdout


def test_it_is_ended_at_the_time_limit(ask) -> None:
    answer = ask(ENDLESS, "--time-limit", "0.6")
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (4, "", 1)


def test_a_parameter_it_does_not_declare_is_refused(ask) -> None:
    assert ask(QUERY, "-p", "about=Russia").exit_code == 2


def test_a_broken_header_is_refused_in_one_line(ask) -> None:
    answer = ask(QUERY.replace("#+ params:", "#+ params: ["))
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


def test_without_a_header_it_takes_no_parameters(ask) -> None:
    answer = ask("SELECT ?s { ?s ?p ?o } LIMIT 1", "-p", "speaker=Maarika Tohvri")
    assert (answer.exit_code, "header" in answer.stderr) == (2, True)
