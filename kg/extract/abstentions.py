"""Why a word that attributes, or a quotation, yielded no attribution: what each rule reports when it refuses one.

The rules are given a `Report` and call it where they decide; nothing here decides anything. A finder that is no set of
rules does the same: it calls the report with a `Refusal` for what it passes over, and `to_abstentions` does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueSense
from kg.model.abstention import Abstention, AbstentionReason
from kg.model.attribution import Attribution
from kg.model.quotation import Quotation
from kg.model.span import Span, Spans

#: The kind of a refusal that is a quotation; all other kinds are cues.
QUOTATION = "quotation"


class Refusal(NamedTuple):
    """One refusal, in token indexes of one doc.

    Attributes:
        kind: as in `Abstention`.
        begin: first token of the word or quotation.
        end: the token behind its last one.
        detail: the reason in the words of this case; empty where `rival` says it.
        rival: the cue's main word in the attribution that has the words instead.
        content: what the refused candidate would have attributed.
    """

    kind: str
    begin: int
    end: int
    reason: AbstentionReason
    detail: str = ""
    rival: int | None = None
    content: frozenset[int] = frozenset()


Report = Callable[[Refusal], None]


def ignore(refusal: Refusal) -> None:
    """Report to nobody: what extraction does while nobody asks."""


def refuse_word(kind: str, word: Token, reason: AbstentionReason, detail: str) -> Refusal:
    """Return the refusal of a cue word that never became a candidate."""
    return Refusal(kind, word.i, word.i + 1, reason, detail)


def refuse_candidate(
    candidate: Candidate, reason: AbstentionReason, detail: str = "", *, rival: Candidate | None = None
) -> Refusal:
    """Return the refusal of a candidate."""
    kind = "verb" if candidate.by.startswith("verb-") else candidate.by
    head = candidate.head
    return Refusal(kind, head, head + 1, reason, detail, None if rival is None else rival.head, candidate.content)


def miss_constructions(senses: Iterable[CueSense]) -> str:
    """Return the words for a cue without content: what its senses in the lexicon take, in alphabetical order."""
    takes = sorted(frozenset[str]().union(*(sense.takes for sense in senses)))
    return f"nothing that it takes ({', '.join(takes)}) hangs on it" if takes else "nothing hangs on it"


def refuse_quotation(doc: Doc, quotation: Quotation, reason: AbstentionReason, detail: str) -> Refusal:
    """Return the refusal of a quotation; where its marks are within words, of the whole words."""
    return Refusal(QUOTATION, *_to_tokens(doc, quotation.begin, quotation.end), reason, detail)


def to_abstentions(doc: Doc, refusals: Iterable[Refusal], attributions: Sequence[Attribution]) -> tuple[Abstention, ...]:
    """Return what was refused and stands in no attribution, in order of text.

    A word is left out where an attribution has it in its cue; a quotation where a content holds any of it. Of several
    refusals of one word the last is kept, because later rules only see what earlier ones let through. A quotation that
    no rule refused was given to a cue: it has the reason of that cue.

    Args:
        doc: the text, with its quotations.
        refusals: in the order in which they were reported.
        attributions: what was found in the same text.
    """
    cues = _map_tokens(doc, [(a.cue, a.id) for a in attributions])
    sources = _map_tokens(doc, [(a.source, a.id) for a in attributions])
    contents = _map_tokens(doc, [(a.content, a.id) for a in attributions])
    last = {(refusal.begin, refusal.end): refusal for refusal in refusals}
    losers = {token: refusal for refusal in last.values() for token in refusal.content}
    for quotation in doc._.quotations:
        begin, end = _to_tokens(doc, quotation.begin, quotation.end)
        loser = next((losers[token] for token in range(begin, end) if token in losers), None)
        if (begin, end) not in last and loser is not None:
            detail = f'its cue "{doc[loser.begin].text}" was refused: {_describe(doc, loser, cues)}'
            last[begin, end] = Refusal(QUOTATION, begin, end, "cue-refused", detail)
    return tuple(
        Abstention(
            kind=refusal.kind,
            span=_to_span(doc[begin:end]),
            sentence=_to_span(doc[begin].sent),
            reason=refusal.reason,
            detail=_describe(doc, refusal, cues),
            content_of=contents.get(begin),
            source_of=sources.get(begin),
        )
        for (begin, end), refusal in sorted(last.items())
        if not any(token in (contents if refusal.kind == QUOTATION else cues) for token in range(begin, end))
    )


def _describe(doc: Doc, refusal: Refusal, cues: Mapping[int, str]) -> str:
    """Return the detail; of shared words, who has them: the attribution, or its cue where it was dropped later."""
    if refusal.rival is None:
        return refusal.detail
    holder = cues.get(refusal.rival)
    return f"shares its words with {holder}" if holder is not None else f'shares its words with "{doc[refusal.rival].text}"'


def _map_tokens(doc: Doc, spanned: Iterable[tuple[Spans, str]]) -> dict[int, str]:
    """Return for each token the id of the shortest of the phrases that hold it."""
    longest_first = sorted(spanned, key=lambda item: -sum(end - begin for begin, end in item[0]))
    return {
        token: identifier
        for spans, identifier in longest_first
        for begin, end in spans
        for token in range(*_to_tokens(doc, begin, end))
    }


def _to_tokens(doc: Doc, begin: int, end: int) -> tuple[int, int]:
    words = doc.char_span(begin, end, alignment_mode="expand")
    assert words is not None, "the characters lie within the text"
    return words.start, words.end


def _to_span(tokens: TokenSpan) -> Span:
    """Return the characters of the tokens without white space at their ends."""
    words = [token for token in tokens if not token.is_space] or list(tokens)
    return Span(words[0].idx, words[-1].idx + len(words[-1]))
