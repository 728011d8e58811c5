"""A framing: one frame that a claim takes up, of whom it says it, and whether it affirms or denies it."""

from __future__ import annotations

from kg.model.base import Frozen


class Framing(Frozen):
    """A frame of one attribution.

    Attributes:
        frame: notation of a concept of the frames scheme.
        denied: whether the content itself negates it ("Putin is not stalling").
        targets: mention ids of those that this frame is said of, in order of text; empty where the words do not show it.
        confidence: from 0 to 1, how sure it is that the content takes the frame up.
        by: `wording` (a pattern of the scheme), `cue-type`, or the version of the model that reads meaning.
    """

    frame: str
    denied: bool = False
    targets: tuple[str, ...] = ()
    confidence: float = 1.0
    by: str = "wording"
