"""Asides between dashes: "Fenn said the ferry was late — a rope had torn, the captain explained — and that nobody was hurt"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from kg.extract.candidates import Candidate
from kg.extract.clauses import SUBJECTS

_DASHES = frozenset({"—", "–", "--", "-"})


def part_asides(doc: Doc, sentence: Span, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep what is said within an aside apart from what is said around it, in the order of the candidates.

    A cue whose speaker stands with it between two dashes takes its content from between them, if any of it is there.
    Whoever is quoted around the aside did not say it; where the sentence only goes on behind it, that is content again.
    An aside without a speaker of its own belongs to what it interrupts.
    """
    parted = list(candidates)
    for begin, end in _find_asides(sentence):
        inner = frozenset(range(begin, end))
        own = [at for at, c in enumerate(parted) if c.source and c.cue | c.source <= inner and c.content & inner]
        for at in own:
            parted[at] = replace(parted[at], content=parted[at].content & inner)
        if not own:
            continue
        for at, candidate in enumerate(parted):
            if candidate.head < begin and not candidate.content.isdisjoint(range(sentence.start, begin)):
                content = candidate.content - frozenset(range(begin - 1, end + 1))
                parted[at] = replace(candidate, content=content | _find_rest(doc, candidate, content, end, sentence.end))
    return parted


def _find_asides(sentence: Span) -> Iterator[tuple[int, int]]:
    """Yield the token ranges between two dashes that follow each other; a hyphen counts where it stands alone."""
    dashes = [t.i for t in sentence if t.text in _DASHES and (len(t) > 1 or t.text != "-" or _stands_alone(sentence.doc, t.i))]
    yield from ((left + 1, right) for left, right in zip(dashes[::2], dashes[1::2], strict=False) if right - left > 1)


def _stands_alone(doc: Doc, at: int) -> bool:
    return at > 0 and bool(doc[at - 1].whitespace_) and bool(doc[at].whitespace_)


def _find_rest(doc: Doc, candidate: Candidate, content: frozenset[int], end: int, stop: int) -> frozenset[int]:
    """Return what stands behind the aside's second dash, if it goes on with the content: no clause that stands by itself."""
    rest = [t for t in doc[end + 1 : stop] if not t.is_space]
    while rest and rest[-1].is_punct:
        rest.pop()
    if not content or not rest or content & {t.i for t in rest} or max(content) < candidate.head:
        return frozenset()
    opening = [t.lower_ for t in rest[:2]]
    is_that = opening[0] == "that" or (rest[0].dep_ == "cc" and opening[1:] == ["that"])
    stands_alone = any(t.dep_ in SUBJECTS for t in rest)
    return frozenset(t.i for t in rest) if is_that or not stands_alone else frozenset()
