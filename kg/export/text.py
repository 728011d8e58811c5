"""Text of strangers, made safe for XML, HTML and tables without losing a character that the format can hold."""

from __future__ import annotations

import re

#: Characters that XML 1.0 (5th edition, section 2.2) cannot hold in any form, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The same and what is escaped: most texts have nothing of either.
_SPECIAL = re.compile("[^ !#-%(-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"

#: Line ends and tabs are references, because parsers turn them into blanks inside attributes.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)

#: A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV Injection").
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def replace_forbidden(text: str) -> str:
    """Return the text with U+FFFD for each control character or lone surrogate that XML forbids."""
    return _FORBIDDEN.sub(_REPLACEMENT, text)


def count_forbidden(text: str) -> int:
    """Return how many characters `replace_forbidden` replaces."""
    return len(_FORBIDDEN.findall(text))


def to_xml(text: str) -> str:
    """Return the text for element content or a quoted attribute; an XML parser reads back `replace_forbidden(text)`."""
    return replace_forbidden(text).translate(_ESCAPES) if _SPECIAL.search(text) else text


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would run the cell as a formula."""
    return text.startswith(_FORMULA_BEGINS)


def to_cell(text: str) -> str:
    """Return the text for a table: forbidden characters replaced, `'` before what a spreadsheet would run."""
    clean = replace_forbidden(text)
    return f"'{clean}" if is_formula(clean) else clean
