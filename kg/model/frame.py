"""A frame: a recurring way of putting a matter ("is stalling"), as a concept with word patterns."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen

TargetRole = Literal["doer", "undergoer", "holder"]


class Frame(Frozen):
    """A concept of `ontology/schemes/frames.ttl`, as extraction needs it.

    Attributes:
        notation: `stalling`.
        patterns: regular expressions (case-insensitive, `re` syntax) over the words of a content.
        cue_types: cue types that give a claim the frame by themselves ("denied that ..." is a denial).
        exclusions: regular expressions that veto a match of `patterns` that they overlap.
        target_role: whether the frame is said of who does what matches ("is stalling"), of whom it befalls ("sanctions on
            Iran"), or of whose matter it is ("a red line for Iran", "belongs to Iran").
        holds_if: whether it is claimed under a condition too ("if they come closer, we will fire" is a threat).
        label, definition: for readers.
        examples: sentences that take the frame up.
        counter_examples: sentences that come near and do not.
        related: notations of frames that are wider, opposite or otherwise near, as far as this one names them.
        opposites: those of them that put the matter the other way round.
    """

    notation: str
    patterns: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    cue_types: tuple[str, ...] = ()
    target_role: TargetRole = "doer"
    holds_if: bool = False
    label: str = ""
    definition: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    opposites: tuple[str, ...] = ()
