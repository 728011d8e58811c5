"""Joining quotations to cues: in the sentence, over sentence ends, over paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueLexicon

#: Words between a cue and a quotation behind it: "said in an interview with the paper on Monday that ...".
_WIDEST_GAP = 14
#: A quotation of fewer words is a scare quote or a borrowed word; it is never an attribution by itself.
_SHORTEST_SPEECH = 4


class QuotedTokens(NamedTuple):
    """A quotation as token indexes [begin, end), marks included."""

    begin: int
    end: int
    is_closed: bool
    is_continued: bool

    @property
    def tokens(self) -> frozenset[int]:
        """All its token indexes."""
        return frozenset(range(self.begin, self.end))


def find_quoted_tokens(doc: Doc) -> tuple[QuotedTokens, ...]:
    """Return the doc's quotations in tokens, in order; one whose marks are inside words is left out."""
    found = []
    begins = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    for quotation in doc._.quotations:
        begin, end = begins.get(quotation.begin), ends.get(quotation.end)
        if begin is not None and end is not None and end - begin > 2:
            found.append(QuotedTokens(begin, end, quotation.is_closed, quotation.is_continued))
    return tuple(found)


def count_words(doc: Doc, quoted: QuotedTokens) -> int:
    """Return the number of words in a quotation."""
    return sum(not (token.is_punct or token.is_space) for token in doc[quoted.begin : quoted.end])


def attach_quotations(
    doc: Doc, sentence: Span, quotations: Iterable[QuotedTokens], candidates: Sequence[Candidate], lexicon: CueLexicon
) -> list[Candidate]:
    """Give each quotation that touches the sentence to the candidate that it belongs to.

    A quotation that a content overlaps completes that content. Any other one goes to the nearest cue of speech that
    has it right before (`"...", she said`) or behind it (`she told reporters: "..."`); a cue that stood between two
    parts takes both.
    """
    result = list(candidates)
    for quoted in quotations:
        if quoted.begin >= sentence.end or quoted.end <= sentence.start:
            continue
        for index in _choose(doc, quoted, result, lexicon):
            candidate = result[index]
            content = (candidate.content | quoted.tokens) - candidate.cue - candidate.source
            result[index] = replace(candidate, content=content, is_quotation=True)
    return result


def _choose(doc: Doc, quoted: QuotedTokens, candidates: Sequence[Candidate], lexicon: CueLexicon) -> list[int]:
    """Return the candidates whose content the quotation completes; else the nearest cue of speech, if there is one."""
    tokens = quoted.tokens
    outside = [i for i, c in enumerate(candidates) if c.head not in tokens]
    holding = [i for i in outside if not candidates[i].content.isdisjoint(tokens)]
    if holding:
        return holding
    speaking = [i for i in outside if candidates[i].by != "noun" and _is_speech(candidates[i], lexicon)]
    near = [(gap, i) for i in speaking if (gap := _measure_gap(doc, quoted, candidates[i])) is not None]
    return [min(near)[1]] if near else []


def _is_speech(candidate: Candidate, lexicon: CueLexicon) -> bool:
    return any("clause" in sense.takes for sense in lexicon.verbs.get(candidate.lemma, ()))


def _measure_gap(doc: Doc, quoted: QuotedTokens, candidate: Candidate) -> int | None:
    """Return the number of words between; None where something else than the cue's own words stands there."""
    own = candidate.cue | candidate.source
    begin, end = min(own), max(own)
    if quoted.end <= begin:
        between = [t for t in doc[quoted.end : begin] if not (t.is_punct or t.is_space)]
        return len(between) if len(between) <= 2 or all(t.i in candidate.content for t in between) else None
    if quoted.begin > end:
        between = [t for t in doc[end + 1 : quoted.begin] if not (t.is_punct or t.is_space)]
        words = len(between)
        is_led = any(t.text in {":", ","} or t.lower_ in {"that", "as"} for t in doc[max(end, quoted.begin - 2) : quoted.begin])
        return words if words <= 3 or (words <= _WIDEST_GAP and is_led) else None
    return 0


def continue_quotations(doc: Doc, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give the quotations that no cue holds to the speaker who is still speaking.

    A sentence or paragraph that is all quotation goes on with the speaker of the quotation before it, if that one
    stands in the same paragraph or the marks show that it goes on, or if the paragraph between two quotations of
    nobody else holds nothing but quotation. A cue that ends its sentence with a colon takes the quotation behind it.
    """
    result = list(candidates)
    held = {token: index for index, candidate in enumerate(result) for token in candidate.content}
    previous: int | None = None
    for number, quoted in enumerate(quotations):
        owner = held.get(quoted.begin + 1, held.get(quoted.begin))
        if owner is not None:
            previous = owner
            continue
        if count_words(doc, quoted) < _SHORTEST_SPEECH or not _opens_sentence(doc, quoted):
            continue
        opened = _find_following_cue(doc, quoted, result)
        if opened is None:
            opened = _find_colon_cue(doc, quoted, result)
        if opened is None and previous is not None and _goes_on(doc, quoted, quotations[number - 1]):
            opened = previous
        if opened is None:
            continue
        candidate = result[opened]
        result[opened] = replace(candidate, content=candidate.content | quoted.tokens, is_quotation=True)
        previous = opened
        held.update(dict.fromkeys(quoted.tokens, opened))
    return result


def _opens_sentence(doc: Doc, quoted: QuotedTokens) -> bool:
    first = doc[quoted.begin]
    return bool(first.is_sent_start) or quoted.begin == 0 or doc[quoted.begin - 1].is_space


def _goes_on(doc: Doc, quoted: QuotedTokens, before: QuotedTokens) -> bool:
    between = doc[before.end : quoted.begin]
    if quoted.is_continued:
        return True
    has_break = any("\n" in token.text for token in between)
    sentences_between = sum(1 for token in between if token.is_sent_start and not token.is_space)
    return sentences_between == 0 and not has_break


def _find_following_cue(doc: Doc, quoted: QuotedTokens, candidates: Sequence[Candidate]) -> int | None:
    """Return the cue without a content that opens the next sentence, where the quotation ends in a question or a cry.

    A parser ends the sentence at such a mark: `"Who paid?" the judge asked.`
    """
    if doc[quoted.end - 2].text not in {"?", "!"}:
        return None
    following = (i for i, c in enumerate(candidates) if not c.content and min(c.cue | c.source, default=-1) == quoted.end)
    return next(following, None)


def _find_colon_cue(doc: Doc, quoted: QuotedTokens, candidates: Sequence[Candidate]) -> int | None:
    before: Token | None = next((t for t in reversed(doc[: quoted.begin]) if not t.is_space), None)
    if before is None or before.text not in {":", ","}:
        return None
    near = [(before.i - max(c.cue), i) for i, c in enumerate(candidates) if c.cue and 0 < before.i - max(c.cue) <= _WIDEST_GAP]
    return min(near)[1] if near else None
