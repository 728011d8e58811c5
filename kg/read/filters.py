"""Which documents are read for claims at all, by their language."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.errors import ParameterInvalidError
from kg.model.document import Document

_CODE = re.compile(r"[a-z]{2}")


def read_languages(text: str) -> frozenset[str]:
    """Return the languages that a person lists as ISO 639-1 codes, separated by commas.

    Raises:
        ParameterInvalidError: something in the list is no code of two letters, or there is none.
    """
    codes = [code.strip().lower() for code in text.split(",")]
    for code in codes:
        if not _CODE.fullmatch(code):
            raise ParameterInvalidError(f"--languages {text!r}: {code!r} is no code of two letters; write for example en,de")
    return frozenset(codes)


def is_in_languages(document: Document, languages: Collection[str]) -> bool:
    """Whether a document is in one of these languages; none means any. A text too short to tell its language by is in all."""
    return not languages or document.language is None or document.language in languages
