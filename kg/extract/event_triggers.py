"""Words that tell of an event: where a pattern of the lexicon fits the parse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.extract.event_clauses import expand_conjuncts, find_children, find_objects
from kg.extract.event_lexicon import EventLexicon, Group, Pattern, Word
from kg.extract.token_table import TokenTable

_PARTICLE_DEPS = ("prt", "prep", "advmod", "dative", "agent", "mark")
_COMPLEMENT_DEPS = ("attr", "oprd", "acomp", "xcomp", "ccomp", "npadvmod")
_MODIFIER_DEPS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
#: "A wave of [strikes]", "60 tonnes of [medicine]".
_SERIES = frozenset(
    {"package", "round", "series", "wave", "set", "string", "spate", "campaign", "batch", "flurry", "barrage", "number", "kind"}
)
_QUANTITIES = frozenset(
    {
        "tonne", "ton", "kilo", "barrel", "litre", "liter", "crate", "truckload", "load", "dozen", "hundred", "thousand",
        "million", "billion", "lot", "piece", "consignment",
    }
)  # fmt: skip
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A place where a pattern fits.

    Attributes:
        head: index of the verb whose subject acts; for a bare noun, that noun.
        tokens: what is shown as the trigger, in order: head, particles, carried noun and its modifiers.
        noun: index of the noun that the pattern took as part of itself; the noun itself where there is no verb.
        recipient: index of the object that the pattern marks as recipient.
        prepositions: indices of the prepositions that the pattern took without their object.
        rule: name of the rule for `Event.by`.
    """

    head: int
    tokens: tuple[int, ...]
    group: Group
    rule: str
    is_verb: bool = False
    noun: int | None = None
    recipient: int | None = None
    prepositions: tuple[int, ...] = ()


def find_triggers(table: TokenTable, lexicon: EventLexicon, types: Mapping[int, str]) -> list[Trigger]:
    """Return the triggers of a text in order of their heads, at most one a head.

    Args:
        table: the tokens.
        lexicon: the patterns.
        types: type of the mention that holds a token, by token index.
    """
    found: dict[int, Trigger] = {}
    taken: set[int] = set()
    for index in range(len(table)):
        if not table.tags[index].startswith("VB") or table.deps[index] in {"amod", "compound", "aux", "auxpass"}:
            continue
        trigger = _match_verb(table, lexicon, types, index)
        if trigger is not None:
            found[index] = trigger
            taken.update(trigger.tokens if trigger.noun is None else (*trigger.tokens, trigger.noun))
    for index in range(len(table)):
        if index not in taken and table.tags[index] in _NOUN_TAGS and table.deps[index] not in {"compound", "amod"}:
            trigger = _match_noun(table, lexicon, index)
            if trigger is not None:
                found[index] = trigger
    return [found[index] for index in sorted(found)]


def _match_verb(table: TokenTable, lexicon: EventLexicon, types: Mapping[int, str], verb: int) -> Trigger | None:
    lemma = table.lemmas[verb]
    patterns = lexicon.verbs.get(lemma, ())
    carried = lexicon.light.get(lemma, ())
    if not patterns and not carried:
        return None
    if lemma in lexicon.reticent_verbs and _is_reticent(table, lexicon, verb):
        return None
    near = _Surroundings(table, verb, types)
    best: Trigger | None = None
    for pattern in patterns:
        matched = near.match(pattern)
        if matched is None or _is_vetoed(table, near, pattern, matched):
            continue
        best = _to_trigger(table, verb, pattern, matched)
        break
    if best is not None and best.noun is not None:
        return _sharpen(table, lexicon, best)
    for particles in carried:
        light = _match_light(table, lexicon, near, verb, particles)
        if light is not None:
            return light
    return best


def _is_reticent(table: TokenTable, lexicon: EventLexicon, verb: int) -> bool:
    return any(table.lemmas[child] in lexicon.reticent_deeds for child in find_children(table, verb, "xcomp"))


def _is_vetoed(table: TokenTable, near: _Surroundings, pattern: Pattern, matched: list[int]) -> bool:
    vetoes = pattern.group.vetoes
    return bool(vetoes) and any(_fits(table, o, vetoes) for o in near.objects if o not in matched)


def _sharpen(table: TokenTable, lexicon: EventLexicon, trigger: Trigger) -> Trigger:
    """Prefer a more telling noun of the same type: "launched a drone attack" has a mode that "attack" lacks."""
    noun = None if trigger.noun is None else _match_noun(table, lexicon, trigger.noun)
    if noun is None or noun.group.type != trigger.group.type or trigger.group.mode or not noun.group.mode:
        return trigger
    tokens = tuple(sorted({*trigger.tokens, *noun.tokens}))
    return replace(trigger, tokens=tokens, group=noun.group)


