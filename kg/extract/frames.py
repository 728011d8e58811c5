"""Frames of claims: which recurring way of putting a matter a content takes up, said of whom, affirmed or denied."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.extract.clauses import first_child
from kg.extract.frame_patterns import FramePatterns
from kg.extract.frame_readings import find_target, is_asked, is_denied, is_supposed
from kg.model.attribution import Attribution
from kg.model.frame import Frame, TargetRole
from kg.model.framing import Framing
from kg.model.mention import Mention
from kg.model.span import Span, Spans

#: How sure a wording is by itself: the precision of wordings on the labelled sentences (docs/frames.md).
_WORDING_CONFIDENCE = 0.8
#: A vector tells what one sentence says; longer contents say several things.
_MOST_WORDS = 30
#: A sparing finder asks for the vector of a content only if so many patterns look for words that it has.
_LEAST_ASKED = 5


#: The vector of a content: shape (384,), of length one.
VectorFinder = Callable[[Attribution], NDArray[np.float32]]


class FrameMatch(NamedTuple):
    """A frame found in a content.

    Attributes:
        begin, end: characters that matched.
        is_denied: whether the content negates it with words outside the match.
        target: index of the token that it is said of; None where the parse does not show it.
    """

    notation: str
    begin: int
    end: int
    is_denied: bool
    target: int | None


class Reading(NamedTuple):
    """How far a content goes, and whether it is asked rather than told."""

    content: Spans
    is_question: bool = False

    def is_claimed(self, root: Token, *, holds_if: bool) -> bool:
        """Tell whether the content puts forward what hangs on the token; what "whether" leaves open a question asks."""
        is_told = self.is_question or not is_asked(root, self.content)
        return is_told and not is_supposed(root, self.content, holds_if=holds_if)


class FrameScorer(Protocol):
    """What reads frames from the meaning of a content."""

    @property
    def version(self) -> str:
        """Return the name of the model."""
        ...

    def score(self, vector: NDArray[np.float32], worded: frozenset[str]) -> Mapping[str, float]:
        """Return the confidence, from 0 to 1, of each frame that it holds the content to take up.

        Args:
            vector: of the content, shape (384,), of length one.
            worded: the frames whose wordings the content has.
        """
        ...


class FrameFinder:
    """Assigns frames by their wordings, and by meaning where vectors are given; built once, used for many.

    Args:
        frames: the concepts, in any order.
        scorer: reads frames from vectors; without one, wordings alone count.
        is_sparing: whether vectors, which cost as much as twenty words of parsing each, are asked for only where a content
            names somebody and has words of several wordings, or matches one.
    """

    def __init__(self, frames: Iterable[Frame], scorer: FrameScorer | None = None, *, is_sparing: bool = False) -> None:
        frames = sorted(frames, key=lambda frame: frame.notation)
        self._patterns = FramePatterns(frames)
        self._scorer = scorer
        self._is_sparing = is_sparing
        self._roles: dict[str, TargetRole] = {frame.notation: frame.target_role for frame in frames}
        self._opposites = {frame.notation: frozenset(frame.opposites) for frame in frames}
        self._holding = frozenset(frame.notation for frame in frames if frame.holds_if)
        self._by_cue_type: dict[str, list[str]] = {}
        for frame in frames:
            for cue_type in frame.cue_types:
                self._by_cue_type.setdefault(cue_type, []).append(frame.notation)

    def assign_frames(
        self,
        doc: Doc,
        attributions: Sequence[Attribution],
        mentions: Sequence[Mention],
        find_vector: VectorFinder | None = None,
    ) -> tuple[Attribution, ...]:
        """Return the attributions with `framings` filled in.

        Args:
            doc: the text.
            attributions: of the doc.
            mentions: of the doc.
            find_vector: gives the vector of an attribution's content, and is asked only where it counts; None for wordings
                alone.
        """
        text, innermost = doc.text, _index_innermost(mentions)
        named = frozenset(mention.id for mention in mentions if mention.kind != "pronoun")
        return tuple(
            self._assign(doc, text, one, innermost, find_vector if self._is_of_somebody(one, named) else None)
            for one in attributions
        )

    def _assign(
        self,
        doc: Doc,
        text: str,
        attribution: Attribution,
        innermost: Mapping[int, Mention],
        find_vector: VectorFinder | None,
    ) -> Attribution:
        parts = [_add_cue(text, attribution, part) for part in attribution.content]
        reading = Reading(attribution.content, is_question=attribution.cue_type == "question")
        matches = [m for part in parts for m in self.find_frames(doc, part, text[part.begin : part.end], reading)]
        confidences = dict.fromkeys((match.notation for match in matches), _WORDING_CONFIDENCE)
        by = dict.fromkeys(confidences, "wording")
        if find_vector is not None and self._scorer is not None:
            root = _find_only_root(doc, attribution)
            if root is not None and (matches or self._is_to_the_point(text, attribution)):
                scores = self._scorer.score(find_vector(attribution), frozenset(confidences))
                # A wording that begins in the cue says what the vector of the content cannot tell.
                kept = {match.notation for match in matches if match.begin < attribution.content[0].begin}
                confidences = {n: scores.get(n, known) for n, known in confidences.items() if n in scores or n in kept}
                # Opposites lie near each other in meaning: where words tell which it is, they are believed.
                ruled_out = {opposite for notation in by for opposite in self._opposites[notation]}
                meant = [notation for notation in sorted(scores) if notation not in by and notation not in ruled_out]
                for match in self._read_root(root, meant, reading):
                    matches.append(match)
                    confidences[match.notation], by[match.notation] = scores[match.notation], self._scorer.version
        given = () if attribution.negated_cue else self._by_cue_type.get(attribution.cue_type, ())
        for notation in given:
            confidences[notation], by[notation] = attribution.confidence, "cue-type"
        framings = tuple(
            Framing(
                frame=notation,
                denied=notation not in given and all(m.is_denied for m in matches if m.notation == notation),
                targets=_find_targets(doc, [m for m in matches if m.notation == notation], attribution, innermost),
                confidence=round(confidences[notation], 3),
                by=by[notation],
            )
            for notation in sorted(confidences)
        )
        return attribution.model_copy(update={"framings": framings}) if framings else attribution

    def _is_of_somebody(self, attribution: Attribution, named: Container[str]) -> bool:
        return not self._is_sparing or any(mention in named for mention in attribution.about)

    def _is_to_the_point(self, text: str, attribution: Attribution) -> bool:
        begin, end = attribution.content[0]
        return not self._is_sparing or self._patterns.count_asked(text[begin:end]) >= _LEAST_ASKED

    def find_frames(self, doc: Doc, part: Span, words: str, reading: Reading) -> Iterator[FrameMatch]:
        """Yield the frames of one stretch of the doc and its `words`, by notation, then in order of text.

        The words are given, because spaCy puts a doc's text together anew each time it is asked for it.
        """
        for notation, begin, end, asks_for_no in self._patterns.find_matches(words):
            span = doc.char_span(part.begin + begin, part.begin + end, alignment_mode="expand")
            if span is None or not reading.is_claimed(span.root, holds_if=notation in self._holding):
                continue
            target = find_target(span, self._roles[notation])
            is_negated = is_denied(span, reading.content, asks_for_no=asks_for_no)
            yield FrameMatch(notation, part.begin + begin, part.begin + end, is_negated, target)

    def _read_root(self, root: Token, notations: Iterable[str], reading: Reading) -> Iterator[FrameMatch]:
        """Yield the frames as said by the main clause of the content, which is what a vector tells of."""
        span = root.doc[root.i : root.i + 1]
        for notation in notations:
            if not reading.is_claimed(root, holds_if=notation in self._holding):
                continue
            target = find_target(span, self._roles[notation])
            yield FrameMatch(notation, root.idx, root.idx + len(root), is_denied(span, reading.content), target)


def _find_only_root(doc: Doc, attribution: Attribution) -> Token | None:
    """Return the head of the content's main clause; None where it is long, in parts or of several sentences."""
    if len(attribution.content) != 1:
        return None
    begin, end = attribution.content[0]
    span = doc.char_span(begin, end, alignment_mode="expand")
    if span is None or len(span) > _MOST_WORDS:
        return None
    whole: TokenSpan = span
    heads = [t for t in whole if not (t.is_punct or t.is_space) and (t.head.i == t.i or not whole.start <= t.head.i < whole.end)]
    return whole.root if len({t.sent.start for t in heads}) == 1 else None


