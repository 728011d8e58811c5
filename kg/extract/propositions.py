"""Propositions: subject, relation, object of the finite clauses, in and outside of attributions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.extract.clauses import find_phrase, find_subject, find_subtree, find_verb_group, first_child
from kg.extract.modality import read_modality, read_polarity
from kg.extract.token_spans import to_spans
from kg.model.attribution import Attribution
from kg.model.proposition import Proposition

_CONFIDENCE = 0.6


def find_propositions(doc: Doc, attributions: Sequence[Attribution]) -> tuple[Proposition, ...]:
    """Return one proposition for each verb with both a subject and an object or complement, in order of text.

    The relation is the verb group with the preposition that leads to the object; a copula's complement is its object.
    """
    holders = _index_holders(doc, attributions)
    cues = {begin for attribution in attributions for begin, _ in attribution.cue}
    found: list[Proposition] = []
    for token in doc:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"} and token.idx not in cues:
            found.extend(_read_clause(doc, token, holders))
    return tuple(proposition.model_copy(update={"id": f"p{number}"}) for number, proposition in enumerate(found, 1))


def _read_clause(doc: Doc, verb: Token, holders: Mapping[int, str]) -> Iterator[Proposition]:
    subject = find_subject(verb)
    if subject is None or subject.i in find_verb_group(verb):
        return
    relation = find_verb_group(verb)
    head = first_child(verb, "dobj", "attr", "acomp", "oprd", "xcomp", "ccomp")
    if head is None:
        preposition = first_child(verb, "prep", "agent")
        head = first_child(preposition, "pobj", "pcomp") if preposition is not None else None
        relation |= {preposition.i} if preposition is not None else frozenset()
    if head is None:
        return
    spans = [to_spans(doc, tokens) for tokens in (find_phrase(subject) - relation, relation, find_subtree(head) - relation)]
    if not all(spans):
        return
    yield Proposition(
        id="p0",
        subject=spans[0],
        relation=spans[1],
        object=spans[2],
        negated=read_polarity(verb) == "negated",
        modality=read_modality(verb),
        inside=holders.get(verb.i),
        confidence=_CONFIDENCE,
    )


def _index_holders(doc: Doc, attributions: Sequence[Attribution]) -> dict[int, str]:
    """Return the attribution with the shortest content that holds each token; of equal ones the first."""
    offsets = [token.idx for token in doc]
    innermost_last = list(reversed(attributions))
    innermost_last.sort(key=lambda a: sum(begin - end for begin, end in a.content))
    return {
        index: attribution.id
        for attribution in innermost_last
        for begin, end in attribution.content
        for index in range(bisect_left(offsets, begin), bisect_left(offsets, end))
    }
