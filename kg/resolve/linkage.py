"""Average linkage: groups are joined pair by pair, while their members are on average rather one than several.

The sum between two groups is that of the sums between one and the halves that the other was joined of. So two members are
scored once, and two groups summed once, however often a pair asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

_Member = TypeVar("_Member")

#: Log-odds have three decimals: as whole numbers they sum to the same in any order.
_SCALE = 1000


class _Group(NamedTuple, Generic[_Member]):
    """Members that were joined; `node` is their place in the tree of joins."""

    node: int
    members: list[_Member]


class Linkage(Generic[_Member]):
    """Groups of members, each alone at first.

    Args:
        members: all of them, each once.
        score: log-odds, of three decimals, that two members are one; None where something excludes it.
    """

    def __init__(self, members: Iterable[_Member], score: Callable[[_Member, _Member], float | None]) -> None:
        self._members = list(members)
        self._score = score
        self._groups = {member: _Group(node, [member]) for node, member in enumerate(self._members)}
        self._halves: list[tuple[int, int]] = []
        self._sums: dict[tuple[int, int], int | None] = {}

    def get_group(self, member: _Member) -> tuple[_Member, ...]:
        """Return the members that were joined with one, itself among them, in no order."""
        return tuple(self._groups[member].members)

    def list_groups(self) -> list[tuple[_Member, ...]]:
        """Return all groups, in the order of each one's first member, with their members in no order."""
        groups = {group.node: group for group in self._groups.values()}
        return [tuple(group.members) for group in groups.values()]

    def join(self, left: _Member, right: _Member) -> bool:
        """Join the groups of two members, and return whether they were two that may be one.

        They may where the sum of the log-odds between them is above zero, and nothing excludes any two of their members.
        """
        ours, theirs = self._groups[left], self._groups[right]
        if ours.node == theirs.node:
            return False
        total = self._sum(min(ours.node, theirs.node), max(ours.node, theirs.node))
        if total is None or total <= 0:
            return False
        large, small = (ours, theirs) if len(ours.members) >= len(theirs.members) else (theirs, ours)
        large.members.extend(small.members)
        joined = _Group(len(self._members) + len(self._halves), large.members)
        self._halves.append((large.node, small.node))
        for member in joined.members:
            self._groups[member] = joined
        return True

    def _sum(self, earlier: int, later: int) -> int | None:
        """Return the sum between two nodes; None where something excludes it.

        Without recursion: trees may be as deep as groups are large.
        """
        waiting = [(earlier, later)]
        while waiting:
            one, other = waiting[-1]
            if (one, other) in self._sums:
                waiting.pop()
            elif other < len(self._members):
                value = self._score(self._members[one], self._members[other])
                self._sums[one, other] = None if value is None else round(value * _SCALE)
            else:
                total = 0
                for half in self._halves[other - len(self._members)]:
                    pair = (one, half) if one < half else (half, one)
                    if pair not in self._sums:
                        waiting.append(pair)
                        break
                    part = self._sums[pair]
                    if part is None:
                        self._sums[one, other] = None
                        break
                    total += part
                else:
                    self._sums[one, other] = total
        return self._sums[earlier, later]