def _match_light(
    table: TokenTable, lexicon: EventLexicon, near: _Surroundings, verb: int, particles: tuple[str, ...]
) -> Trigger | None:
    tokens = [near.particles[p] for p in particles if p in near.particles]
    if len(tokens) < len(particles):
        return None
    objects = [o for t in tokens for o in find_children(table, t, "pobj")] or near.objects
    for whole in objects:
        for one in (whole, *_find_contents(table, whole, _SERIES | _QUANTITIES)):
            noun = _match_noun(table, lexicon, one)
            if noun is not None:
                shown = tuple(sorted({verb, *tokens, whole, *noun.tokens}))
                return replace(noun, head=verb, tokens=shown, is_verb=True, rule="rule:event-carried")
    return None


def _find_contents(table: TokenTable, noun: int, counting: frozenset[str]) -> list[int]:
    """Return what a counting noun counts: "a new package of [sanctions]", "60 tonnes of [medicine]"."""
    if table.lemmas[noun] not in counting:
        return []
    return [p for of in find_children(table, noun, "prep") if table.lowers[of] == "of" for p in find_children(table, of, "pobj")]


def _match_noun(table: TokenTable, lexicon: EventLexicon, noun: int) -> Trigger | None:
    patterns = lexicon.nouns.get(table.lemmas[noun]) or lexicon.nouns.get(table.lowers[noun], ())
    for pattern in patterns:
        tokens = _match_noun_pattern(table, noun, pattern)
        if tokens is not None:
            modifiers, prepositions = tokens
            shown = (*sorted(modifiers), noun)
            return Trigger(noun, shown, pattern.group, noun=noun, prepositions=tuple(prepositions), rule="rule:event-noun")
    return None


def _match_noun_pattern(table: TokenTable, noun: int, pattern: Pattern) -> tuple[list[int], list[int]] | None:
    modifiers: list[int] = []
    for word in pattern.modifiers:
        before = (c for c in _find_modifiers(table, noun) if c not in modifiers and _fits(table, c, word.forms))
        found = next(before, None)
        if found is None:
            return None
        modifiers.append(found)
    anchor, prepositions = noun, []
    for word in pattern.rest:
        deps = ("prep", "agent", "prt", "acl") if word.is_particle else ("pobj",)
        found = next((c for c in find_children(table, anchor, *deps) if _fits(table, c, word.forms)), None)
        if found is None and word.is_particle and anchor == noun:
            found = next((c for c in find_shared_prepositions(table, noun) if _fits(table, c, word.forms)), None)
        if found is None:
            return None
        anchor = found
        if word.is_particle:
            prepositions.append(found)
        else:
            prepositions.clear()
    return modifiers, prepositions


def find_shared_prepositions(table: TokenTable, noun: int) -> list[int]:
    """Return the prepositions behind the verb of a noun that tell whose it is: "clashes erupted [between]"."""
    verb = table.heads[noun]
    if table.deps[noun] not in {"nsubj", "nsubjpass"} or table.kinds[verb] != "VERB":
        return []
    return [c for c in find_children(table, verb, "prep") if c > verb and table.lowers[c] in {"between", "among"}]


def _find_modifiers(table: TokenTable, noun: int) -> list[int]:
    found: list[int] = []
    for child in table.children[noun]:
        if child < noun and table.deps[child] in _MODIFIER_DEPS:
            found += [*_find_modifiers(table, child), child]
    return found


def _fits(table: TokenTable, index: int, forms: frozenset[str]) -> bool:
    return table.lemmas[index] in forms or table.lowers[index] in forms


def _is_titled(table: TokenTable, name: int, forms: frozenset[str]) -> bool:
    """Tell whether a name is told by the noun before it to be one of these: "the destroyer Aurora"."""
    return table.kinds[name] == "PROPN" and any(
        table.kinds[c] == "NOUN" and _fits(table, c, forms) for c in find_children(table, name, "compound", "nmod")
    )


