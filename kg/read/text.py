"""Plain text files: one document each."""

from __future__ import annotations

import hashlib

from kg.read.decode import decode
from kg.read.record import Record


def read_text(data: bytes, path: str) -> Record:
    """Return the file's text, verbatim but for a byte order mark; what it says of itself is read later.

    Raises:
        DocumentRefusedError: the bytes are no text.
    """
    return Record(text=decode(data, path), sha256=hashlib.sha256(data).hexdigest())
