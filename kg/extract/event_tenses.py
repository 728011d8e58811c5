"""Whether a clause tells of what is still to come: which Tuesday "on Tuesday" is."""

from __future__ import annotations

from kg.extract.event_clauses import find_children
from kg.extract.token_table import TokenTable

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "could", "may", "might", "can", "ca", "should", "must"})
_PERFECT = frozenset({"have", "'ve", "’ve", "'s", "has", "had", "having"})
_SCHEDULED = frozenset(
    {"schedule", "scheduled", "plan", "planned", "set", "due", "expect", "expected", "slate", "book", "upcoming"}
)
#: Verbs whose infinitive tells of what was done or tried: "managed to seize".
_DONE = frozenset(
    {
        "manage", "try", "attempt", "fail", "begin", "start", "continue", "cease", "proceed", "go", "come", "use", "help",
        "force", "appear", "seem", "claim", "happen", "get", "refuse",
    }
)  # fmt: skip
_LONGEST_CHAIN = 10


def is_future_verb(table: TokenTable, verb: int) -> bool:
    """Tell whether the deed of a verb lies ahead: "will meet", "plans to meet", "meets on Friday", "is expected".

    The present tense counts: with a date it tells of what is arranged. A form without tense has that of its governor.
    """
    for _ in range(_LONGEST_CHAIN):
        auxiliaries = list(find_children(table, verb, "aux", "auxpass"))
        words = {table.lowers[one] for one in auxiliaries}
        if any(table.lemmas[one] == "have" or table.lowers[one] in _PERFECT for one in auxiliaries):
            return False
        if words & _FUTURE:
            return True
        if "to" in words:
            return table.lemmas[table.heads[verb]] not in _DONE or is_future_verb_of_governor(table, verb)
        if table.tags[verb] == "VBD" or any(table.tags[one] == "VBD" for one in auxiliaries):
            return False
        if table.tags[verb] in {"VBZ", "VBP"} or any(table.tags[one] in {"VBZ", "VBP"} for one in auxiliaries):
            return True
        if table.tags[verb] == "VBN" or table.deps[verb] == "pcomp":
            return table.lemmas[verb] in _SCHEDULED
        if table.heads[verb] == verb or table.kinds[table.heads[verb]] not in {"VERB", "AUX"}:
            return False
        verb = table.heads[verb]
    return False


def is_future_verb_of_governor(table: TokenTable, verb: int) -> bool:
    """Tell whether the verb that an infinitive hangs on tells of what is still to come; False for one that hangs on none."""
    head = table.heads[verb]
    return head != verb and table.kinds[head] in {"VERB", "AUX"} and is_future_verb(table, head)


def is_scheduled(table: TokenTable, noun: int, clause: int | None = None) -> bool:
    """Tell whether a deed is arranged for a day to come: "the scheduled talks", "talks set for Friday".

    With a clause, that verb alone is looked at; else all that modifies the noun.
    """
    found = [clause] if clause is not None else find_children(table, noun, "amod", "acl", "relcl")
    return any(table.lemmas[one] in _SCHEDULED or table.lowers[one] == "due" for one in found)
