"""Addresses of pages, and what of a store's texts may become a link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

from kg.query.pages.picture import TieKind

Value = str | int | date | None


def make_link(path: str, **parameters: Value) -> str:
    """Return the address of a page; parameters that are empty or None are left out, so that it is as short as can be."""
    given = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(given, quote_via=quote, safe='')}" if given else path


def change_link(path: str, current: Mapping[str, Value], **changes: Value) -> str:
    """Return the address of a page with some parameters changed; another page number than the first is not kept."""
    return make_link(path, **{**{name: value for name, value in current.items() if name != "page"}, **changes})


def link_tie(view: TieKind, source: str, target: str) -> str:
    """Return the address of the list behind a tie of a network."""
    if view == "speaks-of":
        return make_link("/claims", speaker=source, about=target)
    return make_link("/events", actor=source, recipient=target)


def to_outside(url: str) -> str:
    """Return an address that a page may link to: http or https with a host, as it was given; empty for any other."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return url.strip() if is_web and not any(c.isspace() or ord(c) < 0x20 for c in url.strip()) else ""
