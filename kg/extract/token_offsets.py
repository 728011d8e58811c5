"""From characters to tokens, by bisection: spaCy's own search walks the whole text each time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Span


class TokenOffsets:
    """The offsets of a doc's tokens; built once for many look-ups."""

    def __init__(self, doc: Doc) -> None:
        """Read the offsets."""
        self._doc = doc
        self._begins = [token.idx for token in doc]
        self._ends = [token.idx + len(token) for token in doc]

    def find(self, begin: int, end: int) -> Span:
        """Return the tokens that the characters [begin, end) touch; an empty span where they touch none."""
        start, stop = bisect_right(self._ends, begin), bisect_left(self._begins, end)
        return self._doc[start : max(start, stop)]
