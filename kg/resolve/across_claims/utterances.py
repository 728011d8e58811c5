"""Which claims report one utterance: the same source, nearly the same words, at about the same time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.model.cluster import ClaimReport
from kg.resolve.across_claims.sides import find_relation
from kg.resolve.across_events.parties import match_sides
from kg.resolve.across_events.windows import read_day
from kg.resolve.overlap import count_shared

#: The same words much later were said again.
_REACH_DAYS = 14
_LAST_DAY = date.max.toordinal()
_SHINGLE_WORDS = 3
#: Shorter contents have not many ways to say a thing: they must be the same.
_FEWEST_SHINGLES = 4
_LIKE = 0.5
#: Of a table of shingles, which are many: two that share a column seem to be one.
_COLUMNS = 1024
#: Contents whose shingles are kept: each is compared with many.
_KEPT = 4096
#: A state and its minister may both be given the same words; a bare "official" may be anybody of a state.
_SAME_SPEAKER = 0.5


class Likeness(NamedTuple):
    """How like two reports are; `share` is that of the shorter one's words, 0 to 1, `words` those in common, for people."""

    share: float
    words: str


def compare_reports(left: ClaimReport, right: ClaimReport) -> Likeness | None:
    """Return how like two claims are as reports of one utterance; None where they are of two.

    One utterance has one source: the same actor, a state and somebody who speaks for it, or the same words for a source
    that nobody knows, whose own words then are the same. It is put in one mood and polarity, and published within two weeks.
    """
    if left.wording.mood != right.wording.mood or not _is_same_time(left, right):
        return None
    likeness = compare_words(left.words, right.words)
    if likeness is None or find_relation(left.wording, right.wording) == "opposite":
        return None
    if left.speakers and right.speakers:
        return likeness if match_sides(left.speakers, right.speakers).share >= _SAME_SPEAKER else None
    if left.speakers or right.speakers:
        return None
    return likeness if left.source == right.source and left.source else None


def compare_words(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness | None:
    """Return how much of the shorter content stands in the other, by three words in a row; None for less than half."""
    ones, others = find_shingles(left), find_shingles(right)
    smaller = min(len(ones), len(others))
    if smaller < _FEWEST_SHINGLES:
        return Likeness(1.0, " ".join(left)) if _strip(left) == _strip(right) and len(_strip(left)) > 1 else None
    shared = ones & others
    share = len(shared) / smaller
    if share < _LIKE:
        return None
    return Likeness(round(share, 3), " ".join(word for word in left if any(word in shingle for shingle in shared)))


def may_be_alike(texts: Sequence[tuple[str, ...]], rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return for which pairs `compare_words` may find a likeness, shape (rows, texts): all that it finds, and a few others.

    Args:
        texts: the words of each content.
        rows: places of those that are compared with all.
    """
    shingles = [find_shingles(words) for words in texts]
    stripped = {words: number for number, words in enumerate({_strip(words): None for words in texts})}
    same = np.array([stripped[_strip(words)] for words in texts])
    sizes = np.array([len(found) for found in shingles])
    smaller = np.minimum(sizes[rows, None], sizes)
    shared = count_shared(shingles, rows, _COLUMNS)
    alike: NDArray[np.bool_] = np.where(smaller < _FEWEST_SHINGLES, same[rows, None] == same, shared >= _LIKE * smaller)
    return alike


def _strip(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without the complementiser that a reporting verb brings with it."""
    return words[1:] if words[:1] == ("that",) else words


@lru_cache(_KEPT)
def find_shingles(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Return all three words in a row; empty for fewer."""
    return frozenset(words[at : at + _SHINGLE_WORDS] for at in range(len(words) - _SHINGLE_WORDS + 1))


def _is_same_time(left: ClaimReport, right: ClaimReport) -> bool:
    one, other = read_day(left.published), read_day(right.published)
    return one is None or other is None or abs((one - other).days) <= _REACH_DAYS


def order_reports(reports: Iterable[ClaimReport]) -> list[ClaimReport]:
    """Return claims by time of publication, as instants where an offset is told, then by IRI; those without a time come last.

    A day without a time of day begins at midnight.
    """
    return sorted(reports, key=lambda report: (_read_instant(report.published), report.claim))


def _read_instant(published: str | None) -> str:
    """Return a date or a time as a string that sorts, in UTC where it has an offset; behind all others where it is none."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return "~"
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).replace(tzinfo=None).isoformat()


def find_utterances(reports: Iterable[ClaimReport]) -> list[tuple[ClaimReport, ...]]:
    """Return the reports of each utterance that two documents or more report, the first one first.

    Each claim goes to the earliest utterance whose first report it is like: a function of the set of claims alone.
    """
    groups: list[list[ClaimReport]] = []
    # Words can only be like others that have three in a row, or all, in common with them.
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    latest: list[int] = []
    for report in order_reports(reports):
        keys = (_strip(report.words), *find_shingles(report.words))
        day = read_day(report.published)
        # All groups before this one are out of reach; what has no day reaches all.
        nearest = 0 if day is None else bisect_left(latest, day.toordinal() - _REACH_DAYS)
        for number in sorted({number for key in keys for number in _list_from(places[key], nearest)}):
            if compare_reports(groups[number][0], report) is not None:
                groups[number].append(report)
                break
        else:
            for key in keys:
                places[key].append(len(groups))
            groups.append([report])
            # Days of one moment differ by offset: the latest until now, so that they ascend.
            latest.append(max([_LAST_DAY if day is None else day.toordinal(), *latest[-1:]]))
    return [tuple(group) for group in groups if len({report.document for report in group}) > 1]


def _list_from(numbers: Sequence[int], least: int) -> Sequence[int]:
    """Return those of ascending numbers that are not below one."""
    return numbers[bisect_left(numbers, least) :]
