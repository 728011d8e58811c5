"""An abstention: a word or a quotation that could have made an attribution and did not, and why."""

from __future__ import annotations

from typing import Literal, get_args

from kg.model.base import Frozen
from kg.model.span import Span

AbstentionReason = Literal[
    "no-content",
    "no-words",
    "one-word",
    "no-speaker",
    "no-speaking-subject",
    "standard",
    "shared-words",
    "part-of-cue",
    "minor-hedge",
    "no-label",
    "short-quotation",
    "inner-quotation",
    "no-cue-near",
    "cue-refused",
    "inner-marks",
    "furniture",
    "low-score",
]

#: What each reason means, in a few words.
REASONS: dict[AbstentionReason, str] = {
    "no-content": "nothing that the word takes hangs on it, and no quotation belongs to it",
    "no-words": "its content is punctuation",
    "one-word": "its content is one word",
    "no-speaker": "nobody is there who says it",
    "no-speaking-subject": "its subject is neither an actor nor a thing that carries words",
    "standard": "one acts according to it; it says nothing",
    "shared-words": "another attribution has its words",
    "part-of-cue": "it only leads to the cue",
    "minor-hedge": "it hedges less than a whole sentence",
    "no-label": "the words in front of the colon label no speaker",
    "short-quotation": "a quotation of one word",
    "inner-quotation": "a quotation within a sentence that no cue of speech governs",
    "no-cue-near": "no cue before or behind the quotation, and no speaker who goes on",
    "cue-refused": "the cue of the quotation was refused",
    "inner-marks": "the quotation marks stand within words, or hold none",
    "furniture": "stands in furniture: by-line, dateline, boilerplate",
    "low-score": "the model gives it too little",
}
assert set(REASONS) == set(get_args(AbstentionReason))


class Abstention(Frozen):
    """A reporting cue or a quotation that ended up in no attribution.

    Attributes:
        kind: `verb`, `adjective`, `noun`, `quotation`, or the set phrase: `according-to`, `hedge`, `in-the-words-of`,
            `label`.
        span: the cue's main word (of a label the colon), or the whole quotation with its marks.
        sentence: the sentence that holds its begin, without white space at its ends.
        detail: the reason in the words of this very case.
        content_of: id of the innermost attribution whose content holds it; None outside of all.
        source_of: id of the attribution whose source holds it ("the *report* said"); None for most.
    """

    kind: str
    span: Span
    sentence: Span
    reason: AbstentionReason
    detail: str
    content_of: str | None = None
    source_of: str | None = None
