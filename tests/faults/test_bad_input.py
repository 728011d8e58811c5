"""Bad input: refused in one line that names file and line, and nothing else is lost."""

from __future__ import annotations

import csv
import io
import json
import os
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.resources import find_bundle
from kg.store.dump import load_dump
from tests.cli.desk import TEXTS, Answer, run, run_alone

GOOD = TEXTS["aid.txt"]
BOMB = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">
<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY i "&h;&h;&h;&h;&h;&h;&h;&h;">]>
<rss version="2.0"><channel><title>x</title><item><title>y</title><description>&i;</description></item></channel></rss>
"""
EVIL_NAMES = (
    'Ann "Quote" O\'Hara',
    "Back\\slash Bell",
    "<script>alert(1)</script>",
    "Drop } ; DROP ALL ; # Dee",
    "=cmd|'/c calc'!A0",
)
ENDINGS = ("ttl", "trig", "nt", "nq", "jsonld", "rdf", "graphml", "gexf", "csv", "html")


class Tags(HTMLParser):
    """Collects the names of a page's tags and of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.scripts = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}
        self.scripts += tag == "script"


def build_with_good(folder: Path, name: str, content: bytes | str) -> Answer:
    """Build a store from a good text and the given file; both lie in a folder of their own."""
    inputs = folder / "in"
    inputs.mkdir()
    (inputs / "good.txt").write_text(GOOD, "utf-8")
    (inputs / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return run("build", inputs, "-s", folder / "store")


def assert_outputs_parse(folder: Path) -> dict[str, str]:
    """Check that the store is valid and that every format of export parses; return the texts by ending."""
    store = folder / "store"
    assert run("validate", "-s", store).exit_code == 0
    texts = {}
    for ending in ENDINGS:
        out = folder / f"all.{ending}"
        assert run("export", out, "-s", store).exit_code == 0
        texts[ending] = out.read_text("utf-8")
        if ending in {"ttl", "trig", "nt", "nq", "jsonld", "rdf"}:
            assert len(load_dump(out)) > 100
        elif ending in {"graphml", "gexf"}:
            ET.fromstring(texts[ending])  # noqa: S314 ours
        elif ending == "csv":
            rows = list(csv.reader(io.StringIO(texts[ending], newline="")))
            assert {len(row) for row in rows} == {len(rows[0])}
    return texts


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("empty.txt", b"", "empty.txt"),
        ("blank.txt", b" \n\t\n", "blank.txt"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "photo.txt"),
        ("nul.txt", b"Norway\0sent\0aid\0" * 50, "nul.txt"),
        ("long.txt", b"Norway pledged aid to Ukraine and " * 150_000, "long.txt"),
        ("bomb.xml", BOMB.encode(), "bomb.xml"),
        ("cut.xml", b"<rss><channel><item><title>Talks", "cut.xml"),
        ("empty.html", b"<html><head><script>var a = 1;</script></head><body></body></html>", "empty.html"),
        ("broken.jsonl", b'{"text": "Japan accused China."}\n{"text": "Kenya pro\n', "broken.jsonl' line 2"),
        ("list.jsonl", b'{"text": "Japan accused China."}\n\n[1, 2]\n', "list.jsonl' line 3"),
        ("odd.csv", b"id,title\n1,Talks\n", "odd.csv"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_line_and_the_rest_goes_in(
    tmp_path: Path, name: str, content: bytes, where: str
) -> None:
    answer = build_with_good(tmp_path, name, content)
    assert answer.exit_code == 5, answer
    assert answer.stderr.count("\n") == 1
    assert len(answer.stderr) < 600
    assert where in answer.stderr
    assert "1 refused" in answer.stdout
    assert run("actor", "Ragnhild Tveitdal", "-s", tmp_path / "store").exit_code == 0
    assert run("validate", "-s", tmp_path / "store").exit_code == 0


def test_annotate_refuses_alike_and_prints_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Japan accused China."}\n{broken\n{"text": "Norway pledged aid to Ukraine."}\n')
    answer = run("annotate", tmp_path / "a.jsonl")
    assert (answer.exit_code, answer.stderr.count("\n"), "line 2" in answer.stderr) == (5, 1, True)
    assert [json.loads(line)["text"] for line in answer.stdout.splitlines()] == [
        "Japan accused China.",
        "Norway pledged aid to Ukraine.",
    ]


def test_a_missing_file_among_good_ones_stops_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    answer = run("build", tmp_path / "good.txt", tmp_path / "gone.txt", "-s", tmp_path / "store")
    assert (answer.exit_code, answer.stderr.count("\n"), "gone.txt" in answer.stderr) == (2, 1, True)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_is_detected(tmp_path: Path, encoding: str) -> None:
    text = GOOD + "Åse Bjørnstad said the café in Tromsø had been closed for a week.\n" * 3
    answer = build_with_good(tmp_path, "other.txt", text.encode(encoding))
    assert answer.exit_code == 0, answer
    found = run("query", "ASK { ?m <https://sayso.example/ontology#name> 'Åse Bjørnstad' }", "-s", tmp_path / "store")
    assert found.exit_code == 0


def test_script_in_a_page_is_neither_text_nor_run(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in GOOD.splitlines() * 2 if line)
    noise = "<script>document.write('Sweden accused Denmark.')</script><style>p { }</style>" * 30
    page = f"<html><head><title>Aid</title>{noise}</head><body onload='x()'>{noise}<article>{paragraphs}</article></body></html>"
    answer = build_with_good(tmp_path, "page.html", page)
    assert answer.exit_code == 0, answer
    exported = assert_outputs_parse(tmp_path)
    assert "Sweden" not in exported["nq"]
    assert "document.write" not in exported["html"]


@pytest.mark.slow
def test_names_that_hold_markup_quotes_and_queries_are_only_names(tmp_path: Path) -> None:
    lines = [{"text": f"Norway accused Russia of stalling, {name} said.", "title": name, "author": name} for name in EVIL_NAMES]
    answer = build_with_good(tmp_path, "evil.jsonl", "".join(f"{json.dumps(line)}\n" for line in lines))
    assert answer.exit_code == 0, answer
    exported = assert_outputs_parse(tmp_path)
    assert run("stats", "-s", tmp_path / "store").rows[1] == ["documents", "6"]
    tags = Tags(exported["html"])
    assert "html" in tags.found
    assert not [name for name in tags.found if name.startswith("on")]
    # The page has its data and its own script where they were bundled, and none of the names'.
    assert tags.scripts == (2 if find_bundle("page.js") else 0)
    for name in EVIL_NAMES:
        assert run("query", "who-claims", "-p", f"about={name}", "-s", tmp_path / "store").exit_code in {0, 1}


@pytest.mark.slow
def test_control_and_bidirectional_characters_do_not_break_an_output(tmp_path: Path) -> None:
    strange = "\x07\x1b[31m\x0b\u202e\u2066\u200f\ufffe"
    record = {"text": f"Ola{strange} Strandvik said that Norway{strange} would send aid to Ukraine.", "title": f"Aid{strange}"}
    answer = build_with_good(tmp_path, "odd.jsonl", json.dumps(record) + "\n")
    assert answer.exit_code == 0, answer
    assert_outputs_parse(tmp_path)
    for words in (["stats"], ["actors"], ["query", "who-claims", "-f", "table"], ["query", "who-claims", "--explain"]):
        shown = run(*words, "-s", tmp_path / "store").stdout
        assert not {"\x07", "\x1b", "\u202e", "\u2066"} & set(shown), words


@pytest.mark.slow
def test_file_names_with_spaces_line_breaks_and_odd_bytes_are_files_like_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = [
        b"two words.txt",
        b"line\nbreak.txt",
        b"quote\"and'.txt",
        b"<script>.txt",
        b"odd\xff.txt",
        b"esc\x1b[2J.txt",
        b"a#1.txt",
    ]
    for name in names:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(GOOD, "utf-8")
    (folder / "emp\nty.txt").write_text("")
    answer = run_alone("build", folder, "-s", tmp_path / "store")
    assert answer.returncode == 5, answer
    assert answer.stderr.count(b"\n") == 1
    assert b"7 added, 1 refused" in answer.stdout
    listed = run("stats", "-s", tmp_path / "store")
    assert "\x1b" not in listed.stdout
    assert_outputs_parse(tmp_path)
    assert run("remove", folder / "a#1.txt", "-s", tmp_path / "store").stdout.count("removed") == 1


def test_standard_input_that_is_not_text_is_refused(tmp_path: Path) -> None:
    answer = run("build", "-", "-s", tmp_path / "store", stdin=bytes(range(256)) * 40)
    assert (answer.exit_code, answer.stderr.count("\n")) == (5, 1)
