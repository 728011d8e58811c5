"""Groups of what was compared, as parts of work: those that pairs connect with what is touched, described, and written together.

The reports of events and the wordings of claims are grouped alike: who works on a part reads the groups from the tables and
hands back lines of the graph, and what several parts come to is written at once, which is what the engine does best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.store.batches import gather, split
from kg.store.embedded import Store

#: Groups of a part.
_GROUPS_TOGETHER = 200
#: Lines written at once: some thirty megabytes. The engine merges what it is given with much of what it has: a few large loads
#: cost less than many small ones.
_LINES_TOGETHER = 200_000


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
    """

    members: tuple[str, ...]
    lines: tuple[str, ...]


class Replacement(NamedTuple):
    """Lines that take the place of all that a graph says of some subjects, as `Store.replace_subjects` has them."""

    graph: str
    subjects: frozenset[str]
    lines: tuple[str, ...]


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


def write_described(store: Store, replacements: Iterable[Replacement]) -> None:
    """Write what groups come to, as much as is best written at once.

    What is said of a subject may be replaced twice, as long as that which found the subject in the graph comes in order.
    """
    for together in gather(replacements, lambda one: len(one.lines), _LINES_TOGETHER):
        for graph in sorted({one.graph for one in together}):
            parts = [one for one in together if one.graph == graph]
            subjects = {subject for part in parts for subject in part.subjects}
            store.replace_subjects(graph, subjects, [line for part in parts for line in part.lines])
