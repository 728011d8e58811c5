"""What is found in a text, without a file and without a store."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Literal

from kg.build.toolchain import Toolchain
from kg.errors import DocumentRefusedError
from kg.model.annotation import Annotation
from kg.read.documents import to_document
from kg.read.files import InputFile
from kg.read.record import Record
from kg.settings import read_settings

_NAME = "-"


def annotate_text(text: str, *, profile: Literal["best", "fast"] | None = None) -> Annotation:
    """Return what a text says and whom it means; the first call loads the models (some seconds).

    Title, by-line and date are taken from its head, as from a text file. Spans are code points of the text.

    Args:
        text: plain text, with or without header lines.
        profile: `best` by rules and models, `fast` by rules alone; by default as `KG_PROFILE` and `kg.toml` say.

    Raises:
        DocumentRefusedError: the text is blank, too long, or no Unicode.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise DocumentRefusedError(_NAME, f"a lone surrogate at character {error.start}; give Unicode text") from error
    settings = read_settings({"profile": profile})
    record = Record(text=text, sha256=hashlib.sha256(data).hexdigest())
    document = to_document(record, InputFile(_NAME, _NAME, _NAME, "text"), settings.base)
    return _load_toolchain(settings.model_dump_json()).annotate(document)


@lru_cache(maxsize=2)
def _load_toolchain(settings: str) -> Toolchain:
    return Toolchain(read_settings({}).model_validate_json(settings))
