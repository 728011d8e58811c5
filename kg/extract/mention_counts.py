"""Members and numbers of a group: "one of them", "one of the Russian officers", "thousands of people", "a 21-year-old"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable

_GROUP_PRONOUNS = frozenset({"them", "us", "whom", "these", "those"})
_ACTING = frozenset({"nsubj", "nsubjpass", "pobj", "agent", "dobj", "appos", "conj", "dative"})


def find_counted(table: TokenTable, board: Board, lexicon: MentionLexicon, nominals: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield members of groups and people named by their age; widen `nominals` by a quantity that heads them.

    "Thousands of people" then is one mention, whose name stays "people", because what the clause says, it says of the
    thousands.
    """
    groups = {i: c for c in nominals if c.number == "plural" for i in range(c.start, c.end)}
    for at in range(len(table)):
        if board.outer[at] is not None:
            continue
        if table.lowers[at] in lexicon.members:
            end = _find_group_end(table, board, groups, at)
            if end is not None:
                made = make_candidate(table, (at, end), ("Person", "nominal"), "member", 0.75)
                made.number = "singular"
                yield made
        elif table.lowers[at] in lexicon.quantities and table.deps[at] in _ACTING and at + 2 < len(table):
            _widen(table, groups, at)
        elif table.lowers[at] == "old":
            yield from _find_aged(table, at)
        elif table.lowers[at] in lexicon.unnamed and _speaks_alone(table, lexicon, at):
            made = make_candidate(table, (at, at + 1), ("Group", "nominal"), "unnamed", 0.6)
            made.number = "plural"
            yield made


def _find_group_end(table: TokenTable, board: Board, groups: dict[int, Candidate], at: int) -> int | None:
    """Return the end of "one of GROUP"; None where no group follows."""
    if at + 2 >= len(table) or table.lowers[at + 1] != "of" or table.deps[at] not in _ACTING:
        return None
    if table.lowers[at + 2] in _GROUP_PRONOUNS:
        return at + 3
    first = at + 2 + (table.tags[at + 2] in {"DT", "PRP$"})
    group = groups.get(first)
    if group is not None and group.start <= first:
        return group.end
    holder = board.outer[first] if first < len(table) else None
    return holder.end if holder is not None and holder.type == "Group" else None


def _widen(table: TokenTable, groups: dict[int, Candidate], at: int) -> None:
    if table.lowers[at + 1] != "of":
        return
    group = groups.get(at + 2)
    if group is not None and group.start in {at + 2, at + 1}:
        group.name = table.quote(group.start, group.end)
        group.start, group.begin = at, table.begins[at]


def _find_aged(table: TokenTable, at: int) -> Iterator[Candidate]:
    """Yield "21-year-old" that is no modifier of a noun."""
    start = at - 4
    is_age = start >= 0 and table.lowers[at - 2] == "year" and table.words[at - 1] == table.words[at - 3] == "-"
    head = table.tags[table.heads[at]]
    is_modifier = table.heads[at] > at and head.startswith("NN")
    if is_age and table.tags[start] == "CD" and not is_modifier and (table.deps[at] in _ACTING or head.startswith("VB")):
        end = at + 1
        if end + 1 < len(table) and table.lowers[end] in {"from", "in"} and table.is_capitalised(end + 1):
            end += 2
        made = make_candidate(table, (start, end), ("Person", "nominal"), "aged", 0.75)
        made.number = "singular"
        yield made


def _speaks_alone(table: TokenTable, lexicon: MentionLexicon, at: int) -> bool:
    """Tell whether "others", "many" is by itself the subject of a verb of saying."""
    is_subject = table.deps[at] == "nsubj" and table.heads[at] > at
    return is_subject and not table.children[at] and table.lemmas[table.heads[at]] in lexicon.speaking
