"""The word patterns of frames, run only where a text has words that they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.extract.frame_literals import find_keys, find_text_keys, read_keys
from kg.model.frame import Frame

#: Marks and spaces that patterns need not name; each stands for one character, so that offsets stay.
_PLAIN = str.maketrans({"\n": " ", "\r": " ", "\u00a0": " ", "’": "'", "‘": "'"})


_NEGATION = re.compile(r"(?:\b|\\b)(?:not|never|no|nobody|none|neither|nothing|cannot|hardly|without)\b|n\W{0,4}['’]\]?t\b")


class PatternMatch(NamedTuple):
    """Where a pattern of a frame matched.

    Attributes:
        begin, end: characters of the text, half-open.
        asks_for_no: whether the pattern itself has a negation, as that of "not serious about peace" has. Where it has none,
            one that stands between its words denies them: "is not at all united".
    """

    notation: str
    begin: int
    end: int
    asks_for_no: bool


class FramePatterns:
    """Finds the wordings of frames in texts; built once, used for many.

    Args:
        frames: the concepts, in any order.

    A pattern is compiled when a text first has the words that it asks for: most texts need few of them.
    """

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._patterns: list[tuple[str, bool, str]] = []
        self._exclusions: dict[str, tuple[str, ...]] = {}
        self._by_key: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._keys = read_keys()
        for frame in sorted(frames, key=lambda frame: frame.notation):
            self._exclusions[frame.notation] = frame.exclusions
            for pattern in frame.patterns:
                self._add(frame.notation, pattern)

    def _add(self, notation: str, pattern: str) -> None:
        at = len(self._patterns)
        self._patterns.append((notation, _NEGATION.search(pattern) is not None, pattern))
        keys = self._keys.get(pattern)
        if keys is None:
            keys = find_keys(pattern)
        if keys is None:
            self._always.append(at)
        else:
            for key in keys:
                self._by_key.setdefault(key, []).append(at)

    def find_matches(self, words: str) -> Iterator[PatternMatch]:
        """Yield the matches that no exclusion of their frame overlaps, by notation, pattern, then in order of text.

        Raises:
            ResourceInvalidError: a pattern is no regular expression.
        """
        text = words.translate(_PLAIN)
        due = self._find_asked(text) | set(self._always)
        vetoed: dict[str, list[tuple[int, int]]] = {}
        for at in sorted(due):
            notation, asks_for_no, pattern = self._patterns[at]
            for match in _compile(notation, pattern).finditer(text):
                if notation not in vetoed:
                    exclusions = (_compile(notation, one) for one in self._exclusions[notation])
                    vetoed[notation] = [found.span() for one in exclusions for found in one.finditer(text)]
                begin, end = match.span()
                if not any(begin < last and first < end for first, last in vetoed[notation]):
                    yield PatternMatch(notation, begin, end, asks_for_no)

    def count_asked(self, words: str) -> int:
        """Return how many patterns ask for words that the text has: few, where it is about other matters than frames."""
        return len(self._find_asked(words.translate(_PLAIN)))

    def _find_asked(self, text: str) -> set[int]:
        found: set[int] = set()
        for key in set(find_text_keys(text)):
            found.update(self._by_key.get(key, ()))
        return found


@cache
def _compile(notation: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ResourceInvalidError(
            "ontology/schemes/frames.ttl", f"frame {notation}: pattern is no regular expression ({error})"
        ) from error
