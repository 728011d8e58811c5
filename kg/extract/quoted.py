"""Joining quotations to cues: in the sentence, over sentence ends, over paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.extract.abstentions import QUOTATION, Refusal, Report, ignore, refuse_quotation
from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueLexicon

#: Words between a cue and a quotation behind it: "said in an interview with the paper on Monday that ...".
_WIDEST_GAP = 14
#: A quotation of fewer words is a scare quote or a borrowed word; it is never an attribution by itself.
_SHORTEST_SPEECH = 2


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


def find_quoted_tokens(doc: Doc, report: Report = ignore) -> tuple[QuotedTokens, ...]:
    """Return the doc's quotations in tokens, in order; one whose marks are inside words is left out and reported."""
    found = []
    begins = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    for quotation in doc._.quotations:
        begin, end = begins.get(quotation.begin), ends.get(quotation.end)
        if begin is not None and end is not None and end - begin > 2:
            found.append(QuotedTokens(begin, end, quotation.is_closed, quotation.is_continued))
        else:
            problem = "nothing stands between its marks" if begin is not None and end is not None else "a mark is within a word"
            report(refuse_quotation(doc, quotation, "inner-marks", problem))
    return tuple(found)


def count_words(doc: Doc, quoted: QuotedTokens) -> int:
    """Return the number of words in a quotation."""
    return sum(not (token.is_punct or token.is_space) for token in doc[quoted.begin : quoted.end])


def attach_quotations(
    doc: Doc, sentence: Span, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate], lexicon: CueLexicon
) -> list[Candidate]:
    """Give each quotation that touches the sentence to the candidate that it belongs to.

    A quotation that a content overlaps completes that content. Any other one goes to the nearest cue of speech that
    has it right before (`"...", she said`) or behind it (`she told reporters: "..."`); a cue that stood between two
    parts takes both.
    """
    result = list(candidates)
    first = bisect_right(quotations, sentence.start, key=lambda quoted: quoted.end)
    for quoted in islice(quotations, first, None):
        if quoted.begin >= sentence.end:
            break
        for index in _choose(doc, quoted, result, lexicon):
            candidate = result[index]
            content = (candidate.content | quoted.tokens) - candidate.cue - candidate.source
            result[index] = replace(candidate, content=content, is_quotation=True)
    return result


def _choose(doc: Doc, quoted: QuotedTokens, candidates: Sequence[Candidate], lexicon: CueLexicon) -> list[int]:
    """Return the candidates whose content the quotation completes; else the nearest cue of speech, if there is one."""
    tokens = quoted.tokens
    outside = [i for i, c in enumerate(candidates) if c.head not in tokens]
    # A hedge holds its whole sentence: the quotation is still said by whom the sentence names.
    holding = [i for i in outside if candidates[i].by != "hedge" and not candidates[i].content.isdisjoint(tokens)]
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


def continue_quotations(
    doc: Doc, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate], report: Report = ignore
) -> list[Candidate]:
    """Give the quotations that no cue holds to the speaker who is still speaking.

    A sentence or paragraph that is all quotation goes on with the speaker of the quotation before it, if that one
    stands in the same paragraph or the marks show that it goes on, or if the paragraph between two quotations of
    nobody else holds nothing but quotation. A cue that ends its sentence with a colon takes the quotation behind it. The
    report hears of the quotations that nobody takes.
    """
    held: dict[int, list[int]] = {}
    for index, candidate in enumerate(candidates):
        for token in candidate.content:
            held.setdefault(token, []).append(index)
    cues = _CueIndex(candidates)
    taken: dict[int, set[int]] = {}
    previous: int | None = None
    for number, quoted in enumerate(quotations):
        owners = held.get(quoted.begin + 1) or held.get(quoted.begin, [])
        # A cue within the quotation does not own it.
        owner = next((i for i in owners if not quoted.begin <= candidates[i].head < quoted.end), None)
        if owner is not None:
            previous = owner
            continue
        if count_words(doc, quoted) < _SHORTEST_SPEECH:
            report(
                Refusal(QUOTATION, quoted.begin, quoted.end, "short-quotation", "a borrowed word, and no cue's content holds it")
            )
            continue
        if not _opens_sentence(doc, quoted):
            problem = "within a sentence that no cue of speech next to it governs"
            report(Refusal(QUOTATION, quoted.begin, quoted.end, "inner-quotation", problem))
            continue
        opened = cues.find_following(doc, quoted)
        if opened is None:
            opened = cues.find_colon(doc, quoted)
        if opened is None and previous is not None and _goes_on(doc, quoted, quotations[number - 1]):
            opened = previous
        if opened is None:
            problem = "no cue stands next to it, and no speaker goes on in it"
            report(Refusal(QUOTATION, quoted.begin, quoted.end, "no-cue-near", problem))
            continue
        taken.setdefault(opened, set()).update(quoted.tokens)
        previous = opened
    return [
        replace(candidate, content=candidate.content | taken[index], is_quotation=True) if index in taken else candidate
        for index, candidate in enumerate(candidates)
    ]


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


class _CueIndex:
    """The cues by where they begin and end, so that a quotation finds its neighbours without asking all of them."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        # Later ones first, so that of two that begin at one token the first stays.
        empty = [(index, c) for index, c in enumerate(candidates) if not c.content and c.cue]
        self._beginning = {min(c.cue | c.source): index for index, c in reversed(empty)}
        self._ending = sorted((max(c.cue), -index) for index, c in enumerate(candidates) if c.cue)

    def find_following(self, doc: Doc, quoted: QuotedTokens) -> int | None:
        """Return the cue without a content that opens the next sentence, where the quotation ends in a question or a cry.

        A parser ends the sentence at such a mark: `"Who paid?" the judge asked.`
        """
        is_cut_off = doc[quoted.end - 2].text in {"?", "!"}
        return self._beginning.get(quoted.end) if is_cut_off else None

    def find_colon(self, doc: Doc, quoted: QuotedTokens) -> int | None:
        """Return the nearest cue before the colon or comma that leads to the quotation."""
        before = quoted.begin - 1
        while before >= 0 and doc[before].is_space:
            before -= 1
        if before < 0 or doc[before].text not in {":", ","}:
            return None
        at = bisect_left(self._ending, (before, -len(doc))) - 1
        if at < 0 or before - self._ending[at][0] > _WIDEST_GAP:
            return None
        return -self._ending[at][1]
