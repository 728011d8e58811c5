"""Speakers between two parts of a quotation: `"The mill," said Ada Wester, its owner, "has stood here since the war."`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from spacy.tokens import Doc, Span

from kg.extract.candidates import Candidate
from kg.extract.quoted import QuotedTokens

#: Words of a speaker with title and apposition.
_LONGEST_SOURCE = 20
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_DEPENDENT = frozenset({"compound", "poss", "amod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PARTING = frozenset({":", ";", "“", "”", '"'})


def frame_sources(
    doc: Doc, sentence: Span, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Return the candidates, with the speaker that the marks show for cues next to a quotation.

    The parser takes the speaker between two parts of a quotation for the subject of the second part, and the subject of
    what is said for that of the cue behind it. But what stands between the cue and the mark that opens the quotation
    again is the speaker, and nobody speaks within what is said.
    """
    first = bisect_right(quotations, sentence.start, key=lambda quoted: quoted.end)
    near = list(takewhile(lambda quoted: quoted.begin < sentence.end, islice(quotations, first, None)))
    return [_frame(doc, candidate, near) if near and candidate.cue else candidate for candidate in candidates]


def _frame(doc: Doc, candidate: Candidate, quotations: Sequence[QuotedTokens]) -> Candidate:
    if not candidate.by.startswith("verb-"):
        return candidate
    first, last = min(candidate.cue), max(candidate.cue)
    before = next((q for q in reversed(quotations) if q.end <= first), None)
    if before is None:
        return candidate
    if not candidate.source and all(t.text == "," for t in doc[before.end : first]):
        reopened = next((q.begin for q in quotations if q.begin > last), None)
        return candidate if reopened is None else _give_source(doc, candidate, last + 1, reopened)
    if candidate.source and candidate.source <= before.tokens:
        return _give_source(doc, candidate, before.end, first)
    return candidate


def _give_source(doc: Doc, candidate: Candidate, begin: int, end: int) -> Candidate:
    """Return the candidate with the words of [begin, end) as its source, if they are a noun phrase."""
    words = doc[begin:end]
    while len(words) and (words[-1].is_punct or words[-1].is_space):
        words = words[:-1]
    while len(words) and (words[0].is_punct or words[0].is_space):
        words = words[1:]
    if not 0 < len(words) <= _LONGEST_SOURCE or any(t.text in _PARTING for t in words):
        return candidate
    speaker = next((t for t in words if t.pos_ in _NOMINAL and t.dep_ not in _DEPENDENT), None)
    if speaker is None or any(t.tag_ in _FINITE and t.dep_ not in {"relcl", "aux", "auxpass"} for t in words):
        return candidate
    return replace(
        candidate,
        source=frozenset(t.i for t in words),
        speaker=speaker.i,
        content=candidate.content - frozenset(range(begin, end)) - candidate.cue,
        is_hedged=False,
    )
