"""On which side of a frame a claim is."""

from __future__ import annotations

from kg.model.attribution import Polarity

#: The frame that a denying cue gives a claim: who denies what is alleged does not deny that he denies it.
_DENIAL = "denial"


def find_side(frame: str, cue_type: str, *, is_denied: bool, is_unsaid: bool) -> Polarity | None:
    """Return whether a claim says that one of its frames holds, by cue and content together; None where it takes no side.

    To deny that it is not so is to affirm it. A question takes no side, nor does what was expressly not said, but for a
    belief that is not held. The polarity of the words has no say: who "does not intend to end the war" is said to stall.

    Args:
        frame: its notation.
        cue_type: notation of the cue's type.
        is_denied: whether the content itself negates the frame.
        is_unsaid: whether the cue is negated.
    """
    if cue_type == "question" or (is_unsaid and (cue_type != "belief" or is_denied)):
        return None
    is_turned = is_unsaid or (cue_type == "denial" and frame != _DENIAL)
    return "affirmed" if is_turned == is_denied else "negated"
