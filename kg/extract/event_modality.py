"""Whether an event happened: negation, future and condition, on the trigger's verb and on what governs it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.event_clauses import find_children
from kg.extract.event_lexicon import Effect, EventLexicon
from kg.extract.event_triggers import Trigger
from kg.extract.token_table import TokenTable
from kg.model.attribution import Polarity
from kg.model.event import EventModality

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "nobody", "none"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "gonna"})
_HYPOTHETICAL = frozenset({"could", "may", "might", "can", "ca", "must", "should", "ought"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until"})
_GOVERNED = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl"})
_DEEPEST = 6
#: CAMEO codes of what a third party does between two others: host their talks, mediate.
MEDIATION = frozenset({"043", "045"})


@dataclass(frozen=True, slots=True)
class Status:
    """What the grammar says of a deed.

    Attributes:
        act: the speech act that a governing word makes of it (reject, threaten, agree); None where it stands by itself.
        governor: token index of that word.
    """

    polarity: Polarity = "affirmed"
    modality: EventModality = "actual"
    act: Effect | None = None
    governor: int | None = None


def assess_status(table: TokenTable, lexicon: EventLexicon, trigger: Trigger) -> Status:
    """Return polarity, modality and governing speech act of a trigger."""
    noun = trigger.noun
    is_negated = noun is not None and any(
        table.lowers[c] in {"no", "neither"} for c in find_children(table, noun, "det", "preconj")
    )
    if not trigger.is_verb:
        return _assess_noun(table, lexicon, trigger.head, is_negated)
    status = _climb(table, lexicon, trigger.head, is_negated=is_negated)
    if status.act == "agree" and trigger.group.cameo in MEDIATION and table.lemmas[status.governor or 0] == "offer":
        # Whoever offers to mediate agrees to nothing.
        return Status(status.polarity, "hypothetical")
    return status


def _climb(table: TokenTable, lexicon: EventLexicon, verb: int, *, is_negated: bool) -> Status:
    is_negated ^= _has_negation(table, verb)
    modality = _find_mood(table, verb)
    current = verb
    for _ in range(_DEEPEST):
        dep, head = table.deps[current], table.heads[current]
        if dep == "conj" and table.kinds[head] in {"VERB", "AUX"} and not _has_own_subject(table, current):
            # A coordinated verb shares auxiliaries: "will meet and sign".
            modality = _strongest(modality, _find_mood(table, head))
            current = head
            continue
        if dep not in _GOVERNED or head == current:
            break
        governor = table.heads[head] if dep == "pcomp" else head
        effect = _find_effect(table, lexicon, current, governor, head if dep == "pcomp" else None)
        if effect in {"reject", "threaten", "agree"}:
            outer = _climb(table, lexicon, governor, is_negated=False) if table.kinds[governor] in {"VERB", "AUX"} else Status()
            act = "reject" if effect == "agree" and outer.polarity == "negated" else effect
            polarity: Polarity = "negated" if act == effect and outer.polarity == "negated" else "affirmed"
            return Status(polarity, _strongest("actual", outer.modality), act, governor)
        if effect == "reported":
            break
        if effect == "negated":
            is_negated = not is_negated
        elif effect is not None:
            modality = _strongest(modality, "future" if effect == "future" else "hypothetical")
        if dep == "advcl" and effect is None:
            break
        if dep != "ccomp" and table.kinds[governor] in {"VERB", "AUX"}:
            is_negated ^= _has_negation(table, governor)
            modality = _strongest(modality, _find_mood(table, governor))
        if dep == "ccomp" or (dep == "acl" and effect is None):
            break
        current = governor
    return Status("negated" if is_negated else "affirmed", modality)


def _assess_noun(table: TokenTable, lexicon: EventLexicon, noun: int, is_negated: bool) -> Status:
    modality: EventModality = "actual"
    if any(
        table.lowers[c] in {"possible", "potential", "planned", "future", "proposed", "upcoming", "forthcoming"}
        for c in table.children[noun]
    ):
        modality = "future"
    head = table.heads[noun]
    dep = table.deps[noun]
    if dep == "pobj":
        head = table.heads[head]
    if head != noun and table.kinds[head] in {"VERB", "NOUN", "ADJ"} and dep in {"dobj", "pobj"}:
        effect = lexicon.effects.get(table.lemmas[head])
        if effect == "future":
            modality = "future"
        elif effect in {"hypothetical", "threaten", "reject"}:
            modality = "hypothetical"
        elif effect == "negated":
            is_negated = not is_negated
    if dep in {"dobj", "nsubj", "nsubjpass"} and table.kinds[head] == "VERB":
        modality = _strongest(modality, _find_mood(table, head))
        is_negated = is_negated or _has_negation(table, head)
    return Status("negated" if is_negated else "affirmed", modality)


def _find_effect(table: TokenTable, lexicon: EventLexicon, deed: int, governor: int, preposition: int | None) -> Effect | None:
    dep = table.deps[deed]
    lemma = table.lemmas[governor]
    if preposition is not None and table.lowers[preposition] == "without":
        return "negated"
    has_to = any(table.lowers[c] == "to" for c in find_children(table, deed, "aux"))
    if dep == "advcl":
        # "is set to", "is ready to": the parser hangs some infinitives as adverbial clauses.
        return lexicon.effects.get(lemma) if has_to and governor == deed - 2 else None
    if lemma == "be":
        return "future" if has_to and dep == "xcomp" else None
    if lemma == "go" and table.tags[governor] != "VBG":
        return None
    effect = lexicon.effects.get(lemma)
    if dep == "ccomp" and effect == "agree":
        return None if table.kinds[governor] == "VERB" else effect
    if dep == "ccomp" and effect == "future":
        return None
    if dep == "acl" and not has_to:
        return None
    return effect


def _find_mood(table: TokenTable, verb: int) -> EventModality:
    forms = {table.lowers[child] for child in find_children(table, verb, "aux")}
    marks = {table.lowers[child] for child in find_children(table, verb, "mark", "advmod")}
    if marks & _CONDITIONS:
        return "hypothetical"
    if forms & _FUTURE:
        return "future"
    if "would" in forms:
        is_conditional = any(
            table.lowers[mark] in _CONDITIONS
            for clause in find_children(table, verb, "advcl")
            for mark in find_children(table, clause, "mark")
        )
        return "hypothetical" if is_conditional or table.deps[verb] not in {"ccomp", "conj"} else "future"
    return "hypothetical" if forms & _HYPOTHETICAL else "actual"


def _has_negation(table: TokenTable, verb: int) -> bool:
    if any(
        table.lowers[c] in _NEGATIONS and table.deps[c] in {"neg", "advmod", "preconj", "cc"}
        for c in table.children[verb]
        if c < verb or table.deps[c] == "neg"
    ):
        return True
    subjects = find_children(table, verb, "nsubj", "nsubjpass")
    return any(
        table.lowers[s] in {"nobody", "none", "neither", "no"}
        or any(table.lowers[c] in {"no", "neither"} for c in find_children(table, s, "det", "preconj"))
        for s in subjects
    )


def _has_own_subject(table: TokenTable, verb: int) -> bool:
    return table.has_child(verb, "nsubj", "nsubjpass")


def _strongest(left: EventModality, right: EventModality) -> EventModality:
    order: tuple[EventModality, ...] = ("actual", "future", "hypothetical")
    return max(left, right, key=order.index)
