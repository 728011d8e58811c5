"""CSV and TSV with a header row, read row by row in bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import DocumentRefusedError
from kg.read.columns import TEXT, to_key, to_record
from kg.read.decode import guess_charsets
from kg.read.limits import MAX_RECORD_LENGTH
from kg.read.record import Record

_SAMPLE_LENGTH = 1_048_576
#: Code points that may be read a second time after unclosed quotation marks, in all: keeps bad input linear.
_MAX_REREAD = 8 * MAX_RECORD_LENGTH
_DELIMITERS = {"csv": ",;\t|", "tsv": "\t"}


def read_table(stream: BinaryIO, path: str, kind: str) -> Iterator[Record | DocumentRefusedError]:
    """Yield, for each row below the header, its record or the reason why it has none; blank rows are passed over.

    A text is its cell's value, verbatim. A row with a quotation mark that is never closed costs itself alone: reading
    goes on with the line after it.

    Args:
        stream: seekable, at its begin.
        path: for messages.
        kind: `tsv`, or `csv`: then the separator is the one of `, ; TAB |` that yields a column of text.

    Raises:
        DocumentRefusedError: no column of the header is called text, body, content or article.
    """
    # One setting of the whole process: only ever raised, never below what another part of it has set.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_LENGTH))
    decoded = io.TextIOWrapper(stream, _find_charset(stream), errors="surrogateescape", newline="")
    try:
        yield from _read_rows(_Lines(decoded), path, kind)
    finally:
        decoded.detach()  # the stream is the caller's to close


def _read_rows(lines: _Lines, path: str, kind: str) -> Iterator[Record | DocumentRefusedError]:
    header_line = next(lines, "")
    delimiter, names = _read_header(header_line, path, _DELIMITERS[kind])
    number = 0
    while True:
        start = lines.count + 1
        lines.taken.clear()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
        except csv.Error as error:
            number += 1
            lines.push_back()
            yield DocumentRefusedError(path, f"is not a row of the table ({error}); correct its quotation marks", start)
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if len(cells) != len(names):
            problem = f"the row has {len(cells)} cells where the header has {len(names)}; correct the row"
            yield DocumentRefusedError(path, problem, start)
            continue
        try:
            yield to_record(dict(zip(names, cells, strict=True)), path, number, start)
        except DocumentRefusedError as error:
            yield error


class _Lines:
    """An iterator over lines that counts them and can go back to the second line of the current row."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.count = 0
        self.taken: list[str] = []
        self._stream = stream
        self._waiting: deque[str] = deque()
        self._reread = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._stream.readline(MAX_RECORD_LENGTH + 1)
        if not line:
            raise StopIteration
        self.count += 1
        self.taken.append(line)
        return line

    def push_back(self) -> None:
        """Have every line of the current row but its first read again, unless too much was already."""
        again = self.taken[1:]
        self._reread += sum(map(len, again))
        if self._reread <= _MAX_REREAD:
            self._waiting.extendleft(reversed(again))
            self.count -= len(again)


def _find_charset(stream: BinaryIO) -> str:
    """Return the codec of a table by its first megabyte; what does not fit it later is refused row by row."""
    sample = stream.read(_SAMPLE_LENGTH)
    stream.seek(0)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        fitting = guess_charsets(sample)
        return fitting[0] if fitting else "utf-8-sig"
    return "utf-8-sig"


def _read_header(line: str, path: str, delimiters: str) -> tuple[str, list[str]]:
    for delimiter in delimiters:
        try:
            names = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        if any(to_key(name) in TEXT for name in names):
            names = [name if name.strip() else f"column {number}" for number, name in enumerate(names, start=1)]
            if len({to_key(name) for name in names}) < len(names):
                raise DocumentRefusedError(path, "two columns of the header have the same name; rename one", 1)
            return delimiter, names
    problem = f"the header {line.strip()[:80]!r} has no column {', '.join(TEXT[:4])}; name the one that holds the text so"
    raise DocumentRefusedError(path, problem, 1)
