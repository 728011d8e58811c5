"""Who is spoken to: "told Oslo", "said to Oslo", "in a letter to Oslo", "speaking to the broadcaster", "Oslo was warned"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import find_children, first_child, is_passive
from kg.extract.cue_lexicon import CueLexicon
from kg.extract.verb_contents import find_infinitive

#: Occasions and texts that are somebody's besides those of the lexicon's speaking things.
_OCCASIONS = frozenset(
    {"interview", "conversation", "call", "phone", "remark", "comment", "address", "appeal", "briefing", "reply"}
)
_TURNING = frozenset({"speak", "talk", "write"})


def find_addressee(verb: Token, content: frozenset[int], lexicon: CueLexicon) -> Token | None:
    """Return the main word of who is spoken to by a cue verb; None where the sentence does not say.

    Who is to act is both spoken to and part of the content ("urged [Oslo to wait]"); any other object within the content
    is what is spoken of ("accused [Oslo of stalling]").

    Args:
        verb: the cue.
        content: token indexes of what it attributes; empty where only a quotation can be it.
        lexicon: its `addressing` verbs have who is spoken to as their object.
    """
    passive = is_passive(verb)
    told = first_child(verb, "nsubjpass") if passive else first_child(verb, "dative", "dobj")
    if told is not None and told.dep_ == "dative" and told.pos_ == "ADP":
        told = first_child(told, "pobj")
    if told is not None and told.lower_ != "it" and not told.is_punct:
        is_addressing = verb.lemma_.lower() in lexicon.addressing
        is_led_past = not passive and bool(content) and told.i < max(content)
        if told.i in content:
            return told if is_addressing and find_infinitive(verb) else None
        if is_addressing or is_led_past:
            return told
    return _find_turned_to(verb, content) or _find_occasion(verb, lexicon) or _find_audience(verb)


def _find_turned_to(verb: Token, content: frozenset[int]) -> Token | None:
    """Return whom a preposition of the cue itself names: "said to Oslo", "called on Oslo to wait"."""
    for preposition in find_children(verb, "prep", "dative"):
        named = first_child(preposition, "pobj")
        if named is None:
            continue
        is_to_act = named.i in content and preposition.lower_ in {"to", "on", "upon", "with"} and bool(find_infinitive(verb))
        if is_to_act or (named.i not in content and preposition.lower_ in {"to", "at"}):
            return named
    return None


def _find_occasion(verb: Token, lexicon: CueLexicon) -> Token | None:
    """Return to whom the text or occasion goes that the cue names: "in a letter to Oslo", "in an interview with the BBC"."""
    for place in find_children(verb, "prep"):
        thing = first_child(place, "pobj") if place.lower_ in {"in", "on", "during"} else None
        if thing is None or thing.lemma_.lower() not in lexicon.speaking_things | _OCCASIONS:
            continue
        for preposition in find_children(thing, "prep"):
            if preposition.lower_ in {"to", "with"}:
                return first_child(preposition, "pobj")
    return None


def _find_audience(verb: Token) -> Token | None:
    """Return the audience of a participle beside the cue: "speaking to the BBC", "addressing the Senate"."""
    for participle in find_children(verb, "advcl"):
        if participle.tag_ != "VBG":
            continue
        if participle.lemma_ == "address":
            return first_child(participle, "dobj")
        to = next((c for c in find_children(participle, "prep") if c.lower_ in {"to", "with"}), None)
        if participle.lemma_ in _TURNING and to is not None:
            return first_child(to, "pobj")
    return None
