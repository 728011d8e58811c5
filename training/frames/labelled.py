"""The labelled sentences: which contents say a frame of a target, and which only look so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args
from zlib import crc32

from kg.errors import InputMissingError

#: Where the sentences lie from which the shipped model is made.
SENTENCES = Path(__file__).with_name("sentences")

#: `yes`; or why not: the content denies it, says it of another, only supposes or asks it, has the opposite frame, or
#: another matter with like words.
Kind = Literal["yes", "denied", "other", "conditional", "question", "opposite", "near"]


#: Stands for a frame with sentences that take none up.
NONE = "none"


class Labelled(NamedTuple):
    """A labelled sentence.

    Attributes:
        id: file, frame and number of the line within it, from 1.
        part: `plain` (in the words of news), `oblique` (roundabout, figurative) or `none`, from the file's name.
        frame: notation of the frame that is asked about; `none` where the sentence takes up none at all.
        kind: whether the content claims it of the target, and else why not.
        target: words for the actor that is asked about.
        text: the content, without a full stop.
        group: sentences of one group say the same and stand in one fold.
    """

    id: str
    part: str
    frame: str
    kind: Kind
    target: str
    text: str
    group: str

    @property
    def is_claimed(self) -> bool:
        """Whether the content claims the frame of the target."""
        return self.kind == "yes"

    @property
    def takes_up(self) -> bool | None:
        """Whether the words take the frame up, of whomever and however; None where the kind does not tell."""
        return True if self.kind == "yes" else False if self.kind in {"near", "opposite"} else None

    def find_fold(self, folds: int) -> int:
        """Return the fold of the sentence's group, from 0, by a checksum: the same each time."""
        return crc32(self.group.encode()) % folds


def read_labelled(folder: Path = SENTENCES) -> list[Labelled]:
    """Return the sentences of a folder of TOML files, or of one file, by file name and line.

    Raises:
        InputMissingError: there is no such file.
        ValueError: a line has an unknown kind, or is not kind, target, text and maybe the number of a group.
    """
    files = [folder] if folder.is_file() else sorted(folder.glob("*.toml"))
    if not files:
        raise InputMissingError(str(folder / "*.toml"))
    return [item for file in files for item in _read_file(file)]


def _read_file(file: Path) -> Iterator[Labelled]:
    for frame, table in tomllib.loads(file.read_text("utf-8")).items():
        for number, line in enumerate(table["items"], 1):
            if len(line) not in {3, 4} or line[0] not in get_args(Kind):
                raise ValueError(f"{file.name}: {frame}: {line!r} is not kind, target, text and maybe a group")
            kind, target, text, *group = line
            name = f"{file.stem}/{frame}/{number}"
            shared = f"{file.stem}/{frame}/group-{group[0]}" if group else name
            yield Labelled(name, file.stem.partition("-")[0], frame, cast("Kind", kind), target, text, shared)
