"""States that share one noun for those who act for them: "Russian and Ukrainian negotiators", "the leaders of A and B"."""

from __future__ import annotations

from kg.extract.event_clauses import expand_conjuncts, find_children
from kg.extract.event_mentions import MentionIndex
from kg.extract.token_table import TokenTable

_MODIFIERS = ("amod", "compound", "nmod", "poss")


class Sharers:
    """Finds them in one text.

    Args:
        table: the tokens.
        index: looks up mentions.
        nouns: what several states may share.
    """

    def __init__(self, table: TokenTable, index: MentionIndex, nouns: frozenset[str]) -> None:
        self._table = table
        self._index = index
        self._nouns = nouns

    def find(self, head: int) -> list[int]:
        """Return the states that share a noun, in order of text; empty where it is not shared."""
        table = self._table
        if table.lemmas[head] not in self._nouns:
            return []
        for child in find_children(table, head, *_MODIFIERS):
            states = self._list_states(child)
            if len(states) > 1:
                return states
        for preposition in find_children(table, head, "prep") if table.tags[head] == "NNS" else ():
            for child in find_children(table, preposition, "pobj") if table.lowers[preposition] == "of" else ():
                states = self._list_states(child)
                if len(states) > 1:
                    return states
        return []

    def find_noun(self, modifier: int) -> int | None:
        """Return the noun that a state in front of it shares; None where it shares none."""
        table, top = self._table, modifier
        while table.deps[top] == "conj" and table.heads[top] != top:
            top = table.heads[top]
        noun = table.heads[top]
        return noun if table.deps[top] in _MODIFIERS and modifier in self.find(noun) else None

    def _list_states(self, first: int) -> list[int]:
        """Return a token and what is coordinated with it where all are names of different states, else nothing."""
        listed = list(expand_conjuncts(self._table, first))
        named = {
            mention.id
            for one in listed
            if (mention := self._index.find(one)) is not None and mention.kind != "nominal" and mention.type == "State"
        }
        return listed if len(named) == len(listed) else []
