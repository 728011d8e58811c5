"""Who acts in an event and who is acted on: the noun phrases around its trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.event_binding import find_bound
from kg.extract.event_clauses import expand_conjuncts, find_children, find_objects, find_subjects, is_passive
from kg.extract.event_mentions import MentionIndex
from kg.extract.event_phrases import PhraseReader
from kg.extract.event_triggers import Trigger, find_shared_prepositions
from kg.extract.token_table import TokenTable
from kg.model.event import Argument
from kg.model.span import Span

#: Types whose recipient may be the subject of the clause they govern ("demanded that Oslo pay").
_CLAUSE_TYPES = frozenset({"REQUEST", "ACCUSE", "THREATEN", "AGREE", "REJECT", "SUPPORT"})
#: "Warned that the bloc was weak", "complained that Oslo slept" threaten and blame no one by that.
_NEVER_OF_CLAUSES = frozenset({"recipient", "threat"})
#: Prepositions of a pattern that lead to whom it befalls even where there is an object: "fired warning shots at".
_AIMING = frozenset({"at", "on", "upon"})
_AGAINST = ("at", "against", "over")
_OCCASIONS = frozenset({"for", "after", "during", "before", "following", "ahead"})
_PROTESTS = frozenset({"protest", "anger", "outrage", "solidarity", "defiance"})
#: Types that answer a deed of those whom they are done to.
_PROVOKED = frozenset({"MOBILIZE", "SANCTION", "COERCE"})
_TRANSFERS = frozenset({"AID", "RETREAT", "COOPERATE"})
#: Verbs after which a noun's beneficiary stands ("pledges ensure Ukraine remains able to fight").
_OUTCOMES = "ensure help allow enable guarantee let give keep mean boost bolster strengthen arm support leave"
_OUTCOME_VERBS = frozenset(_OUTCOMES.split())


class ArgumentFinder:
    """Finds actors and recipients of triggers in one text."""

    def __init__(self, table: TokenTable, index: MentionIndex, phrases: PhraseReader) -> None:
        self._table = table
        self._index = index
        self._phrases = phrases

    def find_actors(self, trigger: Trigger) -> list[int]:
        """Return the heads of the phrases of those who act, in order of text."""
        if trigger.is_verb:
            found = find_subjects(self._table, trigger.head)
            if not found and trigger.noun is not None:
                found = self._find_noun_actors(trigger)
            if not found and is_passive(self._table, trigger.head):
                found = self._governed(trigger.head, ("by",))
            return self._phrases.expand(_unique(found))
        return self._phrases.expand(_unique(self._find_noun_actors(trigger)))

    def find_recipients(self, trigger: Trigger, actors: Iterable[int]) -> list[int]:
        """Return the heads of the phrases of those acted on, in order of text, none of them an actor."""
        seen = set(actors)
        fallback: list[int] = []
        for found in self._recipient_places(trigger):
            fresh = _unique(one for one in self._phrases.expand(found) if one not in seen and self._can_be_argument(one, trigger))
            if not fresh:
                continue
            mentions = [mention for one in fresh if (mention := self._phrases.find_mention(one)) is not None]
            if trigger.group.type == "COOPERATE":
                # "extradited the suspect to Morocco": whoever is handed over is no side.
                mentions = [mention for mention in mentions if mention.kind != "nominal" or mention.affiliation is not None]
            if trigger.group.type not in _TRANSFERS or mentions:
                return fresh
            # What is handed over is no recipient where the text says to whom: "returned the statue to Korea".
            fallback = fallback or fresh
        return fallback

    def find_sources(self, trigger: Trigger) -> list[int]:
        """Return the heads of the phrases from whom something comes: "received tanks from [Norland]"."""
        anchors = [trigger.head, *([] if trigger.noun is None else [trigger.noun])]
        found = [one for anchor in anchors for form in trigger.group.to for one in self._governed(anchor, (form,))]
        found += [one for preposition in trigger.prepositions for one in self._objects_of(preposition)]
        heads = self._phrases.expand(_unique(one for one in found if one not in trigger.tokens))
        return [one for one in heads if self._can_be_argument(one, trigger)]

    def to_argument(self, head: int) -> Argument:
        """Return the argument whose phrase a token heads, with the mention that it, its owner or its place holds."""
        mention = self._phrases.find_mention(find_bound(self._table, self._index, head))
        begin, end = self._phrases.find_range(head)
        return Argument(
            mention=None if mention is None else mention.id, spans=(Span(self._table.begins[begin], self._table.ends[end]),)
        )

    def _recipient_places(self, trigger: Trigger) -> Iterator[list[int]]:
        table, group = self._table, trigger.group
        anchors = [trigger.head]
        if trigger.noun is not None:
            anchors += [one for one in expand_conjuncts(table, trigger.noun) if one != trigger.head]
        if trigger.recipient is not None:
            yield list(expand_conjuncts(table, trigger.recipient))
        objects = find_objects(table, trigger.head) if trigger.is_verb else []
        objects = [o for o in objects if trigger.noun is None or (o != trigger.noun and o not in self._conjuncts(trigger.noun))]
        with_whom = [one for anchor in anchors for one in self._governed(anchor, ("with",))]
        if group.is_mutual and with_whom:
            yield with_whom
        if trigger.is_verb:
            yield [one for c in find_children(table, trigger.head, "dative") for one in self._dative(c)]
        aimed = [one for one in trigger.prepositions if table.lowers[one] in _AIMING]
        for preposition in aimed:
            yield self._objects_of(preposition)
        if (trigger.noun is None or trigger.rule == "rule:event-carried") and not group.has_topic:
            yield objects
        for preposition in trigger.prepositions:
            yield self._objects_of(preposition)
        if not trigger.is_verb and group.is_mutual:
            yield self._governed(trigger.head, ("between", "among"))
        for preposition_form in group.to:
            # "Demanded the release of the ship" asks nothing of the ship.
            askers = [trigger.head] if preposition_form == "of" and group.type == "REQUEST" and trigger.is_verb else anchors
            yield [one for anchor in askers for one in self._governed(anchor, (preposition_form,))]
        if not group.has_topic:
            yield objects
        yield from self._distant_places(trigger)

    def _distant_places(self, trigger: Trigger) -> Iterator[list[int]]:
        """Yield what may be the recipient where nothing at the trigger itself names one."""
        group = trigger.group
        yield self.find_clause_subjects(trigger)
        if trigger.noun is not None and trigger.is_verb:
            yield [one for one in self._modifiers(trigger.noun) if self._is_undergone_by(one)]
        if not trigger.is_verb:
            yield self._outcome(trigger.head)
        if group.type == "ASSAULT" and trigger.is_verb:
            yield self._struck_places(trigger.head)
        if group.type == "PROTEST" and trigger.is_verb:
            yield self._protested_against(trigger.head)
        if group.type in _CLAUSE_TYPES and trigger.is_verb:
            yield self._named_in_deed(trigger.head)
        if group.type in _PROVOKED and trigger.is_verb:
            yield self._provokers(trigger.head)

    def _is_undergone_by(self, modifier: int) -> bool:
        """Tell whether the modifier of a noun may be whom it befalls: "Norland sanctions", but not "United Nations sanctions"."""
        mention = self._index.find(modifier)
        return mention is not None and mention.type != "Organisation" and self._table.tags[modifier] != "PRP$"

    def find_clause_subjects(self, trigger: Trigger) -> list[int]:
        """Return the subjects of the clause that a verb of asking or blaming governs: "demanded that [Oslo] pay"."""
        if trigger.group.type not in _CLAUSE_TYPES or trigger.group.needs in _NEVER_OF_CLAUSES or not trigger.is_verb:
            return []
        found = self._clause_subjects(trigger.head)
        return found if found or trigger.noun is None else self._clause_subjects(trigger.noun)

    def _conjuncts(self, noun: int) -> set[int]:
        return set(expand_conjuncts(self._table, noun))

    def _can_be_argument(self, head: int, trigger: Trigger) -> bool:
        table = self._table
        if (
            head in trigger.tokens
            or self._phrases.is_measure(head)
            or (trigger.group.type == "PROTEST" and table.lemmas[head] in _PROTESTS)
            or table.kinds[head] not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}
        ):
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
            parties = _unique(self._phrases.expand(self._governed(noun, ("between", "among"))))
            if parties:
                return parties[:1]
        modifiers = [one for one in self._modifiers(noun) if self._index.find(one) is not None]
        if group.is_mutual and self._governed(noun, ("with",)):
            # "Flew to Oslo for talks with": whoever does the one takes part in the other.
            visitors = self._visitors(noun)
            if visitors:
                return visitors
        if group.is_mutual:
            # "Geneva talks" are held there, "Russian talks" by Russia.
            modifiers = [one for one in modifiers if self._index.find_named(one) is None]
        return modifiers or self._governed(noun, tuple(p for p in group.by if p in group.to and p != "of"))

    def _visitors(self, noun: int) -> list[int]:
        """Return the subjects of the verb that a noun stands behind with a preposition."""
        table = self._table
        preposition = table.heads[noun]
        verb = table.heads[preposition]
        if table.deps[noun] != "pobj" or table.kinds[verb] != "VERB" or table.lowers[preposition] not in _OCCASIONS:
            return []
        return [one for one in find_subjects(table, verb) if self._phrases.find_mention(one) is not None]

    def _modifiers(self, noun: int) -> list[int]:
        return [
            one
            for m in find_children(self._table, noun, "poss", "amod", "compound", "nmod")
            for one in expand_conjuncts(self._table, m)
        ]

    def _governed(self, anchor: int, prepositions: tuple[str, ...]) -> list[int]:
        table = self._table
        found: list[int] = []
        for child in self._find_prepositions(anchor):
            if child < anchor:
                # "On the battlefield, they fired": a phrase in front sets the scene.
                continue
            if table.lowers[child] in prepositions:
                found += self._objects_of(child)
            for inner in find_children(table, child, "prep"):
                if table.lowers[child] != "according" and table.lowers[inner] in prepositions:
                    found += self._objects_of(inner)
        if not found and table.kinds[anchor] == "NOUN":
            # "restrictions imposed on", "attacks carried out against"
            for clause in find_children(table, anchor, "acl", "relcl"):
                if table.tags[clause] == "VBN":
                    found += [
                        one
                        for p in find_children(table, clause, "prep", "agent")
                        if table.lowers[p] in prepositions
                        for one in self._objects_of(p)
                    ]
        return [one for one in found if not self._phrases.is_measure(one)]

    def _find_prepositions(self, anchor: int) -> Iterator[int]:
        """Yield the prepositions below a token, coordinated ones too: "spoke with Oslo and with Rome"."""
        shared = find_shared_prepositions(self._table, anchor) if self._table.kinds[anchor] == "NOUN" else []
        for child in (*find_children(self._table, anchor, "prep", "dative", "agent"), *shared):
            yield from (one for one in expand_conjuncts(self._table, child) if one == child or self._table.kinds[one] == "ADP")

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
        if table.lemmas[verb] not in _OUTCOME_VERBS:
            # "pledges aim to ensure": the parser may name another noun as the subject.
            verb = next(find_children(table, verb, "xcomp"), verb)
        if table.deps[noun] != "nsubj" or table.lemmas[verb] not in _OUTCOME_VERBS:
            return []
        found = self._clause_subjects(verb) or find_objects(table, verb)
        return [one for one in found if self._phrases.find_mention(one) is not None]

    def _protested_against(self, verb: int) -> list[int]:
        """Return against whom somebody did something "in protest at" them."""
        table = self._table
        found: list[int] = []
        # "Burned tyres and blocked roads in protest at": the last of several verbs has what all of them have.
        for one in expand_conjuncts(table, verb):
            for preposition in find_children(table, one, "prep"):
                for noun in find_children(table, preposition, "pobj"):
                    if table.lemmas[noun] in _PROTESTS:
                        found += self._governed(noun, _AGAINST) or self._governed(one, _AGAINST)
        return found

    def _named_in_deed(self, verb: int) -> list[int]:
        """Return the first state, body or person that the deed agreed to, threatened or refused names: "to take [Oslo]'s ore"."""
        table = self._table
        clauses = list(find_children(table, verb, "xcomp"))
        clauses += [c for p in find_children(table, verb, "prep", "prt") for c in find_children(table, p, "pcomp")]
        for clause in clauses:
            for token in self._list_below(clause):
                mention = self._index.find(token)
                if (
                    mention is not None
                    and mention.kind in {"name", "demonym"}
                    and mention.type in {"State", "Organisation", "Person"}
                    and table.deps[token] in {"dobj", "pobj", "poss", "amod", "dative", "nsubj"}
                ):
                    return [token]
        return []

    def _provokers(self, verb: int) -> list[int]:
        """Return those after whose deed somebody did something: "recalled its envoy after [Oslo] had jailed a priest"."""
        table = self._table
        for clause in find_children(table, verb, "advcl"):
            marks = [table.lowers[mark] for mark in find_children(table, clause, "mark", "advmod") if mark < clause]
            if "after" in marks:
                return [one for one in find_subjects(table, clause) if self._is_party(one)]
        return []

    def _is_party(self, head: int) -> bool:
        mention = self._phrases.find_mention(head)
        return mention is not None and mention.kind in {"name", "demonym"} and mention.type in {"State", "Organisation"}

    def _list_below(self, token: int) -> list[int]:
        """Return a token and all below it, in order of text."""
        found = [token]
        for child in self._table.children[token]:
            found += self._list_below(child)
        return sorted(found)

    def _struck_places(self, verb: int) -> list[int]:
        """Return where the harm fell, for a verb that only tells of the means: "fired rockets, killing people in Sumy"."""
        table = self._table
        for clause in find_children(table, verb, "advcl"):
            if table.tags[clause] != "VBG":
                continue
            for harmed in find_objects(table, clause):
                for anchor in (harmed, clause):
                    places = self._governed(anchor, ("in", "at", "near", "across"))
                    if any(self._phrases.find_mention(place) is not None for place in places):
                        return places
        return []


def _unique(found: Iterable[int]) -> list[int]:
    return sorted(dict.fromkeys(found))
