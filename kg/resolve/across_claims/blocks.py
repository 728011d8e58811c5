"""Blocks: wordings that share none are of two theses, so that work grows with what is said of one actor in like words."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations

from kg.model.cluster import Wording
from kg.resolve.across_claims.utterances import find_shingles
from kg.resolve.across_events.blocks import number_block
from kg.resolve.across_events.parties import find_local_name

#: Stems by which a wording is found: the longest, which are the rarest on the whole.
_MOST_STEMS = 8
#: Of contents that are about nobody known, two stems together.
_MOST_PAIRED = 5
#: Of three words in a row, those with the smallest digests: two contents of which one has half of the other share one in
#: nearly all cases.
_SHINGLES = 6
#: Signs of so many numbers of a vector, in so many tables: of two vectors with a cosine of 0.85, 19 in 20 share an entry.
_SIGNS, _TABLES = 6, 8


def find_blocks(wording: Wording) -> tuple[int, ...]:
    """Return the numbers of the blocks in which a wording is compared, sorted.

    A block is of a mood and, for each actor that the content is about or its state: a frame, a relation, a stem, or signs of
    the vector. Of contents without actors: two stems. Three words in a row find what is told in the same words, whoever it is
    taken to be about.
    """
    return tuple(sorted({number_block(f"{wording.mood} {group}", own) for group, own in _name_blocks(wording)}))


def _name_blocks(wording: Wording) -> Iterator[tuple[str, str]]:
    who = sorted(
        {
            one
            for party in wording.parties
            for one in (party.country, find_local_name(party) or party.actor if party.is_named else None)
            if one
        }
    )
    stems = sorted(wording.content, key=lambda stem: (-len(stem), stem))
    for actor in who:
        for use in wording.frames:
            yield actor, f"f:{use.frame}"
        for predication in wording.predications:
            yield actor, f"r:{predication.lemma}"
        for stem in stems[:_MOST_STEMS]:
            yield actor, f"w:{stem}"
        for number, signs in enumerate(_list_signs(wording.vector)):
            yield actor, f"v:{number}:{signs}"
    if not who:
        for one, other in combinations(sorted(stems[:_MOST_PAIRED]), 2):
            yield f"w:{one}", other
    digests = sorted(
        blake2b(" ".join(shingle).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        for shingle in find_shingles(wording.words)
    )
    for digest in digests[:_SHINGLES]:
        yield "s:", digest


def _list_signs(vector: str) -> Iterator[str]:
    """Yield the signs of some of a vector's numbers, table by table; nothing without a vector."""
    values = bytes.fromhex(vector)
    if len(values) >= _SIGNS * _TABLES:
        for table in range(_TABLES):
            yield "".join("-" if value > 127 else "+" for value in values[table * _SIGNS : (table + 1) * _SIGNS])
