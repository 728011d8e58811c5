"""Unit vectors as one signed byte a dimension: a quarter of the size, cosines the same to three digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Numbers in a vector.
DIMENSIONS = 384
#: Names the network, its word pieces and the way of pooling: vectors of different names cannot be compared.
ENCODER_VERSION = "all-MiniLM-L6-v2-dynamic-int8-mean"
_LARGEST = 127


def pack_vectors(vectors: NDArray[np.float32]) -> list[bytes]:
    """Return each row of a matrix (n, dimensions) as signed bytes, its largest value becoming 127 or -127.

    The scale of a row is lost, which cosines do not need. A row of zeros stays one. No rows give an empty list.
    """
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    scaled = np.divide(vectors * _LARGEST, largest, out=np.zeros_like(vectors), where=largest > 0)
    return [row.tobytes() for row in np.rint(scaled).astype(np.int8)]


def unpack_vectors(rows: Sequence[bytes], dimensions: int = DIMENSIONS) -> NDArray[np.float32]:
    """Return what `pack_vectors` packed as unit vectors, shape (rows, dimensions); a row of zeros stays one.

    Raises:
        ValueError: a row is not as long as `dimensions`.
    """
    values = np.frombuffer(b"".join(rows), np.int8).reshape(len(rows), dimensions).astype(np.float32)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(values, lengths, out=np.zeros_like(values), where=lengths > 0)
    return unit
