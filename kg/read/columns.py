"""Names under which JSON objects and tables give a text and its metadata."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import DocumentRefusedError
from kg.read.record import Record, hash_values

#: In order: the first that has a value counts.
TEXT = ("text", "body", "content", "article", "full_text", "article_text", "maintext")
_TITLE = ("title", "headline", "heading")
_PUBLISHER = ("publisher", "source", "site", "sitename", "site_name", "outlet", "publication", "source_domain", "domain")
_AUTHOR = ("author", "byline", "authors", "creator", "writer")
_PUBLISHED = (
    "published",
    "date",
    "published_at",
    "publication_date",
    "date_published",
    "datepublished",
    "date_publish",
    "pub_date",
    "pubdate",
    "datetime",
    "timestamp",
)
_LANGUAGE = ("language", "lang")
_URL = ("url", "link", "canonical_url", "uri")
_SECTION = ("section", "category", "type")
_NAME = ("id", "uuid", "guid", "record_id")


def to_key(name: str) -> str:
    """Return a column's name as the lists above have it: "Published At" -> "published_at"."""
    return "_".join(name.strip().lower().replace("-", " ").split())


def to_record(values: Mapping[str, object], path: str, number: int, line: int) -> Record:
    """Return the record that an object or a row gives.

    Args:
        values: by name, in any order; names are compared without case, unknown ones are passed over.
        path: the file, for messages.
        number: 1-based number of the record.
        line: 1-based line that it begins on.

    Raises:
        DocumentRefusedError: it has no text, or one that is not a string.
    """
    named: dict[str, object] = {}
    for key in sorted(values):
        named.setdefault(to_key(key), values[key])
    present = [key for key in TEXT if key in named]
    if not present:
        problem = f"has none of {', '.join(TEXT[:4])}; name the one that holds the text so"
        raise DocumentRefusedError(path, problem, line)
    filled = [key for key in present if named[key] not in (None, "")]
    key = filled[0] if filled else present[0]
    text = named[key]
    if not isinstance(text, str):
        problem = "holds no text" if text is None else f"{key!r} must be a string, not {type(text).__name__}"
        raise DocumentRefusedError(path, problem, line)
    return Record(
        text=text,
        title=_find(named, _TITLE),
        publisher=_find(named, _PUBLISHER),
        author=_find(named, _AUTHOR),
        published=_find(named, _PUBLISHED),
        language=_find(named, _LANGUAGE),
        url=_find(named, _URL),
        section=_find(named, _SECTION),
        name=_find(named, _NAME),
        number=number,
        line=line,
        sha256=hash_values(values),
    )


def _find(named: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = _to_text(named.get(key))
        if value:
            return value
    return None


def _to_text(value: object) -> str | None:
    """Return a string, a number, the name of an object (schema.org), or a list of these joined by `; `."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)[:40] if abs(value) < 1e18 else None
    if isinstance(value, Mapping):
        return next((name for key in ("name", "title", "id", "url") if isinstance(name := value.get(key), str) and name), None)
    if isinstance(value, list):
        names = [name for item in value[:20] if not isinstance(item, list) and (name := _to_text(item))]
        return "; ".join(names) or None
    return None
