"""Who acts in an event and who is acted on: the noun phrases around its trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.event_clauses import expand_conjuncts, find_children, find_objects, find_subjects, is_passive
from kg.extract.event_triggers import Trigger
from kg.extract.token_table import TokenTable
from kg.model.event import Argument
from kg.model.mention import Mention
from kg.model.span import Span

_KIND_ORDER = {"name": 0, "demonym": 1, "nominal": 2, "pronoun": 3, "author": 4}
#: Children of a noun that belong to its phrase; coordination and relative clauses do not.
_PHRASE_DEPS = frozenset(
    {"det", "amod", "compound", "nmod", "poss", "nummod", "case", "predet", "quantmod", "appos", "advmod", "punct"}
)
_PHRASE_PREPOSITIONS = frozenset({"of", "in", "from", "by", "to", "at", "near"})
#: Types whose recipient may be the subject of the clause they govern ("demanded that Oslo pay").
_CLAUSE_TYPES = frozenset({"REQUEST", "ACCUSE", "THREATEN", "AGREE", "REJECT", "SUPPORT"})
#: Verbs after which a noun's beneficiary stands ("pledges ensure Ukraine remains able to fight").
_OUTCOMES = "ensure help allow enable guarantee let give keep mean boost bolster strengthen arm support leave"
_OUTCOME_VERBS = frozenset(_OUTCOMES.split())
_OUTSIDE = frozenset({"here", "there", "also", "now", "then", "both", "either", "only"})
_POSSESSIVE_ENDINGS = frozenset({"'s", "’s", "'", "’"})
_POSTED = frozenset({"ambassador", "envoy", "adviser", "advisor", "representative", "observer", "aide", "secretary", "delegate"})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_TIMES = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "week",
        "month",
        "year",
        "day",
        "hour",
        "night",
        "morning",
        "evening",
        "afternoon",
        "weekend",
        "time",
        "statement",
        "interview",
        "telephone",
        "phone",
    }
)
_PLACE_PREPOSITIONS = frozenset({"in", "of", "near", "from", "around", "outside", "inside", "at"})


class MentionIndex:
    """Looks up the mention that holds a token."""

    def __init__(self, table: TokenTable, mentions: Sequence[Mention]) -> None:
        self._by_token: dict[int, Mention] = {}
        ranked = sorted(mentions, key=lambda m: (_KIND_ORDER[m.kind], -sum(s.end - s.begin for s in m.spans), m.id))
        at_begin = {begin: index for index, begin in enumerate(table.begins)}
        for mention in ranked:
            for span in mention.spans:
                index = at_begin.get(span.begin)
                while index is not None and index < len(table) and table.begins[index] < span.end:
                    self._by_token.setdefault(index, mention)
                    index += 1
        self.types: dict[int, str] = {index: mention.type for index, mention in self._by_token.items()}

    def find(self, index: int) -> Mention | None:
        """Return the mention that holds the token: a name before a description, the longer before the shorter."""
        return self._by_token.get(index)


class ArgumentFinder:
    """Finds actors and recipients of triggers in one text."""

    def __init__(self, table: TokenTable, index: MentionIndex) -> None:
        self._table = table
        self._index = index
        self._measures = {at for start, end, label in table.entities if label in _MEASURES for at in range(start, end)}
        self._measures.update(at for at in range(len(table)) if table.lemmas[at] in _TIMES)

    def find_actors(self, trigger: Trigger) -> list[int]:
        """Return the heads of the phrases of those who act, in order of text."""
        if trigger.is_verb:
            found = find_subjects(self._table, trigger.head)
            if not found and trigger.noun is not None:
                found = self._find_noun_actors(trigger)
            if not found and is_passive(self._table, trigger.head):
                found = self._governed(trigger.head, ("by",))
            return _unique(found)
        return _unique(self._find_noun_actors(trigger))

    def find_recipients(self, trigger: Trigger, actors: Iterable[int]) -> list[int]:
        """Return the heads of the phrases of those acted on, in order of text, none of them an actor."""
        seen = set(actors)
        for found in self._recipient_places(trigger):
            fresh = _unique(one for one in found if one not in seen and self._can_be_argument(one, trigger))
            if fresh:
                return fresh
        return []

    def to_argument(self, head: int) -> Argument:
        """Return the argument whose phrase a token heads, with the mention that it, its owner or its place holds."""
        mention = self.find_mention(head)
        begin, end = self._phrase(head)
        return Argument(
            mention=None if mention is None else mention.id, spans=(Span(self._table.begins[begin], self._table.ends[end]),)
        )

    def find_mention(self, head: int) -> Mention | None:
        """Return the mention at the head; else of its possessor; else of a modifier; else of where it is."""
        own = self._index.find(head)
        if own is not None:
            return own
        for deps in (("poss",), ("amod", "compound", "nmod")):
            for child in find_children(self._table, head, *deps):
                mention = self.find_mention(child) if deps == ("poss",) else self._index.find(child)
                if mention is not None:
                    return mention
        for preposition in find_children(self._table, head, "prep"):
            if self._table.lowers[preposition] in _PLACE_PREPOSITIONS or self._table.lowers[preposition] == "by":
                for governed in find_children(self._table, preposition, "pobj"):
                    mention = self._index.find(governed)
                    if mention is not None:
                        return mention
        return None

    def find_place(self, trigger: Trigger, used: Iterable[int]) -> str | None:
        """Return the mention id of the place that a locative phrase at the trigger names, None where there is none."""
        taken = set(used)
        for anchor in dict.fromkeys((trigger.head, *(() if trigger.noun is None else (trigger.noun,)))):
            for one in self._governed(anchor, ("in", "at", "near", "outside", "over")):
                mention = self._index.find(one)
                if mention is not None and one not in taken and mention.type in {"Place", "State"}:
                    return mention.id
        return None

    def _recipient_places(self, trigger: Trigger) -> Iterator[list[int]]:
        table, group = self._table, trigger.group
        anchors = [trigger.head]
        if trigger.noun is not None and trigger.noun != trigger.head:
            anchors.append(trigger.noun)
        if trigger.recipient is not None:
            yield list(expand_conjuncts(table, trigger.recipient))
        objects = find_objects(table, trigger.head) if trigger.is_verb else []
        objects = [o for o in objects if trigger.noun is None or (o != trigger.noun and o not in self._conjuncts(trigger.noun))]
        with_whom = [one for anchor in anchors for one in self._governed(anchor, ("with",))]
        if group.is_mutual and with_whom:
            yield with_whom
        if trigger.is_verb:
            yield [one for c in find_children(table, trigger.head, "dative") for one in self._dative(c)]
        if trigger.noun is None or trigger.rule == "rule:event-carried":
            yield objects
        for preposition in trigger.prepositions:
            yield [one for p in find_children(table, preposition, "pobj") for one in expand_conjuncts(table, p)]
        if not trigger.is_verb and group.is_mutual:
            yield self._governed(trigger.head, ("between", "among"))
        for preposition_form in group.to:
            yield [one for anchor in anchors for one in self._governed(anchor, (preposition_form,))]
        yield objects
        if group.type in _CLAUSE_TYPES and trigger.is_verb:
            yield self._clause_subjects(trigger.head)
            if trigger.noun is not None:
                yield self._clause_subjects(trigger.noun)
        if trigger.noun is not None and trigger.is_verb:
            yield [
                one for one in self._modifiers(trigger.noun) if self._index.find(one) is not None and table.tags[one] != "PRP$"
            ]
        if not trigger.is_verb:
            yield self._outcome(trigger.head)

    def _conjuncts(self, noun: int) -> set[int]:
        return set(expand_conjuncts(self._table, noun))

    def _can_be_argument(self, head: int, trigger: Trigger) -> bool:
        table = self._table
        if head in trigger.tokens or head in self._measures or table.kinds[head] not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            return False
        return not (
            table.kinds[head] == "PRON"
            and table.lowers[head] in {"it", "that", "this", "what", "which", "itself"}
            and self._index.find(head) is None
        )

    def _find_noun_actors(self, trigger: Trigger) -> list[int]:
        noun = trigger.head if trigger.noun is None else trigger.noun
        table, group = self._table, trigger.group
        owners = [one for p in find_children(table, noun, "poss") for one in expand_conjuncts(table, p)]
        if owners:
            return owners
        doers = self._governed(noun, tuple(p for p in group.by if p not in group.to))
        if doers:
            return doers
        if group.is_mutual:
            parties = self._governed(noun, ("between", "among"))
            if parties:
                return parties[:1]
        modifiers = [one for one in self._modifiers(noun) if self._index.find(one) is not None]
        return modifiers or self._governed(noun, tuple(p for p in group.by if p in group.to and p != "of"))

    def _modifiers(self, noun: int) -> list[int]:
        return [
            one
            for m in find_children(self._table, noun, "poss", "amod", "compound", "nmod")
            for one in expand_conjuncts(self._table, m)
        ]

    def _governed(self, anchor: int, prepositions: tuple[str, ...]) -> list[int]:
        table = self._table
        found: list[int] = []
        for child in find_children(table, anchor, "prep", "dative", "agent"):
            if table.lowers[child] in prepositions:
                found += self._objects_of(child)
            for inner in find_children(table, child, "prep"):
                if table.lowers[inner] in prepositions:
                    found += self._objects_of(inner)
        if not found and table.kinds[anchor] == "NOUN":
            # "restrictions imposed on", "attacks carried out against"
            for clause in find_children(table, anchor, "acl"):
                if table.tags[clause] == "VBN":
                    found += [
                        one
                        for p in find_children(table, clause, "prep", "agent")
                        if table.lowers[p] in prepositions
                        for one in self._objects_of(p)
                    ]
        return [one for one in found if one not in self._measures]

    def _objects_of(self, preposition: int) -> list[int]:
        table = self._table
        return [one for p in find_children(table, preposition, "pobj") for one in expand_conjuncts(table, p)]

    def _dative(self, child: int) -> list[int]:
        if self._table.kinds[child] == "ADP":
            return [one for p in find_children(self._table, child, "pobj") for one in expand_conjuncts(self._table, p)]
        return list(expand_conjuncts(self._table, child))

    def _clause_subjects(self, verb: int) -> list[int]:
        table = self._table
        for child in find_children(table, verb, "ccomp", "xcomp", "acl"):
            subjects = [s for s in find_children(table, child, "nsubj", "nsubjpass") if table.lowers[s] not in {"it", "there"}]
            if subjects:
                return [one for s in subjects for one in expand_conjuncts(table, s)]
        return []

    def _outcome(self, noun: int) -> list[int]:
        table = self._table
        while table.deps[noun] == "conj":
            noun = table.heads[noun]
        verb = table.heads[noun]
        if table.deps[noun] != "nsubj" or table.lemmas[verb] not in _OUTCOME_VERBS:
            return []
        found = self._clause_subjects(verb) or find_objects(table, verb)
        return [one for one in found if self.find_mention(one) is not None]

    def _phrase(self, head: int) -> tuple[int, int]:
        """Return first and last token of the noun phrase: article, modifiers, title, apposition, a close prepositional phrase."""
        table = self._table
        first = last = head
        for child in table.children[head]:
            if table.deps[child] not in _PHRASE_DEPS or table.lowers[child] in _OUTSIDE:
                continue
            if child < head:
                first = min(first, self._whole(child)[0])
            elif table.deps[child] == "appos":
                last = max(last, self._phrase(child)[1])
            elif table.deps[child] != "advmod":
                last = max(last, self._whole(child)[1])
        follower = last + 1
        while follower < len(table) and self._is_close(head, follower):
            last = max(self._phrase(p)[1] for p in find_children(table, follower, "pobj"))
            follower = last + 1
        if first <= head and last + 1 < len(table) and table.words[last + 1] == ")" and "(" in table.words[first : last + 1]:
            last += 1
        while last > head and table.words[last] in {",", ";", ":", "-", "–"}:
            last -= 1
        if last > first and table.lowers[last] in _POSSESSIVE_ENDINGS and table.deps[last] == "case":
            last -= 1
        return first, last

    def _is_close(self, head: int, preposition: int) -> bool:
        """Tell whether a prepositional phrase right behind belongs to the phrase."""
        table = self._table
        form = table.lowers[preposition]
        governed = list(find_children(table, preposition, "pobj"))
        if (
            table.deps[preposition] not in {"prep", "agent"}
            or form not in _PHRASE_PREPOSITIONS
            or not governed
            or governed[0] in self._measures
        ):
            return False
        if form == "of":
            return table.heads[preposition] == head
        if form == "to":
            return table.lemmas[head] in _POSTED
        if table.kinds[head] == "PROPN" and form in {"in", "at", "near", "by"}:
            return False
        if form == "in":
            # The parser often hangs such a place on the verb.
            return self._index.types.get(governed[0]) in {"Place", "State"}
        return table.heads[preposition] == head

    def _whole(self, index: int) -> tuple[int, int]:
        first = last = index
        for child in self._table.children[index]:
            left, right = self._whole(child)
            first, last = min(first, left), max(last, right)
        return first, last


def _unique(found: Iterable[int]) -> list[int]:
    return sorted(dict.fromkeys(found))
