"""Terms into the text of a query, at the one place that is made for them.

A parameter `about` is the variable `?about_param`, and all of a query's parameters stand in one block with one row,
`VALUES (?about_param ?since_param) { (UNDEF UNDEF) }`. Its cells are replaced by terms as the engine writes them, and no value
is ever pasted.

What a parameter restricts is a filter, which an engine tries on all that there is. Comment lines behind the block may say by
which pattern it is looked up, `#? about: GRAPH ?document { ?claim kg:about ?about_param }`: where the parameter is given, the
pattern stands in the query. It must hold in every row that the filter lets through, so that the rows are the same without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.errors import QueryHeaderError
from kg.query.lexer import Token, find_tokens, locate
from kg.store.terms import NamedNode, OxLiteral

SUFFIX = "_param"
_LOOKUP = re.compile(r"(?m)^[ \t]*(#\?[ \t]*(\w+):)")


class _Row(NamedTuple):
    """The parameters' row: its cells in order, and where the mark of a comment that looks a parameter up begins and ends."""

    cells: tuple[Token, ...]
    lookups: tuple[tuple[str, int, int], ...]


def find_cells(text: str, names: Sequence[str], path: str) -> tuple[Token, ...]:
    """Return the cells of the parameters' row, in the order of `names`.

    Args:
        text: a query.
        names: its parameters in the order of its header; none gives no cells.
        path: for messages.

    Raises:
        QueryHeaderError: there is not exactly one such block with one row of single tokens, or it looks up what it has not.
    """
    return _find_row(text, tuple(names), path).cells


# A named query is asked again and again, and reading its text costs more than a small answer.
@lru_cache(maxsize=128)
def _find_row(text: str, names: tuple[str, ...], path: str) -> _Row:
    if not names:
        return _Row((), ())
    tokens = list(find_tokens(text))
    opening = ["VALUES", "(", *(f"?{name}{SUFFIX}" for name in names), ")", "{", "("]
    texts = [token.text.upper() if token.kind == "word" else token.text for token in tokens]
    starts = [i for i in range(len(texts)) if texts[i : i + len(opening)] == opening]
    if len(starts) != 1:
        listed = " ".join(opening[2:-3])
        raise QueryHeaderError(path, f"its WHERE must begin with one `VALUES ({listed}) {{ (UNDEF …) }}`, as its header declares")
    first = starts[0] + len(opening)
    end = first + len(names)
    cells = tokens[first:end]
    if texts[end : end + 2] != [")", "}"] or any(cell.kind == "mark" for cell in cells):
        raise QueryHeaderError(path, "the row of its parameters must hold one cell for each and stand alone")
    # From the block to the next token there is nothing but white space and comments.
    behind = tokens[end + 2].begin if end + 2 < len(tokens) else len(text)
    marks = _LOOKUP.finditer(text, tokens[end + 1].end, behind)
    lookups = tuple((mark.group(2), *mark.span(1)) for mark in marks)
    for name, begin, _ in lookups:
        if name not in names:
            line, _ = locate(text, begin)
            raise QueryHeaderError(path, f"line {line} looks up {name!r}, which its header does not declare")
    return _Row(tuple(cells), lookups)


def bind_terms(text: str, names: Sequence[str], terms: Mapping[str, NamedNode | OxLiteral], path: str = "query") -> str:
    """Return the text with the given parameters' cells replaced, and looked up where it says how; all else stays as it is.

    Args:
        text: a query.
        names: its parameters in the order of its header.
        terms: by parameter name.
        path: for messages.

    Raises:
        QueryHeaderError: see `find_cells`.
    """
    row = _find_row(text, tuple(names), path)
    edits = [(cell.begin, cell.end, str(terms[name])) for name, cell in zip(names, row.cells, strict=True) if name in terms]
    edits += [(begin, end, "") for name, begin, end in row.lookups if name in terms]
    bound, done = "", 0
    for begin, end, written in edits:
        bound += text[done:begin] + written
        done = end
    return bound + text[done:]
