"""What one document yields beside its graph."""

from __future__ import annotations

from typing import NamedTuple

from kg.model.identity import ActorProfile
from kg.model.vector import Vector


class Converted(NamedTuple):
    """What the file of annotations keeps of one document.

    Attributes:
        sha256, version: of the document's bytes and of the whole extractor, as its graph has them.
        extraction: digest of the text and of the stages up to extraction.
        body: the annotation, packed.
        profiles: (key of the block, profile).
        vectors: of its attributions' contents; None where the extraction is the one that is kept already, and so are they.
        encoder: names what made the vectors.
        telling, method: of `kg.store.tellings`; empty where it is found when it is wanted.
    """

    document: str
    sha256: str
    version: str
    extraction: str
    body: bytes
    profiles: tuple[tuple[str, ActorProfile], ...]
    vectors: tuple[Vector, ...] | None = ()
    encoder: str = ""
    telling: bytes = b""
    method: str = ""
