"""The index: one row a wording, and scores by meaning, by words, or by both."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kg.embedding.packing import DIMENSIONS, pack_vectors
from kg.query.search_index import MEANING_WEIGHT, Content, build_index

A, B, C, D = (f"https://sayso.example/document/{name}#a1" for name in "abcd")
CONTENTS = [
    Content("a", A, "the harvest failed", "2026-03-01"),
    Content("b", B, "The harvest failed.", "2026-03-09T10:00:00Z"),
    Content("c", C, "ships turn back", "2026-04-01"),
    Content("d", D, "nobody came"),
]


def make_unit(*places: int) -> np.ndarray:
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[list(places)] = 1 / np.sqrt(len(places))
    return vector


def pack(vector: np.ndarray) -> bytes:
    return pack_vectors(vector[None])[0]


def test_copies_of_a_wording_are_one_row() -> None:
    index = build_index(CONTENTS, {})
    assert index.rows[A] == index.rows[B]
    assert index.list_claims(index.rows[A]) == (A, B)
    assert len(index.starts) == 4


def test_a_wording_has_the_vector_of_whichever_of_its_claims_has_one() -> None:
    index = build_index(CONTENTS, {B: pack(make_unit(0))})
    assert index.score_meaning(make_unit(0)[None])[index.rows[A]] == pytest.approx(1, abs=1e-5)


def test_claims_without_vector_are_counted_with_their_copies() -> None:
    assert build_index(CONTENTS, {C: pack(make_unit(1))}).without_vector == 3


def test_meaning_is_the_cosine_with_the_nearest_of_the_vectors() -> None:
    index = build_index(CONTENTS, {A: pack(make_unit(0)), C: pack(make_unit(0, 1))})
    scores = index.score_meaning(np.stack([make_unit(0), make_unit(2)]))
    assert scores[index.rows[A]] == pytest.approx(1, abs=1e-3)
    assert scores[index.rows[C]] == pytest.approx(np.sqrt(0.5), abs=1e-3)
    assert scores[index.rows[D]] == 0


def test_a_wording_without_vector_is_scored_by_its_words() -> None:
    index = build_index(CONTENTS, {C: pack(make_unit(1))})
    scores = index.score(["nobody came"], make_unit(1)[None])
    assert scores[index.rows[D]] == index.score_words(["nobody came"])[index.rows[D]]


def test_both_likenesses_are_joined_by_weight() -> None:
    index = build_index(CONTENTS, {A: pack(make_unit(0))})
    row = index.rows[A]
    words = index.score_words(["the harvest"])[row]
    assert index.score(["the harvest"], make_unit(0)[None])[row] == pytest.approx(
        MEANING_WEIGHT + (1 - MEANING_WEIGHT) * words, abs=1e-3
    )


def test_opposite_vectors_score_as_unrelated_ones() -> None:
    index = build_index(CONTENTS, {A: pack(-make_unit(0))})
    assert index.score([""], make_unit(0)[None])[index.rows[A]] == 0


def test_the_order_of_claims_does_not_matter() -> None:
    one, other = build_index(CONTENTS, {}), build_index(CONTENTS[::-1], {})
    assert one.claims == other.claims
    assert np.array_equal(one.words.weights, other.words.weights)


def test_no_claims_give_an_empty_index() -> None:
    index = build_index([], {})
    assert index.score(["anything"], make_unit(0)[None]).shape == (0,)
    assert index.without_vector == 0


def test_wordings_are_found_by_the_days_of_their_claims_and_those_without_a_day_always() -> None:
    index = build_index(CONTENTS, {})
    found = index.find_published(date(2026, 3, 2), date(2026, 3, 31))
    assert [bool(found[index.rows[claim]]) for claim in (A, C, D)] == [True, False, True]
    assert index.find_published(None, None).all()
