"""Which frame a clause takes up: by a frame's name, by its patterns, or by the nearest of its definition and examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.query.reader import Reader, read_rows, to_text
from kg.query.search_words import find_stems

#: A frame is near only if its cosine is at least that, and that much above the next frame's.
_NEAR, _MARGIN = 0.62, 0.05
#: Less is enough for one whose name a clause has, or words of the same beginning ("betrayed", "betrayal").
_NEAR_NAMED, _SAME_LETTERS = 0.38, 4
_FRAMES = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?notation ?property ?value
WHERE {
  VALUES ?property { skos:prefLabel skos:altLabel skos:definition skos:example kg:pattern kg:exclusion }
  GRAPH ?graph {
    ?frame skos:inScheme <https://sayso.example/scheme/frame> ; skos:notation ?notation ; ?property ?value .
  }
}
ORDER BY ?notation ?property ?value
"""
#: One word alone ("the ceasefire") says no more than what it is about.
_FEWEST_STEMS = 2

Encode = Callable[[str], NDArray[np.float32]]
EncodeAll = Callable[[Sequence[str]], NDArray[np.float32]]


class FrameText(NamedTuple):
    """What a store says of one frame: its names, what describes it, and the patterns by which contents are matched."""

    notation: str
    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    patterns: tuple[str, ...]
    exclusions: tuple[str, ...]


class FrameMatch(NamedTuple):
    """A frame and why: its name, words of a pattern (begin and end in the clause), or nearness in meaning."""

    notation: str
    by: Literal["name", "pattern", "meaning"]
    begin: int = 0
    end: int = 0


class FrameFinder:
    """Finds frames in clauses of questions.

    Args:
        frames: of a store.
        encode: turns a text into a unit vector; None to go by names and patterns alone.
        encode_all: turns the names, definitions and examples of the frames into rows of a matrix; by default one by one.
    """

    def __init__(self, frames: Iterable[FrameText], encode: Encode | None = None, encode_all: EncodeAll | None = None) -> None:
        self._frames = tuple(sorted(frames))
        self._encode = encode
        self._encode_all = encode_all
        self._patterns = {frame.notation: [_compile(text) for text in frame.patterns] for frame in self._frames}
        self._exclusions = {frame.notation: [_compile(text) for text in frame.exclusions] for frame in self._frames}

    def find_named(self, phrase: str) -> FrameMatch | None:
        """Return the frame that a phrase is the name of ("ceasefire refusals"), whatever its case and inflection."""
        stems = find_stems(phrase)
        if not stems:
            return None
        found = next(
            (f for f in self._frames if any(find_stems(name.replace("-", " ")) == stems for name in (*f.names, f.notation))), None
        )
        return None if found is None else FrameMatch(found.notation, "name", 0, len(phrase))

    def find(self, clause: str) -> FrameMatch | None:
        """Return the frame of a clause; of several the one whose pattern begins first, then the longer match.

        Nearness in meaning is asked last, and only where one frame stands out.
        """
        return self.find_named(clause) or self.find_by_pattern(clause) or self.find_near(clause)

    def find_by_pattern(self, clause: str) -> FrameMatch | None:
        """Return the frame one of whose patterns matches first in a clause, outside of what the frame excludes."""
        matches = []
        for frame in self._frames:
            excluded = [match.span() for pattern in self._exclusions[frame.notation] for match in pattern.finditer(clause)]
            for pattern in self._patterns[frame.notation]:
                spans = (match.span() for match in pattern.finditer(clause))
                matches += [
                    (begin, -end, frame.notation) for begin, end in spans if not any(a < end and begin < b for a, b in excluded)
                ]
        if not matches:
            return None
        begin, end, notation = min(matches)
        return FrameMatch(notation, "pattern", begin, -end)

    def find_near(self, clause: str) -> FrameMatch | None:
        """Return the frame whose name, definition or examples are nearest to a clause, if it stands out."""
        if self._encode is None or not self._described or len(find_stems(clause)) < _FEWEST_STEMS:
            return None
        vector = self._encode(clause)
        ranked = sorted(((float((rows @ vector).max()), notation) for notation, rows in self._described.items()), reverse=True)
        named = self._find_related(clause)
        best = next(((score, notation) for score, notation in ranked if notation in named), None)
        if best is not None and best[0] >= _NEAR_NAMED:
            return FrameMatch(best[1], "meaning", 0, len(clause))
        score, notation = ranked[0]
        stands_out = len(ranked) == 1 or score - ranked[1][0] >= _MARGIN
        return FrameMatch(notation, "meaning", 0, len(clause)) if score >= _NEAR and stands_out else None

    def _find_related(self, clause: str) -> set[str]:
        """Return the frames all words of one of whose names begin as words of the clause do, short words left out."""
        beginnings = {stem[:_SAME_LETTERS] for stem in find_stems(clause) if len(stem) >= _SAME_LETTERS}
        return {
            frame.notation
            for frame in self._frames
            for name in (*frame.names, frame.notation)
            if (stems := [stem for stem in find_stems(name.replace("-", " ")) if len(stem) >= _SAME_LETTERS])
            and all(stem[:_SAME_LETTERS] in beginnings for stem in stems)
        }

    @cached_property
    def _described(self) -> Mapping[str, NDArray[np.float32]]:
        assert self._encode is not None
        texts = [(frame.notation, text) for frame in self._frames for text in (*frame.names, *frame.descriptions)]
        if not texts:
            return {}
        plain = [text for _, text in texts]
        rows = self._encode_all(plain) if self._encode_all is not None else np.stack([self._encode(text) for text in plain])
        return {
            notation: np.stack([row for (other, _), row in zip(texts, rows, strict=True) if other == notation])
            for notation in dict.fromkeys(notation for notation, _ in texts)
        }


def read_frame_texts(reader: Reader) -> tuple[FrameText, ...]:
    """Return the frames of a store's scheme, by notation; none for a store without it."""
    found: dict[str, dict[str, list[str]]] = {}
    for notation, name, value in read_rows(reader, _FRAMES):
        key = to_text(name).replace("#", "/").rpartition("/")[2]
        found.setdefault(to_text(notation), {}).setdefault(key, []).append(to_text(value))
    return tuple(
        FrameText(
            notation,
            _join(parts, "prefLabel", "altLabel"),
            _join(parts, "definition", "example"),
            _join(parts, "pattern"),
            _join(parts, "exclusion"),
        )
        for notation, parts in sorted(found.items())
    )


def _join(parts: Mapping[str, Sequence[str]], *names: str) -> tuple[str, ...]:
    return tuple(value for name in names for value in parts.get(name, ()))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
