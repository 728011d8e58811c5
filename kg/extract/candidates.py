"""What a cue rule finds, in token indexes, before spans, ids and links are made of it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.attribution import CueType


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution. All sets hold indexes of tokens of one doc.

    Attributes:
        head: the cue's main word; for the author's own voice and free quotations the first token of the content.
        speaker: the main word of the source, or of what its relative pronoun stands for; None where none is given.
        by: the rule; of what a model found alone the part of speech that a rule would go by.
        model: the model that set the spans; empty where a rule did.
        mention: id of the speaker's mention where it stands outside of the source ("A:" in an interview).
        is_quotation: whether the content was taken from quotation marks.
        is_verbatim: whether the layout shows that the content is the speaker's own words, whole sentences with their stops.
    """

    head: int
    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    cue_type: CueType
    weight: float
    by: str
    lemma: str
    speaker: int | None = None
    addressee: int | None = None
    is_negated: bool = False
    is_hedged: bool = False
    model: str = ""
    mention: str | None = None
    is_quotation: bool = False
    is_verbatim: bool = False
