"""Speakers between two parts of a quotation: `"The mill," said Ada Wester, its owner, "has stood here since the war."`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from kg.extract.candidates import Candidate
from kg.extract.quoted import QuotedTokens

#: Words of a speaker with title and apposition.
_LONGEST_SOURCE = 20
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def frame_sources(
    doc: Doc, sentence: Span, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Return the candidates, with a source for cues that stand right behind one part of a quotation and have none.

    The parser takes the speaker for the subject of the second part. The marks tell: what stands between the cue and the
    mark that opens the quotation again is the speaker.
    """
    begins = {q.begin for q in quotations if sentence.start <= q.begin < sentence.end}
    ends = {q.end for q in quotations if sentence.start < q.end < sentence.end}
    return [_frame(doc, candidate, begins, ends) if begins and ends else candidate for candidate in candidates]


def _frame(doc: Doc, candidate: Candidate, begins: set[int], ends: set[int]) -> Candidate:
    if candidate.source or not candidate.cue or not candidate.by.startswith("verb-"):
        return candidate
    first, last = min(candidate.cue), max(candidate.cue)
    if first not in ends and not (doc[first - 1].text == "," and first - 1 in ends):
        return candidate
    reopened = next((begin for begin in sorted(begins) if begin > last), None)
    if reopened is None or reopened - last > _LONGEST_SOURCE:
        return candidate
    words = doc[last + 1 : reopened]
    while len(words) and words[-1].is_punct:
        words = words[:-1]
    if not len(words) or not any(t.pos_ in _NOMINAL for t in words) or any(t.text in {":", ";"} for t in words):
        return candidate
    if any(t.tag_ in {"VBD", "VBZ", "VBP"} and t.dep_ not in {"relcl", "aux", "auxpass"} for t in words):
        return candidate
    speaker = next((t for t in words if t.pos_ in _NOMINAL and t.dep_ not in {"compound", "poss", "amod"}), words[0])
    return replace(
        candidate,
        source=frozenset(t.i for t in words),
        speaker=speaker.i,
        content=candidate.content - frozenset(range(first, reopened)),
        is_hedged=False,
    )
