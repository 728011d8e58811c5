"""Which tokens belong to an argument of a proposition, and where they lie in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.event_clauses import expand_conjuncts, find_children
from kg.extract.token_table import TokenTable
from kg.model.span import Span, Spans

#: What a subject's phrase leaves out: coordinated subjects have propositions of their own, and so do clauses.
SUBJECT_OMITS = frozenset({"relcl", "acl", "appos", "conj", "cc", "preconj", "case"})
#: An object keeps participles and infinitives behind it ("plans to leave") and appositions.
OBJECT_OMITS = SUBJECT_OMITS - {"acl", "appos"}
#: Of these, a prepositional phrase within the phrase leaves out too; a coordination in it stays whole.
_INNER_OMITS = frozenset({"relcl", "appos"})
#: Left out behind a comma: remarks on the whole clause that the parser hangs on its last noun.
_LOOSE = frozenset({"prep", "advcl", "parataxis", "dep", "ccomp", "acl", "advmod"})
_BREAKS = frozenset({",", ";", ":", "--", "–", "—"})
_MARKS = frozenset("\"“”‘’'«»()[]") | {"``", "''"}
_TRIMMED = frozenset(",;:–—-….!?") | {"--", "..."}
_CORRELATIVES = frozenset({"both", "either", "neither"})
_LINKS = frozenset({"and", "or", "but", "nor"})


def expand_members(table: TokenTable, head: int) -> Iterator[int]:
    """Yield a noun and what is coordinated with it, in order of text; a list that the parser took for appositions too."""
    yield from expand_conjuncts(table, head)
    for child in find_children(table, head, "appos"):
        if is_listed(table, child):
            yield from expand_conjuncts(table, child)


def is_listed(table: TokenTable, apposition: int) -> bool:
    """Tell whether an apposition is a member of a list: "the airport, [the station] and the harbour".

    An apposition with two heads is set off by a comma behind too, or stands beside a name.
    """
    head = table.heads[apposition]
    if table.kinds[head] != "NOUN" or table.kinds[apposition] != "NOUN":
        return False
    siblings = list(find_children(table, head, "appos"))
    last = max(child for one in siblings for child in expand_conjuncts(table, one))
    end = max(table.iterate_subtree(last)) + 1
    is_joined = any(table.has_child(one, "cc") for one in siblings)
    return is_joined and (end >= len(table) or table.words[end] != ",")


def find_phrase(table: TokenTable, head: int, omits: frozenset[str] = OBJECT_OMITS) -> set[int]:
    """Return the tokens of a noun phrase without the dependents of its head that have one of these labels.

    Marks between two words of the phrase, and quotation marks and brackets around it, belong to it; prepositional phrases
    keep what is coordinated in them, and lose relative clauses and appositions.
    """
    found = {head}
    marks = []
    for child in table.children[head]:
        dep = table.deps[child]
        if dep == "punct":
            marks.append(child)
        elif dep in omits or _is_outside(table, child) or ("conj" in omits and _is_of_list(table, child)):
            continue
        elif dep == "conj":
            found |= find_phrase(table, child, omits)
        elif dep == "prep":
            found |= find_prepositional(table, child, omits & _INNER_OMITS)
        else:
            found |= set(table.iterate_subtree(child))
    for mark in marks:
        before, behind = mark - 1 in found, mark + 1 in found
        if (before and behind) or (table.words[mark] in _MARKS and (before or behind)):
            found.add(mark)
    return found


def _is_outside(table: TokenTable, child: int) -> bool:
    """Tell whether a comma sets off what hangs behind a noun: a remark on the whole clause, or "not" and what it is not."""
    if table.deps[child] == "neg" and child > table.heads[child]:
        return True
    return table.deps[child] in _LOOSE and child > table.heads[child] and table.words[child - 1] in _BREAKS


def _is_of_list(table: TokenTable, child: int) -> bool:
    """Tell whether a word belongs to a coordination, not to its first member: "[neither] Oslo nor Rome"."""
    if table.lowers[child] in _CORRELATIVES:
        return table.has_child(table.heads[child], "conj")
    return table.deps[child] == "appos" and is_listed(table, child)


def find_prepositional(table: TokenTable, preposition: int, omits: frozenset[str] = frozenset({"relcl"})) -> set[int]:
    """Return the tokens of a prepositional phrase without the dependents of its noun that have one of these labels."""
    found = {preposition}
    for child in table.children[preposition]:
        found |= find_phrase(table, child, omits) if table.deps[child] == "pobj" else set(table.iterate_subtree(child))
    return found


def to_spans(table: TokenTable, tokens: Iterable[int]) -> Spans:
    """Return where the tokens lie, neighbours joined; marks at the ends of each stretch, and conjunctions, are left out.

    Empty where nothing but these is left.
    """
    ordered = sorted(tokens)
    spans = []
    start = 0
    for end, index in enumerate(ordered, 1):
        if end < len(ordered) and (ordered[end] == index + 1 or _is_blank(table, index + 1, ordered[end])):
            continue
        first, last = start, end - 1
        while first <= last and _is_trimmed(table, ordered[first]):
            first += 1
        while first <= last and _is_trimmed(table, ordered[last]):
            last -= 1
        if first <= last and _has_letters(table, ordered[first : last + 1]):
            spans.append(Span(table.begins[ordered[first]], table.ends[ordered[last]]))
        start = end
    return tuple(spans)


def _is_blank(table: TokenTable, start: int, end: int) -> bool:
    return all(table.words[i].isspace() for i in range(start, end))


def _has_letters(table: TokenTable, tokens: Sequence[int]) -> bool:
    return table.words[tokens[0]][0].isalnum() or any(c.isalnum() for i in tokens for c in table.words[i])


def _is_trimmed(table: TokenTable, index: int) -> bool:
    word = table.words[index]
    return word in _TRIMMED or word.isspace() or (table.lowers[index] in _LINKS and table.tags[index] == "CC")
