"""Reports joined to events: average linkage over their comparisons, in which what excludes each other never meets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.model.occurrence import EventReport
from kg.resolve.across_events.blocks import find_blocks
from kg.resolve.across_events.compare import Prepared, prepare, score_reports
from kg.resolve.across_events.pairs import Member, find_pairs
from kg.resolve.linkage import Linkage

#: A pair of reports by their IRIs, in code point order.
Pair = tuple[str, str]


def cluster_reports(reports: Iterable[Prepared], scores: Mapping[Pair, float]) -> list[tuple[str, ...]]:
    """Return the IRIs of the reports of each event, sorted; a function of the set of reports alone.

    The best pair is joined first; two groups are joined while their reports are on average rather one event than several,
    and nothing excludes it.

    Args:
        reports: all that any pair of `scores` names, and those that none does.
        scores: log-odds above zero of the pairs that `find_pairs` gives.
    """
    prepared = {item.report.event: item for item in reports}

    def score(left: str, right: str) -> float | None:
        pair = (left, right) if left < right else (right, left)
        return scores[pair] if pair in scores else score_reports(prepared[left], prepared[right])

    linkage = Linkage(prepared, score)
    for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        linkage.join(left, right)
    return sorted(tuple(sorted(group)) for group in linkage.list_groups())


def find_components(pairs: Iterable[Pair], events: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the events that pairs connect, each group sorted; an event of no pair stands alone."""
    leaders = {event: event for event in events}

    def find(event: str) -> str:
        while leaders.setdefault(event, event) != event:
            leaders[event] = leaders[leaders[event]]
            event = leaders[event]
        return event

    for left, right in pairs:
        one, other = sorted((find(left), find(right)))
        leaders[other] = one
    groups: dict[str, list[str]] = defaultdict(list)
    for event in sorted(leaders):
        groups[find(event)].append(event)
    return sorted(tuple(group) for group in groups.values())


def group_reports(reports: Iterable[EventReport]) -> list[tuple[str, ...]]:
    """Return the IRIs of the reports of each event, sorted: all steps at once, over reports in whatever order."""
    prepared = sorted((prepare(report) for report in reports), key=lambda item: item.report.event)
    held = {item.report.event: frozenset(find_blocks(item.report)) for item in prepared}
    blocks: dict[int, list[Member]] = defaultdict(list)
    for item in prepared:
        own = held[item.report.event]
        for block in own:
            blocks[block].append(Member(item, own, is_fresh=True))
    scores: dict[Pair, float] = {}
    for block, members in sorted(blocks.items()):
        for one, other, score in find_pairs(members, block):
            scores[members[one].report.report.event, members[other].report.report.event] = score
    by_event = {item.report.event: item for item in prepared}
    found: list[tuple[str, ...]] = []
    pairs: dict[str, list[Pair]] = defaultdict(list)
    components = find_components(scores, by_event)
    component_of = {event: group[0] for group in components for event in group}
    for pair in scores:
        pairs[component_of[pair[0]]].append(pair)
    for group in components:
        found += cluster_reports((by_event[event] for event in group), {pair: scores[pair] for pair in pairs[group[0]]})
    return sorted(found)
