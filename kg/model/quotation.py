"""Quotations: stretches of text between quotation marks."""

from __future__ import annotations

from typing import NamedTuple


class Quotation(NamedTuple):
    """Characters [begin, end) between quotation marks, marks included.

    Attributes:
        is_closed: whether the closing mark is there; an unclosed quotation ends with its paragraph.
        is_continued: whether it goes on from an unclosed quotation that ends the paragraph before it.
    """

    begin: int
    end: int
    is_closed: bool = True
    is_continued: bool = False
