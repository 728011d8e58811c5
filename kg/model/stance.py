"""A stance: how who speaks stands to somebody whom their words are about."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen

StanceValue = Literal["critical", "neutral", "supportive"]

#: In order: the index of a value is one more than its sign.
STANCE_VALUES: tuple[StanceValue, ...] = ("critical", "neutral", "supportive")


class Stance(Frozen):
    """The stance of an attribution's speaker to one mention in its content, as the words show it.

    Attributes:
        id: `s1`, `s2`, ... in order of the attributions, then of the targets' places in the text.
        attribution: id of the attribution whose speaker it is.
        target: mention id; never the attribution's own speaker.
        value: the stance; neutral also where neither of the others is sure enough.
        confidence: how likely the value is right, 0 to 1.
        by: the rule (`rule:stance`, ...) or `model:` with its version.
    """

    id: str
    attribution: str
    target: str
    value: StanceValue
    confidence: float
    by: str
