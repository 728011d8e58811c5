"""Contents as texts and as vectors: what frames, search and comparison of claims read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kg.embedding.packing import pack_vectors
from kg.extract.frames import FrameScorer
from kg.model.attribution import Attribution
from kg.model.vector import Vector


class TextEncoder(Protocol):
    """What turns texts into vectors of meaning."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector of each text, in order: shape (texts, 384)."""
        ...


class Meaning(NamedTuple):
    """What reads contents by meaning.

    Attributes:
        encoder: makes their vectors.
        frames: reads frames from these.
    """

    encoder: TextEncoder
    frames: FrameScorer


def read_content(text: str, attribution: Attribution) -> str:
    """Return the words of a content as one string: its parts joined by spaces, white space as single spaces."""
    return " ".join(" ".join(text[begin:end] for begin, end in attribution.content).split())


def pack_contents(attributions: Sequence[Attribution], vectors: NDArray[np.float32]) -> tuple[Vector, ...]:
    """Return the vectors of the attributions' contents as an extraction keeps them, in their order."""
    return tuple(
        Vector(attribution=attribution.id, values=values)
        for attribution, values in zip(attributions, pack_vectors(vectors), strict=True)
    )
