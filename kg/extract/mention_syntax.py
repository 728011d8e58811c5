"""Where a mention stands in its sentence: its role, and the clauses that hold it, by the parse."""

from __future__ import annotations

from kg.extract.token_table import SUBJECTS, TokenTable
from kg.model.mention import Role

_ROLES: dict[str, Role] = {
    **dict.fromkeys(SUBJECTS, "subject"),
    "dobj": "object",
    "dative": "object",
    "attr": "object",
    "oprd": "object",
    "pobj": "oblique",
    "poss": "possessive",
}
#: "X and Y", "the minister, X": both have the role of the first.
_SHARED = frozenset({"conj", "appos", "nmod", "compound"})
_VERBS = frozenset({"VERB", "AUX"})
#: Deeper nesting than this tells nothing more.
_MOST_CLAUSES = 6


def read_role(table: TokenTable, index: int) -> Role:
    """Return the role of the phrase whose main word this is."""
    return _ROLES.get(table.deps[_find_shared(table, index)], "unknown")


def find_preposition(table: TokenTable, index: int) -> str | None:
    """Return the preposition in front of the phrase whose main word this is, lower case; None without one.

    Of a possessive, that in front of what is possessed ("[in] her speech").
    """
    first = _find_shared(table, index)
    if table.deps[first] == "poss":
        first = _find_shared(table, table.heads[first])
    return table.lowers[table.heads[first]] if table.deps[first] == "pobj" else None


def find_clauses(table: TokenTable, index: int) -> tuple[int, ...]:
    """Return the begins of the main verbs of the clauses that hold a word, innermost first, six at most.

    A clause is a verb with a subject of its own, or the root of the sentence.
    """
    found: list[int] = []
    while len(found) < _MOST_CLAUSES:
        head = table.heads[index]
        is_root = head == index
        if is_root or _has_subject(table, index):
            found.append(table.begins[index])
        if is_root:
            break
        index = head
    return tuple(found)


def _find_shared(table: TokenTable, index: int) -> int:
    """Return the first member of the list, or the noun that an apposition describes."""
    while table.deps[index] in _SHARED and table.heads[index] != index and table.kinds[table.heads[index]] not in _VERBS:
        index = table.heads[index]
    return index


def _has_subject(table: TokenTable, index: int) -> bool:
    return table.kinds[index] in _VERBS and any(table.deps[child] in SUBJECTS for child in table.children[index])
