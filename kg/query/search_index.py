"""The contents of all claims of a store, ready to be ranked: one row a wording, which several claims may share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.embedding.packing import DIMENSIONS
from kg.query.reader import Reader, read_rows, to_text
from kg.query.search_words import WordIndex, fold_text, index_words, score_words

#: Rows turned into floats at once: few enough to stay in the processor's cache, and for their product to be made by one
#: thread, so that its last bits do not depend on the number of cores.
_CHUNK = 256
#: How much likeness of meaning counts against word match; learned on pairs of paraphrases (`tests.scores.paraphrases`).
MEANING_WEIGHT = 0.9
_NEVER = 99_999_999
_CONTENTS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?document ?claim ?content ?published
WHERE { GRAPH ?document { ?claim a kg:Claim ; kg:content ?content OPTIONAL { ?claim kg:published ?published } } }
"""
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True)
class SearchIndex:
    """Wordings and the claims that have them.

    Attributes:
        claims: IRIs of all claims that have a content, those of one wording together, sorted within it.
        starts: shape (wordings + 1,): where the claims of each wording begin.
        days: shape (claims,): of publication, as the number 20260322; 0 where it is not known to the day.
        words: of the wordings.
        vectors: shape (wordings, 384), signed bytes; a row of zeros where the store has no vector.
    """

    claims: tuple[str, ...]
    starts: NDArray[np.int64]
    days: NDArray[np.int32]
    words: WordIndex
    vectors: NDArray[np.int8]

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        """Of the vectors, shape (wordings,); 0 where there is none."""
        parts = [np.linalg.norm(chunk.astype(np.float32), axis=1) for chunk in self._chunks()]
        return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The number of the wording of each claim."""
        counts = np.diff(self.starts)
        return dict(zip(self.claims, np.repeat(np.arange(len(counts)), counts).tolist(), strict=True))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The place of each claim among all."""
        return {claim: number for number, claim in enumerate(self.claims)}

    @property
    def without_vector(self) -> int:
        """The number of claims whose wording has no vector."""
        return int(np.diff(self.starts)[self.lengths == 0].sum())

    def list_claims(self, wording: int) -> tuple[str, ...]:
        """Return the claims of a wording."""
        return self.claims[self.starts[wording] : self.starts[wording + 1]]

    def find_published(self, since: date | None, until: date | None) -> NDArray[np.bool_]:
        """Return which wordings some claim has that may have been published in a time, shape (wordings,).

        A claim whose day is not known may have been.
        """
        fitting = self.find_within(since, until) | (self.days == 0)
        found = np.zeros(len(self.starts) - 1, bool)
        found[np.repeat(np.arange(len(found)), np.diff(self.starts))[fitting]] = True
        return found

    def find_within(self, since: date | None, until: date | None) -> NDArray[np.bool_]:
        """Return which claims were published in a time, shape (claims,); one whose day is not known was not."""
        first = _to_number(since.isoformat()) if since else 1
        last = _to_number(until.isoformat()) if until else _NEVER
        return (self.days >= first) & (self.days <= last)

    def score_meaning(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return each wording's cosine with the nearest of some unit vectors, shape (number, 384); 0 where it has no vector.

        Shape (wordings,).
        """
        parts = [(chunk.astype(np.float32) @ vectors.T).max(axis=1) for chunk in self._chunks()]
        products = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return np.divide(products, self.lengths, out=np.zeros_like(products), where=self.lengths > 0)

    def score_words(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how much of a text's words each wording holds, of the text that fits it best: shape (wordings,), 0 to 1."""
        scores = np.zeros(self.words.size, np.float32)
        for text in texts:
            np.maximum(scores, score_words(self.words, text), out=scores)
        return scores

    def score(self, texts: Sequence[str], vectors: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """Return how well each wording fits the best of some texts that mean the same, 0 to 1.

        By its words alone where it has no vector, or `vectors`, the texts' own, are None.
        """
        words = self.score_words(texts)
        if vectors is None:
            return words
        both = MEANING_WEIGHT * self.score_meaning(vectors).clip(min=0) + (1 - MEANING_WEIGHT) * words
        mixed: NDArray[np.float32] = np.where(self.lengths > 0, both, words).astype(np.float32)
        return mixed

    def _chunks(self) -> Iterable[NDArray[np.int8]]:
        return (self.vectors[begin : begin + _CHUNK] for begin in range(0, len(self.vectors), _CHUNK))


class Content(NamedTuple):
    """What the index needs of a claim; `published` as the graph has it, empty where it has none."""

    document: str
    claim: str
    content: str
    published: str = ""


def read_contents(reader: Reader) -> list[Content]:
    """Return the content of every claim, sorted."""
    return sorted({Content(*map(to_text, row)) for row in read_rows(reader, _CONTENTS)})


def build_index(contents: Sequence[Content], vectors: Mapping[str, bytes]) -> SearchIndex:
    """Return the index of claims.

    Args:
        contents: as from `read_contents`.
        vectors: 384 signed bytes by claim; a wording has that of its first claim that has one.
    """
    wordings: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    days: dict[str, int] = {}
    for item in contents:
        folded = fold_text(item.content)
        wordings.setdefault(folded, []).append(item.claim)
        texts[folded] = min(texts.get(folded, item.content), item.content)
        days[item.claim] = _to_number(item.published)
    order = sorted(wordings)
    matrix = np.zeros((len(order), DIMENSIONS), np.int8)
    for row, folded in enumerate(order):
        wordings[folded].sort()
        found = next((vectors[claim] for claim in wordings[folded] if claim in vectors), None)
        if found is not None:
            matrix[row] = np.frombuffer(found, np.int8)
    claims = tuple(claim for folded in order for claim in wordings[folded])
    return SearchIndex(
        claims=claims,
        starts=np.cumsum([0, *(len(wordings[folded]) for folded in order)], dtype=np.int64),
        days=np.array([days[claim] for claim in claims], np.int32),
        words=index_words([texts[folded] for folded in order]),
        vectors=matrix,
    )


def _to_number(published: str) -> int:
    """Return a day as a number that is larger for later ones; 0 for what does not begin with a day."""
    match = _DAY.match(published)
    return 0 if match is None else int("".join(match.groups()))
