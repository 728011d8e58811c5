"""A post: who holds which office or place in which state or organisation, as a text says."""

from __future__ import annotations

from kg.model.base import Frozen
from kg.model.span import Spans


class Post(Frozen):
    """A post or affiliation as extraction finds it.

    Attributes:
        id: `r1`, `r2`, ... in order of the holder's begin.
        holder: mention id of the person (or group).
        organisation: mention id of the state or organisation; None where the text names none.
        title: the office in lower case but for names, without the organisation ("foreign minister", "envoy",
            "Secretary-General" -> "secretary-general"); None for a bare affiliation ("Finland's Valtonen").
        spans: the characters that say so, holder included.
        is_former: whether the text says "former", "ex-", "late".
    """

    id: str
    holder: str
    organisation: str | None
    title: str | None
    spans: Spans
    text: str
    is_former: bool = False
    confidence: float
    by: str
