"""Cutting a text into the stretches that the labeller reads at once: whole sentences, as many as fit."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import accumulate, pairwise

#: Word pieces of one window, without the two marks at its ends. Quotations and contents run over sentences, so that a
#: window holds several; attention costs grow with its square.
LONGEST_WINDOW = 256


def cut_windows(
    sentences: Sequence[Sequence[int]],
    lengths: Sequence[int],
    longest: int = LONGEST_WINDOW,
    first: int | None = None,
    openings: Container[int] = frozenset(),
) -> list[list[int]]:
    """Return windows of token indexes, in order, that together hold every token of the sentences once.

    A window ends where a sentence ends, and where a paragraph ends if the next one would be cut; only a sentence that is
    longer than a window is cut inside.

    Args:
        sentences: the token indexes of each sentence, in order, none empty.
        lengths: the number of word pieces of each token of the text.
        longest: the most word pieces of a window; no token may have more.
        first: another limit for the first window, so that training can shift where windows begin.
        openings: the first tokens of paragraphs.
    """
    windows: list[list[int]] = []
    current: list[int] = []
    size, limit = 0, first or longest
    for sentence, needed, whole in _measure(sentences, lengths, openings):
        if current and (size + needed > limit or (size + whole > limit and whole <= longest)):
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


def _measure(
    sentences: Sequence[Sequence[int]], lengths: Sequence[int], openings: Container[int]
) -> Iterator[tuple[Sequence[int], int, int]]:
    """Yield each sentence, its word pieces, and those of its paragraph where it opens one, else 0."""
    sizes = [sum(lengths[token] for token in sentence) for sentence in sentences]
    sums = [0, *accumulate(sizes)]
    opening = [at for at, sentence in enumerate(sentences) if sentence[0] in openings]
    closing = dict(pairwise([*opening, len(sentences)]))
    for at, (sentence, size) in enumerate(zip(sentences, sizes, strict=True)):
        yield sentence, size, sums[closing[at]] - sums[at] if at in closing else 0
