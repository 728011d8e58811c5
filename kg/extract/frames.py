"""Frames of claims: which recurring way of putting a matter a content takes up, said of whom, affirmed or denied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.errors import ResourceInvalidError
from kg.extract.clauses import find_subject, first_child, resolve_relative
from kg.model.attribution import Attribution
from kg.model.frame import Frame
from kg.model.mention import Mention
from kg.model.span import Span

#: Predicates that turn what hangs on them into its opposite: "it is wrong to say that ...".
_REVERSING = frozenset({"wrong", "false", "untrue", "absurd", "myth", "nonsense", "baseless", "unfounded", "lie"})
_NEGATIVE = frozenset({"no", "never", "nobody", "neither", "nothing"})
_FOCUS = frozenset({"only", "merely", "just", "simply", "solely"})
#: Verbs whose object, not whose subject, is said to have done it.
_ACCUSING = frozenset({"accuse", "blame", "suspect", "convict"})
_DEEPEST_CLIMB = 12


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


class FrameFinder:
    """Assigns frames by their patterns; built once, used for many.

    Args:
        frames: the concepts, in any order.

    Raises:
        ResourceInvalidError: a pattern is no regular expression.
    """

    def __init__(self, frames: Iterable[Frame]) -> None:
        frames = tuple(frames)
        self._frames = tuple(
            (frame.notation, _compile(frame.notation, frame.patterns), _compile(frame.notation, frame.exclusions))
            for frame in sorted(frames, key=lambda frame: frame.notation)
        )
        self._by_cue_type: dict[str, list[str]] = {}
        for frame in sorted(frames, key=lambda frame: frame.notation):
            for cue_type in frame.cue_types:
                self._by_cue_type.setdefault(cue_type, []).append(frame.notation)

    def assign_frames(
        self, doc: Doc, attributions: Sequence[Attribution], mentions: Sequence[Mention]
    ) -> tuple[Attribution, ...]:
        """Return the attributions with `frames`, `denied_frames` and `frame_targets` filled in."""
        text, innermost = doc.text, _index_innermost(mentions)
        return tuple(self._assign(doc, text, attribution, innermost) for attribution in attributions)

    def _assign(self, doc: Doc, text: str, attribution: Attribution, innermost: Mapping[int, Mention]) -> Attribution:
        parts = [_add_cue(text, attribution, part) for part in attribution.content]
        matches = [match for part in parts for match in self.find_frames(doc, part, text[part.begin : part.end])]
        given = set() if attribution.negated_cue else set(self._by_cue_type.get(attribution.cue_type, ()))
        if not matches and not given:
            return attribution
        frames = {match.notation for match in matches} | given
        affirmed = {match.notation for match in matches if not match.is_denied} | given
        matches = [match for match in matches if _is_said_of(doc, match, attribution)]
        tokens = {doc[match.target] for match in matches if match.target is not None}
        targets = {(m.spans[0].begin, m.spans[-1].end, m.id) for token in tokens for m in _find_mentions(token, innermost)}
        return attribution.model_copy(
            update={
                "frames": tuple(sorted(frames)),
                "denied_frames": tuple(sorted(frames - affirmed)),
                "frame_targets": tuple(identifier for _, _, identifier in sorted(targets)),
            }
        )

    def find_frames(self, doc: Doc, part: Span, words: str) -> Iterator[FrameMatch]:
        """Yield the frames of one stretch of the doc and its `words`, by notation, then in order of text.

        The words are given, because spaCy puts a doc's text together anew each time it is asked for it.
        """
        text = words.translate(_PLAIN)
        for notation, patterns, exclusions in self._frames:
            vetoed = [match.span() for pattern in exclusions for match in pattern.finditer(text)]
            for pattern in patterns:
                for match in pattern.finditer(text):
                    begin, end = match.span()
                    if any(begin < last and first < end for first, last in vetoed):
                        continue
                    span = doc.char_span(part.begin + begin, part.begin + end, alignment_mode="expand")
                    if span is None or _is_conditional(span.root):
                        continue
                    yield FrameMatch(notation, part.begin + begin, part.begin + end, _is_denied(span), _find_target(span))


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


_PLAIN = str.maketrans({"\n": " ", "\r": " ", "\u00a0": " ", "’": "'", "‘": "'"})


def _compile(notation: str, patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    except re.error as error:
        raise ResourceInvalidError(
            "ontology/schemes/frames.ttl", f"frame {notation}: pattern is no regular expression ({error})"
        ) from error


def _climb(token: Token) -> Iterator[Token]:
    """Yield a token and the words that it depends on, up to its sentence's root."""
    for _ in range(_DEEPEST_CLIMB):
        yield token
        if token.head.i == token.i or token.dep_ in {"conj", "parataxis"}:
            return
        token = token.head


def _is_denied(span: TokenSpan) -> bool:
    """Tell whether a negation outside the match governs it."""
    for token in _climb(span.root):
        for child in token.children:
            if span.start <= child.i < span.end:
                continue
            is_negative = child.dep_ == "neg" or (child.lower_ in _NEGATIVE and child.i < span.end)
            if is_negative and token.doc[min(child.i + 1, len(token.doc) - 1)].lower_ not in _FOCUS:
                return True
        reversing = token.lemma_.lower() in _REVERSING or any(
            c.dep_ in {"acomp", "attr"} and c.lemma_.lower() in _REVERSING for c in token.children
        )
        if reversing and token.i != span.root.i:
            return True
        if token.dep_ == "ROOT":
            return False
    return False


def _is_conditional(root: Token) -> bool:
    """Tell whether the match stands in an if-clause: then nobody claims it."""
    return any(
        token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in token.children)
        for token in _climb(root)
    )


def _find_target(span: TokenSpan) -> int | None:
    """Return the subject of the matched verb (of an accusation: the accused), or the owner of the matched noun."""
    for token in _climb(span.root):
        if token.pos_ in {"VERB", "AUX"}:
            accused = first_child(token, "nsubjpass", "dobj") if token.lemma_ in _ACCUSING else None
            if accused is not None:
                return resolve_relative(accused).i
            subject = find_subject(token)
            if subject is not None:
                subject = resolve_relative(subject)
            if subject is not None and subject.lower_ not in {"it", "there", "this", "that"}:
                return resolve_relative(subject).i
        elif token.pos_ in {"NOUN", "PROPN"}:
            owner = first_child(token, "poss")
            if owner is not None:
                return owner.i
            for preposition in token.children:
                if preposition.dep_ == "prep" and preposition.lower_ in {"by", "of"}:
                    holder = first_child(preposition, "pobj")
                    if holder is not None and holder.ent_type_:
                        return holder.i
        if token.dep_ == "ccomp" and token.i != span.root.i:
            return None
    return None


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
