"""Finding labels by their layout: "Q: text", "14:05 NATO: text", "**Name Surname:** text", "NAME, mayor of Oslo: text"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.layout import find_paragraphs
from kg.model.label import Label

_TIME = r"\d{1,2}[:.h]\d{2}(?:[ \u00a0]?[ap]\.?m\.?)?(?:[ \u00a0]?(?:GMT|UTC|BST|CES?T|E[SD]?T|P[SD]?T|IST|MSK)\b)?"
_EMPHASIS = r"(?:\*{1,3}|_{1,3})?"
#: A time that opens a line, with what parts it from a capitalised text.
_TIMED = re.compile(rf"{_EMPHASIS}{_TIME}{_EMPHASIS}[ \t\u00a0]*[–—|:-]?[ \t\u00a0]*(?=[*_“\"‘'(]{{0,3}}[^\W\d_a-z])")
_ONLY_TIME = re.compile(rf"[\W_]*{_TIME}[\W_]*")
_LABEL = re.compile(
    rf"{_EMPHASIS}(?P<label>[^\W\d_a-z][^:?!\r\n“”\"*_;]{{0,79}}?)"
    rf"{_EMPHASIS}[ \u00a0]?(?P<mark>:){_EMPHASIS}[ \t\u00a0]+{_EMPHASIS}(?=\S)"
)
_STOPPED = re.compile(rf"{_EMPHASIS}(?P<label>Q|A){_EMPHASIS}(?P<mark>\.){_EMPHASIS}[ \t\u00a0]+(?=\S)")
#: Small words within a name or a title in front of it.
_JOINTS = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "de",
        "da",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "al",
        "bin",
        "ibn",
        "el",
        "af",
        "y",
    }
)
#: Offices as newspapers put them between a body and a name, in lower case.
_OFFICE = re.compile(
    r"(?:[a-z]*(?:spokesman|spokeswoman|spokesperson)|(?:vice-|deputy-)?president|(?:\w+-)?minister|secretary|secretary-general"
    r"|chief|mayor|governor|director|adviser|advisor|analyst|ambassador|envoy|general|leader|head|professor|economist"
    r"|commissioner|chairman|chairwoman|chair|deputy|senator|lawyer|judge|reporter|correspondent|editor)"
)
#: Words of a label, those behind its comma aside; a sentence up to a colon is longer or holds a verb.
_LONGEST_NAME = 6
_LONGEST_DESCRIPTION = 7
_BARE = re.compile(r"[^\w'’-]+")


def find_labels(text: str) -> Iterator[Label]:
    """Yield the labels in order, at most one a paragraph; none where what precedes the colon has words of a sentence.

    Whether a label names somebody who speaks ("Elling") or only a matter ("Weather") is not told here.
    """
    is_timed = False
    for begin, end in find_paragraphs(text):
        if _ONLY_TIME.fullmatch(text, begin, end):
            is_timed = True
            continue
        timed = _TIMED.match(text, begin, end)
        at = timed.end() if timed else begin
        found = _STOPPED.match(text, at, end) or _LABEL.match(text, at, end)
        if found and _is_name_like(found["label"].rstrip()):
            stop = found.start("label") + len(found["label"].rstrip())
            yield Label(found.start("label"), stop, found.start("mark"), found.end(), end, is_timed or timed is not None)
        is_timed = False


def find_timed_starts(text: str) -> Iterator[int]:
    """Yield where the text behind a time begins, for each paragraph that a time opens ("14:05 Trucks crossed ...")."""
    for begin, end in find_paragraphs(text):
        timed = _TIMED.match(text, begin, end)
        if timed and timed.end() < end:
            yield timed.end()


def _is_name_like(label: str) -> bool:
    """Tell whether the words are those of a name with title, or a name and behind a comma or in brackets a description."""
    name, *described = re.split(r",\s+|\s+\(|\s+[–—-]\s+", label, maxsplit=1)
    words = name.split()
    if not words or len(words) > _LONGEST_NAME or sum(len(part.split()) for part in described) > _LONGEST_DESCRIPTION:
        return False
    last = _BARE.sub("", words[-1])
    return last[:1].isupper() and all(_is_of_name(word) for word in words)


def _is_of_name(word: str) -> bool:
    bare = _BARE.sub("", word)
    return bare[:1].isupper() or bare in _JOINTS or bare in {"-", "&", ""} or _OFFICE.fullmatch(bare) is not None
