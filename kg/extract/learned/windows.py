"""Cutting a text into the stretches that the labeller reads at once: whole sentences, as many as fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: Word pieces of one window, without the two marks at its ends. Quotations and contents run over sentences, so that a
#: window holds several; attention costs grow with its square.
LONGEST_WINDOW = 256


def cut_windows(
    sentences: Iterable[Sequence[int]], lengths: Sequence[int], longest: int = LONGEST_WINDOW, first: int | None = None
) -> list[list[int]]:
    """Return windows of token indexes, in order, that together hold every token of the sentences once.

    A window ends where a sentence ends; only a sentence that is longer than a window is cut inside.

    Args:
        sentences: the token indexes of each sentence, in order.
        lengths: the number of word pieces of each token of the text.
        longest: the most word pieces of a window; no token may have more.
        first: another limit for the first window, so that training can shift where windows begin.
    """
    windows: list[list[int]] = []
    current: list[int] = []
    size, limit = 0, first or longest
    for sentence in sentences:
        needed = sum(lengths[token] for token in sentence)
        if current and size + needed > limit:
            windows.append(current)
            current, size, limit = [], 0, longest
        for token in sentence:
            if current and size + lengths[token] > longest:
                windows.append(current)
                current, size, limit = [], 0, longest
            current.append(token)
            size += lengths[token]
    if current:
        windows.append(current)
    return windows
