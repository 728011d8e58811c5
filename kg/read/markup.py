"""Pieces of HTML, as feeds and short pages hold them, to text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    )
)
_SILENT = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
        "button",
    )
)
_VOID = frozenset(("br", "hr"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?|!--)|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")


def is_markup(text: str) -> bool:
    """Tell whether the text has tags or character references, so that it is HTML rather than plain text."""
    return _TAG.search(text) is not None


def to_plain(markup: str) -> str:
    """Return the text of a piece of HTML: a paragraph or other block a line, scripts left out, references resolved.

    Nothing but white space is changed within the words. Nesting costs no stack, so that depth is no matter.
    """
    parser = _TextParser()
    parser.feed(markup)
    parser.close()
    lines = (_SPACE.sub(" ", line).strip(" ") for line in "".join(parser.pieces).split("\x1e"))
    return "\n".join(line for line in lines if line.strip())


class _TextParser(HTMLParser):
    """Collects text; the record separator stands for a line end of the layout."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\x1e")
            if tag == "body":
                self._silent.clear()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self.pieces.append("\x1e")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            if tag in self._silent:
                del self._silent[self._silent.index(tag) :]
        elif tag in _BLOCKS and tag not in _VOID:
            self.pieces.append("\x1e")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data.replace("\x1e", " "))
