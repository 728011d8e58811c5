"""Files that are either written whole or not touched."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputUnwritableError


@contextlib.contextmanager
def open_output(path: str, stdout: BinaryIO | None = None) -> Iterator[BinaryIO]:
    """Yield a stream of bytes for `path`; `-` is standard output.

    A file is written under another name in its folder and takes its own name at the end; after an error the other
    name is gone and a file that was there before is as it was. A device or pipe is written to directly. A link
    stays a link: the file that it leads to is replaced.

    Raises:
        OutputUnwritableError: the folder is missing or the file cannot be written.
    """
    if path == "-":
        stream = sys.stdout.buffer if stdout is None else stdout
        yield stream
        stream.flush()
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputUnwritableError(path, "it is a folder")
    if target.exists() and not target.is_file():
        with _named_errors(path), target.open("wb") as device:
            yield device
        return
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    with _named_errors(path):
        try:
            with part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def open_text_output(path: str, stdout: BinaryIO | None = None) -> Iterator[TextIOWrapper]:
    """Yield the same as UTF-8 text; line ends are written as they are given.

    Raises:
        OutputUnwritableError: as for `open_output`.
    """
    with open_output(path, stdout) as stream:
        text = TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
        try:
            yield text
            text.flush()
        finally:
            text.detach()


@contextlib.contextmanager
def _named_errors(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputUnwritableError(path, error.strerror or type(error).__name__) from error
