"""Search over what claims say: by meaning and words, within filters; each hit with the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.model.base import Frozen
from kg.query.reader import Reader
from kg.query.search_cache import load_index
from kg.query.search_filters import ClaimFilters, ClaimRow, list_claim_rows
from kg.query.search_found import find_indexed_claims
from kg.query.search_index import SearchIndex
from kg.query.search_variants import list_variants
from kg.store.reader import Reader as StoredReader

#: Turns a text into a unit vector of 384 dimensions.
Encode = Callable[[str], NDArray[np.float32]]
#: Wordings looked up at once, and by how much more at each further step.
_FIRST_LOOK = 64
_GROWTH = 8
#: After so many steps, filters that leave few claims are asked first.
_LOOKS = 2
#: What rounds to less is no hit.
_LEAST = 0.001
#: Sorts behind every day.
_NEVER = "9999"


class Hit(Frozen):
    """A claim that fits, with its copies.

    Attributes:
        score: likeness of its content to what was searched, 0 to 1, three decimals; None where nothing was.
        row: the claim: of several copies the earliest published, then the first IRI. Speakers are joined by `; `.
        claims: its copies (see `group_copies`), itself included, sorted.
    """

    score: float | None = None
    row: ClaimRow
    claims: tuple[str, ...]

    @property
    def copies(self) -> int:
        """The number of claims that are this one."""
        return len(self.claims)


class Searcher:
    """Searches one store; made once for many questions.

    Args:
        reader: the store, open.
        index: of that store.
        encode: gives vectors like those of the index; it is called only where the index has some.
    """

    def __init__(self, reader: Reader, index: SearchIndex, encode: Encode) -> None:
        self._reader = reader
        self._index = index
        self._encode = encode
        self._last: tuple[str, NDArray[np.float32]] | None = None

    @property
    def index(self) -> SearchIndex:
        """What is searched."""
        return self._index

    @cached_property
    def has_vectors(self) -> bool:
        """Whether any claim can be compared by meaning."""
        return bool(self._index.lengths.any())

    def search(
        self,
        text: str,
        filters: ClaimFilters | None = None,
        limit: int = 10,
        *,
        at_least: float = 0.0,
        avoid: frozenset[str] = frozenset(),
    ) -> tuple[Hit, ...]:
        """Return the claims whose content is most like a text, best first, equals by claim.

        Args:
            text: what is looked for, in any words.
            filters: what must hold besides.
            limit: the most hits.
            at_least: the lowest score of a hit; a score of 0 is never one.
            avoid: claims that are left out.
        """
        filters = filters or ClaimFilters()
        scores = self._score(text)
        eligible = np.round(scores, 3) >= max(at_least, _LEAST)
        if filters.since or filters.until:
            eligible &= self._index.find_published(filters.since, filters.until)
        hits: list[Hit] = []
        for number, wordings in enumerate(self._rank(scores, eligible)):
            if number == _LOOKS and filters.are_selective:
                return self._search_few(scores, eligible, filters, limit, avoid)
            hits.extend(self._look_up(wordings, scores, filters, avoid))
            if len(hits) >= limit:
                break
        return tuple(sorted(hits, key=_order)[:limit])

    def _search_few(
        self, scores: NDArray[np.float32], eligible: NDArray[np.bool_], filters: ClaimFilters, limit: int, avoid: frozenset[str]
    ) -> tuple[Hit, ...]:
        """Return the same for filters that leave few claims: these are found first, and ranked then."""
        allowed = self.find_claims(filters) - avoid
        rows = self._index.rows
        among = np.zeros_like(eligible)
        among[[rows[claim] for claim in allowed if claim in rows]] = True
        hits: list[Hit] = []
        for wordings in self._rank(scores, eligible & among):
            claims = {claim for wording in wordings for claim in self._index.list_claims(wording)}
            hits.extend(self._look_up(wordings, scores, ClaimFilters(), frozenset(claims - allowed)))
            if len(hits) >= limit:
                break
        return tuple(sorted(hits, key=_order)[:limit])

    def find_claims(self, filters: ClaimFilters) -> set[str]:
        """Return the IRIs of the claims that pass, as `kg.query.search_filters.find_claims` does, by the days of the index."""
        return find_indexed_claims(self._reader, self._index, filters)

    def rank_claims(self, claims: AbstractSet[str], text: str = "", limit: int = 10) -> tuple[Hit, ...]:
        """Return the first of some claims: those most like a text, or without one the earliest; equals by claim.

        Args:
            claims: IRIs of claims of the index.
            text: what they are compared with; hits have no score where it is empty.
            limit: the most hits.
        """
        rows, days = self._index.rows, self._index.days
        known = sorted(rows.keys() & claims)
        scores = self._score(text) if text else None
        keys = [int(days[self._index.numbers[claim]]) if scores is None else -_round(scores[rows[claim]]) for claim in known]
        order = [claim for _, claim in sorted(zip(keys, known, strict=True))]
        places = {claim: place for place, claim in enumerate(order)}
        copies: dict[int, list[str]] = {}
        for claim in order:
            copies.setdefault(rows[claim], []).append(claim)
        hits: list[Hit] = []
        for begin in range(0, len(order), _FIRST_LOOK):
            part = order[begin : begin + _FIRST_LOOK]
            wanted = [claim for row in dict.fromkeys(rows[claim] for claim in part) for claim in copies[row]]
            found = group_copies(list_claim_rows(self._reader, ClaimFilters(), wanted), self._index)
            firsts = {min(places[claim] for claim in hit.claims): hit for hit in found}
            for place, hit in sorted(firsts.items()):
                # One of the same wording may come earlier or later in the order.
                if begin <= place < begin + _FIRST_LOOK:
                    score = None if scores is None else _round(scores[rows[hit.row.claim]])
                    hits.append(hit.model_copy(update={"score": score}))
            if len(hits) >= limit:
                break
        return tuple(hits[:limit])

    def score_claims(self, text: str, claims: Sequence[str]) -> list[float]:
        """Return how well each claim fits a text, 0 for those without content."""
        scores = self._score(text)
        rows = self._index.rows
        return [_round(scores[rows[claim]]) if claim in rows else 0.0 for claim in claims]

    def _score(self, text: str) -> NDArray[np.float32]:
        """Return the score of each wording; that of the last text is kept, as one question may search several times."""
        if self._last is None or self._last[0] != text:
            texts = list_variants(text)
            has_both = self.has_vectors and bool(text.strip())
            vectors = np.stack([self._encode(variant) for variant in texts]) if has_both else None
            self._last = text, self._index.score(texts, vectors)
        return self._last[1]

    def _rank(self, scores: NDArray[np.float32], eligible: NDArray[np.bool_]) -> Iterator[list[int]]:
        """Yield the wordings that may be hits in parts, the best part first; equal scores are never in two parts."""
        rounded = np.round(scores, 3)
        candidates = np.flatnonzero(eligible)
        size = _FIRST_LOOK
        while len(candidates):
            if len(candidates) <= size:
                yield candidates.tolist()
                return
            bound = np.partition(rounded[candidates], len(candidates) - size)[len(candidates) - size]
            best = rounded[candidates] >= bound
            yield candidates[best].tolist()
            candidates = candidates[~best]
            size *= _GROWTH

    def _look_up(
        self, wordings: Sequence[int], scores: NDArray[np.float32], filters: ClaimFilters, avoid: frozenset[str]
    ) -> Iterator[Hit]:
        claims = {claim: wording for wording in wordings for claim in self._index.list_claims(wording)}
        wanted = [claim for claim in claims if claim not in avoid]
        for hit in group_copies(list_claim_rows(self._reader, filters, wanted) if wanted else (), self._index):
            yield hit.model_copy(update={"score": _round(scores[claims[hit.row.claim]])})


def group_copies(rows: Iterable[ClaimRow], index: SearchIndex) -> list[Hit]:
    """Return the claims of rows in order of claim, copies as one hit.

    Copies have one wording, the same speakers and the same kind of cue: who denies what he said before does not repeat it.
    """
    groups: dict[tuple[int | str, str, str, str], list[ClaimRow]] = {}
    for row in _merge_speakers(rows):
        wording = index.rows.get(row.claim, row.claim)
        groups.setdefault((wording, row.speaker_iri or row.speaker, row.cue_type, row.cue_negated), []).append(row)
    hits = (
        Hit(row=min(group, key=lambda row: (row.published or _NEVER, row.claim)), claims=tuple(row.claim for row in group))
        for group in groups.values()
    )
    return sorted(hits, key=lambda hit: hit.row.claim)


def _merge_speakers(rows: Iterable[ClaimRow]) -> Iterator[ClaimRow]:
    """Yield one row for each claim, in order of IRI; those who speak together are joined by `; `."""
    claims: dict[str, list[ClaimRow]] = {}
    for row in rows:
        claims.setdefault(row.claim, []).append(row)
    for claim in sorted(claims):
        ordered = sorted({(row.speaker, row.speaker_iri) for row in claims[claim]})
        speaker, iri = ("; ".join(dict.fromkeys(part)) for part in zip(*ordered, strict=True))
        yield claims[claim][0].model_copy(update={"speaker": speaker, "speaker_iri": iri})


def _round(score: np.float32) -> float:
    return round(float(np.round(score, 3)), 3)


def _order(hit: Hit) -> tuple[float, str, str]:
    return (-(hit.score or 0.0), hit.row.claim, hit.row.speaker_iri)


def open_searcher(reader: StoredReader) -> Searcher:
    """Return what searches a store on disk; the index is read or made now, the encoder is loaded with the first text.

    Raises:
        StoreInvalidError: see `load_index`.
    """
    return Searcher(reader, load_index(reader), encode_text)


def encode_text(text: str) -> NDArray[np.float32]:
    """Return the unit vector of a text, shape (384,)."""
    from kg.embedding.encoder import load_encoder  # noqa: PLC0415 - its runtime is loaded only where a store has vectors

    vector: NDArray[np.float32] = load_encoder().encode([text])[0]
    return vector
