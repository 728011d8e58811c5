from pathlib import Path

import numpy as np
import pytest

from kg.embedding.encoder import DIMENSIONS, SentenceEncoder, load_encoder
from kg.errors import ResourceInvalidError

CLAIM = "the Halvard government is dragging out the talks"


def test_a_paraphrase_is_nearer_than_another_matter() -> None:
    claim, paraphrase, other = load_encoder().encode(
        [CLAIM, "Halvard's leaders are playing for time at the negotiating table", "the harvest failed in the hills"]
    )
    assert claim @ paraphrase > claim @ other + 0.2


def test_vectors_have_length_one() -> None:
    vectors = load_encoder().encode([CLAIM, "", "Peace."])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_depends_on_its_text_alone() -> None:
    encoder = load_encoder()
    alone = encoder.encode([CLAIM])[0]
    assert np.array_equal(encoder.encode(["A much longer text. " * 30, CLAIM, "x", CLAIM])[1], alone)


def test_no_texts_give_no_vectors() -> None:
    assert load_encoder().encode([]).shape == (0, DIMENSIONS)


def test_a_text_is_read_up_to_its_hundred_and_twenty_eighth_piece() -> None:
    encoder = load_encoder()
    first, second = encoder.encode(["peace " * 200 + "war", "peace " * 200 + "trade"])
    assert np.array_equal(first, second)


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    for name in ("lower.onnx", "upper.onnx"):
        (tmp_path / name).write_bytes(b"not a network")
    with pytest.raises(ResourceInvalidError, match=r"lower\.onnx.*no network"):
        SentenceEncoder(tmp_path, tmp_path / "tokenizer.json")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match=r"lower\.onnx.*missing"):
        SentenceEncoder(tmp_path, tmp_path / "tokenizer.json")
