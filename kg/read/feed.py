"""RSS and Atom files: each entry a record."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from kg.errors import DocumentRefusedError
from kg.read.dates import to_iso
from kg.read.decode import decode
from kg.read.markup import is_markup, to_plain
from kg.read.record import Record, hash_values, to_url

_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_EMAIL = re.compile(r"^\S+@\S+\s+\(([^()]+)\)$|^([^<>@]+)\s+<[^<>]*>$")


def read_feed(data: bytes, path: str) -> Iterator[Record | DocumentRefusedError]:
    """Yield, for each entry in the file's order, its record or the reason why it has none.

    The text is the entry's content, else its summary, HTML turned to text.

    Raises:
        DocumentRefusedError: the file is no feed, has no entry, or declares entities, by which a few lines can
            become gigabytes.
    """
    found = _DECLARED.match(data[:1024])
    source = decode(data, path, found[1].decode("ascii") if found else None)
    check_entities(source, path)
    feed = _parse(source)
    if not feed.get("version") and not feed.entries:
        raise DocumentRefusedError(path, "is XML but not RSS or Atom; only feeds are read from XML")
    if not feed.entries:
        raise DocumentRefusedError(path, "the feed has no entries; it holds no text")
    for number, entry in enumerate(feed.entries, start=1):
        yield _to_record(entry, feed.feed, number)


def check_entities(source: str, path: str) -> None:
    """Refuse XML whose document type declares entities, before any parser sees it.

    Raises:
        DocumentRefusedError: it does; a document type without such declarations is harmless.
    """
    prolog = _PROLOG.match(source)
    start = prolog.end() if prolog else 0
    if source[start : start + 9].upper() == "<!DOCTYPE" and _ENTITY.search(source, start):
        raise DocumentRefusedError(path, "declares XML entities, which can expand without bound; remove its <!DOCTYPE ...>")


def _parse(source: str) -> Any:
    import feedparser  # noqa: PLC0415

    # A stream, never a string: feedparser takes a string for an address or a file name.
    stream = io.BytesIO(source.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    # Its cleaning of HTML is for browsers, and takes minutes for some broken inputs; ours drops all tags anyway.
    return feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def _to_record(entry: Mapping[str, Any], feed: Mapping[str, Any], number: int) -> Record:
    contents = [part for part in entry.get("content") or [] if part.get("value", "").strip()]
    text = _to_text(contents[0] if contents else entry.get("summary_detail") or {"value": entry.get("summary") or ""})
    title_detail = entry.get("title_detail") or {}
    title = _to_text(title_detail) or entry.get("title")
    url = to_url(entry.get("link")) or to_url(entry.get("id"))
    # feedparser's own reading of "address (name)" knows only domains of up to four letters.
    author = entry.get("author") or (entry.get("author_detail") or {}).get("name") or None
    email = _EMAIL.match(author.strip()) if author else None
    origin = entry.get("source") or {}
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    published = next((value for key in ("published", "created", "updated") if to_iso(value := entry.get(key))), None)
    language = (contents[0].get("language") if contents else None) or entry.get("language") or feed.get("language")
    tags = [tag.get("term") for tag in entry.get("tags") or [] if tag.get("term")]
    values: dict[str, Any] = {
        "text": text,
        "title": title,
        "publisher": origin.get("title") or feed.get("title") or host or None,
        "author": (email[1] or email[2]) if email else author,
        "published": published,
        "language": language,
        "url": url,
        "section": " / ".join(tags[:5]) or None,
        "name": entry.get("id") or None,
    }
    return Record(number=number, sha256=hash_values(values), **values)


def _to_text(detail: Mapping[str, Any]) -> str:
    value: str = detail.get("value") or ""
    is_html = detail.get("type") in {"text/html", "application/xhtml+xml"} or is_markup(value)
    return to_plain(value) if is_html else value.strip()
