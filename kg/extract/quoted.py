"""Quotations in tokens, and joining them to the cues of their sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.extract.abstentions import Report, ignore, refuse_quotation
from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueLexicon, read_cue_lexicon

#: Words between a cue and a quotation behind it: "said in an interview with the paper on Monday that ...".
_WIDEST_GAP = 14
#: From this weight on a verb is one of speech.
_SPEECH_WEIGHT = 0.9
_FIRST_OR_SECOND = frozenset({"i", "we", "you"})
_PARTING = frozenset({",", "?", "!", "—", "–"})


class QuotedTokens(NamedTuple):
    """A quotation as token indexes [begin, end), marks included; `holder` is the range of the one that it stands in."""

    begin: int
    end: int
    is_closed: bool
    is_continued: bool
    holder: tuple[int, int] | None = None

    @property
    def tokens(self) -> frozenset[int]:
        """All its token indexes."""
        return frozenset(range(self.begin, self.end))


def find_quoted_tokens(doc: Doc, report: Report = ignore) -> tuple[QuotedTokens, ...]:
    """Return the doc's outermost quotations in tokens, in order.

    One whose marks are inside words is left out and reported. One that nobody closed ends in front of a cue that stands
    behind its first clause (`"The road is open, she said.`).
    """
    found = []
    begins = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    for quotation in doc._.quotations:
        begin, end = begins.get(quotation.begin), ends.get(quotation.end)
        if begin is not None and end is not None and end - begin > 2:
            end = end if quotation.is_closed else _find_swallowed_cue(doc, begin, end)
            found.append(QuotedTokens(begin, end, quotation.is_closed, quotation.is_continued))
        else:
            problem = "nothing stands between its marks" if begin is not None and end is not None else "a mark is within a word"
            report(refuse_quotation(doc, quotation, "inner-marks", problem))
    return tuple(found)


def find_inner_quoted_tokens(doc: Doc, quotations: Sequence[QuotedTokens]) -> tuple[QuotedTokens, ...]:
    """Return the quotations that stand within these, in tokens and in order."""
    begins = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    found = []
    for quotation in doc._.inner_quotations:
        begin, end = begins.get(quotation.begin), ends.get(quotation.end)
        if begin is None or end is None or end - begin <= 2:
            continue
        at = bisect_right(quotations, begin, key=lambda quoted: quoted.begin) - 1
        if at >= 0 and end <= quotations[at].end:
            found.append(
                QuotedTokens(begin, end, is_closed=True, is_continued=False, holder=(quotations[at].begin, quotations[at].end))
            )
    return tuple(found)


def _find_swallowed_cue(doc: Doc, begin: int, end: int) -> int:
    """Return where the first verb with a speaker begins that governs the clause in front of it; else `end`.

    Nobody says "I" of somebody else, so that a cue in the first person is part of what is said.
    """
    for verb in doc[begin:end]:
        if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
            continue
        subject = next((child for child in reversed(list(verb.children)) if child.dep_ == "nsubj"), None)
        clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i < verb.i), None)
        if subject is None or subject.lower_ in _FIRST_OR_SECOND:
            continue
        first = verb.i if subject.i > verb.i else subject.left_edge.i
        is_said = clause is not None and begin < clause.i < first
        if not is_said and _stands_by_itself(verb):
            is_said = any(token.pos_ in {"VERB", "AUX"} for token in doc[begin:first])
        if is_said and doc[first - 1].text in _PARTING:
            return first
    return end


def _stands_by_itself(verb: Token) -> bool:
    """Tell whether a verb of speech has nothing behind it that it says: "..., Fenn said on Monday."."""
    senses = read_cue_lexicon().verbs.get(verb.lemma_.lower(), ())
    is_speech = any("clause" in sense.takes and sense.weight >= _SPEECH_WEIGHT for sense in senses)
    return is_speech and not any(child.dep_ in {"dobj", "ccomp", "xcomp"} and child.i > verb.i for child in verb.children)


def count_words(doc: Doc, quoted: QuotedTokens) -> int:
    """Return the number of words in a quotation."""
    return sum(not (token.is_punct or token.is_space) for token in doc[quoted.begin : quoted.end])


def attach_quotations(
    doc: Doc, sentence: Span, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate], lexicon: CueLexicon
) -> list[Candidate]:
    """Give each quotation that touches the sentence to the candidate that it belongs to.

    A quotation that a content overlaps completes that content. Any other one goes to the nearest cue of speech that
    has it right before (`"...", she said`) or behind it (`she told reporters: "..."`); a cue that stood between two
    parts takes both. What a speaker within a quotation says ends with it, and an inner quotation (one with a `holder`)
    goes only to such a speaker.
    """
    result = [_confine(quotations, candidate) for candidate in candidates]
    first = bisect_right(quotations, sentence.start, key=lambda quoted: quoted.end)
    for quoted in islice(quotations, first, None):
        if quoted.begin >= sentence.end:
            break
        for index in _choose(doc, quoted, result, lexicon):
            candidate = result[index]
            kept = frozenset[int]() if _leads_to(doc, candidate, quoted) else candidate.content
            content = (kept | quoted.tokens) - candidate.cue - candidate.source
            result[index] = replace(candidate, content=content, is_quotation=True)
    return result


def _confine(quotations: Sequence[QuotedTokens], candidate: Candidate) -> Candidate:
    """Return a candidate that stands within a closed quotation without what it holds beyond."""
    at = bisect_right(quotations, candidate.head, key=lambda quoted: quoted.begin) - 1
    own = candidate.cue | candidate.source
    if at < 0 or not quotations[at].is_closed or not candidate.source or not own <= quotations[at].tokens:
        return candidate
    return replace(candidate, content=candidate.content & quotations[at].tokens)


def _leads_to(doc: Doc, candidate: Candidate, quoted: QuotedTokens) -> bool:
    """Tell whether the quotation stands right behind the cue while the parser's content only begins behind the quotation."""
    own = candidate.cue | candidate.source
    between = doc[max(own) + 1 : quoted.begin]
    is_next = max(own) < quoted.begin and all(t.text in {",", ":"} or t.is_space for t in between)
    return is_next and bool(candidate.content) and min(candidate.content) >= quoted.end


def _choose(doc: Doc, quoted: QuotedTokens, candidates: Sequence[Candidate], lexicon: CueLexicon) -> list[int]:
    """Return the candidates whose content the quotation completes; else the nearest cue of speech, if there is one."""
    tokens = quoted.tokens
    outside = [i for i, c in enumerate(candidates) if c.head not in tokens and _is_within(c, quoted.holder)]
    # A hedge holds its whole sentence: the quotation is still said by whom the sentence names.
    holding = [i for i in outside if candidates[i].by != "hedge" and not candidates[i].content.isdisjoint(tokens)]
    if holding:
        return holding
    speaking = [i for i in outside if candidates[i].by != "noun" and _is_speech(candidates[i], lexicon)]
    near = [(gap, i) for i in speaking if (gap := _measure_gap(doc, quoted, candidates[i])) is not None]
    return [min(near)[1]] if near else []


def _is_within(candidate: Candidate, holder: tuple[int, int] | None) -> bool:
    return holder is None or holder[0] <= candidate.head < holder[1]


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
