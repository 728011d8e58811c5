"""Inputs to documents: what the rest of the package calls."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.read.documents import SeenLocations, find_path, to_document
from kg.read.event_tables.reading import find_event_table
from kg.read.feed import read_feed
from kg.read.files import FORMATS, Format, InputFile, find_files, find_problem
from kg.read.jsonl import read_jsonl
from kg.read.limits import MAX_MARKUP_BYTES, MAX_TEXT_BYTES, SNIFF_LENGTH
from kg.read.page import read_page
from kg.read.record import Record
from kg.read.table import read_table
from kg.read.text import read_text
from kg.read.warc import read_warc

#: Files that are one document, whose digest is that of their bytes.
WHOLE_FORMATS: frozenset[Format] = frozenset({"text", "html"})
#: Files of many records are read record by record, whatever their size.
_LIMITS: dict[Format, int] = {"text": MAX_TEXT_BYTES, "html": MAX_MARKUP_BYTES, "feed": MAX_MARKUP_BYTES}
_GZIP = b"\x1f\x8b"
_WARC = b"WARC/"
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)


def read_inputs(
    inputs: Sequence[str], *, base: str, stdin: BinaryIO | None = None, working_directory: Path | None = None
) -> Iterator[Document | DocumentRefusedError]:
    """Yield the documents of files, folders, globs and `-` in a stable order, a refused one as its error.

    Args:
        inputs: as the person wrote them, in any order.
        base: what document IRIs start with.
        stdin: what `-` reads.
        working_directory: what relative paths start from; the process's by default.

    Raises:
        InputMissingError: an argument does not exist or matches nothing; raised at once, before anything is read.
    """
    files = find_files(inputs, working_directory=working_directory)
    return _read_files(files, base, stdin, working_directory)


class Unchanged(NamedTuple):
    """A document that is known already, by its path and its digest, and was not read again."""

    path: str
    sha256: str


def read_file(
    file: InputFile, base: str, *, stdin: BinaryIO | None = None, working_directory: Path | None = None
) -> Iterator[Document | DocumentRefusedError]:
    """Yield the documents of one file in its order, each refused one as its error; never raises one.

    Two records of one location within the file are told apart as `SeenLocations` says; across files, that is up to
    the caller.
    """
    for found in read_changes(file, base, lambda _path, _sha256: False, stdin=stdin, working_directory=working_directory):
        assert not isinstance(found, Unchanged)  # nothing is known
        yield found


def read_changes(
    file: InputFile,
    base: str,
    is_known: Callable[[str, str], bool],
    *,
    stdin: BinaryIO | None = None,
    working_directory: Path | None = None,
) -> Iterator[Document | DocumentRefusedError | Unchanged]:
    """Yield as `read_file` does, but no document that is known: that is told before its header and language are looked for.

    Args:
        file: what to read.
        base: what document IRIs start with.
        is_known: tells by `Document.path` and `Document.sha256`.
        stdin: what `-` reads.
        working_directory: what relative paths start from; the process's by default.
    """
    seen = SeenLocations()
    try:
        for record in _read_records(file, stdin, working_directory, is_known):
            if isinstance(record, DocumentRefusedError | Unchanged):
                yield record
            elif is_known(path := find_path(record, file), record.sha256):
                yield Unchanged(path, record.sha256)
            else:
                yield _convert(record, file, base, seen)
    except DocumentRefusedError as error:
        yield error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        yield DocumentRefusedError(file.name, f"cannot be read ({reason})")
    except UnicodeError as error:  # a table in UTF-16 that is cut in the middle of a character
        yield DocumentRefusedError(file.name, f"is damaged ({error.__class__.__name__}); save it as UTF-8")


def _read_files(
    files: Sequence[InputFile], base: str, stdin: BinaryIO | None, working_directory: Path | None
) -> Iterator[Document | DocumentRefusedError]:
    seen = SeenLocations()
    for file in files:
        for found in read_file(file, base, stdin=stdin, working_directory=working_directory):
            yield seen.check(found) if isinstance(found, Document) else found


def _convert(record: Record, file: InputFile, base: str, seen: SeenLocations) -> Document | DocumentRefusedError:
    try:
        return seen.check(to_document(record, file, base))
    except DocumentRefusedError as error:
        return error


def _read_records(
    file: InputFile, stdin: BinaryIO | None, working_directory: Path | None, is_known: Callable[[str, str], bool]
) -> Iterator[Record | DocumentRefusedError | Unchanged]:
    if file.problem:
        raise DocumentRefusedError(file.name, file.problem)
    if file.format == "unknown":
        ending = os.path.splitext(file.name)[1]  # noqa: PTH122
        known = " ".join(FORMATS)
        problem = f"files ending in {ending!r} are not read" if ending else "a file without an ending is not read"
        raise DocumentRefusedError(file.name, f"{problem}; known are {known}")
    if find_event_table(file, working_directory=working_directory):
        raise DocumentRefusedError(file.name, "holds coded events and no text; `kg build` puts them into a store")
    if file.format == "archive":
        raise DocumentRefusedError(file.name, "is an archive without a table of coded events; unpack it")
    if file.format == "stdin":
        if stdin is None:
            raise DocumentRefusedError(file.name, "standard input is closed")
        yield from _read_stream(stdin, file.name)
        return
    path = os.path.join(working_directory or "", file.path)  # noqa: PTH118
    refusal = find_problem(path, _LIMITS.get(file.format, 1 << 50))
    if refusal:
        raise DocumentRefusedError(file.name, refusal)
    with open(path, "rb") as stream:  # noqa: PTH123  (a path may be bytes that are not UTF-8)
        if file.format in WHOLE_FORMATS:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if is_known(file.name, digest):
                yield Unchanged(file.name, digest)
                return
            stream.seek(0)
        yield from _read_format(file.format, stream, file.name)


def _read_format(kind: Format, stream: io.BufferedReader, name: str) -> Iterator[Record | DocumentRefusedError]:
    if kind == "jsonl":
        yield from read_jsonl(_unpack(stream), name)
    elif kind == "warc":
        yield from read_warc(stream, name)
    elif kind in ("csv", "tsv"):
        yield from read_table(stream, name, kind)
    else:
        limit = _LIMITS[kind]
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise DocumentRefusedError(name, f"has more than {limit:,} bytes, the limit for this format; split it")
        if kind == "feed":
            yield from read_feed(data, name)
        else:
            yield read_page(data, name) if kind == "html" else read_text(data, name)


def _unpack(stream: io.BufferedReader) -> io.BufferedReader:
    """Return the stream, unpacked as it is read where it is gzip."""
    return io.BufferedReader(gzip.GzipFile(fileobj=stream)) if stream.peek(len(_GZIP)).startswith(_GZIP) else stream


def _read_stream(stream: BinaryIO, name: str) -> Iterator[Record | DocumentRefusedError]:
    """Read standard input in the format that its begin shows."""
    buffered = _unpack(io.BufferedReader(_Raw(stream), SNIFF_LENGTH))
    head = buffered.peek(SNIFF_LENGTH)
    yield from _read_format(sniff(head), buffered, name)


def sniff(head: bytes) -> Format:
    """Return the format that the first bytes of a stream show: JSON Lines, a web archive, a feed, a page, else plain text."""
    if head.startswith(_WARC):
        return "warc"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        line = start.split(b"\n", 1)[0]
        return "jsonl" if _is_object(line) or (line == start and len(head) >= SNIFF_LENGTH) else "text"
    if not start.startswith(b"<"):
        return "text"
    if _PAGE.match(start):
        return "html"
    feed, page = _FEED.search(start), _PAGE.search(start)
    if feed and (not page or feed.start() < page.start()):
        return "feed"
    if page:
        return "html"
    return "feed" if start.startswith(b"<?xml") else "text"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class _Raw(io.RawIOBase):
    """Gives a buffered reader of our own, which can look ahead, over any stream that can be read.

    It waits until a buffer is full: a pipe may give its first line in pieces, too short to tell a format by.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        filled = 0
        while filled < len(buffer) and (data := self._stream.read(len(buffer) - filled)):
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        return filled
