"""JSON Lines and tables: one record costs only itself, in bounded memory."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.read import jsonl, table
from kg.read.inputs import read_inputs
from kg.read.limits import MAX_TEXT_LENGTH

from .conftest import Desk

TEXT = "The council put off its vote until the spring, the mayor said on Tuesday."


def dump(**values: object) -> str:
    return json.dumps(values) + "\n"


def test_an_object_gives_text_and_metadata(desk: Desk) -> None:
    document = desk.read(
        "a.jsonl",
        dump(
            text=TEXT,
            title="Harbour vote",
            source="Harbour Post",
            byline="By Ines Valdarra",
            date="Tue, 03 Mar 2026 18:14:00 +0300",
            lang="en-GB",
            link="https://post.example/harbour-vote.html",
            id=7,
        ),
    )
    assert (document.text, document.title, document.publisher) == (TEXT, "Harbour vote", "Harbour Post")
    assert (document.author, document.published, document.language) == ("Ines Valdarra", "2026-03-03T18:14:00+03:00", "en")
    assert document.location == document.url == "https://post.example/harbour-vote.html"
    assert document.id.startswith("https://data.example/document/harbour-vote-")
    assert document.path == "a.jsonl#1"


@pytest.mark.parametrize("key", ["text", "body", "content", "article", "Text"])
def test_the_text_may_have_any_of_its_names(desk: Desk, key: str) -> None:
    assert desk.read("a.jsonl", dump(**{key: TEXT})).text == TEXT


def test_nested_metadata_of_schema_org_is_read(desk: Desk) -> None:
    values = {"author": [{"@type": "Person", "name": "Ines Valdarra"}, {"name": "Tomas Brook"}], "publisher": {"name": "Post"}}
    document = desk.read("a.jsonl", dump(text=TEXT, **values))
    assert (document.author, document.publisher) == ("Ines Valdarra; Tomas Brook", "Post")


def test_a_record_without_url_is_told_by_its_id_and_else_by_its_number(desk: Desk) -> None:
    found = desk.read_all(desk.write("in/a.jsonl", dump(text=TEXT, id="x/7") + "\n" + dump(text=TEXT)))
    assert [item.location for item in found if isinstance(item, Document)] == ["in/a.jsonl#x/7", "in/a.jsonl#2"]
    assert [item.path for item in found] == ["in/a.jsonl#1", "in/a.jsonl#2"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "cut of', "is not JSON"),
        ("[1, 2]", "must be a JSON object, not list"),
        ('{"title": "No text"}', "has none of text, body, content, article"),
        ('{"text": ["a"]}', "must be a string, not list"),
        ('{"text": null}', "holds no text"),
        ('{"text": "  \\n "}', "holds no text"),
        ('{"text": "a \\ud800 b"}', "lone surrogates"),
        ('{"text": "a \\u0000 b"}', "NUL"),
        ("[" * 100_000, "beyond any use"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "beyond any use"),
    ],
)
def test_a_broken_line_costs_only_itself(desk: Desk, line: str, problem: str) -> None:
    found = desk.read_all(desk.write("a.jsonl", dump(text=TEXT) + line + "\n" + dump(text=TEXT + " It rained.")))
    assert [type(item) for item in found] == [Document, DocumentRefusedError, Document]
    error = found[1]
    assert isinstance(error, DocumentRefusedError)
    assert error.line == 2
    assert problem in str(error)
    assert "'a.jsonl' line 2: " in str(error)


def test_a_line_that_is_not_utf_8_costs_only_itself(desk: Desk) -> None:
    found = desk.read_all(desk.write("a.jsonl", b'{"text": "caf\xe9"}\n' + dump(text=TEXT).encode()))
    assert "not UTF-8" in str(found[0])
    assert isinstance(found[1], Document)


def test_a_byte_order_mark_and_windows_line_ends_are_passed_over(desk: Desk) -> None:
    assert desk.read("a.ndjson", b"\xef\xbb\xbf" + dump(text=TEXT).encode().replace(b"\n", b"\r\n")).text == TEXT


def test_a_string_is_kept_as_given(desk: Desk) -> None:
    text = "“No,”\r\nhe\tsaid.\u202e\x07 It’s \U0001f600\u2028done.\n"
    assert desk.read("a.jsonl", dump(text=text)).text == text


def test_a_lone_surrogate_in_the_metadata_is_dropped(desk: Desk) -> None:
    document = desk.read("a.jsonl", '{"text": "Some text.", "title": "\\ud800", "author": "a\\udfff"}\n')
    assert (document.title, document.author) == (None, None)


def test_a_line_over_the_limit_is_passed_over_and_reading_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_RECORD_LENGTH", 200)
    monkeypatch.setattr(jsonl, "_CHUNK", 64)
    found = desk.read_all(desk.write("a.jsonl", dump(text="x" * 1000) + dump(text=TEXT) + dump(text="y" * 900).rstrip()))
    assert [(type(item), getattr(item, "line", None)) for item in found] == [
        (DocumentRefusedError, 1),
        (Document, None),
        (DocumentRefusedError, 3),
    ]
    assert "more than 200 bytes" in str(found[0])


def test_a_text_over_the_limit_is_refused_with_the_figures(desk: Desk) -> None:
    error = desk.refuse("a.jsonl", dump(text="word " * (MAX_TEXT_LENGTH // 5 + 1)))
    assert "2,000,005 characters, the limit is 2,000,000" in str(error)


def test_two_records_with_one_url_do_not_replace_each_other(desk: Desk) -> None:
    line = dump(text=TEXT, url="https://post.example/a")
    found = desk.read_all(desk.write("a.jsonl", line), desk.write("b.jsonl", line + line))
    assert [type(item) for item in found] == [Document, DocumentRefusedError, DocumentRefusedError]
    assert "'b.jsonl#1'" in str(found[1])
    assert "'a.jsonl#1'" in str(found[1])


def test_the_digest_of_a_record_does_not_depend_on_the_order_of_its_keys(desk: Desk) -> None:
    one = desk.read("a.jsonl", dump(text=TEXT, title="T", id=1))
    two = desk.read("b.jsonl", dump(id=1, title="T", text=TEXT))
    other = desk.read("c.jsonl", dump(id=1, title="U", text=TEXT))
    assert one.sha256 == two.sha256
    assert one.sha256 != other.sha256


def test_an_object_of_words_that_is_no_url_leaves_the_location_to_the_path(desk: Desk) -> None:
    document = desk.read("a.jsonl", dump(text=TEXT, url='javascript:alert("x")', id="9"))
    assert (document.url, document.location) == (None, "a.jsonl#9")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_may_use_any_usual_separator(desk: Desk, separator: str) -> None:
    rows = [["Title", "Body", "Published At"], ["Harbour vote", "It was put off.", "2026-03-03"]]
    document = desk.read("a.csv", "\n".join(separator.join(row) for row in rows))
    assert (document.title, document.text, document.published) == ("Harbour vote", "It was put off.", "2026-03-03")


def test_a_tsv_file_keeps_commas(desk: Desk) -> None:
    assert desk.read("a.tsv", "text\ttitle\nYes, no, maybe.\tVote\n").text == "Yes, no, maybe."


def test_a_cell_may_hold_line_breaks_and_quotation_marks(desk: Desk) -> None:
    assert desk.read("a.csv", 'text,id\r\n"He said ""no"".\r\nThen,\nhe left.",1\r\n').text == 'He said "no".\r\nThen,\nhe left.'


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_may_be_in_another_encoding(desk: Desk, codec: str) -> None:
    text = "“We won’t leave,” the mayor of Saint-Étienne said at a café near the harbour."
    assert desk.read("a.csv", f'id,text\n1,"{text}"\n'.encode(codec)).text == text


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('2,"never closed', "unexpected end"),
        ('2,"closed" too early', "',' expected after"),
        ("2,a,b", "3 cells where the header has 2"),
        ("2", "1 cells where the header has 2"),
        ("2,  ", "holds no text"),
    ],
)
def test_a_broken_row_costs_only_itself(desk: Desk, row: str, problem: str) -> None:
    found = desk.read_all(desk.write("a.csv", f"id,text\n1,The first text.\n{row}\n3,The third text.\n4,The fourth text.\n"))
    texts = [item.text for item in found if isinstance(item, Document)]
    (error,) = [item for item in found if isinstance(item, DocumentRefusedError)]
    assert texts == ["The first text.", "The third text.", "The fourth text."]
    assert error.line == 3
    assert problem in str(error)


def test_a_row_with_bytes_of_another_encoding_costs_only_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_SAMPLE_LENGTH", 100)
    rows = f'id,text\n1,"{TEXT}"\n2,"{TEXT}"\n'.encode()
    found = desk.read_all(desk.write("a.csv", rows + b"3,caf\xe9\n4,The last text.\n"))
    assert [type(item) for item in found] == [Document, Document, DocumentRefusedError, Document]
    assert str(found[2]) == "'a.csv' line 4: holds bytes that are not UTF-8, or lone surrogates; convert or repair it"


def test_many_unclosed_quotation_marks_are_read_in_linear_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_MAX_REREAD", 10_000)
    found = desk.read_all(desk.write("a.csv", "id,text\n" + '1,"a\n' * 401))
    assert 0 < len(found) < 402
    assert all(isinstance(item, DocumentRefusedError) for item in found)


@pytest.mark.parametrize("content", ["name,age\nx,3\n", "\n", 'text,"Text"\na,b\n'])
def test_a_table_without_one_column_of_text_is_refused(desk: Desk, content: str) -> None:
    assert desk.refuse("a.csv", content).line == 1


def test_a_file_of_many_megabytes_is_never_held_as_a_whole(desk: Desk) -> None:
    line = dump(text=TEXT * 1000).encode()
    path = desk.write("a.jsonl", b"".join(line.replace(b"{", b'{"id": %d, ' % n, 1) for n in range(120)))
    assert Path(desk.folder, path).stat().st_size > 8_000_000
    next(iter(read_inputs([path], base="https://data.example/", working_directory=desk.folder)))
    tracemalloc.start()
    count = sum(1 for _ in read_inputs([path], base="https://data.example/", working_directory=desk.folder))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 120
    assert peak < 2_000_000
