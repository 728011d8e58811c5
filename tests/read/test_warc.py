"""Web archives: the pages of their responses, each of which costs only itself."""

from __future__ import annotations

import gzip

import pytest

from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.read import warc

from .conftest import Desk

PAGE = """<html lang="en"><head><title>Vote put off</title><meta property="og:site_name" content="Fjord Gazette">
<meta property="article:published_time" content="2026-03-04T08:00:00+01:00"></head>
<body><article><h1>Vote put off</h1><p>The council of {place} put off its vote until the spring, the mayor said on Tuesday.</p>
<p>Nobody in the hall objected, according to two people who were there.</p></article></body></html>"""


def make_archive(*entries: tuple[str, str, str, bytes], packed: bool = False) -> bytes:
    """Entries are (record type, status, content type, body)."""
    out = b""
    for number, (kind, status, content_type, body) in enumerate(entries):
        head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() if kind == "response" else b""
        record = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://gazette.example/news/{number}\r\n"
            f"WARC-Date: 2026-03-05T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(head + body)}\r\n\r\n"
        ).encode() + head + body + b"\r\n\r\n"  # fmt: skip
        out += gzip.compress(record) if packed else record
    return out


def page(place: str, charset: str = "utf-8") -> tuple[str, str, str, bytes]:
    return ("response", "200 OK", f"text/html; charset={charset}", PAGE.format(place=place).encode(charset))


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_each_page_is_a_document_with_the_url_that_was_fetched(desk: Desk, name: str, packed: bool) -> None:
    desk.write(name, make_archive(page("Bodø"), page("Narvik"), packed=packed))
    first, second = desk.read_all(name)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.url, first.path) == ("https://gazette.example/news/0", f"{name}#1")
    assert (first.publisher, first.published, first.title) == ("Fjord Gazette", "2026-03-04T08:00:00+01:00", "Vote put off")
    assert "The council of Bodø put off its vote" in first.text
    assert "Narvik" in second.text
    assert first.id != second.id


def test_the_charset_that_the_server_named_is_used(desk: Desk) -> None:
    (document,) = desk.read_all(desk.write("a.warc", make_archive(page("Århus", "iso-8859-10"))))
    assert isinstance(document, Document)
    assert "Århus" in document.text


def test_what_is_no_page_is_passed_over_and_counts(desk: Desk) -> None:
    archive = make_archive(
        ("resource", "", "", b"robots"),
        ("response", "404 Not Found", "text/html", b"<html><body>gone</body></html>"),
        ("response", "200 OK", "image/png", b"\x89PNG"),
        page("Tromsø"),
    )
    (document,) = desk.read_all(desk.write("a.warc", archive))
    assert isinstance(document, Document)
    assert document.path == "a.warc#4"


def test_a_page_that_is_too_large_costs_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_MARKUP_BYTES", 2000)
    large = ("response", "200 OK", "text/html", b"<html><body>" + b"<p>word</p>" * 1000 + b"</body></html>")
    refused, document = desk.read_all(desk.write("a.warc", make_archive(large, page("Alta"))))
    assert isinstance(refused, DocumentRefusedError)
    assert (refused.path, "2,000 bytes" in refused.problem) == ("a.warc#1", True)
    assert isinstance(document, Document)


def test_a_binary_page_costs_itself(desk: Desk) -> None:
    binary = ("response", "200 OK", "text/html", b"<html>\0\0\0</html>")
    refused, document = desk.read_all(desk.write("a.warc", make_archive(binary, page("Alta"))))
    assert isinstance(refused, DocumentRefusedError)
    assert isinstance(document, Document)


def test_an_archive_that_is_cut_keeps_what_came_before(desk: Desk) -> None:
    archive = make_archive(page("Alta"), page("Vardø"), packed=True)
    found = desk.read_all(desk.write("a.warc.gz", archive[: len(archive) - 60]))
    assert isinstance(found[0], Document)
    assert "Alta" in found[0].text


def test_a_file_that_is_no_archive_is_refused(desk: Desk) -> None:
    assert "web archive" in desk.refuse("a.warc", b"The council put off its vote.").problem


def test_a_piped_archive_is_told_by_its_begin(desk: Desk) -> None:
    (document,) = desk.read_all("-", stdin=make_archive(page("Alta")))
    assert isinstance(document, Document)
    assert document.url == "https://gazette.example/news/0"


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.ndjson.gz"])
def test_packed_json_lines_are_unpacked_as_they_are_read(desk: Desk, name: str) -> None:
    line = b'{"text": "The council put off its vote until the spring, the mayor said."}\n'
    (document,) = desk.read_all(desk.write(name, gzip.compress(line)))
    assert isinstance(document, Document)
    assert document.text.startswith("The council")


def test_packed_json_lines_that_are_cut_say_so(desk: Desk) -> None:
    line = b'{"text": "The council put off its vote until the spring, the mayor said."}\n'
    found = desk.read_all(desk.write("a.jsonl.gz", gzip.compress(line * 500)[:-20]))
    assert isinstance(found[-1], DocumentRefusedError)


def test_packed_json_lines_may_be_piped(desk: Desk) -> None:
    line = b'{"text": "The council put off its vote until the spring, the mayor said."}\n'
    (document,) = desk.read_all("-", stdin=gzip.compress(line))
    assert isinstance(document, Document)


def test_a_folder_gives_its_archives(desk: Desk) -> None:
    desk.write("in/a.warc.gz", make_archive(page("Alta"), packed=True))
    desk.write("in/b.jsonl.gz", gzip.compress(b'{"text": "The council put off its vote, the mayor said."}\n'))
    assert [type(found) for found in desk.read_all("in")] == [Document, Document]
