"""How salient an earlier mention is for a pronoun: what its place in the text and in its clause tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from types import MappingProxyType

from kg.model.mention import Mention
from kg.resolve.view import View

#: Weights of what speaks for and against a mention, as log-odds.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "sentences": -1.8,
        "rank": -0.16,
        "paragraphs": -0.5,
        "subject": 1.3,
        "object": 0.9,
        "possessive": 0.4,
        "same role": 0.6,
        "subject of the clause": 0.4,
        "subject of a clause around": -0.3,
        "pronoun": -1.2,
        "speaker": 0.3,
        "both speak": 1.0,
        "out of a quotation": -2.0,
        "affiliation": -1.4,
        "own content": -2.0,
        "behind": 0.9,
        "frequency": 0.5,
        "first": 0.4,
    }
)
#: What a corpus of other texts than news cannot tell.
_SPEECH = frozenset({"speaker", "both speak", "out of a quotation", "affiliation", "own content"})
_MOST_RANKS = 20
_MOST_PARAGRAPHS = 2


def find_features(candidate: Mention, pronoun: Mention, rank: int, view: View) -> Iterator[tuple[str, float]]:
    """Yield (feature, value) of a mention that a pronoun may mean, each feature once at most.

    Args:
        candidate: the mention, in front of the pronoun or behind it.
        pronoun: the pronoun.
        rank: how many other mentions stand between them.
        view: the document.
    """
    yield "rank", min(rank, _MOST_RANKS)
    if candidate.sentence != pronoun.sentence:
        yield "sentences", pronoun.sentence - candidate.sentence
        yield "paragraphs", min(view.find_paragraph(pronoun) - view.find_paragraph(candidate), _MOST_PARAGRAPHS)
    if candidate.kind == "pronoun":
        yield "pronoun", 1
    if candidate.is_quoted and not pronoun.is_quoted:
        yield "out of a quotation", 1
    if candidate.id in view.affiliated_to:
        yield "affiliation", 1
    if candidate.kind == "name" and view.is_in_own_content(candidate, pronoun):
        yield "own content", 1
    if view.begins[candidate.id] > view.begins[pronoun.id]:
        yield "behind", 1
    yield from _find_roles(candidate, pronoun)
    if candidate.id in view.speeches:
        yield "speaker", 1
        if pronoun.id in view.speeches:
            yield "both speak", 1


def find_speech_features(candidate: Mention, pronoun: Mention, view: View) -> Iterator[tuple[str, float]]:
    """Yield (feature, weight) of what speech and affiliation tell of a mention, each feature once at most."""
    for name, value in find_features(candidate, pronoun, 0, view):
        if name in _SPEECH:
            yield name, WEIGHTS[name] * value


def _find_roles(candidate: Mention, pronoun: Mention) -> Iterator[tuple[str, float]]:
    """Yield the features that the parse gives."""
    if candidate.role == pronoun.role != "unknown":
        yield "same role", 1
    if not (candidate.is_subject or candidate.role == "subject"):
        if candidate.role in {"object", "possessive"}:
            yield candidate.role, 1
        return
    yield "subject", 1
    if candidate.clauses and candidate.sentence == pronoun.sentence:
        if candidate.clauses[:1] == pronoun.clauses[:1]:
            yield "subject of the clause", 1
        elif candidate.clauses[0] in pronoun.clauses:
            yield "subject of a clause around", 1


def weigh(candidate: Mention, pronoun: Mention, rank: int, view: View) -> float:
    """Return the log-odds, up to a constant, that the pronoun means the mention."""
    return sum(WEIGHTS[name] * value for name, value in find_features(candidate, pronoun, rank, view))


def weigh_actor(count: int, *, is_first: bool) -> float:
    """Return the log-odds that an actor has by itself: by its mentions so far, and as the first person of the text."""
    return WEIGHTS["frequency"] * log(1 + count) + WEIGHTS["first"] * is_first


def is_bound(candidate: Mention, pronoun: Mention) -> bool:
    """Return whether grammar forbids that a pronoun means the mention: "Ada Reyes greeted her".

    An object, with or without a preposition, is not the subject of its own clause. Without a parse, nothing is forbidden.
    """
    if pronoun.role not in {"object", "oblique"} or not pronoun.clauses or not candidate.clauses:
        return False
    return candidate.role == "subject" and candidate.clauses[0] == pronoun.clauses[0]


def may_follow(candidate: Mention, pronoun: Mention) -> bool:
    """Return whether a pronoun may mean a name behind it: "When she arrived, Ada Reyes", "In her speech, Ada Reyes".

    Both are in one sentence. In one clause, the pronoun belongs to a noun behind a preposition. Otherwise it is a
    possessive, or in a clause that does not hold the name: the subject or object of a clause is nobody whom that clause
    names further on.
    """
    if candidate.sentence != pronoun.sentence or not candidate.clauses or not pronoun.clauses:
        return False
    is_possessive = pronoun.role == "possessive"
    if candidate.role != "subject" and not (is_possessive and candidate.role == "possessive"):
        return False
    if candidate.clauses[0] == pronoun.clauses[0]:
        return is_possessive and pronoun.preposition is not None
    return is_possessive or pronoun.clauses[0] not in candidate.clauses
