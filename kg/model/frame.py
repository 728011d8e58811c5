"""A frame: a recurring way of putting a matter ("is stalling"), as a concept with word patterns."""

from __future__ import annotations

from kg.model.base import Frozen


class Frame(Frozen):
    """A concept of `ontology/schemes/frames.ttl`, as extraction needs it.

    Attributes:
        notation: `stalling`.
        patterns: regular expressions (case-insensitive, `re` syntax) over the words of a content.
        cue_types: cue types that give a claim the frame by themselves ("denied that ..." is a denial).
        exclusions: regular expressions that veto a match of `patterns` that they overlap.
    """

    notation: str
    patterns: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    cue_types: tuple[str, ...] = ()
