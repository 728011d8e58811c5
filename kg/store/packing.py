"""Annotations as bytes, and the digest by which one is known to be that of a text."""

from __future__ import annotations

import hashlib
import zlib

from kg.model.annotation import Annotation
from kg.model.document import Document


def pack_annotation(annotation: Annotation) -> bytes:
    """Return the annotation as compressed JSON, without its vectors; equal annotations give equal bytes."""
    return zlib.compress(annotation.model_dump_json(exclude={"extraction": {"vectors"}}).encode(), 6)


def unpack_annotation(body: bytes) -> Annotation:
    """Return what `pack_annotation` packed; its vectors are kept apart (`kg.store.vectors`)."""
    return Annotation.model_validate_json(zlib.decompress(body))


def digest_extraction(document: Document, version: str) -> str:
    """Return what the extraction of a document depends on: all that is known of the document, and the stages' version."""
    return hashlib.sha256(f"{version}\n{document.model_dump_json()}".encode("utf-8", "surrogatepass")).hexdigest()
