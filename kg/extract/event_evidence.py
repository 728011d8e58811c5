"""Where a text tells of an event: the characters of its trigger, its sentence, and the attribution that holds it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.extract.event_clauses import find_children
from kg.extract.furniture import find_eventless_spans
from kg.extract.token_table import TokenTable
from kg.model.attribution import Attribution
from kg.model.event import Argument
from kg.model.span import Span, Spans


class Evidence:
    """Looks up the evidence of one text.

    Args:
        table: the tokens.
        attributions: of the same text, in any order.
    """

    def __init__(self, table: TokenTable, attributions: Sequence[Attribution]) -> None:
        self._table = table
        self._attributions = attributions
        self._starts = [at for at in range(len(table)) if at == 0 or table.sentences[at] != table.sentences[at - 1]]
        self._zones = find_eventless_spans(table)

    def to_spans(self, tokens: Sequence[int]) -> Spans:
        """Return the tokens' characters in order, neighbours (with only space between) joined."""
        table = self._table
        spans: list[Span] = []
        for at in sorted(set(tokens)):
            begin, end = table.begins[at], table.ends[at]
            if spans and not table.text[spans[-1].end : begin].strip(" "):
                spans[-1] = Span(spans[-1].begin, end)
            else:
                spans.append(Span(begin, end))
        return tuple(spans)

    def find_sentence(self, token: int) -> Span:
        """Return the characters of the sentence of a token, without space at its ends."""
        table = self._table
        at = bisect_right(self._starts, token)
        first = self._starts[at - 1]
        last = (self._starts[at] if at < len(self._starts) else len(table)) - 1
        while last > first and table.words[last].isspace():
            last -= 1
        while first < last and table.words[first].isspace():
            first += 1
        return Span(table.begins[first], table.ends[last])

    def is_furniture(self, trigger: Spans) -> bool:
        """Tell whether a trigger stands where a document tells of no event of its own: in a headline, a credit."""
        return any(zone.begin <= trigger[0].begin < zone.end for zone in self._zones)

    def find_report(self, trigger: Spans) -> tuple[str | None, bool]:
        """Return the innermost attribution whose content holds the trigger, and whether the trigger is itself a cue."""
        begin = trigger[0].begin
        holding = [
            (sum(s.end - s.begin for s in a.content), a.id)
            for a in self._attributions
            if any(s.begin <= begin < s.end for s in a.content)
        ]
        is_cue = any(s.begin <= begin < s.end for a in self._attributions for s in a.cue)
        return (min(holding)[1] if holding else None), is_cue

    def find_speaker(self, verb: int) -> Argument | None:
        """Return the source of the attribution whose cue a verb is, where the verb has no subject of its own.

        "Said that it was not bound and threatened to march": the parser gives the second verb the subject of the inner clause.
        """
        table = self._table
        if table.deps[verb] != "conj" or any(find_children(table, verb, "nsubj", "nsubjpass")):
            return None
        begin = table.begins[verb]
        for one in self._attributions:
            if one.source_mention is not None and one.source and any(s.begin <= begin < s.end for s in one.cue):
                return Argument(mention=one.source_mention, spans=one.source)
        return None