def _to_trigger(table: TokenTable, verb: int, pattern: Pattern, matched: list[int]) -> Trigger:
    recipient = noun = None
    prepositions: list[int] = []
    present = [word for word in pattern.rest if not word.is_absence]
    for word, index in zip(present, matched, strict=True):
        if word.is_recipient:
            recipient = index
        elif word.is_particle:
            prepositions.append(index)
        elif table.tags[index] in _NOUN_TAGS:
            noun = index
    # The recipient is an argument, not a part of the trigger.
    shown = tuple(sorted({verb, *(i for i in matched if i != recipient)} - _loose(table, pattern, matched)))
    rule = "rule:event-phrase" if noun is not None or recipient is not None else "rule:event-verb"
    return Trigger(
        verb, shown, pattern.group, rule, is_verb=True, noun=noun, recipient=recipient, prepositions=tuple(prepositions)
    )


def _loose(table: TokenTable, pattern: Pattern, matched: list[int]) -> set[int]:
    """Return plain prepositions at a pattern's end: "met with" shows "met", but "call on" keeps its second word."""
    if not pattern.rest or not pattern.rest[-1].is_particle or table.deps[matched[-1]] not in {"prep", "agent", "dative"}:
        return set()
    return {matched[-1]} if table.lowers[matched[-1]] in {"with", "to", "of", "between", "from", "against"} else set()


class _Surroundings:
    """What stands near a verb: its particles by form, its objects, its other complements."""

    def __init__(self, table: TokenTable, verb: int, types: Mapping[int, str]) -> None:
        self._table = table
        self._verb = verb
        self._types = types
        self._dates = {at for start, end, label in table.entities if label in {"DATE", "TIME"} for at in range(start, end)}
        self.objects = find_objects(table, verb)
        self.particles: dict[str, int] = {}
        self.complements: list[int] = []
        for child in table.children[verb]:
            dep = table.deps[child]
            if dep in _PARTICLE_DEPS and (child < verb or self._is_time(child)):
                continue
            if dep in _PARTICLE_DEPS:
                self.particles.setdefault(table.lowers[child], child)
                if dep == "advmod":
                    self.complements.append(child)
                for inner in find_children(table, child, "prep"):
                    self.particles.setdefault(table.lowers[inner], inner)
            elif dep in _COMPLEMENT_DEPS:
                if not table.tags[child].startswith("VB"):
                    self.complements.append(child)
                if dep == "ccomp" and not any(find_children(table, child, "mark")):
                    self.complements += find_children(table, child, "acomp", "oprd", "nsubj")
        for inner_object in self.objects[:1]:
            for inner in find_children(table, inner_object, "prep"):
                self.particles.setdefault(table.lowers[inner], inner)

    def _is_time(self, preposition: int) -> bool:
        """Tell whether a preposition only brings in a date ("called on Sunday" is no "call on")."""
        table = self._table
        return any(governed in self._dates for governed in find_children(table, preposition, "pobj"))

    def match(self, pattern: Pattern) -> list[int] | None:
        """Return the token of each word of the pattern, in its order; None where one is missing."""
        found: list[int] = []
        anchor: int | None = None
        for at, word in enumerate(pattern.rest):
            if word.is_absence:
                if self.objects:
                    return None
                continue
            index = self._find(word, anchor, found, pattern.rest[at + 1 :])
            if index is None:
                return None
            found.append(index)
            is_modifier = at + 1 < len(pattern.rest) and not pattern.rest[at + 1].is_apart
            anchor = index if word.is_particle else anchor if is_modifier else None
        return found

    def _find(self, word: Word, anchor: int | None, found: list[int], following: tuple[Word, ...]) -> int | None:
        table = self._table
        if word.is_infinitive:
            return next((c for c in find_children(table, self._verb, "xcomp", "ccomp") if table.lemmas[c] in word.forms), None)
        if word.is_particle:
            return next((self.particles[form] for form in sorted(word.forms) if form in self.particles), None)
        # "A package of sanctions" is no package: the noun within it tells, where the verb carries it.
        objects = [one for one in self.objects if not _find_contents(table, one, _SERIES)]
        objects += [content for one in objects for content in _find_contents(table, one, _QUANTITIES)]
        places = [*objects, *self.complements]
        if anchor is not None:
            governed = [o for p in find_children(table, anchor, "pobj", "pcomp") for o in expand_conjuncts(table, p)]
            places = governed or (places if table.deps[anchor] in {"prt", "advmod"} else [])
        if following and not following[0].is_apart:
            places = [m for place in places for m in _find_modifiers(table, place)]
        for place in places:
            if place in found:
                continue
            if word.mention_types:
                if self._types.get(place) in word.mention_types:
                    return place
            elif _fits(table, place, word.forms) or _is_titled(table, place, word.forms):
                return place
        return None
