"""A small sentence encoder, run on the CPU without torch: all-MiniLM-L6-v2 in int8.

`models/encoder` has its six layers as two networks of three; its word pieces are those of the attribution labeller.
Method: Reimers and Gurevych 2019 (Sentence-BERT), mean pooling over the word pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.embedding.network import load_network
from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.errors import ResourceInvalidError
from kg.resources import find_resource

__all__ = ["DIMENSIONS", "ENCODER_VERSION", "EncodedText", "SentenceEncoder", "load_encoder"]

_FOLDER = "models/encoder"
_TOKENIZER = "models/attribution/tokenizer.json"
#: The network was trained on texts of up to 128 word pieces; of a longer one the beginning is read.
_MOST_PIECES = 128
#: Texts whose states are kept, for what else wants them of the same document: 50 kB each where they have 30 word pieces.
_KEPT = 256

Vectors = NDArray[np.float32]


class EncodedText(NamedTuple):
    """What the lower layers make of a text, word piece by word piece; the marks at both ends count as pieces.

    Attributes:
        states: of the third of six layers, where words still stand for themselves; shape (pieces, 384).
        offsets: the characters of each piece, half-open; (0, 0) for a mark.
    """

    states: Vectors
    offsets: tuple[tuple[int, int], ...]


class SentenceEncoder:
    """Turns texts into unit vectors; loaded once, used for many. It runs in one thread.

    Args:
        folder: has `lower.onnx` and `upper.onnx`.
        tokenizer: the `tokenizer.json` that goes with them.

    Raises:
        ResourceInvalidError: a file is missing or is no network.
    """

    def __init__(self, folder: Path, tokenizer: Path) -> None:
        self._lower, self._upper = (load_network(folder / name) for name in ("lower.onnx", "upper.onnx"))
        if not tokenizer.is_file():
            raise ResourceInvalidError(str(tokenizer), "is missing from this installation; install sayso again")
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_PIECES)
        #: As `_read` and `_encode`; the texts asked for last are not read again.
        self.read = lru_cache(_KEPT)(self._read)
        self._encode_kept = lru_cache(_KEPT)(self._encode)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, in order: shape (texts, 384).

        A vector depends on its text alone: texts run one by one. A text without words gives the vector of the empty text.
        """
        return np.stack([self._encode_kept(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)

    def _encode(self, text: str) -> Vectors:
        (states,) = self._upper.run(None, {"states": self.read(text).states[None]})
        summed: Vectors = states[0].sum(axis=0, dtype=np.float32)
        unit: Vectors = summed / np.linalg.norm(summed)
        return unit

    def _read(self, text: str) -> EncodedText:
        """Return the states of a text's word pieces, of its first 128 where it has more."""
        encoding = self._tokenizer.encode(text)
        (states,) = self._lower.run(None, {"ids": np.asarray([encoding.ids], np.int64)})
        return EncodedText(states[0], tuple(encoding.offsets))


@cache
def load_encoder() -> SentenceEncoder:
    """Return the encoder that is shipped, the same object each time; raises as `SentenceEncoder`."""
    return SentenceEncoder(find_resource(_FOLDER), find_resource(_TOKENIZER))
