"""Inputs as a whole: stable order, one bad document alone, standard input, limits, lazy imports."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys

import pytest

from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.read.files import find_files
from kg.read.inputs import Unchanged, read_changes, read_inputs, sniff
from kg.read.language import guess_language

from .conftest import BASE, Desk

TEXT = "The council put off its vote until the spring, the mayor said on Tuesday in the town hall."


def test_one_bad_file_costs_only_itself(desk: Desk) -> None:
    desk.write("in/1.txt", TEXT)
    desk.write("in/2.txt", b"\x00\x01\x02")
    desk.write("in/3.txt", "")
    desk.write("in/4.xml", "<x/>")
    desk.write("in/5.jsonl", "{\n")
    desk.write("in/6.html", f"<p>{TEXT}</p>")
    found = desk.read_all("in")
    assert [type(item) is Document for item in found] == [True, False, False, False, False, True]
    assert [item.path for item in found] == ["in/1.txt", "in/2.txt", "in/3.txt", "in/4.xml", "in/5.jsonl", "in/6.html"]


@pytest.mark.parametrize("content", ["", " \r\n\t\n", "\ufeff", "\u200b\n"])
def test_a_file_without_text_is_refused(desk: Desk, content: str) -> None:
    assert "holds no text" in str(desk.refuse("a.txt", content))


def test_a_text_file_in_one_long_line_is_refused_with_the_figures(desk: Desk) -> None:
    error = desk.refuse("a.txt", "word " * 1_048_576)
    assert "5,242,880 characters, the limit is 2,000,000" in str(error)


def test_a_file_over_the_limit_is_refused_unread(desk: Desk) -> None:
    path = desk.folder / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)
    (error,) = desk.read_all("a.txt")
    assert "1,099,511,627,776 bytes, the limit for this format is 8,000,004" in str(error)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are another matter there")
def test_a_file_that_may_not_be_read_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.txt", TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    (error,) = desk.read_all("a.txt")
    assert str(error) == "'a.txt': cannot be read (Permission denied)"


def test_the_text_and_the_digest_are_those_of_the_file(desk: Desk) -> None:
    data = f"\ufeff{TEXT}\r\n\u202e\x07Größe\n".encode()
    document = desk.read("a.txt", data)
    assert document.text == data.decode("utf-8-sig")
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_reading_again_gives_the_same_documents(desk: Desk) -> None:
    desk.write("in/a.txt", TEXT)
    desk.write("in/b.jsonl", '{"text": "One."}\n{"text": "Two."}\n')
    assert desk.read_all("in") == desk.read_all("in/b.jsonl", "in")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TEXT.encode(), "text"),
        (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        (b'\xef\xbb\xbf  {"text": "a"}', "jsonl"),
        (b"{curly} words begin this text", "text"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"<p>Short</p>", "html"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "feed"),
        (b"<!-- c --><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
        (b"<angle> words", "text"),
        (b"", "text"),
    ],
)
def test_the_format_of_a_stream_is_told_by_its_begin(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_standard_input_is_read_in_its_format(desk: Desk) -> None:
    found = desk.read_all("-", stdin=b'{"text": "One."}\n{"text": "Two.", "url": "https://post.example/2"}\n')
    assert [item.path for item in found] == ["-#1", "-#2"]
    assert isinstance(found[1], Document)
    assert found[1].location == "https://post.example/2"


def test_piped_texts_are_told_apart_by_their_content(desk: Desk) -> None:
    (one,) = desk.read_all("-", stdin=TEXT.encode())
    (same,) = desk.read_all("-", stdin=TEXT.encode())
    (other,) = desk.read_all("-", stdin=b"Another text.")
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert one == same
    assert one.id != other.id


def test_a_closed_or_empty_standard_input_is_refused(desk: Desk) -> None:
    assert "standard input is closed" in str(desk.read_all("-")[0])
    assert "holds no text" in str(desk.read_all("-", stdin=b"")[0])


def test_standard_input_may_give_a_few_bytes_at_a_time() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(7, size) if size and size > 0 else 7)

    data = b"".join(b'{"text": "The text number %d."}\n' % n for n in range(50))
    assert len([d for d in read_inputs(["-"], base=BASE, stdin=Slow(data)) if isinstance(d, Document)]) == 50


def test_two_pages_of_one_address_do_not_replace_each_other(desk: Desk) -> None:
    source = f"<html><head><link rel='canonical' href='https://post.example/a'></head><body><p>{TEXT}</p></body></html>"
    found = desk.read_all(desk.write("a.html", source), desk.write("b.html", source))
    assert [type(item) for item in found] == [Document, DocumentRefusedError]
    assert "'a.html'" in str(found[1])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("Der Rat hat die Abstimmung über den neuen Hafen bis zum Frühjahr verschoben, sagte die Bürgermeisterin.", "de"),
        ("Совет отложил голосование о новом порте до весны, сообщила мэр города во вторник.", "ru"),
        ("Рада відклала голосування щодо нового порту до весни, повідомила мерка міста у вівторок.", "uk"),
        ("Too short.", None),
        ("1234 " * 50, None),
    ],
)
def test_the_language_is_told_where_there_are_letters_enough(text: str, language: str | None) -> None:
    assert guess_language(text) == language


def test_heavy_libraries_are_imported_only_for_the_formats_that_need_them() -> None:
    code = (
        "import sys, kg.read.inputs; "
        "print(sorted({'trafilatura', 'feedparser', 'py3langid', 'charset_normalizer', 'numpy', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "The council put off its vote, the mayor said on Tuesday."),
        ("a.html", "<html><body><p>The council put off its vote, the mayor said on Tuesday.</p></body></html>"),
        ("a.jsonl", '{"text": "The council put off its vote, the mayor said on Tuesday."}\n'),
        ("a.csv", "text,title\nThe council put off its vote.,Vote\n"),
    ],
)
def test_a_document_that_is_known_is_not_read_again(desk: Desk, name: str, content: str) -> None:
    document = desk.read(name, content)
    (file,) = find_files([name], working_directory=desk.folder)
    known = {(document.path, document.sha256)}
    (found,) = read_changes(file, BASE, lambda path, sha256: (path, sha256) in known, working_directory=desk.folder)
    assert found == Unchanged(document.path, document.sha256)
    desk.write(name, content.replace("council", "senate"))
    (found,) = read_changes(file, BASE, lambda path, sha256: (path, sha256) in known, working_directory=desk.folder)
    assert isinstance(found, Document)
