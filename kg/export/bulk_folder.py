"""A folder of parts with a manifest: put in place as a whole, and replaced only where it is one that was written so."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import OutputUnwritableError

MANIFEST_NAME = "manifest.json"
GUIDE_NAME = "LOAD.md"
_KIND = "sayso-bulk-1"


class PartRecord(NamedTuple):
    """One file of the folder.

    Attributes:
        name: of the file.
        rows: lines of N-Quads, or rows of a table.
        bytes: of the file.
        sha256: of the file.
        content_sha256: of its unpacked content; empty where it is not packed text.
        first_graph, last_graph: of its first and last statement; empty for none.
    """

    name: str
    rows: int
    bytes: int
    sha256: str
    content_sha256: str = ""
    first_graph: str = ""
    last_graph: str = ""


class FolderManifest(NamedTuple):
    """What a folder holds.

    Attributes:
        format: of its parts.
        statements: of the store.
        graphs: named graphs of the store.
        parts: in the order of the statements.
    """

    format: str
    statements: int
    graphs: int
    parts: tuple[PartRecord, ...]

    def write(self, folder: Path) -> None:
        """Write the manifest, as JSON with sorted keys, into the folder."""
        told: dict[str, Any] = {"kind": _KIND, **self._asdict(), "parts": [part._asdict() for part in self.parts]}
        text = json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False)
        (folder / MANIFEST_NAME).write_text(text + "\n", "utf-8")


@contextlib.contextmanager
def open_folder(output: str) -> Iterator[Path]:
    """Yield a new folder beside `output`, which takes its place at the end; after an error it is gone.

    Raises:
        OutputUnwritableError: the folder that it would replace holds files that no manifest there names, or it cannot be
            written.
    """
    target = Path(os.path.realpath(output))
    part, old = (target.with_name(f".{target.name[:100]}.{os.getpid()}.{end}") for end in ("part", "old"))
    try:
        _check_is_ours(output, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir()
        try:
            yield part
            _put_in_place(part, target, old)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise OutputUnwritableError(output, error.strerror or type(error).__name__) from error


def _put_in_place(part: Path, target: Path, old: Path) -> None:
    if not target.exists():
        part.rename(target)
        return
    target.rename(old)
    try:
        part.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _check_is_ours(output: str, target: Path) -> None:
    """Refuse a folder in which files would be lost that an export did not write."""
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputUnwritableError(output, "it is a file")
    if others := {entry.name for entry in target.iterdir()} - _read_names(target):
        raise OutputUnwritableError(output, f"the folder holds {min(others)!r}, which is no part of an export")


def _read_names(folder: Path) -> set[str]:
    """Return the names of the files that an export wrote there; none where the manifest is missing or another program's."""
    try:
        told = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
        names = {str(part["name"]) for part in told["parts"]}
        return {MANIFEST_NAME, GUIDE_NAME, *names} if told["kind"] == _KIND else set()
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()
