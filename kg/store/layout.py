"""Which layout a store's folder has, so that a program that does not know it refuses it in words and not by chance.

The file `format.json` is written when a store is made. Stores made before there was one have layout 1.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from kg.errors import StoreInvalidError

FILE_NAME = "format.json"
#: Of what this version writes. It rises when an older program would misread the folder; graphs have versions of their own.
FORMAT = 1


def holds_store(folder: Path) -> bool:
    """Whether a folder holds a store, of whatever layout."""
    return (folder / "CURRENT").is_file()


def check_format(store: Path) -> None:
    """Refuse a store of another layout.

    Raises:
        StoreInvalidError: it was made by a later version, or the file that says so is damaged.
    """
    try:
        found = json.loads((store / FILE_NAME).read_text("utf-8"))["format"]
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError) as error:
        raise StoreInvalidError(str(store), f"{FILE_NAME} is damaged; restore a backup, or build in another folder") from error
    if not isinstance(found, int) or found > FORMAT:
        raise StoreInvalidError(
            str(store), f"has format {found}, this version of sayso knows {FORMAT}; use the version that made it, or a later one"
        )


def write_format(store: Path) -> None:
    """Say which layout the store has; nothing happens where that is said already."""
    target = store / FILE_NAME
    if target.is_file():
        return
    part = store / f"{FILE_NAME}.{os.getpid()}"
    with part.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps({"format": FORMAT}) + "\n")
        stream.flush()
        # A file that a power cut leaves empty would make the store one that nobody opens.
        os.fsync(stream.fileno())
    part.replace(target)
