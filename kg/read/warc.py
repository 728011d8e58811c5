"""Web archives (WARC, as CC-NEWS has them): the pages of their responses, one after the other in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from kg.errors import DocumentRefusedError
from kg.read.limits import MAX_MARKUP_BYTES
from kg.read.page import read_page
from kg.read.record import Record

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def read_warc(stream: BinaryIO, path: str) -> Iterator[Record | DocumentRefusedError]:
    """Yield, for each page that a server answered with 200, its record or the reason why it has none.

    Requests, redirects, errors, pictures and revisits are passed over; they count, so that a page's number does not depend on
    what is taken. The URL is the page's canonical one, else the one that was fetched. The day of fetching is not taken for
    the day of publication.

    Args:
        stream: a WARC file, plain or with each record compressed.
        path: for messages.

    Raises:
        DocumentRefusedError: the stream is no WARC file, or is damaged; what came before was yielded.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only for archives
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    number = 0
    try:
        for number, entry in enumerate(ArchiveIterator(stream), 1):
            if entry.format != "warc":  # the older ARC format knows no mark, so that any text may pass for it
                raise DocumentRefusedError(path, "is no web archive of the format WARC")
            if _is_page(entry):
                yield _read_entry(entry, path, number)
    except (ArchiveLoadFailed, EOFError, OSError) as error:
        where = f"after record {number}" if number else "at its begin"
        problem = f"is no web archive, or damaged, {where} ({' '.join(str(error).split())})"
        raise DocumentRefusedError(path, problem) from error


def _is_page(entry: Any) -> bool:
    headers = entry.http_headers
    if entry.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    kind = headers.get_header("Content-Type", "")
    return kind.partition(";")[0].strip().lower() in _PAGES


def _read_entry(entry: Any, path: str, number: int) -> Record | DocumentRefusedError:
    data = entry.content_stream().read(MAX_MARKUP_BYTES + 1)
    name = f"{path}#{number}"
    if len(data) > MAX_MARKUP_BYTES:
        return DocumentRefusedError(name, f"the page has more than {MAX_MARKUP_BYTES:,} bytes")
    declared = _CHARSET.search(entry.http_headers.get_header("Content-Type", ""))
    try:
        record = read_page(data, name, declared[1] if declared else None)
    except DocumentRefusedError as error:
        return error
    return replace(record, number=number, url=record.url or entry.rec_headers.get_header("WARC-Target-URI"))
