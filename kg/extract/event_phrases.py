"""Noun phrases as arguments: where one begins and ends, which mention it stands for, and which phrases are coordinated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.event_clauses import expand_conjuncts, find_children
from kg.extract.token_table import TokenTable
from kg.model.mention import Mention

_KIND_ORDER = {"name": 0, "demonym": 1, "nominal": 2, "pronoun": 3, "author": 4}
#: Children of a noun that belong to its phrase; coordination and relative clauses do not.
_PHRASE_DEPS = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case", "predet", "quantmod", "appos", "advmod"})
_PHRASE_PREPOSITIONS = frozenset({"of", "in", "from", "by", "to", "at", "near"})
_OUTSIDE = frozenset({"here", "there", "also", "now", "then", "both", "either", "only"})
_POSSESSIVE_ENDINGS = frozenset({"'s", "’s", "'", "’"})
_MARKS = frozenset({",", ";", ":", "-", "–", "—", '"', "“", "”", "(", "."})
_POSTED = frozenset({"ambassador", "envoy", "adviser", "advisor", "representative", "observer", "aide", "secretary", "delegate"})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_TIME_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year day hour night morning "
    "evening afternoon weekend time statement interview telephone phone"
)
_TIMES = frozenset(_TIME_WORDS.split())
_PLACE_PREPOSITIONS = frozenset({"in", "of", "near", "from", "around", "outside", "inside", "at", "by", "with"})


class MentionIndex:
    """Looks up the mention that holds a token."""

    def __init__(self, table: TokenTable, mentions: Sequence[Mention]) -> None:
        self._by_token: dict[int, Mention] = {}
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

    def find_named(self, index: int) -> Mention | None:
        """Return the mention that holds the token where it is a name."""
        mention = self._by_token.get(index)
        return mention if mention is not None and mention.kind == "name" else None


def _find_end(table: TokenTable, start: int, end: int) -> int:
    index = start
    while index < len(table) and table.begins[index] < end:
        index += 1
    return index


class PhraseReader:
    """Reads the noun phrases of one text by the token that heads them."""

    def __init__(self, table: TokenTable, index: MentionIndex) -> None:
        self._table = table
        self._index = index
        self._measures = {at for start, end, label in table.entities if label in _MEASURES for at in range(start, end)}
        self._measures.update(at for at in range(len(table)) if table.lemmas[at] in _TIMES)

    def is_measure(self, head: int) -> bool:
        """Tell whether a phrase is a time or an amount, which never acts nor is acted on."""
        return head in self._measures

    def expand(self, heads: Iterable[int]) -> list[int]:
        """Return the heads with those that the parser hid: "Orlov and the envoys Reed and Stone" has three."""
        found: list[int] = []
        for head in heads:
            found += self._find_fronted(head)
            named = self._find_apposed_names(head)
            found += named or [head]
            found += [one for a in self._find_listed(head) for one in expand_conjuncts(self._table, a)]
            found += self._find_torn(head)
        return sorted(dict.fromkeys(found))

    def find_mention(self, head: int) -> Mention | None:
        """Return the mention at the head; else of its possessor; else of a modifier; else of where it is."""
        own = self._index.find(head)
        if own is None or own.kind == "nominal":
            # "the minister, Elsa Quiroga": the name says more than the description.
            named = (self._index.find_named(child) for child in find_children(self._table, head, "appos"))
            own = next((mention for mention in named if mention is not None and mention.type == "Person"), own)
        if own is not None:
            return own
        for deps in (("poss",), ("amod", "compound", "nmod")):
            for child in find_children(self._table, head, *deps):
                mention = self.find_mention(child) if deps == ("poss",) else self._index.find(child)
                if mention is not None:
                    return mention
        for preposition in find_children(self._table, head, "prep"):
            if self._table.lowers[preposition] in _PLACE_PREPOSITIONS:
                for governed in find_children(self._table, preposition, "pobj"):
                    mention = self._index.find(governed) or self._find_owner(governed)
                    if mention is not None:
                        return mention
        follower = self._find_core(head)[1] + 1
        if follower < len(self._table) and self._is_close(head, follower):
            return self._index.find(next(find_children(self._table, follower, "pobj")))
        return None

    def find_range(self, head: int) -> tuple[int, int]:
        """Return first and last token of the phrase: article, modifiers, title, apposition, a close prepositional phrase."""
        table = self._table
        first, last = self._find_core(head)
        follower = last + 1
        while follower < len(table) and self._is_close(head, follower):
            last = max(self.find_range(p)[1] for p in find_children(table, follower, "pobj"))
            follower = last + 1
        if table.deps[head] == "appos" and self._find_apposed_names(table.heads[head])[:1] == [head]:
            first = self._find_core(table.heads[head])[0]
        for front in self._find_fronted(head):
            first = max(first, 1 + max(find_children(table, front, "cc")))
        if last + 1 < len(table) and table.words[last + 1] == ")" and "(" in table.words[first : last + 1]:
            last += 1
        while first < head and table.words[first] in _MARKS:
            first += 1
        while last > head and (table.words[last] in _MARKS or table.lowers[last] in _POSSESSIVE_ENDINGS):
            last -= 1
        return first, last

    def _find_core(self, head: int) -> tuple[int, int]:
        table = self._table
        first = last = head
        for child in table.children[head]:
            dep = table.deps[child]
            if dep not in _PHRASE_DEPS or table.lowers[child] in _OUTSIDE:
                continue
            if child < head:
                first = min(first, self._whole(child)[0])
            elif dep == "appos":
                if child not in self._find_listed(head):
                    last = max(last, self._find_core(child)[1])
            elif dep != "advmod":
                last = max(last, self._whole(child)[1])
        return first, last

    def _whole(self, index: int) -> tuple[int, int]:
        first = last = index
        for child in self._table.children[index]:
            left, right = self._whole(child)
            first, last = min(first, left), max(last, right)
        return first, last

    def _is_close(self, head: int, preposition: int) -> bool:
        """Tell whether a prepositional phrase right behind belongs to the phrase."""
        table = self._table
        form = table.lowers[preposition]
        governed = list(find_children(table, preposition, "pobj"))
        if table.deps[preposition] not in {"prep", "agent"} or form not in _PHRASE_PREPOSITIONS or not governed:
            return False
        if governed[0] in self._measures:
            return False
        if form == "to":
            return table.lemmas[head] in _POSTED
        if table.kinds[head] == "PROPN" and form in {"in", "at", "near", "by"}:
            return False
        if form == "in":
            # The parser often hangs such a place on the verb.
            return self._index.types.get(governed[0]) in {"Place", "State"}
        return table.heads[preposition] == head

    def _find_owner(self, head: int) -> Mention | None:
        owners = (self._index.find(child) for child in find_children(self._table, head, "poss"))
        return next((mention for mention in owners if mention is not None), None)

    def _find_fronted(self, head: int) -> list[int]:
        """Return names that the parser took for modifiers: "[Orlov] and U.S. envoys Reed"."""
        table = self._table
        found: list[int] = []
        for child in find_children(table, head, "nmod", "compound", "amod"):
            found += self._find_fronted(child)
            mention = self._index.find_named(child)
            joints = list(find_children(table, child, "cc"))
            if child < head and joints and mention is not None and any(find_children(table, child, "conj")):
                own = self._index.find(head)
                if mention.spans[-1].end <= table.begins[joints[0]] and (own is None or own.id != mention.id):
                    found.append(child)
        return found

    def _find_apposed_names(self, head: int) -> list[int]:
        """Return the names behind a plural: "the envoys [Reed] and [Stone]"."""
        table = self._table
        if table.tags[head] != "NNS":
            return []
        for child in find_children(table, head, "appos"):
            if child > head and self._index.find_named(child) is not None and "," not in table.words[head:child]:
                return list(expand_conjuncts(table, child))
        return []

    def _find_listed(self, head: int) -> list[int]:
        """Return names in a list that the parser took for appositions: "Norway, [Sweden] and Denmark"."""
        own = self._index.find_named(head)
        if own is None or own.type != "State":
            return []
        listed: list[int] = []
        for child in find_children(self._table, head, "appos"):
            mention = self._index.find_named(child)
            if mention is not None and mention.type == "State" and mention.name != own.name:
                listed.append(child)
        return listed

    def _find_torn(self, head: int) -> Iterator[int]:
        """Yield the last of a list that the parser made a second subject: "pledges from Norway, Sweden, and [Denmark] help"."""
        table = self._table
        top = head
        while table.deps[top] == "conj":
            top = table.heads[top]
        noun = table.heads[table.heads[top]] if table.deps[top] == "pobj" else top
        if table.deps[noun] != "nsubj" or noun == top:
            return
        for joint in find_children(table, noun, "cc"):
            if joint <= head or any(find_children(table, noun, "conj")):
                continue
            for subject in find_children(table, table.heads[noun], "nsubj"):
                if subject > joint and self._whole(subject)[0] == joint + 1:
                    yield subject
