"""Which candidates are attributions: content there, a speaker who can speak, no two for one cue or content."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueLexicon

#: What can be found without quotation marks only of someone who can think.
_MENTAL = frozenset({"verb-to", "verb-ing", "verb-object", "verb-as", "verb-preposition", "noun", "adjective"})
_ACTOR_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PERSONAL = frozenset({"i", "we", "he", "she", "they", "you", "who"})
_FEWEST_WORDS = 2


def select_candidates(doc: Doc, candidates: Sequence[Candidate], lexicon: CueLexicon) -> list[Candidate]:
    """Return the candidates that stand, in order of their cue."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.head, c.by)):
        if _is_sound(doc, candidate, lexicon) and not any(_is_same(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _is_sound(doc: Doc, candidate: Candidate, lexicon: CueLexicon) -> bool:
    words = [i for i in candidate.content if not (doc[i].is_punct or doc[i].is_space)]
    if len(words) < _FEWEST_WORDS and not candidate.is_quotation:
        return False
    if candidate.by in _MENTAL and candidate.speaker is not None and not can_speak(doc[candidate.speaker]):
        return False
    return not (candidate.speaker is None and candidate.by in {"verb-object", "verb-as", "verb-preposition", "verb-ing"})


def can_speak(token: Token) -> bool:
    """Tell whether the token can name or stand for a person, state, organisation or group."""
    if token.pos_ == "PRON":
        return token.lower_ in _PERSONAL
    return token.ent_type_ in _ACTOR_TYPES or token.pos_ in {"PROPN", "NOUN", "ADJ"}


def _is_same(left: Candidate, right: Candidate) -> bool:
    """Tell whether two candidates read the same words: one cue in the other, or equal contents."""
    return (
        left.head in right.cue or right.head in left.cue or (left.content == right.content and bool(left.source & right.source))
    )
