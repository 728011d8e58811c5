"""SPARQL's tokens: enough to tell a keyword from the same letters in a string, comment, IRI or name.

Terminals are those of SPARQL 1.1, section 19.8; what fits none of them is a token of one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

TokenKind = Literal["iri", "string", "variable", "number", "name", "word", "mark"]


class Token(NamedTuple):
    """A token and where it begins in the text, in code points."""

    kind: TokenKind
    text: str
    begin: int

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.begin + len(self.text)


# `name` is a prefixed name, blank node label or language tag: a keyword's letters mean nothing in it.
_TOKEN = re.compile(
    r"""
    (?P<skip>\s+|\#[^\n\r]*)
    |(?P<iri><(?:[^<>"{}|^\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
       |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<name>@[A-Za-z]+(?:-[A-Za-z0-9]+)*
       |(?:_|[^\W\d_](?:[\w.\-·]*[\w\-·])?)?:(?:(?:[\w:.\-·]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:\-·]|%[0-9A-Fa-f]{2}|\\.))?)
    |(?P<word>[^\W\d]\w*)
    |(?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def find_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens in order, without white space and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is not None and kind != "skip":
            yield Token(kind, match.group(), match.start())  # type: ignore[arg-type]


def locate(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column of an offset."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1
