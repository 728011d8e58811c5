"""Attributions by rules on the parse: cues, quotations, the author's own voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from spacy.tokens import Doc, Span

from kg.extract.abstentions import QUOTATION, Refusal, Report, ignore, refuse_candidate, to_abstentions
from kg.extract.asides import part_asides
from kg.extract.attribution_links import to_attributions
from kg.extract.author_voice import find_author_voice
from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueLexicon
from kg.extract.framed_sources import frame_sources
from kg.extract.furniture import find_furniture
from kg.extract.labels import find_labelled
from kg.extract.phrase_cues import find_noun_cues, find_phrase_cues
from kg.extract.quotation_sequels import continue_quotations
from kg.extract.quoted import QuotedTokens, attach_quotations, find_inner_quoted_tokens, find_quoted_tokens
from kg.extract.selection import extend_to_end, select_candidates
from kg.extract.verb_cues import find_verb_cues
from kg.model.abstention import Abstention
from kg.model.attribution import Attribution
from kg.model.mention import Mention


class AttributionFinder(Protocol):
    """What every attribution extractor offers, rules or learned."""

    def find_attributions(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
        """Return the attributions of a doc in order of text, linked to its mentions; `frames` are left empty."""
        ...

    def find_abstentions(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Abstention, ...]:
        """Return the cues and quotations that are in none of these attributions, and why, in order of text."""
        ...


class CandidateRefiner(Protocol):
    """What corrects the candidates of the rules: a trained labeller."""

    def refine(
        self, doc: Doc, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate], report: Report = ignore
    ) -> list[Candidate]:
        """Return what stands of the candidates, and others; the report hears of those that do not stand."""
        ...


class RuleAttributionFinder:
    """The rules, alone or with a refiner behind them.

    Args:
        lexicon: the words that attribute.
        refiner: corrects what the rules found, but for the author's own voice.
    """

    def __init__(self, lexicon: CueLexicon, refiner: CandidateRefiner | None = None) -> None:
        self._lexicon = lexicon
        self._refiner = refiner

    def find_attributions(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
        """See `AttributionFinder`."""
        return self._find(doc, mentions, ignore)

    def find_abstentions(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Abstention, ...]:
        """See `AttributionFinder`."""
        refusals: list[Refusal] = []
        found = self._find(doc, mentions, refusals.append)
        unspoken = [refusal for refusal in refusals if refusal.kind == QUOTATION]
        for sentence in doc.sents:
            kind = find_furniture(doc, sentence)
            if kind is not None:
                refusals.extend(self._find_unread(doc, sentence, unspoken, kind))
        return to_abstentions(doc, refusals, found)

    def _find_unread(self, doc: Doc, sentence: Span, quotations: Sequence[Refusal], kind: str) -> list[Refusal]:
        """Return what of a sentence that is not read would have been considered, with those of the quotations in it."""
        passed = [refusal for refusal in quotations if sentence.start <= refusal.begin < sentence.end]
        candidates = self._find_in_sentence(doc, sentence, ((), ()), passed.append)
        passed.extend([refuse_candidate(candidate, "furniture") for candidate in candidates])
        return [r._replace(reason="furniture", detail=f"stands in a {kind}, which is not read") for r in passed]

    def _find(self, doc: Doc, mentions: Sequence[Mention], report: Report) -> tuple[Attribution, ...]:
        quotations = find_quoted_tokens(doc, report)
        found = self.find_candidates(doc, mentions, quotations, report)
        if self._refiner is not None:
            found = self._refiner.refine(doc, quotations, found, report)
        if doc._.document.is_opinion:
            sentences = [sentence for sentence in doc.sents if find_furniture(doc, sentence) is None]
            found = [*found, *find_author_voice(doc, sentences, quotations, found, mentions)]
        return tuple(to_attributions(doc, found, quotations, mentions, report))

    def find_candidates(
        self, doc: Doc, mentions: Sequence[Mention], quotations: Sequence[QuotedTokens], report: Report = ignore
    ) -> list[Candidate]:
        """Return what the rules find but for the author's own voice; the report hears of all else that they considered."""
        found: list[Candidate] = []
        sentences = [sentence for sentence in doc.sents if find_furniture(doc, sentence) is None]
        inner = find_inner_quoted_tokens(doc, quotations)
        for sentence in sentences:
            found.extend(self._find_in_sentence(doc, sentence, (quotations, inner), report))
        found = [*continue_quotations(doc, quotations, found, report), *find_labelled(doc, mentions, report)]
        return select_candidates(doc, found, self._lexicon, mentions, report)

    def _find_in_sentence(
        self, doc: Doc, sentence: Span, quotations: tuple[Sequence[QuotedTokens], Sequence[QuotedTokens]], report: Report
    ) -> Iterator[Candidate]:
        """Yield what a sentence holds, with the quotations that belong to it: the outermost ones and those within them."""
        tokens = list(sentence)
        candidates = [
            *find_verb_cues(tokens, self._lexicon, report),
            *find_noun_cues(tokens, self._lexicon, report),
            *find_phrase_cues(tokens, self._lexicon, report),
        ]
        heads = frozenset(candidate.head for candidate in candidates if candidate.content)
        candidates = [extend_to_end(doc, sentence, candidate, heads) for candidate in candidates]
        candidates = frame_sources(doc, sentence, quotations[0], part_asides(doc, sentence, candidates))
        for marked in quotations:
            candidates = attach_quotations(doc, sentence, marked, candidates, self._lexicon)
        yield from candidates
