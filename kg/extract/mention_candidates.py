"""Mentions while they are being found: token ranges that may be corrected, typed and linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.token_table import TokenTable
from kg.model.mention import Gender, MentionKind, MentionType, Number


@dataclass(slots=True, eq=False)
class Candidate:
    """Tokens [start, end) that may become a mention.

    Attributes:
        begin, stop: characters, which may cut into a token where text is glued.
        name: what to look up, where it is not the text itself.
    """

    start: int
    end: int
    begin: int
    stop: int
    type: MentionType
    kind: MentionKind
    by: str
    confidence: float
    name: str | None = None
    title: str | None = None
    affiliation: Candidate | None = None
    number: Number = "unknown"
    gender: Gender = "unknown"

    @property
    def length(self) -> int:
        """Number of tokens."""
        return self.end - self.start


def make_candidate(
    table: TokenTable, tokens: tuple[int, int], kind_of: tuple[MentionType, MentionKind], by: str, confidence: float
) -> Candidate:
    """Make a candidate of the whole tokens [start, end)."""
    start, end = tokens
    return Candidate(start, end, table.begins[start], table.ends[end - 1], kind_of[0], kind_of[1], by, confidence)


class Board:
    """Name candidates by token: outermost names do not overlap; each may hold inner ones.

    Attributes:
        outer: outermost candidate of each token, None where there is none.
        inner: candidate within the outermost one of each token.
    """

    def __init__(self, length: int) -> None:
        self.outer: list[Candidate | None] = [None] * length
        self.inner: list[Candidate | None] = [None] * length

    def place(self, candidate: Candidate) -> None:
        """Put an outermost candidate; those that it covers are removed, those that it cuts too."""
        for index in range(candidate.start, candidate.end):
            occupant = self.outer[index]
            if occupant is not None and occupant is not candidate:
                self.remove(occupant)
        for index in range(candidate.start, candidate.end):
            self.outer[index] = candidate

    def nest(self, candidate: Candidate) -> None:
        """Put a candidate within the outermost one that covers it."""
        for index in range(candidate.start, candidate.end):
            self.inner[index] = candidate

    def remove(self, candidate: Candidate) -> None:
        """Take a candidate, with what it holds, off the board."""
        for index in range(candidate.start, candidate.end):
            self.outer[index] = self.inner[index] = None

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no token of [start, end) belongs to a candidate; False out of range."""
        return 0 <= start < end <= len(self.outer) and not any(self.outer[start:end])

    def innermost(self, index: int) -> Candidate | None:
        """Return the smallest candidate at a token; None out of range or without one."""
        if not 0 <= index < len(self.outer):
            return None
        return self.inner[index] or self.outer[index]

    def __iter__(self) -> Iterator[Candidate]:
        """Yield every candidate once, in order of begin, outer before inner."""
        last_outer: Candidate | None = None
        last_inner: Candidate | None = None
        for outer, inner in zip(self.outer, self.inner, strict=True):
            if outer is not None and outer is not last_outer:
                yield outer
            if inner is not None and inner is not last_inner:
                yield inner
            last_outer, last_inner = outer, inner

    @classmethod
    def fill(cls, length: int, candidates: Iterable[Candidate]) -> Board:
        """Make a board of candidates that nest but do not cross; the longest are outermost."""
        board = cls(length)
        for candidate in sorted(candidates, key=lambda c: (c.start - c.end, c.start)):
            if board.is_free(candidate.start, candidate.end):
                board.place(candidate)
            else:
                board.nest(candidate)
        return board
