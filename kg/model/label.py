"""Labels: what stands in front of a line to say whose words or what matter it holds ("NAME: text")."""

from __future__ import annotations

from typing import NamedTuple


class Label(NamedTuple):
    """A label that opens a paragraph. All are offsets of characters.

    Attributes:
        begin, end: the label's own words, without a time or marks of emphasis around them.
        mark: the colon or stop behind it.
        body: where the labelled text begins.
        stop: where its paragraph ends.
        is_timed: whether a time of day stands in front of it, in its line or as the line before.
    """

    begin: int
    end: int
    mark: int
    body: int
    stop: int
    is_timed: bool = False
