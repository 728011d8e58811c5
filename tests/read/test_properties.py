"""What holds for every input: verbatim text, ordered zones, no error but our own."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import DocumentRefusedError, KgError
from kg.model.document import Document
from kg.read.inputs import read_inputs

from .conftest import BASE

#: Words that the readers look for, so that generated texts meet their rules.
WORDS = st.sampled_from(
    [
        "By Ines Valdarra",
        "SELMA, March 3 (Wire) -",
        "Latest news",
        "Source",
        "About the author. Ines Valdarra, mayor.",
        "post.example",
    ]
)
TEXTS = st.lists(
    WORDS
    | st.sampled_from(
        ["\n", "\r\n", "\n\n", " ", "3 March 2026", "The editors do not share the views of authors.", "The mayor left."]
    )
    | st.text(alphabet=st.characters(codec="utf-8"), max_size=12),
    max_size=14,
).map("".join)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(name: str, data: bytes) -> list[Document | DocumentRefusedError]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(data)
        return list(read_inputs([name], base=BASE, working_directory=Path(folder)))


def check(document: Document) -> None:
    last = 0
    for zone in document.zones:
        assert last <= zone.span.begin < zone.span.end <= len(document.text)
        inside = document.text[zone.span.begin : zone.span.end]
        assert inside == inside.strip()
        last = zone.span.end
    document.model_dump_json().encode("utf-8")


@QUICK
@given(TEXTS)
def test_the_text_of_a_file_is_its_decoded_source_and_zones_are_in_order(text: str) -> None:
    (found,) = read("a.txt", text.encode())
    if isinstance(found, Document):
        assert found.text == text.removeprefix("\ufeff")
        check(found)
    else:
        assert "\n" not in str(found)


@QUICK
@given(st.binary(max_size=300) | TEXTS.map(str.encode), st.sampled_from(["txt", "html", "xml", "jsonl", "csv", "tsv"]))
def test_no_file_makes_reading_fail_but_by_an_error_of_one_line(data: bytes, ending: str) -> None:
    for found in read(f"a.{ending}", data):
        if isinstance(found, Document):
            check(found)
        else:
            assert isinstance(found, KgError)
            assert "\n" not in str(found)


@QUICK
@given(st.dictionaries(st.sampled_from(["text", "title", "author", "date", "url", "lang", "id", "source"]), st.text(max_size=30)))
def test_a_record_keeps_its_text_whatever_its_metadata_holds(values: dict[str, str]) -> None:
    (found,) = read("a.jsonl", json.dumps(values).encode())
    if isinstance(found, Document):
        assert found.text == values["text"]
        check(found)
    else:
        assert found.line == 1


@QUICK
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
        lambda v: st.lists(v) | st.dictionaries(st.text(max_size=6), v),
    )
)
def test_metadata_of_any_shape_refuses_no_text(value: object) -> None:
    line = json.dumps({"text": "The mayor left.", "author": value, "date": value, "url": value, "title": value, "id": value})
    (found,) = read("a.jsonl", line.encode())
    assert isinstance(found, Document)
    check(found)