def _find_targets(
    doc: Doc, matches: Sequence[FrameMatch], attribution: Attribution, innermost: Mapping[int, Mention]
) -> tuple[str, ...]:
    """Return the mention ids of those that the matches are said of, in order of text."""
    tokens = {match.target for match in matches if match.target is not None and _is_said_of(doc, match, attribution)}
    found = {(m.spans[0].begin, m.spans[-1].end, m.id) for token in tokens for m in _find_mentions(doc[token], innermost)}
    return tuple(identifier for _, _, identifier in sorted(found))


def _add_cue(text: str, attribution: Attribution, part: Span) -> Span:
    """Return the part with the cue in front of it, if that is right there: "pledged 900 million", "threatened to block"."""
    for cue in attribution.cue:
        if cue.end <= part.begin and len(text[cue.end : part.begin].strip()) <= 1 and part.begin - cue.end <= 2:
            return Span(cue.begin, part.end)
    return part


def _is_said_of(doc: Doc, match: FrameMatch, attribution: Attribution) -> bool:
    """Tell whether the match's target is one that the claim speaks of.

    Who wants to delay does not claim that he delays: outside of the content a target counts only where the cue is part of
    the match ("threatened to block"), or where the speaker denies or is accused of the deed.
    """
    if match.target is None:
        return False
    at = doc[match.target].idx
    if any(begin <= at < end for begin, end in attribution.content):
        return True
    return attribution.cue_type in {"denial", "accusation"} or any(match.begin < begin for begin, _ in attribution.content[:1])


def _find_mentions(token: Token, innermost: Mapping[int, Mention]) -> Iterator[Mention]:
    """Yield the mention that the token belongs to; for a noun that is none, that of its owner ("Putin's escalation")."""
    own = innermost.get(token.idx)
    if own is not None:
        yield own
        return
    owner = first_child(token, "poss", "amod", "compound")
    found = innermost.get(owner.idx) if owner is not None else None
    if found is not None:
        yield found


def _index_innermost(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Return the shortest mention that holds each character; of equally long ones the first."""
    named = [mention for mention in reversed(mentions) if mention.spans]
    named.sort(key=lambda mention: mention.spans[0].begin - mention.spans[-1].end)
    return {at: mention for mention in named for begin, end in mention.spans for at in range(begin, end)}
