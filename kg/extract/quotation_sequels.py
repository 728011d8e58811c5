"""Who goes on speaking in a quotation that no cue of its own sentence takes: over sentence ends and paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from spacy.tokens import Doc

from kg.extract.abstentions import QUOTATION, Refusal, Report, ignore
from kg.extract.candidates import Candidate
from kg.extract.quoted import QuotedTokens, count_words

#: Words between a cue and a quotation behind it: "said in an interview with the paper on Monday: ...".
_WIDEST_GAP = 14
#: A quotation of fewer words is a scare quote or a borrowed word; it is never an attribution by itself.
_SHORTEST_SPEECH = 2
#: Words of a quotation that goes on with what was said without marks before it.
_SHORTEST_SEQUEL = 3
#: From this weight on a verb is one of speech.
_SPEECH_WEIGHT = 0.9


def continue_quotations(
    doc: Doc, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate], report: Report = ignore
) -> list[Candidate]:
    """Give the quotations that no cue holds to the speaker who is still speaking.

    A sentence or paragraph that is all quotation goes on with the speaker of the quotation before it, if nothing but the
    cue stands between them or the marks show that it goes on; else with the one who speaks in the sentence before it.
    A cue that ends its sentence with a colon takes the quotation behind it. The report hears of the quotations that
    nobody takes.
    """
    held: dict[int, list[int]] = {}
    for index, candidate in enumerate(candidates):
        for token in candidate.content:
            held.setdefault(token, []).append(index)
    cues = _CueIndex(candidates)
    taken: dict[int, set[int]] = {}
    sequels: dict[int, int] = {}
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
            opened = cues.find_speaking(doc, quoted, sequels)
        if opened is None:
            problem = "no cue stands next to it, and no speaker goes on in it"
            report(Refusal(QUOTATION, quoted.begin, quoted.end, "no-cue-near", problem))
            continue
        taken.setdefault(opened, set()).update(quoted.tokens)
        sequels[quoted.end - 1] = opened
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


def _fills_sentences(doc: Doc, quoted: QuotedTokens) -> bool:
    """Tell whether a quotation ends where a sentence does: nothing behind it goes on with it."""
    behind = next((t for t in doc[quoted.end :] if not t.is_space), None)
    is_end = behind is None or bool(behind.is_sent_start) or any("\n" in t.text for t in doc[quoted.end : behind.i])
    return is_end and doc[quoted.end - 2].text[-1:] in {".", "!", "?", "…"}


class _CueIndex:
    """The cues by where they begin and end, so that a quotation finds its neighbours without asking all of them."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        # Later ones first, so that of two that begin at one token the first stays.
        empty = [(index, c) for index, c in enumerate(candidates) if not c.content and c.cue]
        self._beginning = {min(c.cue | c.source): index for index, c in reversed(empty)}
        self._ending = sorted((max(c.cue), -index) for index, c in enumerate(candidates) if c.cue)
        self._candidates = candidates

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

    def find_speaking(self, doc: Doc, quoted: QuotedTokens, sequels: Mapping[int, int]) -> int | None:
        """Return the cue of the one who speaks in the sentence before a quotation of whole sentences; None where two do.

        What was said before may stand without marks: `She said it was a fraud. "They had no papers."`. `sequels` has the
        cue of each earlier sequel by its last token.
        """
        before = next((t for t in reversed(doc[: quoted.begin]) if not t.is_space), None)
        if before is None or count_words(doc, quoted) < _SHORTEST_SEQUEL or not _fills_sentences(doc, quoted):
            return None
        if before.i in sequels:
            return sequels[before.i]
        sentence = before.sent
        first = bisect_left(self._ending, (sentence.start, -len(doc)))
        near = [-index for _, index in takewhile(lambda item: item[0] < sentence.end, islice(self._ending, first, None))]
        speaking = [i for i in near if self._is_speaker(i) and not any(self._holds(j, i) for j in near if j != i)]
        speakers = {self._candidates[i].source for i in speaking}
        return speaking[-1] if len(speakers) == 1 else None

    def _is_speaker(self, index: int) -> bool:
        candidate = self._candidates[index]
        is_cue = candidate.by in {"verb-clause", "verb-quotation"} and candidate.weight >= _SPEECH_WEIGHT
        return is_cue and bool(candidate.source) and bool(candidate.content) and not candidate.is_negated

    def _holds(self, outer: int, inner: int) -> bool:
        return self._candidates[inner].head in self._candidates[outer].content
