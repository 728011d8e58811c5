"""Texts that are copies of each other: five words in a row, compared as sets (w-shingling, Broder 1997).

Two texts are one where half of the shingles of the shorter one stand in the other: papers cut an agency's text from its end.
Which texts to compare is told by a sample of the shingles that is the same for every text: those divisible by eight. Of two
texts that are one, half of the smaller sample is shared in the mean; that fewer than `LEAST_SHARE` of it are happens to one pair
in 5,000 with samples of 20, to none in practice with larger ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from kg.model.document import Document
from kg.resolve.across_events.wording import split_words

SHINGLE_WORDS = 5
_SAMPLING = 8
#: Samples that two texts must share to be compared, and of those of the text that has fewer.
SHARED_SAMPLES, LEAST_SHARE = 2, 0.15
#: Fewer shingles in common prove nothing: a quotation or a name of an office has as many.
_FEWEST_SHARED = 20
_COPIED = 0.5
_SAME = 0.8
_FURNITURE = frozenset({"host", "boilerplate", "byline", "dateline", "author-note"})


class Likeness(NamedTuple):
    """How like two texts are.

    Attributes:
        contained: share of the shorter text's shingles that stand in the longer one.
        resemblance: shared shingles by all of both (Jaccard).
    """

    contained: float
    resemblance: float

    @property
    def is_same(self) -> bool:
        """Whether the texts are the same but for small changes."""
        return self.resemblance >= _SAME


_EQUAL = Likeness(1.0, 1.0)


def find_shingles(document: Document) -> frozenset[int]:
    """Return hashes (64 bits, signed) of all five words in a row of a document's title and body; empty for a shorter text."""
    parts, last = [], 0
    for zone in document.zones:
        if zone.kind in _FURNITURE:
            parts.append(document.text[last : zone.span.begin])
            last = zone.span.end
    parts.append(document.text[last:])
    return frozenset(
        _hash(words[at : at + SHINGLE_WORDS]) for words in map(split_words, parts) for at in range(len(words) - SHINGLE_WORDS + 1)
    )


def _hash(words: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def find_sample(shingles: Iterable[int]) -> tuple[int, ...]:
    """Return the shingles by which texts to compare are found, sorted."""
    return tuple(sorted(shingle for shingle in shingles if shingle % _SAMPLING == 0))


def pack_shingles(shingles: Iterable[int]) -> bytes:
    """Return the shingles as bytes, eight each, sorted."""
    packed = array("q", sorted(shingles))
    return packed.tobytes()


def unpack_shingles(body: bytes) -> frozenset[int]:
    """Return what `pack_shingles` packed on the same machine."""
    packed = array("q")
    packed.frombytes(body)
    return frozenset(packed)


def compare_texts(left: frozenset[int], right: frozenset[int]) -> Likeness | None:
    """Return how like two texts are; None where neither is a copy of the other."""
    shared = len(left & right)
    if shared < _FEWEST_SHARED:
        return None
    contained = shared / min(len(left), len(right))
    return Likeness(contained, shared / (len(left) + len(right) - shared)) if contained >= _COPIED else None


def order_text(document: str, published: str | None) -> tuple[str, str]:
    """Return what sorts documents: the earliest published first, those without a date last, then by IRI."""
    return (published or "9999", document)


class Copy(NamedTuple):
    """A document that has the text of an earlier one; `is_same`: but for small changes all of it."""

    original: str
    is_same: bool


def find_copies(published: Mapping[str, str | None], pairs: Mapping[tuple[str, str], Likeness]) -> dict[str, Copy]:
    """Return the documents that copy an earlier one, with the earliest of those that have the text.

    Args:
        published: when each document was published, ISO 8601; `order_text` tells which is earlier.
        pairs: the documents that are copies of each other, in code point order. Of documents with equal shingles only the
            earliest must be paired with others than these.

    Returns:
        A document that copies a copy copies what that copies: nothing follows from the order of the arguments.
    """
    order = {document: order_text(document, day) for document, day in published.items()}
    beside: dict[str, list[str]] = {}
    for left, right in pairs:
        beside.setdefault(left, []).append(right)
        beside.setdefault(right, []).append(left)
    found: dict[str, Copy] = {}
    for document in sorted(beside, key=order.__getitem__):
        earlier = [other for other in beside[document] if order[other] < order[document]]
        if not earlier:
            continue
        first = min(earlier, key=order.__getitem__)
        copied = found.get(first)
        likeness = _find_likeness(pairs, document, first if copied is None else copied.original)
        if likeness is None and copied is not None and _find_likeness(pairs, document, first) == _EQUAL:
            found[document] = copied
        else:
            found[document] = Copy(first if copied is None else copied.original, likeness is not None and likeness.is_same)
    return found


def _find_likeness(pairs: Mapping[tuple[str, str], Likeness], left: str, right: str) -> Likeness | None:
    one, other = sorted((left, right))
    return pairs.get((one, other))
