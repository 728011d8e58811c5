"""Pronouns whose meaning their own sentence tells by its grammar."""

from __future__ import annotations

from kg.extract.event_clauses import find_children, find_subjects
from kg.extract.event_mentions import MentionIndex
from kg.extract.token_table import TokenTable

_REPEATED = frozenset({"it", "they", "he", "she", "we"})
_DEEPEST = 6


def find_bound(table: TokenTable, index: MentionIndex, head: int) -> int:
    """Return the token that a subject pronoun stands for by grammar; the token itself where that tells nothing.

    "It should pay, and [it] should leave": the subjects of two main clauses side by side are the same. "Norland fined four
    firms that [it] accuses": whoever does the one deed does the other, where a state or body is named.
    """
    if table.deps[head] != "nsubj" or table.lowers[head] not in _REPEATED:
        return head
    verb = table.heads[head]
    if table.deps[verb] == "conj":
        same = [s for s in find_children(table, table.heads[verb], "nsubj") if table.lowers[s] == table.lowers[head]]
        return find_bound(table, index, same[0]) if same and same[0] < head else head
    if table.deps[verb] != "relcl" or table.lowers[head] != "it":
        return head
    noun = table.heads[verb]
    for _ in range(_DEEPEST):
        if table.kinds[noun] in {"VERB", "AUX"} or table.heads[noun] == noun:
            break
        noun = table.heads[noun]
    subjects = find_subjects(table, noun) if table.kinds[noun] in {"VERB", "AUX"} else []
    mention = index.find(subjects[0]) if len(subjects) == 1 and subjects[0] < head else None
    is_named = mention is not None and mention.kind in {"name", "demonym"} and mention.type in {"State", "Organisation"}
    return subjects[0] if is_named else head
