"""Packed vectors keep their directions."""

from __future__ import annotations

import numpy as np
import pytest

from kg.embedding.packing import DIMENSIONS, pack_vectors, unpack_vectors


def make_unit_vectors(count: int) -> np.ndarray:
    values = np.random.default_rng(7).normal(size=(count, DIMENSIONS)).astype(np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def test_cosines_survive_packing_to_three_digits() -> None:
    vectors = make_unit_vectors(40)
    unpacked = unpack_vectors(pack_vectors(vectors))
    assert np.abs(unpacked @ unpacked.T - vectors @ vectors.T).max() < 2e-3


def test_a_packed_vector_has_one_byte_a_dimension() -> None:
    assert [len(row) for row in pack_vectors(make_unit_vectors(3))] == [DIMENSIONS] * 3


def test_unpacked_vectors_are_unit_vectors() -> None:
    assert np.allclose(np.linalg.norm(unpack_vectors(pack_vectors(make_unit_vectors(5))), axis=1), 1, atol=1e-6)


def test_a_row_of_zeros_stays_zero() -> None:
    assert not unpack_vectors(pack_vectors(np.zeros((1, DIMENSIONS), np.float32))).any()


def test_no_vectors_give_an_empty_matrix() -> None:
    assert pack_vectors(np.zeros((0, DIMENSIONS), np.float32)) == []
    assert unpack_vectors([]).shape == (0, DIMENSIONS)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="reshape"):
        unpack_vectors([b"123"])
