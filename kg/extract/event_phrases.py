"""Noun phrases as arguments: where one begins and ends, which mention it stands for, and which phrases are coordinated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.event_clauses import expand_conjuncts, find_children
from kg.extract.event_mentions import MentionIndex
from kg.extract.event_sharers import Sharers
from kg.extract.token_table import TokenTable
from kg.model.mention import Mention

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
#: "Our mothers" are not those who speak of them.
_SPEAKERS = frozenset({"my", "our", "your"})
_MODIFIERS = ("amod", "compound", "nmod", "poss")
_PLACE_PREPOSITIONS = frozenset({"in", "of", "near", "from", "around", "outside", "inside", "at", "by", "with"})


class PhraseReader:
    """Reads the noun phrases of one text by the token that heads them.

    Args:
        agents: nouns for those who act for their state ("delegation"); their mention is the state's.
        shared: nouns that several states may share ("French and Spanish ministers").
    """

    def __init__(
        self, table: TokenTable, index: MentionIndex, agents: frozenset[str] = frozenset(), shared: frozenset[str] = frozenset()
    ) -> None:
        self._table = table
        self._index = index
        self._agents = agents
        self._sharers = Sharers(table, index, shared)
        self._measures = {at for start, end, label in table.entities if label in _MEASURES for at in range(start, end)}
        self._measures.update(at for at in range(len(table)) if table.lemmas[at] in _TIMES)

    def is_measure(self, head: int) -> bool:
        """Tell whether a phrase is a time or an amount, which never acts nor is acted on."""
        return head in self._measures

    def is_moved(self, head: int) -> bool:
        """Tell whether a phrase names what or from where one moves: "its troops", "their ambassadors", an unknown town."""
        if any(self._table.tags[child] == "PRP$" for child in find_children(self._table, head, "poss")):
            return True
        mention = self.find_mention(head)
        return mention is not None and mention.type == "Place" and mention.by != "gazetteer"

    def is_whereabouts(self, head: int) -> bool:
        """Tell whether the only mention of a phrase is a place that it is at or near: "a base near Varna"."""
        mention = self.find_mention(head)
        begin = self._table.begins[head]
        return mention is not None and mention.type == "Place" and all(not s.begin <= begin < s.end for s in mention.spans)

    def expand(self, heads: Iterable[int]) -> list[int]:
        """Return the heads with those that the parser hid: "Orlov and the envoys Reed and Stone" has three."""
        found: list[int] = []
        for head in heads:
            sharers = self._sharers.find(head)
            if sharers:
                found += sharers
                continue
            found += self._find_fronted(head)
            named = self._find_apposed_names(head)
            found += named or [head]
            found += [one for a in self._find_listed(head) for one in expand_conjuncts(self._table, a)]
            found += self._find_torn(head)
        return sorted(dict.fromkeys(found))

    def find_mention(self, head: int) -> Mention | None:
        """Return the mention at the head; else of its possessor; else of a modifier; else of where it is.

        Those who act for a state are the state: "Norland's delegation" has the mention of "Norland".
        """
        table = self._table
        own = self._index.find(head)
        if own is None or own.kind == "nominal":
            # "the minister, Elsa Quiroga": the name says more than the description.
            named = (self._index.find_named(child) for child in find_children(table, head, "appos"))
            own = next((one for one in named if one is not None and one.type in {"Person", "Organisation"}), own)
            if table.deps[head] == "appos" and (own is None or own.kind == "nominal"):
                # "Norland, a main ally, called": the parser may take the apposition for the subject.
                own = self._index.find_named(table.heads[head]) or own
        if own is not None:
            return (self._find_state(own, head) if self._is_agent(own, head) else None) or own
        for deps in (("poss",), ("amod", "compound", "nmod")):
            for child in find_children(table, head, *deps):
                if table.lowers[child] in _SPEAKERS:
                    continue
                mention = self.find_mention(child) if deps == ("poss",) else self._index.find(child)
                if mention is not None:
                    return mention
        for preposition in find_children(table, head, "prep"):
            if table.lowers[preposition] in _PLACE_PREPOSITIONS:
                for governed in find_children(table, preposition, "pobj"):
                    mention = self._find_region_owner(governed)
                    if mention is not None:
                        return mention
        follower = self._find_core(head)[1] + 1
        if follower < len(table) and self._is_close(head, follower):
            return self._find_region_owner(next(find_children(table, follower, "pobj")))
        return None

    def _find_state(self, mention: Mention, head: int) -> Mention | None:
        owner = self._index.find_state(mention) or self._find_owner(head)
        return owner if owner is not None and owner.type == "State" else None

    def _is_agent(self, mention: Mention, head: int) -> bool:
        """Tell whether a mention acts for its state; a single envoy who does something acts for herself."""
        if self._table.lemmas[head] not in self._agents:
            return False
        return mention.type == "Organisation" or (
            mention.kind == "nominal" and not (mention.type == "Person" and mention.is_subject)
        )

    def find_range(self, head: int) -> tuple[int, int]:
        """Return first and last token of the phrase: article, modifiers, title, apposition, a close prepositional phrase."""
        table = self._table
        noun = self._sharers.find_noun(head)
        if noun is not None:
            return self.find_range(noun)
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
            place = self._index.find(governed[0]) or self._find_owner(governed[0])
            return place is not None and place.type in {"Place", "State"}
        return table.heads[preposition] == head

    def _find_region_owner(self, head: int) -> Mention | None:
        """Return the mention of what a place belongs to, else its own: the port in "Norland's Varna district" is Norland's."""
        own = self._index.find(head)
        if own is not None and own.type != "Place":
            return self.find_mention(head)
        owner = self._find_owner(head)
        if owner is not None and owner.kind == "pronoun":
            # "The first agreement of its kind" is nobody.
            owner = None
        return owner if owner is not None and (own is None or owner.type == "State") else own

    def _find_owner(self, head: int) -> Mention | None:
        owners = (self._index.find(child) for child in find_children(self._table, head, *_MODIFIERS))
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
