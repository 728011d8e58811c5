"""A document: text kept verbatim, what is known of where it comes from, and its marked parts."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen
from kg.model.span import Span

#: title, host and dateline: header lines. byline and author-note: where the author is named.
#: boilerplate: site furniture (share links, "Latest news"), kept in the text but not read for claims.
ZoneKind = Literal["title", "host", "dateline", "byline", "author-note", "boilerplate"]


class Zone(Frozen):
    """A part of the text that is not running body text. Zones are in order and do not overlap."""

    kind: ZoneKind
    span: Span


class Document(Frozen):
    """One text of one publisher.

    Attributes:
        id: IRI minted from `location` (see `kg.model.identifier`).
        path: the file as the person named it, with `#n` for the n-th record (1-based) of a feed, CSV or JSONL file.
        location: what makes it the same document on the next run: its URL where known, else its path
            (relative to the working directory where it lies below it, else absolute) and record.
        sha256: hex digest of the file's bytes, or of the record's, where one file holds many.
        published: ISO 8601 date or date-time with the offset it was given with; None where unknown.
        author: the name in the by-line, metadata or author note; None where unknown.
        language: ISO 639-1; None where it cannot be told.
        is_opinion: whether the text marks itself as its author's view (op-ed, blog, column, author note).
        text: decoded source, verbatim (for HTML and feeds: the extracted text).
    """

    id: str
    path: str
    location: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    is_opinion: bool = False
    text: str
    zones: tuple[Zone, ...] = ()
