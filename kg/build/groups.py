"""Groups of what was compared, as parts of work: those that pairs connect with what is touched, described, and written together.

The reports of events and the wordings of claims are settled alike: who works on a part reads the groups from the tables and
hands back lines of the graph, and what several parts come to is written at once, which is what the engine does best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.store.batches import gather, split

#: Groups of a part.
_GROUPS_TOGETHER = 200
#: Lines written at once: some ten megabytes. The engine merges what it is given with much of what it has: a few large loads
#: cost less than many small ones.
_LINES_TOGETHER = 100_000


class Groups(NamedTuple):
    """Groups by the numbers of their members in the tables, the folder of the store, and the base of IRIs."""

    folder: Path
    base: str
    groups: tuple[tuple[int, ...], ...]


class Described(NamedTuple):
    """What groups come to.

    Attributes:
        members: their IRIs.
        lines: of N-Triples, by the engine's own serializer.
        groups: how many.
    """

    members: tuple[str, ...]
    lines: tuple[str, ...]
    groups: int


def list_groups(
    folder: Path, base: str, touched: Sequence[int], find_connected: Callable[[int], Iterable[int]]
) -> Iterator[Groups]:
    """Yield the groups of the members that are touched, each once.

    Args:
        folder: of the store.
        base: that IRIs start with.
        touched: numbers of members.
        find_connected: returns the whole group of one, in the order in which it is described.
    """
    done: set[int] = set()
    for batch in split(touched, _GROUPS_TOGETHER):
        groups: list[tuple[int, ...]] = []
        for number in batch:
            if number not in done:
                groups.append(tuple(find_connected(number)))
                done.update(groups[-1])
        yield Groups(folder, base, tuple(groups))


def join_described(parts: Iterable[Described]) -> Iterator[Described]:
    """Yield, in order, so many parts as one as are best written at once."""
    for together in gather(parts, lambda part: len(part.lines), _LINES_TOGETHER):
        yield Described(
            tuple(member for part in together for member in part.members),
            tuple(line for part in together for line in part.lines),
            sum(part.groups for part in together),
        )
