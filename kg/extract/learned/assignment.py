"""Which content is whose: the best choice of all together, where a cue's first content is worth more than the others."""

from __future__ import annotations

from collections.abc import Sequence

_NOBODY = -1


def assign_contents(scores: Sequence[Sequence[float]], first_bonus: float) -> list[int]:
    """Return for each content the cue that takes it, so that the sum of the scores and bonuses is as large as it can be.

    A cue may take any number of contents, and counts the bonus once if it takes one or more. A content goes to its best
    cue unless it is worth more as the first content of another. Each cue thus has one place that contents compete for,
    which is an assignment problem.

    Args:
        scores: of each content a row of finite values, one for each cue; of two equal ones the first wins. May be empty.
        first_bonus: worth of a cue's first content, not negative.
    """
    best = [max(range(len(row)), key=row.__getitem__) for row in scores]
    if len(set(best)) == len(best):
        return best
    # What it costs to take a place rather than to go to the best cue as one more content, which a place of its own stands for.
    costs = [
        [row[first] - score - first_bonus for score in row] + [0.0] * len(scores) for row, first in zip(scores, best, strict=True)
    ]
    return [place if place < len(row) else first for place, row, first in zip(_find_places(costs), scores, best, strict=True)]


def _find_places(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return the place of each row, all different, so that the sum of the costs is the least.

    Method: shortest augmenting paths with prices of rows and places (Jonker and Volgenant 1987). Exact.

    Args:
        costs: one row at least, none with fewer places than there are rows.
    """
    width = len(costs[0])
    # One place more than there are: where the row that looks for one begins its path.
    holders, prices, row_prices = [_NOBODY] * (width + 1), [0.0] * (width + 1), [0.0] * len(costs)
    for newcomer in range(len(costs)):
        at, previous = width, [width] * width
        holders[at] = newcomer
        slack = [float("inf")] * width
        passed: list[int] = []
        while holders[at] != _NOBODY:
            passed.append(at)
            row = holders[at]
            free = [place for place in range(width) if place not in passed]
            for place in free:
                left = costs[row][place] - row_prices[row] - prices[place]
                if left < slack[place]:
                    slack[place], previous[place] = left, at
            at = min(free, key=slack.__getitem__)
            step = slack[at]
            for place in passed:
                row_prices[holders[place]] += step
                prices[place] -= step
            for place in free:
                slack[place] -= step
        while at != width:
            holders[at] = holders[previous[at]]
            at = previous[at]
        holders[width] = _NOBODY
    found = [0] * len(costs)
    for place in range(width):
        if holders[place] != _NOBODY:
            found[holders[place]] = place
    return found
