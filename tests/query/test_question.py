from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputMissingError, ParameterInvalidError, QueryHeaderError, QueryMissingError, QuerySyntaxError
from kg.query.catalogue import NamedQuery, read_query, read_question
from kg.query.run import run_named_query, run_question
from kg.store.terms import OxStore

HEADER = """#+ id: my-claims
#+ summary: Mine
#+ params:
#+   speaker: {type: actor}
#+ columns: [claim]
"""
TEXT = """PREFIX kg: <https://sayso.example/ontology#>
SELECT ?claim { VALUES (?speaker_param) { (UNDEF) } ?claim kg:speaker ?speaker_param } ORDER BY ?claim
"""


def write(folder: Path, text: str) -> str:
    path = folder / "a file.rq"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_name_is_a_query_of_the_catalogue() -> None:
    found = read_question("who-claims")
    assert isinstance(found, NamedQuery)
    assert found.is_ours


@pytest.mark.parametrize("text", ["ASK{}", "SELECT * { ?s ?p ?o }", "DROP ALL", "# x.rq\nASK {}"])
def test_sparql_stays_as_it_is_written(text: str) -> None:
    assert read_question(text) == text


def test_an_unknown_name_is_missing() -> None:
    with pytest.raises(QueryMissingError):
        read_question("who-sings")


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError):
        read_question(str(tmp_path / "none.rq"))


def test_a_file_without_a_header_is_sparql(tmp_path: Path) -> None:
    assert read_question(write(tmp_path, TEXT)) == TEXT


def test_a_file_with_a_broken_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryHeaderError):
        read_question(write(tmp_path, "#+ id: [\n" + TEXT))


def test_a_persons_file_with_a_header_takes_parameters(tmp_path: Path, store_path: Path) -> None:
    question = read_question(write(tmp_path, HEADER + TEXT))
    rows = list(run_question(store_path, question, {"speaker": "Jane Kask"}).values())
    assert rows == [("https://sayso.example/document/blog#a1",)]
    assert len(run_question(store_path, question).rows) > 1


def test_a_persons_file_is_guarded_in_spite_of_its_header(tmp_path: Path, store_path: Path) -> None:
    text = TEXT.replace("?claim kg:speaker", "SERVICE <http://127.0.0.1:9/> { } ?claim kg:speaker")
    with pytest.raises(QuerySyntaxError, match="SERVICE"):
        run_question(store_path, read_question(write(tmp_path, HEADER + text)))


def test_a_named_query_is_guarded_when_it_runs_in_this_process(tmp_path: Path, newsroom: OxStore) -> None:
    path = tmp_path / "my-claims.rq"
    path.write_text(HEADER + TEXT.replace("?claim kg:speaker", "SERVICE <http://127.0.0.1:9/> { } ?claim kg:speaker"), "utf-8")
    with pytest.raises(QuerySyntaxError, match="SERVICE"):
        run_named_query(newsroom, read_query(path))


def test_a_named_query_is_run_on_a_store_on_disk(store_path: Path) -> None:
    result = run_question(store_path, read_question("who-claims"), {"about": "Putin", "frame": "stalling"})
    assert len(result.rows) == 6


def test_bare_sparql_takes_no_parameters(store_path: Path) -> None:
    with pytest.raises(ParameterInvalidError, match="'about'"):
        run_question(store_path, "ASK {}", {"about": "Putin"})
