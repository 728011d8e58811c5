"""When two labels mean the same actor: names by their letters, descriptions by their head word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

_Gold = TypeVar("_Gold")
_Predicted = TypeVar("_Predicted")

#: What follows one of these describes the head noun in front of it ("official in the ministry", "gunmen linked to").
_AFTER_HEAD = re.compile(
    r",|\b(?:of|in|at|from|for|to|with|by|on|near|who|that|which|familiar|briefed|linked|close)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\s,’'\"“”]+")


def find_head(label: str) -> str:
    """Return the head noun of a description ("official" of "senior official in the ministry"); "" for no words."""
    match = _AFTER_HEAD.search(label)
    words = _WORD.findall(label[: match.start()] if match else label)
    return words[-1] if words else ""


def is_same_label(gold: str, predicted: str) -> bool:
    """Return whether the prediction means the gold actor.

    Case does not count. A gold label whose head noun is in lower case describes someone unnamed: there it is enough that
    the prediction has that noun.
    """
    if gold.casefold() == predicted.casefold():
        return True
    head = find_head(gold)
    return bool(head) and not head[0].isupper() and head.casefold() in _WORD.findall(predicted.casefold())


def match_items(
    gold: Sequence[_Gold], predicted: Sequence[_Predicted], *rules: Callable[[_Gold, _Predicted], bool]
) -> list[tuple[int, int]]:
    """Return index pairs (gold, predicted), one to one, sorted; pairs that a stricter, earlier rule allows come first."""
    pairs: list[tuple[int, int]] = []
    for is_same in rules:
        for i, left in enumerate(gold):
            for j, right in enumerate(predicted):
                if all(i != a and j != b for a, b in pairs) and is_same(left, right):
                    pairs.append((i, j))
    return sorted(pairs)
