"""Event tables to parts of bounded size, from plain files, `.gz` and `.zip`."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from kg.errors import DocumentRefusedError
from kg.model.coded_event import CodedEvent, EventTablePart
from kg.model.identifier import mint_document_iri
from kg.read.event_tables.rows import Table, find_table
from kg.read.files import InputFile, find_problem

#: Lines of one part: it is stored in one piece, so this bounds memory; and a table that grows by a day changes one part.
PART_LINES = 10_000
#: Bytes of a line; the longest rows of GDELT have 4,000.
_MAX_LINE_LENGTH = 1 << 20
_EXCERPT_LENGTH = 80
_MAX_FILE_LENGTH = 1 << 50
_FORMATS = frozenset({"text", "csv", "tsv", "archive"})
_NAMES = {"gdelt-1.0": "GDELT 1.0", "gdelt-2.0": "GDELT 2.0", "icews": "ICEWS", "polecat": "POLECAT"}


def find_event_table(file: InputFile, *, working_directory: Path | None = None) -> Table | None:
    """Return what table of coded events a file holds, told by its first line; None for any other file.

    A file that cannot be read, or an archive that cannot be unpacked, gives None.
    """
    if file.format not in _FORMATS or file.problem or find_problem(_to_path(file, working_directory), _MAX_FILE_LENGTH):
        return None
    try:
        with _open_table(file, working_directory) as stream:
            return find_table(_decode(stream.readline(_MAX_LINE_LENGTH), is_first=True))
    except (DocumentRefusedError, OSError):
        return None


def read_event_table(
    file: InputFile, table: Table, base: str, *, working_directory: Path | None = None
) -> Iterator[EventTablePart | DocumentRefusedError]:
    """Yield the parts of a table in its order; in front of each part the rows that cannot be used, as errors.

    A part holds up to `PART_LINES` lines, bad ones counted, so that mending a row moves no other one. Its IRI is minted
    from the file's location and its number, its SHA-256 from its lines. A file that breaks off in the middle yields what
    is before, then an error.

    Args:
        file: a file for which `find_event_table` gives `table`.
        table: how it is read.
        base: what IRIs start with.
        working_directory: what relative paths start from; the process's by default.
    """
    try:
        with _open_table(file, working_directory) as stream:
            if table.has_header:
                stream.readline(_MAX_LINE_LENGTH)
            number = 0
            line = 1 if table.has_header else 0
            while lines := list(_take_lines(stream)):
                number += 1
                events: list[CodedEvent] = []
                digest = hashlib.sha256()
                for raw in lines:
                    line += 1
                    digest.update(raw)
                    item = _read_row(raw, table, line, file.name)
                    if isinstance(item, DocumentRefusedError):
                        yield item
                    elif item is not None:
                        events.append(item)
                name = file.name.rstrip("/").rpartition("/")[2]
                location = f"{file.location}#{number}"
                yield EventTablePart(
                    id=mint_document_iri(base, location, f"{name.partition('.')[0] or name} {number}"),
                    path=f"{file.name}#{number}",
                    location=location,
                    sha256=digest.hexdigest(),
                    title=f"{_NAMES[table.layout]} events, {name}, lines {line - len(lines) + 1} to {line}",
                    layout=table.layout,
                    events=tuple(events),
                )
    except DocumentRefusedError as error:
        yield error
    except OSError as error:
        yield DocumentRefusedError(file.name, f"cannot be read ({error.strerror or error})")


def _take_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the next lines of a part; of one that is longer than any row only the begin, which is then refused."""
    for _ in range(PART_LINES):
        raw = stream.readline(_MAX_LINE_LENGTH)
        if not raw:
            return
        piece = raw
        while not piece.endswith(b"\n") and (piece := stream.readline(_MAX_LINE_LENGTH)):
            raw = raw[:_EXCERPT_LENGTH]
        yield raw


def _read_row(raw: bytes, table: Table, line: int, path: str) -> CodedEvent | DocumentRefusedError | None:
    """Return the event of a line; None for a blank one."""
    text = _decode(raw, is_first=line == 1)
    if not text.strip():
        return None
    cells = text.rstrip("\r\n").split("\t")
    if len(cells) != table.width:
        return DocumentRefusedError(path, f"the row has {len(cells)} cells, not {table.width}; correct the row", line)
    try:
        return table.read_row(cells, line)
    except ValueError as error:
        return DocumentRefusedError(path, f"is no coded event ({error}); correct the row", line)


def _decode(raw: bytes, *, is_first: bool) -> str:
    # A byte that is no UTF-8 costs one character of a name, not the row.
    return (raw.removeprefix(codecs.BOM_UTF8) if is_first else raw).decode("utf-8", "replace").replace("\0", "\ufffd")


def _to_path(file: InputFile, working_directory: Path | None) -> str:
    return os.path.join(working_directory or "", file.path)  # noqa: PTH118  (a path may be bytes that are not UTF-8)


@contextmanager
def _open_table(file: InputFile, working_directory: Path | None) -> Iterator[BinaryIO]:
    """Yield the bytes of a table, unpacked.

    Raises:
        DocumentRefusedError: an archive is damaged, locked, or holds more or less than one file.
    """
    ending = os.path.splitext(file.name)[1].lower()  # noqa: PTH122
    with ExitStack() as stack:
        stream: BinaryIO = stack.enter_context(open(_to_path(file, working_directory), "rb"))  # noqa: PTH123
        try:
            if ending == ".gz":
                stream = cast("BinaryIO", stack.enter_context(gzip.open(stream)))
            elif ending == ".zip":
                stream = cast("BinaryIO", stack.enter_context(_open_member(stack.enter_context(zipfile.ZipFile(stream)), file)))
            yield stream
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise DocumentRefusedError(file.name, f"is damaged ({error}); fetch it again") from error
        except (NotImplementedError, RuntimeError) as error:  # a method of packing that Python lacks; a password
            raise DocumentRefusedError(file.name, f"cannot be unpacked ({error}); unpack it by other means") from error


def _open_member(archive: zipfile.ZipFile, file: InputFile) -> IO[bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise DocumentRefusedError(file.name, f"holds {len(members)} files, not one table; unpack it")
    return archive.open(members[0])
