"""Texts that are nearly one another: found by signatures, compared by shingles, and which of them stays.

Signatures are MinHash values of the shingles in bands (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3): texts that
have a band in common are compared. Of two texts that share 80 % of their shingles, 3 in 100,000 pairs have none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from functools import cache

import numpy as np

from kg.resolve.across_events.copies import compare_texts, order_text

_BANDS, _ROWS = 20, 4


def find_bands(shingles: Collection[int]) -> tuple[int, ...]:
    """Return the bands of a text's signature, as signed 64-bit numbers; none for a text without shingles."""
    if not shingles:
        return ()
    factors, offsets = _make_functions()
    hashes = np.fromiter(shingles, dtype=np.int64, count=len(shingles)).view(np.uint64)
    least = np.array([(factor * hashes + offset).min() for factor, offset in zip(factors, offsets, strict=True)], dtype="<u8")
    bands = least.reshape(_BANDS, _ROWS)
    return tuple(
        int.from_bytes(hashlib.blake2b(bytes([number]) + band.tobytes(), digest_size=8).digest(), "big", signed=True)
        for number, band in enumerate(bands)
    )


@cache
def _make_functions() -> tuple[np.ndarray[tuple[int], np.dtype[np.uint64]], np.ndarray[tuple[int], np.dtype[np.uint64]]]:
    """Return the factors (odd) and offsets of the hash functions, modulo 2**64: the same on every machine."""
    count = _BANDS * _ROWS
    values = np.frombuffer(hashlib.shake_256(b"sayso near-duplicates").digest(16 * count), dtype="<u8").astype(np.uint64)
    return values[:count] | np.uint64(1), values[count:]


def is_nearly(left: frozenset[int], right: frozenset[int]) -> bool:
    """Whether two texts are the same but for small changes; texts of less than 24 words never are."""
    likeness = compare_texts(left, right)
    return likeness is not None and likeness.is_same


def find_copied(
    published: Mapping[str, str | None], bands: Mapping[str, Collection[int]], get_shingles: Callable[[str], frozenset[int]]
) -> dict[str, str]:
    """Return the documents that nearly have the text of an earlier one that stays, with the first such one.

    A document that is like a copy alone stays: what stands in its place must have its text. The result depends on the
    documents alone. Only the texts of those that stay are kept in memory.

    Args:
        published: when each document was published, ISO 8601; None where unknown.
        bands: of each document; only those with one in common are compared.
        get_shingles: returns a document's shingles.
    """
    staying: dict[str, tuple[int, frozenset[int]]] = {}
    by_band: dict[int, list[str]] = {}
    copied: dict[str, str] = {}
    for place, document in enumerate(sorted(published, key=lambda document: order_text(document, published[document]))):
        shingles = get_shingles(document)
        beside = {other for band in bands[document] for other in by_band.get(band, ())}
        earlier = sorted((staying[other][0], other) for other in beside)
        original = next((other for _, other in earlier if is_nearly(shingles, staying[other][1])), None)
        if original is not None:
            copied[document] = original
            continue
        staying[document] = place, shingles
        for band in bands[document]:
            by_band.setdefault(band, []).append(document)
    return copied
