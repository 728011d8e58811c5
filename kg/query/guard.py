"""Which SPARQL people may run: queries that read, and read nothing but the store."""

from __future__ import annotations

import re
from typing import Literal

from kg.errors import QuerySyntaxError
from kg.query.lexer import Token, find_tokens, locate

Kind = Literal["table", "answer", "triples"]
_FORMS: dict[str, Kind] = {"SELECT": "table", "ASK": "answer", "CONSTRUCT": "triples", "DESCRIBE": "triples"}
# Words that begin an update. The engine refuses them too, but says only what it would rather have read.
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
# Functions that give something else with each call.
_UNREPEATABLE = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
# What no SPARQL token begins with: the text would be cut into tokens otherwise than the engine does.
_STRAY = frozenset("\"'\\`#%~@")
_OPERANDS = frozenset({"iri", "string", "variable", "number", "name"})
# In `(?a<ex:b#>` the engine reads "less than" and a comment where these rules read an IRI.
_DOUBTFUL_IN_IRI = frozenset("#'()?$")
_ENGINE_MESSAGE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MESSAGE_LENGTH = 160


def check_is_allowed(text: str) -> None:
    """Refuse updates and SERVICE, which would write, or reach the network.

    A keyword counts only as a token of its own: the same letters within strings, comments, IRIs, variables and
    prefixed names are data. Where that cannot be told for sure, the query is refused.

    Raises:
        QuerySyntaxError: it holds one, with line and column.
    """
    _check_form(text)
    if "service" in text.lower():
        _check_service(text)


def check_is_unicode(text: str) -> None:
    """Refuse text that no UTF-8 can hold.

    Raises:
        QuerySyntaxError: it holds half of a surrogate pair.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QuerySyntaxError(f"not valid Unicode at character {error.start}; save it as UTF-8") from error


def find_kind(text: str) -> Kind | None:
    """Return the kind of result that a query has; None where the text is none."""
    words = (token.text.upper() for token in find_tokens(text) if token.kind == "word")
    return next((_FORMS[word] for word in words if word in _FORMS), None)


def is_repeatable(text: str) -> bool:
    """Return whether a query has the same answer each time as long as the store is the same."""
    return not any(token.kind == "word" and token.text.upper() in _UNREPEATABLE for token in find_tokens(text))


def names_dataset(text: str) -> bool:
    """Return whether a query says itself, by FROM, which graphs it asks; the engine would let a union override that."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in find_tokens(text))


def to_syntax_error(error: SyntaxError) -> QuerySyntaxError:
    """Return one line for an engine's message, which lists what it expected over several."""
    message = " ".join(str(error).split())
    match = _ENGINE_MESSAGE.fullmatch(message)
    if match is None:
        return QuerySyntaxError(f"not valid SPARQL: {_shorten(message)}")
    line, column, expected = match.groups()
    return QuerySyntaxError(f"line {line}, column {column}: not valid SPARQL: {_shorten(expected)}")


def _check_form(text: str) -> None:
    for token in find_tokens(text):
        word = token.text.upper()
        if word in _FORMS:
            return
        if token.kind == "word" and word in _UPDATES:
            raise _refuse(text, token, f"{word} is an update; only queries that read are allowed")


def _check_service(text: str) -> None:
    depth = 0
    previous: Token | None = None
    for token in find_tokens(text):
        if token.kind == "word" and token.text.upper() == "SERVICE":
            raise _refuse(text, token, "SERVICE is refused, it would reach the network; ask this store alone")
        if token.text in _STRAY:
            raise _refuse(text, token, f"unexpected {token.text}")
        if token.kind == "iri" and depth > 0 and previous is not None and _DOUBTFUL_IN_IRI & set(token.text):
            is_operand = previous.kind in _OPERANDS or previous.text == ")"
            if is_operand:
                raise _refuse(text, token, "cannot tell whether < begins an IRI; put a space behind it or use a prefix")
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        previous = token


def _refuse(text: str, token: Token, problem: str) -> QuerySyntaxError:
    line, column = locate(text, token.begin)
    return QuerySyntaxError(f"line {line}, column {column}: {problem}")


def _shorten(message: str) -> str:
    return message if len(message) <= _MESSAGE_LENGTH else message[: _MESSAGE_LENGTH - 1] + "…"
