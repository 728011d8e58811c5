"""Parties and acts that a phrase points back to: "both sides", "the two leaders", "rejected the criticism"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kg.extract.event_clauses import expand_conjuncts, find_children
from kg.extract.event_lexicon import EventLexicon
from kg.extract.event_mentions import MentionIndex
from kg.extract.event_sides import Sides
from kg.extract.token_table import TokenTable
from kg.model.attribution import Attribution
from kg.model.event import Event
from kg.model.mention import Mention

_COUNTS = {"both": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "either": 2, "each": 2}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her"})
#: What stands further back is no longer pointed at.
_PARTY_SENTENCES = 10
_REPLY_SENTENCES = 10
_JOINT_SENTENCES = 2
_ASKING = frozenset({"REQUEST", "THREATEN", "ACCUSE"})
#: What "the step" or "this decision" may be: something done, not said.
_DEEDS = frozenset(
    {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "AID", "RETREAT", "CONCEDE", "COOPERATE", "PROTEST", "SUPPORT", "AGREE"}
)
_POINTING = frozenset({"the", "this", "these", "those", "that"})
#: Letters that a state's name and its adjective share, and how often a state must be named to stand out.
_STEM, _SALIENT = 4, 3
#: How many claims before a noun may be what it answers.
_LAST_CLAIMS = 4
#: How many mentions of states are counted to see which stand out.
_LAST_STATES = 200
#: How the registry's keys of states begin.
_STATES = "state/"
_NAMING = frozenset({"name", "demonym"})
_SIDE_TYPES = frozenset({"State", "Organisation", "Group"})


def _is_one_of(mention: Mention, types: frozenset[str]) -> bool:
    """Tell whether a mention has one of the types; a capital stands for its state."""
    return mention.type in types or ("State" in types and mention.type == "Place" and mention.by == "gazetteer")


class PartyFinder:
    """Finds in the text before a phrase whom the phrase means; told of events in the order of their triggers.

    Args:
        table: the tokens.
        index: looks up mentions.
        lexicon: which nouns point back.
        attributions: of the text, in any order.
        sides: of the text's mentions: "Tehran" and "Iranian" count as one.
    """

    def __init__(
        self,
        table: TokenTable,
        index: MentionIndex,
        lexicon: EventLexicon,
        attributions: Sequence[Attribution],
        sides: Sides,
    ) -> None:
        self._sides = sides
        self._table = table
        self._index = index
        self._lexicon = lexicon
        self._mentions = sides.mentions
        self._states = sorted(
            (m for m in sides.named if m.type == "State" or m.by == "gazetteer"),
            key=lambda m: (m.spans[0].begin, m.id),
        )
        self._claims = sorted((a.source[0].begin, a.source[-1].end) for a in attributions if a.source)
        self._events: list[tuple[int, Event]] = []

    def add(self, head: int, event: Event) -> None:
        """Remember an event whose trigger's head is a token behind all earlier ones."""
        self._events.append((head, event))

    def find_parties(self, head: int) -> list[Mention]:
        """Return whom a counted plural means ("both governments", "the two men"); empty where it points nowhere."""
        table, lexicon = self._table, self._lexicon
        if table.lowers[head] == "them":
            return self._find_plural(head)
        lemma = table.lemmas[head]
        if lemma not in lexicon.sides and lemma not in lexicon.leaders:
            return []
        counts = [_COUNTS[table.lowers[c]] for c in table.children[head] if c < head and table.lowers[c] in _COUNTS]
        is_definite = any(table.lowers[c] in {"the", "both", "these", "either", "each"} for c in table.children[head] if c < head)
        if not counts or not is_definite or self._is_owned(head):
            return []
        types = frozenset({"Person"}) if lemma in lexicon.leaders and lemma not in lexicon.sides else _SIDE_TYPES
        return self.find_last_parties(head, counts[0], types)

    def find_last_parties(self, head: int, count: int = 2, types: frozenset[str] = _SIDE_TYPES) -> list[Mention]:
        """Return the last so many actors that the text before a token names together or against each other.

        Where there are none, those states that it names far more often than others; else empty.
        """
        table = self._table
        earliest = table.sentences[head] - _PARTY_SENTENCES
        events = [(at, event) for at, event in self._events if at < head and table.sentences[at] >= earliest]
        for index in range(head - 1, -1, -1):
            if table.sentences[index] < earliest:
                break
            while events and events[-1][0] >= index:
                event = events.pop()[1]
                named = self._name(a.mention for a in (*event.actors, *event.recipients))
                if len(named) == count and all(_is_one_of(mention, types) for mention in named):
                    return named
            if table.deps[index] != "conj" and any(find_children(table, index, "conj")):
                ids = [m.id if (m := self._index.find(one)) else None for one in expand_conjuncts(table, index)]
                named = self._name(ids)
                if len(named) == len(ids) == count and all(_is_one_of(mention, types) for mention in named):
                    return named
        joint = self._find_joint(head, count, types)
        return joint or (self._find_salient(head, count) if "State" in types else [])

    def _find_joint(self, head: int, count: int, types: frozenset[str]) -> list[Mention]:
        """Return those who acted in the last events before a token, where they are just so many: "the three governments"."""
        found: dict[str, Mention] = {}
        for at, event in reversed(self._events):
            if at >= head:
                continue
            if self._table.sentences[at] < self._table.sentences[head] - _JOINT_SENTENCES:
                break
            for mention in self._name(a.mention for a in event.actors):
                if _is_one_of(mention, types):
                    found.setdefault(self._sides.find(mention.id) or mention.name, mention)
            if len(found) >= count:
                break
        return sorted(found.values(), key=lambda m: (m.spans[0].begin, m.id)) if len(found) == count else []

    def _find_plural(self, head: int) -> list[Mention]:
        """Return the recipients of the event just before in the same sentence: "met both envoys and asked [them]"."""
        if not self._events or self._table.sentences[self._events[-1][0]] != self._table.sentences[head]:
            return []
        named = self._name(argument.mention for argument in self._events[-1][1].recipients)
        return named if len(named) > 1 else []

    def _find_salient(self, head: int, count: int) -> list[Mention]:
        """Return the states of which the text before has spoken far more than of others; empty where they do not stand out."""
        begin = self._table.begins[head]
        by_state: dict[str, list[Mention]] = {}
        for mention in self._states[: bisect_left(self._states, begin, key=lambda m: m.spans[0].begin)][-_LAST_STATES:]:
            # "Iran" and "Iranian" are one state.
            side = self._sides.find(mention.id) or mention.name
            if mention.type == "State" or side.startswith(_STATES):
                by_state.setdefault(side if side.startswith(_STATES) else mention.name[:_STEM].casefold(), []).append(mention)
        ranked = sorted(by_state.values(), key=lambda found: (-len(found), found[0].id))
        if (
            len(ranked) < count
            or len(ranked[count - 1]) < _SALIENT
            or (len(ranked) > count and len(ranked[count]) == len(ranked[count - 1]))
        ):
            return []
        return [next((m for m in reversed(found) if m.kind == "name"), found[-1]) for found in ranked[:count]]

    def find_answered(self, head: int, own: frozenset[str], event_types: Sequence[str] = ()) -> list[Mention]:
        """Return who did the act that a definite noun points back to ("the warning"); empty where there is none.

        Args:
            head: head of the phrase.
            own: names of those who answer, who do not answer themselves.
            event_types: what the noun stands for where it is itself a trigger.
        """
        table = self._table
        wanted = (*event_types, *self._lexicon.replies.get(table.lemmas[head], ()))
        if not wanted or not any(table.lowers[c] in _DEFINITE for c in find_children(table, head, "det")):
            return []
        earliest = table.sentences[head] - _REPLY_SENTENCES
        owner = self._find_first_owner(head)
        if owner is not None:
            return [] if owner.name in own else [owner]
        for at, event in reversed(self._events):
            is_wanted = event.type in wanted or f"{event.type}:{event.mode}" in wanted
            if at >= head or (not is_wanted and not ("any" in wanted and event.type in _DEEDS)):
                continue
            if table.sentences[at] < earliest:
                break
            actors = self._name((a.mention for a in event.actors), needs_name=False)
            if actors and not own & {mention.name for mention in actors}:
                return actors
        return self._find_claimant(head, own) if "claim" in wanted else []

    def find_same(self, head: int, event_type: str) -> Event | None:
        """Return the last event of a type that names an actor and a recipient: what "the strikes" points back to."""
        table = self._table
        if not any(table.lowers[c] in _POINTING for c in find_children(table, head, "det")):
            return None
        for at, event in reversed(self._events):
            if table.sentences[at] < table.sentences[head] - _PARTY_SENTENCES:
                break
            sides = (self._name(a.mention for a in side) for side in (event.actors, event.recipients))
            if at < head and event.type == event_type and all(sides):
                return event
        return None

    def _find_first_owner(self, head: int) -> Mention | None:
        """Return whose the thing was when the text spoke of it before: "[Norland]'s plan ... accepted the plan"."""
        table = self._table
        for index in range(head - 1, -1, -1):
            if table.sentences[index] < table.sentences[head] - _PARTY_SENTENCES:
                break
            if table.lemmas[index] == table.lemmas[head] and table.kinds[index] == "NOUN":
                for child in find_children(table, index, "poss", "amod", "compound", "nmod"):
                    mention = self._index.find(child)
                    if mention is not None and mention.kind in _NAMING:
                        return mention
        return None

    def find_asker(self, head: int, own: frozenset[str]) -> list[Mention]:
        """Return who has asked, accused or threatened those who answer without saying whom: "Oslo agreed.", "Rome refused."."""
        earliest = self._table.sentences[head] - _REPLY_SENTENCES
        for at, event in reversed(self._events):
            if at >= head or event.type not in _ASKING:
                continue
            if self._table.sentences[at] < earliest:
                break
            asked = {self._mentions[a.mention].name for a in event.recipients if a.mention}
            actors = self._name((a.mention for a in event.actors), needs_name=False)
            if actors and (own & asked or (not asked and not own & {mention.name for mention in actors})):
                return actors
        return []

    def _find_claimant(self, head: int, own: frozenset[str]) -> list[Mention]:
        table = self._table
        at = bisect_left(self._claims, (table.begins[head], 0))
        for begin, end in reversed(self._claims[max(0, at - _LAST_CLAIMS) : at]):
            start, stop = table.find_tokens(begin, end)
            mention = self._index.find(table.find_head(start, stop)) if start < stop else None
            if mention is not None and mention.kind != "pronoun" and mention.name not in own:
                return [mention]
        return []

    def _is_owned(self, head: int) -> bool:
        return any(self._index.find(child) is not None for child in find_children(self._table, head, "poss", "amod", "nmod"))

    def _name(self, ids: Iterable[str | None], *, needs_name: bool = True) -> list[Mention]:
        """Return the mentions of these ids, one for each name; empty where one of them names nobody."""
        found: dict[str, Mention] = {}
        for one in ids:
            mention = None if one is None else self._mentions[one]
            if mention is None or mention.kind == "pronoun" or (needs_name and mention.kind not in _NAMING):
                return []
            found.setdefault(mention.name, mention)
        return list(found.values())
