"""The states of a text's word pieces, which other models read beside its vector."""

import numpy as np

from kg.embedding.encoder import DIMENSIONS, load_encoder

_TEXT = "Varonia lied"


def test_every_word_piece_has_its_states_and_its_characters() -> None:
    read = load_encoder().read(_TEXT)
    assert read.states.shape == (len(read.offsets), DIMENSIONS)
    assert read.offsets[0] == read.offsets[-1] == (0, 0)
    assert max(end for _, end in read.offsets) == len(_TEXT)


def test_a_vector_is_not_the_mean_of_the_states_between_the_layers() -> None:
    mean = load_encoder().read(_TEXT).states.mean(0)
    assert not np.allclose(load_encoder().encode([_TEXT])[0], mean / np.linalg.norm(mean), atol=0.05)


def test_a_text_that_was_just_read_is_not_read_again() -> None:
    encoder = load_encoder()
    assert encoder.read(_TEXT) is encoder.read(_TEXT)
