"""Examples of stance: NewsMTSC and our own, in folds that share no sentence, article or news story."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from kg.model.stance import STANCE_VALUES

FOLDS = 5
_POLARITIES = {2.0: 0, 4.0: 1, 6.0: 2}
_WHITE = re.compile(r"\s+")


class Example(NamedTuple):
    """A text with a target in it and the stance towards that.

    Attributes:
        id: its id in the data.
        text: one sentence, or a cue and what it introduces.
        begin, end: the characters of the target, half-open.
        label: index into `STANCE_VALUES`.
        fold: 0 to 4; examples of one sentence, document or news story have the same. -1: in no fold, always trained on.
    """

    id: str
    text: str
    begin: int
    end: int
    label: int
    fold: int


def read_newsmtsc(path: Path) -> list[Example]:
    """Return the targets of a NewsMTSC file in order.

    Raises:
        ValueError: a line is not of the corpus's layout, or a target is not at its offsets.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    folds = _find_folds([(row["primary_gid"], row["sentence_normalized"]) for row in rows])
    found = []
    for row, fold in zip(rows, folds, strict=True):
        text = row["sentence_normalized"]
        for target in row["targets"]:
            begin, end = target["from"], target["to"]
            if text[begin:end] != target["mention"]:
                raise ValueError(f"{path}: {target['Input.gid']} is not at {begin}-{end}")
            found.append(Example(target["Input.gid"], text, begin, end, _POLARITIES[target["polarity"]], fold))
    return found


def read_own(path: Path) -> list[Example]:
    """Return our own examples: tables `text` with the target in brackets, and `stance`."""
    found = []
    for number, entry in enumerate(tomllib.loads(path.read_text("utf-8"))["example"], 1):
        text: str = entry["text"]
        begin, end = text.index("["), text.index("]") - 1
        plain = text.replace("[", "", 1).replace("]", "", 1)
        found.append(Example(f"own-{number}", plain, begin, end, STANCE_VALUES.index(entry["stance"]), -1))
    return found


def _find_folds(rows: Sequence[tuple[str, str]]) -> list[int]:
    """Return the fold of each sentence: those of one article, of one news story and of the same words go together.

    Ids begin `allsides_ARTICLE_STORY_SENTENCE` and `polusa_v1_ARTICLE`.
    """
    parents: dict[str, str] = {}

    def find(key: str) -> str:
        parents.setdefault(key, key)
        while parents[key] != key:
            parents[key] = parents[parents[key]]
            key = parents[key]
        return key

    keys = []
    for gid, text in rows:
        parts = gid.split("_")
        document = f"allsides story {parts[2]}" if parts[0] == "allsides" else "_".join(parts[:3])
        first, second = sorted((find(document), find("text " + _WHITE.sub(" ", text).strip().lower())))
        parents[second] = first
        keys.append(document)
    return [crc32(find(key).encode()) % FOLDS for key in keys]
