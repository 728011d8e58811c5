"""What the tagger of parties is shown of each token: words, the parse, mentions, and what the rules found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2
from zlib import crc32

from kg.extract.token_table import TokenTable
from kg.model.event import Event
from kg.model.mention import Mention
from kg.model.span import Span

#: Features are numbered by a hash, so that the model holds no text of what it was trained on.
BUCKETS = 1 << 22
_PHRASE_DEPS = frozenset(
    {"det", "amod", "compound", "nmod", "poss", "nummod", "case", "predet", "quantmod", "appos", "advmod", "punct"}
)
_DEEPEST, _DEEPEST_SHOWN = 8, 5
_STEPS = (-2, -1, 1, 2)
_OUT = "<>"


def rank_event(event: Event) -> tuple[bool, bool, int]:
    """Return what orders a sentence's events, the greatest first: whole ones told by a verb, not hypothetical, early."""
    is_whole = bool(event.actors and event.recipients and event.by != "rule:event-noun")
    return is_whole, event.modality != "hypothetical", -event.trigger[0].begin


class TaggerFeatures:
    """Describes the tokens of one text.

    Args:
        table: the tokens.
        mentions: of the text.
        events: what the rules found in it.
    """

    def __init__(self, table: TokenTable, mentions: Iterable[Mention], events: Sequence[Event]) -> None:
        self._table = table
        size = len(table)
        self._entities, self._mentions = [_OUT] * size, [_OUT] * size
        for start, end, label in table.entities:
            self._mark(self._entities, range(start, end), label)
        for mention in mentions:
            for span in mention.spans:
                self._mark(self._mentions, self._find(span), mention.type + mention.kind)
        self._events = sorted(events, key=rank_event, reverse=True)

    def _find(self, span: Span) -> range:
        return range(*self._table.find_tokens(span.begin, span.end))

    def _mark(self, column: list[str], tokens: range, value: str) -> None:
        for at, token in enumerate(tokens):
            column[token] = ("I" if at else "B") + value

    def describe(self, first: int, end: int) -> list[list[int]]:
        """Return the sorted buckets of each token of the sentence [first, end)."""
        size = len(self._table)
        main, other = [_OUT] * size, [_OUT] * size
        triggers: set[int] = set()
        trigger, event_type = None, _OUT
        here = [event for event in self._events if first <= self._find(event.trigger[0]).start < end]
        for at, event in enumerate(here):
            for role, arguments in (("A", event.actors), ("R", event.recipients)):
                for argument in arguments:
                    self._mark(main if at == 0 else other, self._find(argument.spans[0]), role)
            tokens = [token for span in event.trigger for token in self._find(span)]
            triggers.update(tokens)
            if at == 0 and tokens:
                trigger, event_type = min(tokens), event.type
        found = []
        for token in range(first, end):
            features = [*self._read_token(token, first, end), *self._read_rules(token, main, other, trigger, event_type)]
            features.append(f"in-trigger={token in triggers}")
            features += [f"rule{step}={main[token + step] if first <= token + step < end else _OUT}" for step in _STEPS]
            found.append(sorted({crc32(feature.encode()) % BUCKETS for feature in features}))
        return found

    def _read_token(self, token: int, first: int, end: int) -> list[str]:
        table = self._table
        head, dep = table.heads[token], table.deps[token]
        top = self._find_top(token)
        top_dep, governor = table.deps[top], table.heads[top]
        begin = min([top, *(child for child in table.children[top] if table.deps[child] in _PHRASE_DEPS)])
        features = [
            "bias",
            f"word={table.lowers[token]}",
            f"lemma={table.lemmas[token]}",
            f"kind={table.kinds[token]}",
            f"tag={table.tags[token]}",
            f"dep={dep}",
            f"entity={self._entities[token]}",
            f"mention={self._mentions[token]}",
            f"head={table.lemmas[head]}",
            f"dep-head={dep} {table.lemmas[head]}",
            f"head-dep={dep} {table.deps[head]} {table.kinds[head]}",
            f"top-dep={top_dep}",
            f"top-governor={top_dep} {table.lemmas[governor]}",
            f"governor-dep={top_dep} {table.deps[governor]}",
            f"top={table.lemmas[top]}",
            f"is-top={token == top}",
            f"before-top={token < top} {top_dep}",
            f"begins={token == begin} {top_dep}",
            f"depth={self._find_depth(top)} {top_dep}",
            f"capital={table.words[token][:1].isupper()}",
            f"place={min(5, (token - first) // 5)}",
        ]
        if top_dep == "pobj":
            outer = table.heads[governor]
            features += (
                f"preposition={table.lemmas[governor]} {table.lemmas[outer]}",
                f"preposition-dep={table.lemmas[governor]} {table.kinds[outer]} {table.deps[outer]}",
            )
        for step in _STEPS:
            beside = token + step
            if first <= beside < end:
                features += (
                    f"word{step}={table.lowers[beside]}",
                    f"tag{step}={table.tags[beside]}",
                    f"mention{step}={self._mentions[beside]}",
                )
            else:
                features += (f"word{step}={_OUT}", f"tag{step}={_OUT}", f"mention{step}={_OUT}")
        return features

    def _read_rules(
        self, token: int, main: Sequence[str], other: Sequence[str], trigger: int | None, event_type: str
    ) -> list[str]:
        table = self._table
        top = self._find_top(token)
        top_dep, role = table.deps[top], main[token]
        features = [
            f"rule={role}",
            f"other-rule={other[token]}",
            f"rules={role} {other[token]}",
            f"rule-tag={role} {table.tags[token]}",
            f"rule-dep={role} {top_dep}",
            f"rule-word={role} {table.lowers[token]}",
        ]
        if trigger is None:
            return [*features, "no-event", f"no-event={top_dep} {self._mentions[token]}"]
        distance = token - trigger
        return [
            *features,
            f"distance={distance > 0} {min(4, int(log2(abs(distance) + 1)))}",
            f"type-dep={event_type} {top_dep}",
            f"type-rule={event_type} {role}",
            f"side={role} {self._mentions[token]} {distance > 0}",
            f"below={top_dep} {table.heads[top] == trigger}",
        ]

    def _find_top(self, token: int) -> int:
        """Return the head of the noun phrase that holds a token."""
        table = self._table
        for _ in range(_DEEPEST):
            if table.deps[token] not in _PHRASE_DEPS or table.heads[token] == token:
                break
            token = table.heads[token]
        return token

    def _find_depth(self, token: int) -> int:
        depth = 0
        while self._table.heads[token] != token and depth < _DEEPEST_SHOWN:
            token, depth = self._table.heads[token], depth + 1
        return depth
