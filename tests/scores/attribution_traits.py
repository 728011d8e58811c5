"""What kind of attribution one is: by its cue, its speech, its content's length and shape, its source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Ranges = Sequence[Sequence[int]]

#: Share of a content's words between quotation marks from which it is direct speech.
_DIRECT_SHARE = 0.85
#: Most words of a content of each length, with its name.
_LENGTHS = ((2, "1-2 words"), (5, "3-5 words"), (15, "6-15 words"), (30, "16-30 words"))
_LONGEST = "over 30 words"


class Word(NamedTuple):
    """Characters [begin, end) of a text and the part of speech (Universal POS) of the word there."""

    begin: int
    end: int
    pos: str


class Reading(NamedTuple):
    """A text as traits are read off it: words without white space, begins of sentences, ranges between quotation marks.

    All are in order of text.
    """

    text: str
    words: Sequence[Word]
    sentences: Sequence[int]
    quotations: Ranges


class Traits(NamedTuple):
    """One value for each phenomenon; a field's name, with blanks, is the name of the phenomenon."""

    cue: str
    speech: str
    content_length: str
    content_sentences: str
    content_shape: str
    source: str


def find_traits(reading: Reading, roles: Mapping[str, Ranges]) -> Traits:
    """Return the traits of an attribution: `roles` holds the character ranges of its source, cue and content, sorted."""
    content = _find_words(reading, roles["content"])
    joined = join_ranges(reading.text, roles["content"])
    return Traits(
        cue=_name_cue(reading, roles["cue"]),
        speech=_name_speech(reading, content),
        content_length=next((name for most, name in _LENGTHS if len(content) <= most), _LONGEST),
        content_sentences=_name_extent(reading, joined),
        content_shape="in one piece" if len(joined) < 2 else "in several pieces",
        source=_name_source(reading, roles["source"]),
    )


def join_ranges(text: str, ranges: Ranges) -> list[tuple[int, int]]:
    """Return the ranges with those joined between which only white space stands."""
    joined: list[tuple[int, int]] = []
    for begin, end in ranges:
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _find_words(reading: Reading, ranges: Ranges) -> list[Word]:
    """Return the words, punctuation left out, that the ranges hold any of."""
    return [
        word
        for word in reading.words
        if word.pos not in {"PUNCT", "SYM", "SPACE"} and any(begin < word.end and word.begin < end for begin, end in ranges)
    ]


def _name_cue(reading: Reading, ranges: Ranges) -> str:
    written = " ".join(reading.text[begin:end] for begin, end in ranges).lower()
    parts = {word.pos for word in _find_words(reading, ranges)}
    if "according to" in " ".join(written.split()):
        return "according to"
    if "VERB" in parts:
        return "verb"
    if "NOUN" in parts:
        return "noun without a verb"
    return "neither verb nor noun" if written.strip() else "none"


def _name_speech(reading: Reading, content: Sequence[Word]) -> str:
    inside = sum(any(begin <= word.begin and word.end <= end for begin, end in reading.quotations) for word in content)
    if not inside:
        return "indirect"
    return "direct" if inside >= _DIRECT_SHARE * len(content) else "mixed"


def _name_extent(reading: Reading, ranges: Ranges) -> str:
    """Return whether the content reaches into a second sentence."""
    if not ranges:
        return "in one sentence"
    held = [bisect_right(reading.sentences, begin) for begin, _ in ranges]
    held += [bisect_left(reading.sentences, end) for _, end in ranges]
    return "in one sentence" if len(set(held)) == 1 else "over several sentences"


def _name_source(reading: Reading, ranges: Ranges) -> str:
    words = _find_words(reading, ranges)
    if not words:
        return "none"
    if all(word.pos == "PRON" for word in words):
        return "pronoun"
    return "with a name" if any(word.pos == "PROPN" for word in words) else "description"
