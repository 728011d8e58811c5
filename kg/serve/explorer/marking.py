"""A text with marks that overlap and nest, cut into stretches between which nothing changes.

HTML elements cannot overlap, and a link cannot hold a link. So each stretch is one element with the classes of all marks over
it, and a link to the shortest of them; where a claim or event begins stands a small link of its own, so that one that is
covered by others can be reached, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.query.pages.marks import Mark
from kg.query.pages.texts import Passage

_DEEPEST = 3


class Handle(NamedTuple):
    """The link that stands where a claim or event begins.

    Attributes:
        name: the last part of the IRI: "a8", "e2".
    """

    node: str
    kind: str
    name: str
    label: str


class Stretch(NamedTuple):
    """Characters over which the same marks lie.

    Attributes:
        classes: of all marks: "mention", "content depth-2"; empty for plain text.
        mark: the shortest one that leads anywhere; None for none.
        is_first: whether that mark begins here; its further stretches are passed over by the keyboard.
        labels: of all marks, the longest first, each once.
        handles: of the claims and events that begin here.
    """

    text: str
    classes: str
    mark: Mark | None
    is_first: bool
    labels: tuple[str, ...]
    handles: tuple[Handle, ...]


def cut_passage(passage: Passage, marks: Sequence[Mark]) -> tuple[Stretch, ...]:
    """Return a passage in stretches, which joined give its text; marks reach as far as the passage.

    Args:
        passage: the text, and where it begins.
        marks: of the document, in order of where they begin.
    """
    inside = [_clip(mark, passage) for mark in marks if mark.begin < passage.end and mark.end > passage.begin]
    starts = _find_starts(inside)
    bounds = sorted({passage.begin, passage.end, *(b for mark in inside for b in (mark.begin, mark.end))})
    opening: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(mark.begin, []).append(mark)
    active: list[Mark] = []
    stretches = []
    for begin, end in pairwise(bounds):
        active = [mark for mark in active if mark.end > begin] + opening.get(begin, [])
        text = passage.text[begin - passage.begin : end - passage.begin]
        stretches.append(_make(text, begin, active, starts.get(begin, ())))
    return tuple(stretches)


def name_part(iri: str) -> str:
    """Return the last part of an IRI of a document's graph: "a8"."""
    return iri.rpartition("#")[2]


def _clip(mark: Mark, passage: Passage) -> Mark:
    begin, end = max(mark.begin, passage.begin), min(mark.end, passage.end)
    return mark if (begin, end) == (mark.begin, mark.end) else mark.model_copy(update={"begin": begin, "end": end})


def _find_starts(marks: Iterable[Mark]) -> dict[int, tuple[Handle, ...]]:
    """Return by offset the handles of the claims and events of which the first part begins there."""
    first: dict[str, Mark] = {}
    for mark in marks:
        if mark.kind in ("claim", "event") and (mark.node not in first or mark.begin < first[mark.node].begin):
            first[mark.node] = mark
    starts: dict[int, list[Handle]] = {}
    for node, mark in sorted(first.items(), key=lambda item: (-(item[1].end - item[1].begin), item[0])):
        starts.setdefault(mark.begin, []).append(Handle(node, mark.kind, name_part(node), mark.label))
    return {begin: tuple(handles) for begin, handles in starts.items()}


def _make(text: str, begin: int, active: Sequence[Mark], handles: tuple[Handle, ...]) -> Stretch:
    by_length = sorted(active, key=lambda mark: (mark.begin - mark.end, mark.kind, mark.node))
    depth = min(_DEEPEST, sum(mark.part == "content" for mark in active))
    classes = list(dict.fromkeys(mark.part for mark in by_length)) + ([f"depth-{depth}"] if depth else [])
    leading = next((mark for mark in reversed(by_length) if mark.target), None)
    return Stretch(
        text=text,
        classes=" ".join(classes),
        mark=leading,
        is_first=leading is not None and leading.begin == begin,
        labels=tuple(dict.fromkeys(mark.label for mark in by_length)),
        handles=handles,
    )
