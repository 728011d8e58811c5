from __future__ import annotations

import json

import pytest

from kg.errors import ExportFormatError, ResultTooLargeError
from kg.query.resident.writing import Limits, Written, write_found
from kg.store.terms import OxStore

FORMS = {"table": "json", "answer": "json", "triples": "ttl"}
#: Texts that look like the end of a row in one of the formats.
ROWS = '"},{" "<result>" "a\\nb\\nc" "\\"},{\\""'
TABLE = f"SELECT ?x {{ VALUES ?x {{ {ROWS} }} }}"


def write(text: str, limits: Limits | None = None, **forms: str | None) -> Written | None:
    return write_found(OxStore().query(text), {**FORMS, **forms}, limits or Limits())


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_whatever_their_texts_look_like(form: str) -> None:
    assert write(TABLE, Limits(rows=4), table=form) is not None
    with pytest.raises(ResultTooLargeError, match="more than 3 rows"):
        write(TABLE, Limits(rows=3), table=form)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_no_rows_are_within_any_limit(form: str) -> None:
    assert write("SELECT ?x { VALUES ?x {} }", Limits(rows=0), table=form) is not None


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_without_a_bound_variable_are_counted_too(form: str) -> None:
    text = "SELECT ?x { VALUES ?y { 1 2 3 } }"
    assert write(text, Limits(rows=3), table=form) is not None
    with pytest.raises(ResultTooLargeError):
        write(text, Limits(rows=2), table=form)


@pytest.mark.parametrize(
    ("text", "forms"), [(TABLE, {}), ("CONSTRUCT { <a:a> <a:b> ?x } { VALUES ?x { 1 2 } }", {"triples": "nt"})]
)
def test_an_answer_of_exactly_the_limit_of_bytes_is_within_it(text: str, forms: dict[str, str]) -> None:
    whole = write(text, **forms)
    assert whole is not None
    assert write(text, Limits(response_bytes=len(whole.body)), **forms) == whole
    with pytest.raises(ResultTooLargeError, match="bytes"):
        write(text, Limits(response_bytes=len(whole.body) - 1), **forms)


def test_writing_ends_at_the_limit_of_bytes_and_not_behind_the_last_row() -> None:
    endless = (
        "SELECT * { VALUES ?a { 1 2 3 4 5 6 7 8 } " + "".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 }} " for n in range(12)) + "}"
    )
    with pytest.raises(ResultTooLargeError, match="more than 10,000 bytes"):
        write(endless, Limits(response_bytes=10_000))


@pytest.mark.parametrize(("text", "kind"), [(TABLE, "table"), ("ASK {}", "answer"), ("DESCRIBE <a:a>", "triples")])
def test_where_the_client_takes_no_format_of_this_kind_there_is_none(text: str, kind: str) -> None:
    assert write(text, **{kind: None}) is None


def test_a_format_of_another_kind_is_refused() -> None:
    with pytest.raises(ExportFormatError):
        write(TABLE, table="ttl")
    with pytest.raises(ExportFormatError):
        write("DESCRIBE <a:a>", triples="csv")


def test_the_engine_s_json_is_what_results_are_in() -> None:
    written = write(TABLE)
    assert written is not None
    assert [row["x"]["value"] for row in json.loads(written.body)["results"]["bindings"]] == [
        "},{", "<result>", "a\nb\nc", '"},{"',
    ]  # fmt: skip
