"""Which reports of a block may tell of one event: times and types are compared for all at once, the rest pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kg.resolve.across_events.compare import Prepared, score_reports
from kg.resolve.across_events.types import is_confused

#: Days that no window reaches.
_NEVER, _EVER = -(10**9), 10**9


class Member(NamedTuple):
    """A report, all blocks in which it is compared, and whether it has not been yet."""

    report: Prepared
    blocks: frozenset[int]
    is_fresh: bool


def find_pairs(members: Sequence[Member], block: int) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs that may tell of one event: the place of each among the members, with log-odds above zero.

    A pair is compared in the first block that both have, and where one of the two is fresh.
    """
    earlier = [frozenset(other for other in member.blocks if other < block) for member in members]
    for at, beside in list_meeting([member.report for member in members], [member.is_fresh for member in members]):
        if earlier[at].isdisjoint(earlier[beside]):
            score = score_reports(members[at].report, members[beside].report)
            if score is not None and score > 0:
                yield at, beside, score


def list_meeting(reports: Sequence[Prepared], is_fresh: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the places of the pairs whose kinds, types and times allow that they are of one event, sorted.

    Args:
        reports: of one block.
        is_fresh: for each, whether it is to be compared; pairs of two others are left out.
    """
    fresh = np.flatnonzero(np.asarray(is_fresh, bool))
    if len(reports) < 2 or not len(fresh):
        return []
    kinds = {kind: number for number, kind in enumerate({report.kind: None for report in reports})}
    types = {name: number for number, name in enumerate({report.report.type: None for report in reports})}
    are_like = np.array([[one == other or is_confused(one, other) for other in types] for one in types])
    kind = np.array([kinds[report.kind] for report in reports])
    name = np.array([types[report.report.type] for report in reports])
    first = np.array([report.window.first if report.window else _NEVER for report in reports])
    last = np.array([report.window.last if report.window else _EVER for report in reports])
    meets = kind[fresh, None] == kind
    meets &= are_like[name[fresh, None], name]
    meets &= first[fresh, None] - last <= 1
    meets &= first - last[fresh, None] <= 1
    # Of two fresh ones the first one finds the other.
    places = np.arange(len(reports))
    meets &= (places > fresh[:, None]) | ~np.asarray(is_fresh, bool)
    rows, columns = np.nonzero(meets)
    return sorted(zip(*np.sort([fresh[rows], columns], axis=0).tolist(), strict=True))
