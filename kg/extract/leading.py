"""Words in front of a cue that belong to it: they shade it ("continued to insist") or deny it ("has yet to say")."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.clauses import find_children, find_verb_group, first_child
from kg.extract.cue_lexicon import CueLexicon

#: Words between a leading verb and the cue that it leads to.
_FARTHEST = 5
_DEEPEST = 4
#: "has yet to say", "is still to comment": nothing was said.
_OUTSTANDING = frozenset({"yet", "still"})
_QUOTING = frozenset({"quote", "cite"})


class Leading(NamedTuple):
    """What stands in front of a cue.

    Attributes:
        verbs: finite or leading verbs and copulas, nearest to the cue first.
        tokens: indexes of all their words, with "to" and prepositions up to the cue.
        is_negative: whether they say that the cue did not happen, apart from a "not" beside them.
    """

    verbs: tuple[Token, ...]
    tokens: frozenset[int]
    is_negative: bool


def find_leading(verb: Token, lexicon: CueLexicon) -> Leading:
    """Return the words in front of the cue verb that belong to it; all empty where there are none.

    The subject of the last of `verbs` is the speaker.
    """
    verbs: list[Token] = []
    tokens: frozenset[int] = frozenset()
    is_negative = False
    for _ in range(_DEEPEST):
        step = _find_step(verb, lexicon)
        if step is None:
            break
        tokens |= step.tokens | {child.i for child in find_children(verb, "aux")}
        is_negative = is_negative or step.is_negative
        if not step.verbs:
            break
        verb = step.verbs[0]
        verbs.append(verb)
    return Leading(tuple(verbs), tokens, is_negative)


def _find_step(verb: Token, lexicon: CueLexicon) -> Leading | None:
    """Return the next word in front, with what joins the two."""
    head = verb.head
    if head.i >= verb.i or verb.i - head.i >= _FARTHEST:
        return None
    if verb.dep_ == "xcomp":
        return _lead_by_adjective(head, lexicon) or _lead_by_verb(head, verb, lexicon)
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        return _lead_by_preposition(head, lexicon)
    return None


def _lead_by_verb(head: Token, verb: Token, lexicon: CueLexicon) -> Leading | None:
    between = head.doc[head.i + 1 : verb.i]
    waiting = next((t.i for t in between if t.lower_ in _OUTSTANDING and t.head.i in {head.i, verb.i}), None)
    is_outstanding = head.lemma_ in {"have", "be"} and waiting is not None and between[-1].lower_ == "to"
    if head.lemma_ == "be" and not is_outstanding and first_child(head, "acomp", "attr") is not None:
        return None  # "was wrong to claim": the predicate is no shade of the cue
    if not is_outstanding and head.lemma_ not in lexicon.leading_verbs:
        return None
    is_withheld = head.lemma_ in lexicon.withholding
    tokens = find_verb_group(head) | ({waiting} if is_outstanding and waiting is not None else set())
    return Leading((head,), tokens, is_outstanding or is_withheld)


def _lead_by_adjective(adjective: Token, lexicon: CueLexicon) -> Leading | None:
    copula = adjective.head
    if adjective.dep_ != "acomp" or copula.lemma_ != "be" or adjective.lower_ not in lexicon.leading_adjectives:
        return None
    return Leading((copula,), find_verb_group(copula) | {adjective.i}, adjective.lower_ in lexicon.withholding)


def _lead_by_preposition(preposition: Token, lexicon: CueLexicon) -> Leading | None:
    """Read "without saying", "was quoted as saying", "refrained from saying", "stopped short of saying"."""
    if preposition.lower_ == "without":
        return Leading((), frozenset({preposition.i}), is_negative=True)
    short = preposition.head
    verb = short.head if short.lower_ == "short" and preposition.lower_ == "of" else short
    tokens = find_verb_group(verb) | {preposition.i, short.i}
    if preposition.lower_ == "as" and verb.lemma_ in _QUOTING and first_child(verb, "auxpass") is not None:
        return Leading((verb,), tokens, is_negative=False)
    is_short = verb is not short and verb.pos_ == "VERB"
    is_withheld = preposition.lower_ == "from" and verb.lemma_ in lexicon.withholding
    return Leading((verb,), tokens, is_negative=True) if is_short or is_withheld else None
