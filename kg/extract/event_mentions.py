"""Which mention holds a token."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.token_table import TokenTable
from kg.model.mention import Mention

_KIND_ORDER = {"name": 0, "demonym": 1, "nominal": 2, "pronoun": 3, "author": 4}
#: "the forces of the ministry of Norland": more owners than this are a sign of a circle.
_LONGEST_CHAIN = 3


class MentionIndex:
    """Looks up the mention that holds a token."""

    def __init__(self, table: TokenTable, mentions: Sequence[Mention]) -> None:
        self._by_token: dict[int, Mention] = {}
        self._by_id: dict[str, Mention] = {mention.id: mention for mention in mentions}
        ranked = sorted(mentions, key=lambda m: (_KIND_ORDER[m.kind], -sum(s.end - s.begin for s in m.spans), m.id))
        at_begin = {begin: index for index, begin in enumerate(table.begins)}
        for mention in ranked:
            for span in mention.spans:
                start = at_begin.get(span.begin)
                if start is None:
                    continue
                held = list(range(start, _find_end(table, start, span.end)))
                if mention.kind == "nominal":
                    # A description is its head: "the civilians in Ukraine" does not make "Ukraine" civilians.
                    held = [i for i in held if table.heads[i] not in held or table.heads[i] == i][:1]
                for index in held:
                    self._by_token.setdefault(index, mention)
        self.types: dict[int, str] = {index: mention.type for index, mention in self._by_token.items()}

    def find(self, index: int) -> Mention | None:
        """Return the mention that holds the token: a name before a description, the longer before the shorter."""
        return self._by_token.get(index)

    def find_state(self, mention: Mention) -> Mention | None:
        """Return the mention of the state that a mention belongs to, through its ministry too; None without one."""
        owner = self._by_id.get(mention.affiliation or "")
        for _ in range(_LONGEST_CHAIN):
            if owner is None or owner.type == "State":
                return owner
            owner = self._by_id.get(owner.affiliation or "")
        return None

    def find_named(self, index: int) -> Mention | None:
        """Return the mention that holds the token where it is a name."""
        mention = self._by_token.get(index)
        return mention if mention is not None and mention.kind == "name" else None


def _find_end(table: TokenTable, start: int, end: int) -> int:
    index = start
    while index < len(table) and table.begins[index] < end:
        index += 1
    return index
