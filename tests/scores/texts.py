"""Texts of our own with what is expected of them: how their case files are read, and how they are annotated."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kg.build.toolchain import Toolchain
from kg.errors import InputMissingError
from kg.model.annotation import Annotation
from kg.model.document import Document

_Case = TypeVar("_Case")


def read_text_cases(path: Path, make: Callable[..., _Case]) -> list[_Case]:
    """Return the cases of a file or folder, in order of file name and line; each is made with its file's name as `group`.

    Raises:
        InputMissingError: there is no case file.
        TypeError: a case lacks a key or has one too many.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.toml"))
    if not files:
        raise InputMissingError(str(path / "*.toml"))
    return [make(group=file.stem, **case) for file in files for case in tomllib.loads(file.read_text("utf-8"))["case"]]


def annotate_text(text: str, published: str | None, toolchain: Toolchain) -> Annotation:
    """Return the annotation of a text that no file holds, as the project ships it."""
    location = "https://sayso.example/score/text"
    return toolchain.annotate(
        Document(id=location, path="text", location=location, sha256="0", published=published, language="en", text=text)
    )
