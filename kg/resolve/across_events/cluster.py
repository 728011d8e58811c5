"""Reports joined to events: average linkage over their comparisons, in which what excludes each other never meets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.model.occurrence import EventReport
from kg.resolve.across_events.compare import Prepared, may_meet, prepare, score_reports
from kg.resolve.across_events.keys import find_keys

#: A pair of reports by their IRIs, in code point order.
Pair = tuple[str, str]


def find_pairs(
    block: Sequence[Prepared], keys: Mapping[str, Sequence[str]], key: str, fresh: Collection[str]
) -> Iterator[tuple[Pair, float]]:
    """Yield the pairs of a block that may tell of one event, with their log-odds where these are above zero.

    Args:
        block: the reports that have the key, sorted by IRI.
        keys: the keys of each report, sorted: a pair is compared in the first block that it shares.
        key: of this block.
        fresh: IRIs of reports that have not been compared; of two others nothing is yielded.
    """
    own = [set(keys[item.report.event]) for item in block]
    news = [at for at, item in enumerate(block) if item.report.event in fresh]
    for at in news:
        left = block[at]
        for beside, right in enumerate(block):
            if beside == at or (beside < at and right.report.event in fresh):
                continue
            if not may_meet(left, right) or min(own[at] & own[beside]) != key:
                continue
            score = score_reports(left, right)
            if score is not None and score > 0:
                one, other = sorted((left.report.event, right.report.event))
                yield (one, other), score


def cluster_reports(reports: Iterable[Prepared], scores: Mapping[Pair, float]) -> list[tuple[str, ...]]:
    """Return the IRIs of the reports of each event, sorted; a function of the set of reports alone.

    The best pair is joined first; two groups are joined while their reports are on average rather one event than several,
    and nothing excludes it.

    Args:
        reports: all that any pair of `scores` names, and those that none does.
        scores: log-odds above zero of the pairs that `find_pairs` gives.
    """
    prepared = {item.report.event: item for item in reports}
    groups: dict[str, tuple[str, ...]] = {event: (event,) for event in prepared}
    known: dict[Pair, float | None] = dict(scores)

    def score(left: str, right: str) -> float | None:
        pair = (left, right) if left < right else (right, left)
        if pair not in known:
            known[pair] = score_reports(prepared[left], prepared[right])
        return known[pair]

    for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        ours, theirs = groups[left], groups[right]
        if ours is theirs:
            continue
        total = 0.0
        for one in ours:
            for other in theirs:
                value = score(one, other)
                if value is None:
                    break
                total += value
            else:
                continue
            break
        else:
            if total > 0:
                joined = tuple(sorted((*ours, *theirs)))
                for event in joined:
                    groups[event] = joined
    return sorted(set(groups.values()))


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
    keys = {item.report.event: find_keys(item.report) for item in prepared}
    blocks: dict[str, list[Prepared]] = defaultdict(list)
    for item in prepared:
        for key in keys[item.report.event]:
            blocks[key].append(item)
    scores: dict[Pair, float] = {}
    for key in sorted(blocks):
        scores.update(find_pairs(blocks[key], keys, key, keys.keys()))
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
