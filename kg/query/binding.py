"""Terms into the text of a query, at the one place that is made for them.

A parameter `about` is the variable `?about_param`, and all of a query's parameters stand in one block with one row,
`VALUES (?about_param ?since_param) { (UNDEF UNDEF) }`. Its cells are replaced by terms as the engine writes them; nothing
else of the text is touched, and no value is ever pasted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.errors import QueryHeaderError
from kg.query.lexer import Token, find_tokens
from kg.store.terms import NamedNode, OxLiteral

SUFFIX = "_param"


def find_cells(text: str, names: Sequence[str], path: str) -> tuple[Token, ...]:
    """Return the cells of the parameters' row, in the order of `names`.

    Args:
        text: a query.
        names: its parameters in the order of its header; none gives no cells.
        path: for messages.

    Raises:
        QueryHeaderError: there is not exactly one such block with one row of single tokens.
    """
    return _find_cells(text, tuple(names), path)


# A named query is asked again and again, and reading its text costs more than a small answer.
@lru_cache(maxsize=128)
def _find_cells(text: str, names: tuple[str, ...], path: str) -> tuple[Token, ...]:
    if not names:
        return ()
    tokens = list(find_tokens(text))
    opening = ["VALUES", "(", *(f"?{name}{SUFFIX}" for name in names), ")", "{", "("]
    texts = [token.text.upper() if token.kind == "word" else token.text for token in tokens]
    starts = [i for i in range(len(texts)) if texts[i : i + len(opening)] == opening]
    if len(starts) != 1:
        listed = " ".join(opening[2:-3])
        raise QueryHeaderError(path, f"its WHERE must begin with one `VALUES ({listed}) {{ (UNDEF …) }}`, as its header declares")
    first = starts[0] + len(opening)
    cells = tokens[first : first + len(names)]
    closing = texts[first + len(names) : first + len(names) + 2]
    if closing != [")", "}"] or any(cell.kind == "mark" for cell in cells):
        raise QueryHeaderError(path, "the row of its parameters must hold one cell for each and stand alone")
    return tuple(cells)


def bind_terms(text: str, names: Sequence[str], terms: Mapping[str, NamedNode | OxLiteral], path: str = "query") -> str:
    """Return the text with the given parameters' cells replaced; the others stay as they are.

    Args:
        text: a query.
        names: its parameters in the order of its header.
        terms: by parameter name.
        path: for messages.

    Raises:
        QueryHeaderError: see `find_cells`.
    """
    bound, end = "", 0
    for name, cell in zip(names, find_cells(text, names, path), strict=True):
        bound += f"{text[end : cell.begin]}{terms.get(name, cell.text)}"
        end = cell.end
    return bound + text[end:]
