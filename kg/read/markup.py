"""Pieces of HTML, as feeds and short pages hold them, to text, in time linear in their length whatever they hold."""

from __future__ import annotations

import html
import re

# The standard library's HTMLParser takes minutes for some broken inputs of a megabyte, and fails on others.
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br dd div dl dt figure footer form h1 h2 h3 h4 "
        "h5 h6 header hr li main nav ol p pre section table td th tr ul ",
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
#: A tag ends at a `>` outside quotation marks, and before the next `<`: else its `<` is a character of the text.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])(?:[^<>\"']*(?:\"[^\"<]*\"[^<>\"']*|'[^'<]*'[^<>\"']*)*>|[^<>]*>)")
_MARKUP = re.compile(rf"{_TAG.pattern}|<!--|&(?:[a-zA-Z]{{2,8}}|#\d{{1,7}}|#x[0-9a-fA-F]{{1,6}});")
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: No character has such a number; Python refuses to read it.
_HUGE_REFERENCE = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")
#: Stands for a line end of the layout, while those of the source are mere space.
_BREAK = "\x1e"


def is_markup(text: str) -> bool:
    """Tell whether the text has tags or character references, so that it is HTML rather than plain text."""
    return _MARKUP.search(text) is not None


def to_plain(markup: str) -> str:
    """Return the text of a piece of HTML: a paragraph or other block a line, scripts left out, references resolved.

    Within a line nothing but white space is changed. What is never closed ends with the text.
    """
    pieces: list[str] = []
    position = 0
    while (start := markup.find("<", position)) >= 0:
        pieces.append(_resolve(markup[position:start]))
        position = _skip(markup, start, pieces)
    pieces.append(_resolve(markup[position:]))
    lines = (_SPACE.sub(" ", line).strip(" ") for line in "".join(pieces).split(_BREAK))
    return "\n".join(line for line in lines if line.strip())


def _resolve(text: str) -> str:
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)).replace(_BREAK, " ")


def _skip(markup: str, start: int, pieces: list[str]) -> int:
    """Add what the markup at `start` stands for; return where the text goes on."""
    if markup.startswith("<!--", start):
        return _find_end(markup, "-->", start + 4)
    if markup.startswith("<![CDATA[", start):
        end = _find_end(markup, "]]>", start)
        pieces.append(markup[start + 9 : end].removesuffix("]]>"))
        return end
    if markup.startswith(("<!", "<?"), start):
        return _find_end(markup, ">", start)
    tag = _TAG.match(markup, start)
    if tag is None:
        pieces.append("<")
        return start + 1
    name = tag[2].lower()
    if name in _BLOCKS:
        pieces.append(_BREAK)
    elif name in _SILENT and not tag[1] and not tag[0].endswith("/>"):
        close = re.compile(rf"</{name}\b[^<>]*>?" + (r"|(?=<body\b)" if name == "head" else ""), re.IGNORECASE)
        found = close.search(markup, tag.end())
        return found.end() if found else len(markup)
    return tag.end()


def _find_end(markup: str, mark: str, start: int) -> int:
    end = markup.find(mark, start)
    return len(markup) if end < 0 else end + len(mark)
