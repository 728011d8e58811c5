"""Web pages: the article's text and what the page's metadata says of it."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from kg.errors import DocumentRefusedError
from kg.read.dates import to_iso
from kg.read.decode import decode
from kg.read.limits import MAX_ELEMENTS
from kg.read.markup import to_plain
from kg.read.record import Record, to_url

_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_HEAD_LENGTH = 4096
_MAX_JSON_LD = 500_000
_LIBRARIES = ("trafilatura", "htmldate", "courlan", "justext")
#: Without a fixed bound, the date finder takes today's date for it: the same page would read differently next year.
_DATE_PARAMETERS = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d", "max_date": "2199-12-31"}
_DATES = (
    "article:published_time",
    "datePublished",
    "og:published_time",
    "date",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "parsely-pub-date",
)
_AUTHORS = ("article:author", "author", "dc.creator", "parsely-author", "byl")
_SECTIONS = ("article:section", "section", "og:section", "parsely-section", "category")


def read_page(data: bytes, path: str, charset: str | None = None) -> Record:
    """Return the article of a page, without navigation and scripts, and its metadata.

    Method: trafilatura (Barbaresi 2021); where it finds nothing, as in very short pages, all visible text.

    Args:
        data: the page's bytes.
        path: for messages.
        charset: what the server said, which goes before what the page says.

    Raises:
        DocumentRefusedError: the bytes are no text, or the page has more elements than the limit.
    """
    found = _CHARSET.search(data[:_HEAD_LENGTH])
    declared = charset or ((found[1] or found[2]).decode("ascii", "replace") if found else None)
    source = _XML.sub("", decode(data, path, declared), count=1)
    digest = hashlib.sha256(data).hexdigest()
    trafilatura, load = _load_library()
    tree = load(source)
    if tree is None:
        return Record(text=to_plain(source), sha256=digest)
    count = sum(1 for _ in tree.iter())
    if count > MAX_ELEMENTS:
        raise DocumentRefusedError(
            path, f"the page has {count:,} elements, the limit is {MAX_ELEMENTS:,}; save the article alone"
        )
    metadata = _Metadata(tree)
    values: dict[str, Any] = {
        "title": metadata.find_title(),
        "author": metadata.find_author(),
        "published": metadata.find_date(),
        "language": metadata.find_language(),
        "url": metadata.find_url(),
        "section": metadata.find_section(),
    }
    page = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATE_PARAMETERS
    )
    text = (page.text if page is not None else None) or to_plain(source)
    publisher = metadata.find_publisher()
    if page is not None:
        fallback = {"title": page.title, "author": page.author, "published": page.date}
        values |= {key: values[key] or value for key, value in fallback.items()}
        publisher = publisher or page.sitename
    if publisher is None and values["url"]:
        publisher = (urlsplit(values["url"]).hostname or "").removeprefix("www.") or None
    return Record(text=text, publisher=publisher, sha256=digest, **values)


def _load_library() -> tuple[Any, Any]:
    import trafilatura  # noqa: PLC0415  (0.4 s)
    from trafilatura.utils import load_html  # noqa: PLC0415

    for name in _LIBRARIES:
        # What a page lacks is said by our own messages; the libraries would print theirs in between.
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    return trafilatura, load_html


class _Metadata:
    """What the head of a page says, JSON-LD first, then `meta` elements; None for what it does not say."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._meta: dict[str, str] = {}
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = element.get("content")
            if name and content and content.strip():
                self._meta.setdefault(name.strip().lower(), content.strip())
        self._article = next((item for item in self._find_linked_data() if _is_article(item)), {})

    def find_title(self) -> str | None:
        return self._find("og:title", "twitter:title") or _to_name(self._article.get("headline"))

    def find_author(self) -> str | None:
        named = _to_name(self._article.get("author")) or self._find(*_AUTHORS)
        return None if named and to_url(named) else named

    def find_publisher(self) -> str | None:
        return self._find("og:site_name") or _to_name(self._article.get("publisher")) or self._find("application-name")

    def find_date(self) -> str | None:
        """Return the first date that can be read, as the page gives it, offset included."""
        candidates = [_to_name(self._article.get("datePublished")), *(self._meta.get(name.lower()) for name in _DATES)]
        candidates += [element.get("datetime") for element in self._tree.iter("time")][:3]
        return next((value for value in candidates if value and to_iso(value)), None)

    def find_language(self) -> str | None:
        root: str | None = self._tree.get("lang") or self._tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        return root or self._find("og:locale", "content-language", "dc.language") or _to_name(self._article.get("inLanguage"))

    def find_url(self) -> str | None:
        links = [element.get("href") for element in self._tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
        return next((url for value in (*links, self._meta.get("og:url")) if (url := to_url(value))), None)

    def find_section(self) -> str | None:
        kind = self._article.get("@type")
        if "OpinionNewsArticle" in (kind if isinstance(kind, list) else [kind]):
            return "Opinion"
        return self._find(*_SECTIONS) or _to_name(self._article.get("articleSection"))

    def _find(self, *names: str) -> str | None:
        return next((self._meta[name] for name in names if name in self._meta), None)

    def _find_linked_data(self) -> Iterator[Mapping[str, Any]]:
        for element in self._tree.iter("script"):
            if (
                (element.get("type") or "").lower() != "application/ld+json"
                or not element.text
                or len(element.text) > _MAX_JSON_LD
            ):
                continue
            try:
                value = json.loads(element.text, strict=False)
            except (ValueError, RecursionError):  # a page's own mistake; its other metadata still counts
                continue
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, Mapping):
                    graph = item.get("@graph")
                    yield from (part for part in graph if isinstance(part, Mapping)) if isinstance(graph, list) else (item,)


def _is_article(item: Mapping[str, Any]) -> bool:
    kind = item.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and name.endswith(("Article", "BlogPosting", "Report")) for name in names)


def _to_name(value: object) -> str | None:
    """Return a string, the `name` of an object, or those of a list joined by `; `."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        return _to_name(value.get("name")) if isinstance(value.get("name"), str) else None
    if isinstance(value, list):
        return "; ".join(name for item in value[:20] if not isinstance(item, list) and (name := _to_name(item))) or None
    return None
