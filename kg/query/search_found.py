"""Claims that pass filters, found with the days that the search index holds: only what these leave is asked of the store."""

from __future__ import annotations

import numpy as np

from kg.query.reader import Reader
from kg.query.search_filters import ClaimFilters, find_claims
from kg.query.search_index import SearchIndex

#: What looking up one claim by its IRI costs, in claims that are found by whom they are about.
_LOOKED_UP = 3


def find_indexed_claims(reader: Reader, index: SearchIndex, filters: ClaimFilters) -> set[str]:
    """Return the IRIs of the claims that pass: those of `find_claims(reader, filters)`.

    Args:
        reader: the store.
        index: of that store, in the same state; claims with content are those that it has.
        filters: what must hold.
    """
    timeless = filters.model_copy(update={"since": None, "until": None})
    if filters == timeless:
        if filters == ClaimFilters():
            return set(index.claims)
        return index.numbers.keys() & find_claims(reader, filters, has_content=False)
    named = timeless.model_copy(update={"polarity": None, "cue_types": ()})
    places = _find_places(reader, index, named)
    fits = index.find_within(filters.since, filters.until)[places]
    is_sure = named == timeless
    # Where the index knows no day, the store may still hold more of a date than nothing: it is asked.
    doubtful = places[(index.days[places] == 0) | (fits & (not is_sure))]
    if _LOOKED_UP * len(doubtful) > len(places):
        return find_claims(reader, filters)
    sure = {index.claims[place] for place in places[fits]} if is_sure else set()
    return sure | find_claims(reader, filters, [index.claims[place] for place in doubtful])


def _find_places(reader: Reader, index: SearchIndex, filters: ClaimFilters) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the places in the index of the claims that pass filters without days, ascending."""
    if filters == ClaimFilters():
        return np.arange(len(index.claims))
    numbers = index.numbers
    found = find_claims(reader, filters, has_content=False)
    return np.array(sorted(numbers[claim] for claim in found if claim in numbers), np.intp)
