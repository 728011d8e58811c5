"""Senses of verbs in which they tell of no event: "was asked whether", "a man called Reed", "his calls were not met"."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.event_clauses import find_children, is_passive
from kg.extract.event_lexicon import EventLexicon
from kg.extract.event_triggers import Trigger
from kg.extract.token_table import TokenTable

#: Acts that only someone does: a thing that "supports" or "threatens" is no actor.
_PERSONAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_PERCEPTIONS = frozenset({"see", "hear", "know", "understand", "remain", "be"})
#: Subjects that are no actors and yet ask or accuse, or do not: "nobody accused", "the resolution demands".
_VOICE_WORDS = "nobody none neither resolution pact treaty letter motion petition statement declaration document"
_VOICES = frozenset(_VOICE_WORDS.split())
_SELVES = frozenset({"we", "it", "they", "he", "she", "i"})
_NAMING_DEPS = ("oprd", "attr", "ccomp", "xcomp")


def is_telling(
    table: TokenTable,
    lexicon: EventLexicon,
    trigger: Trigger,
    actors: Collection[int],
    named: tuple[bool, bool, bool],
    *,
    is_governed: bool = False,
) -> bool:
    """Tell whether a trigger has a sense in which it is an event.

    Args:
        table: the tokens.
        lexicon: what reticent deeds are.
        trigger: the trigger.
        actors: heads of the phrases of those who act.
        named: whether an actor, a recipient, and a recipient that the trigger itself governs, has a mention.
        is_governed: whether another word makes a speech act of it ("threatened to block"), which is the event.
    """
    group, verb = trigger.group, trigger.head
    has_actor, has_recipient, has_governed = named
    if not trigger.is_verb or is_governed:
        return True
    if group.type in _PERSONAL and actors and not has_actor and not any(table.lemmas[a] in _VOICES for a in actors):
        return False
    if group.type == "CONSULT":
        if is_passive(table, verb) and not has_actor:
            return False
        if table.lemmas[verb] == "call" and trigger.noun is None and _names(table, verb):
            return False
    if group.needs == "request":
        return _is_request(table, lexicon, verb, has_governed=has_governed)
    if group.needs == "threat":
        return has_governed or _threatens(table, verb)
    has_needed = {"recipient": has_recipient, "actor": has_actor, "clause": has_actor and _announces(table, verb)}
    return group.needs is None or has_needed[group.needs]


def _names(table: TokenTable, verb: int) -> bool:
    """Tell whether "call" gives a name: "called him a liar", "was calling me by another name"."""
    if any(table.lowers[p] == "by" for p in find_children(table, verb, "prep")):
        return True
    return any(find_children(table, verb, "dobj", "nsubjpass")) and any(find_children(table, verb, *_NAMING_DEPS))


def _is_request(table: TokenTable, lexicon: EventLexicon, verb: int, *, has_governed: bool) -> bool:
    """Tell whether something is asked for: "asked for arms", "asked Oslo to act"; "asked about", "asked to see" do not count."""
    if any(table.lowers[p] == "for" for p in find_children(table, verb, "prep")):
        return True
    for clause in find_children(table, verb, "xcomp", "ccomp", "advcl"):
        if any(table.lowers[mark] == "that" for mark in find_children(table, clause, "mark")):
            return True
        if not any(table.lowers[c] == "to" for c in find_children(table, clause, "aux")):
            continue
        if has_governed or any(find_children(table, clause, "nsubj")):
            return has_governed
        has_object = any(find_children(table, verb, "dobj"))
        return not has_object and table.lemmas[clause] not in _PERCEPTIONS | lexicon.reticent_deeds
    return False


def _announces(table: TokenTable, verb: int) -> bool:
    """Tell whether a deed is promised: "offered to take", "promised that it would leave"."""
    for clause in find_children(table, verb, "xcomp", "ccomp"):
        forms = {table.lowers[c] for c in find_children(table, clause, "aux")}
        if forms & ({"to"} if table.deps[clause] == "xcomp" else {"will", "would", "'ll", "’ll"}):
            return True
    return False


def _threatens(table: TokenTable, verb: int) -> bool:
    """Tell whether a warning announces a deed of one's own: "warned that it would strike"."""
    for clause in find_children(table, verb, "ccomp"):
        will = any(table.lowers[c] in {"will", "would", "'ll", "’ll"} for c in find_children(table, clause, "aux"))
        own = any(table.lowers[s] in _SELVES and table.lowers[s] != "it" for s in find_children(table, clause, "nsubj"))
        if will and own:
            return True
    return False
