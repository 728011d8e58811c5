"""Whether two wordings say, or deny, the same: log-odds, summed over what they share and what keeps them apart.

The weights were set by hand on `tests/cases/claims/seen.toml`; `python -m tests.scores.claims` measures them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.model.cluster import Predication, Relation, Wording, WordingComparison
from kg.model.identity import Feature
from kg.model.occurrence import Party
from kg.resolve.across_claims.sides import count_opposable, count_opposites, find_relation
from kg.resolve.across_events.parties import Match, list_shared, match_sides
from kg.resolve.overlap import count_shared

#: What two claims about one actor are with nothing else known.
_PRIOR = -1.0
#: By how well the parties match, see `kg.resolve.across_events.parties`.
_PARTIES = ((0.9, 1.0), (0.6, 0.7), (0.3, 0.3), (0.0, -1.0))
_ONE_SIDED = -0.2
#: Each of the two is about somebody whom the other one does not name.
_OTHER_PARTIES = -2.5
_SAME_SUBJECT, _OTHER_SUBJECT = 0.3, -3.0
_SAME_FRAME, _FRAME_OF_OTHERS = 0.5, -1.5
_SAME_NUMBER, _OTHER_NUMBER = 0.5, -6.0
#: The most that two wordings have without regard to what their words and numbers say.
_MOST_OF_ACTORS = _PRIOR + _PARTIES[0][1] + _SAME_SUBJECT + _SAME_FRAME
#: All that the shorter one says is said by the other. Where each has words of its own the share in common (Dice) counts, and
#: two contents with one verb and two objects have half: what these words mean is for the vectors to tell.
_CONTAINED = 2.0
_WORDS_SLOPE, _WORDS_MIDDLE, _NO_WORDS = 3.0, 0.5, -0.8
#: Cosine of the sentence vectors. Two things that are said of one actor have 0.7 to 0.8.
_MEANING_SLOPE, _MEANING_MIDDLE, _MEANING_MOST = 14.0, 0.8, 2.5
_NO_VECTORS = -0.6
#: More than rounding and the order of summing can make of a bound.
_ROUNDED = 0.05


class Prepared(NamedTuple):
    """A wording with what comparing asks of it again and again; made by `prepare`."""

    wording: Wording
    parties: dict[str, Party]
    content: frozenset[str]
    opposable: int
    subjects: frozenset[str]
    quantities: dict[str, set[float]]
    vector: NDArray[np.float32] | None


def prepare(wording: Wording) -> Prepared:
    """Return a wording as it is compared."""
    quantities: dict[str, set[float]] = {}
    for unit, number in wording.quantities:
        quantities.setdefault(unit, set()).add(number)
    return Prepared(
        wording=wording,
        parties={party.actor: party for party in wording.parties},
        content=frozenset(wording.content),
        opposable=count_opposable(wording),
        subjects=frozenset(one.subject for one in wording.predications if one.subject is not None),
        quantities=quantities,
        vector=_unpack(wording.vector),
    )


def _unpack(text: str) -> NDArray[np.float32] | None:
    if not text:
        return None
    values = np.frombuffer(bytes.fromhex(text), np.int8).astype(np.float32)
    length = float(np.sqrt(values @ values))
    unit: NDArray[np.float32] = values / np.float32(length) if length else values
    return unit


def compare_wordings(left: Prepared, right: Prepared) -> WordingComparison:
    """Return how likely two wordings are of one thesis, with the reasons; the same in either order."""
    apart = find_contradiction(left, right)
    features = [] if apart else list(_find_features(left, right))
    return WordingComparison(
        features=tuple(Feature(name=name, detail=detail, weight=round(weight, 3)) for name, detail, weight in features),
        score=0.0 if apart else _sum(features),
        relation=find_relation(left.wording, right.wording),
        apart=apart,
    )


def score_wordings(left: Prepared, right: Prepared) -> tuple[float, Relation] | None:
    """Return the log-odds that two wordings are of one thesis, and on which side; None where something excludes it."""
    if find_contradiction(left, right):
        return None
    return _sum(_find_features(left, right)), find_relation(left.wording, right.wording)


def may_be_one(left: Prepared, right: Prepared) -> bool:
    """Whether the log-odds of two wordings can be above zero: if all but words and vectors spoke for it as much as it may.

    It takes a tenth of the time of `score_wordings`, and most wordings that share a key are of different theses.
    """
    if left.wording.mood != right.wording.mood or left.wording.is_held != right.wording.is_held:
        return False
    most = _MOST_OF_ACTORS + _SAME_NUMBER * min(len(left.quantities), len(right.quantities))
    shared, total = len(left.content & right.content), len(left.content) + len(right.content)
    if shared and min(len(left.content), len(right.content)) - shared <= left.opposable:
        most += _CONTAINED
    elif total:
        most += _weigh_share(2 * shared / total)
    if left.vector is not None and right.vector is not None:
        most += _weigh_meaning(round(float(left.vector @ right.vector), 3))
    return most > 0


def bound_scores(wordings: Sequence[Prepared], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return bounds that no log-odds of two wordings exceed, shape (rows, wordings): what `may_be_one` sums, all at once.

    Args:
        wordings: of one block.
        rows: places of those that are compared with all.
    """
    kinds = np.array([f"{one.wording.mood} {one.wording.is_held}" for one in wordings])
    numbers = np.array([len(one.quantities) for one in wordings], np.float32)
    sizes = np.array([len(one.content) for one in wordings], np.float32)
    opposable = np.array([one.opposable for one in wordings], np.float32)
    shared = count_shared([one.content for one in wordings], rows)
    total = sizes[rows, None] + sizes
    lacking = np.minimum(sizes[rows, None], sizes) - shared
    is_contained = (shared > 0) & (lacking <= np.maximum(opposable[rows, None], opposable))
    share = np.maximum(_NO_WORDS, _WORDS_SLOPE * (2 * shared / np.maximum(total, 1) - _WORDS_MIDDLE))
    most = _MOST_OF_ACTORS + _SAME_NUMBER * np.minimum(numbers[rows, None], numbers) + _ROUNDED
    most += np.where(is_contained, _CONTAINED, np.where(total > 0, share, 0))
    nothing = np.zeros_like(next((one.vector for one in wordings if one.vector is not None), np.zeros(1, np.float32)))
    vectors = np.array([nothing if one.vector is None else one.vector for one in wordings])
    has_vector = np.array([one.vector is not None for one in wordings])
    meaning = np.clip(_MEANING_SLOPE * (vectors[rows] @ vectors.T - _MEANING_MIDDLE), -_MEANING_MOST, _MEANING_MOST)
    most += np.where(has_vector[rows, None] & has_vector, meaning, 0)
    bounds: NDArray[np.float32] = np.where(kinds[rows, None] == kinds, most, np.float32(-np.inf))
    return bounds


def to_probability(log_odds: float) -> float:
    """Return the probability of log-odds, three decimals."""
    return round(1 / (1 + math.exp(-log_odds)), 3)


def _sum(features: Sequence[tuple[str, str, float]] | Iterator[tuple[str, str, float]]) -> float:
    return round(_PRIOR + sum(weight for _, _, weight in features), 3)


def find_contradiction(left: Prepared, right: Prepared) -> str:
    """Return what excludes that two wordings are of one thesis, in words; empty where nothing does.

    Excluded are: what is and what will, ought to or would be; what is held and what is only retold; other parties; and who
    does and to whom it is done turned round.
    """
    one, other = left.wording, right.wording
    if one.mood != other.mood:
        return f"{one.mood} / {other.mood}"
    if one.is_held != other.is_held:
        return "held / retold"
    if not _match(left, right).share and one.parties and other.parties:
        return f"{', '.join(left.parties)} / {', '.join(right.parties)}"
    if turned := _find_turned_roles(one.predications, other.predications):
        return f"{turned} turned round"
    return ""


def _match(left: Prepared, right: Prepared) -> Match:
    return match_sides(left.wording.parties, right.wording.parties)


def _is_of_others(left: Prepared, right: Prepared) -> bool:
    """Whether a frame that both take up is said of actors that cannot be one, and no frame is of the same."""
    shared = list(_list_shared_frames(left.wording, right.wording))
    return bool(shared) and all(ours and theirs and not _match_actors(left, right, ours, theirs) for _, ours, theirs in shared)


def _list_shared_frames(left: Wording, right: Wording) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    targets = {use.frame: use.targets for use in right.frames}
    for use in left.frames:
        if use.frame in targets:
            yield use.frame, use.targets, targets[use.frame]


def _match_actors(left: Prepared, right: Prepared, ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Return how well actors of both wordings match; those that are no parties match by their IRI alone."""
    if set(ours) & set(theirs):
        return 1.0
    one = [left.parties[actor] for actor in ours if actor in left.parties]
    other = [right.parties[actor] for actor in theirs if actor in right.parties]
    return match_sides(one, other).share


def _find_turned_roles(left: Sequence[Predication], right: Sequence[Predication]) -> str:
    for one in left:
        for other in right:
            if one.lemma == other.lemma and one.subject != one.object and None not in (one.subject, one.object):
                if (one.subject, one.object) == (other.subject, other.object):
                    return ""
                if (one.subject, one.object) == (other.object, other.subject):
                    return one.lemma
    return ""


def _find_features(left: Prepared, right: Prepared) -> Iterator[tuple[str, str, float]]:
    """Yield (name, what was compared, weight) of two wordings that nothing excludes."""
    match = _match(left, right)
    if match.size:
        weight = next(weight for share, weight in _PARTIES if match.share >= share)
        names = list_shared(left.wording.parties, right.wording.parties)
        yield "parties", ", ".join(names) or f"{match.share:.2f}", weight
    elif left.parties or right.parties:
        yield "parties", "not told", _ONE_SIDED
    if match.size and _count_strangers(left, right) and _count_strangers(right, left):
        yield "parties", "others beside", _OTHER_PARTIES
    yield from _compare_subjects(left, right)
    if frames := [frame for frame, _, _ in _list_shared_frames(left.wording, right.wording)]:
        yield "frame", " ".join(frames), _FRAME_OF_OTHERS if _is_of_others(left, right) else _SAME_FRAME
    yield from _compare_quantities(left, right)
    yield from _compare_words(left, right)


def _count_strangers(left: Prepared, right: Prepared) -> int:
    """Return how many parties of one wording match nobody of the other."""
    return sum(1 for party in left.wording.parties if not match_sides([party], right.wording.parties).share)


def _compare_subjects(left: Prepared, right: Prepared) -> Iterator[tuple[str, str, float]]:
    if left.subjects and right.subjects:
        share = _match_actors(left, right, sorted(left.subjects), sorted(right.subjects))
        names = ", ".join(sorted(left.subjects & right.subjects)) or f"{share:.2f}"
        yield "subject", names, _SAME_SUBJECT if share else _OTHER_SUBJECT


def _compare_quantities(left: Prepared, right: Prepared) -> Iterator[tuple[str, str, float]]:
    for unit in sorted(left.quantities.keys() & right.quantities.keys()):
        ones, others = left.quantities[unit], right.quantities[unit]
        weight = _SAME_NUMBER if ones & others else _OTHER_NUMBER
        yield "number", f"{_show(ones)} ~ {_show(others)} {unit}", weight


def _show(numbers: set[float]) -> str:
    return "/".join(f"{number:g}" for number in sorted(numbers))


def _compare_words(left: Prepared, right: Prepared) -> Iterator[tuple[str, str, float]]:
    """Compare what is said: words that stand in one content alone, where these are not each other's opposite, and vectors."""
    shared = left.content & right.content
    total = len(left.content) + len(right.content)
    own = min(len(left.content), len(right.content)) - len(shared) - count_opposites(left.wording, right.wording)
    if shared and own <= 0:
        yield "words", " ".join(sorted(shared)), _CONTAINED
    elif total:
        dice = 2 * len(shared) / total
        yield "words", f"{dice:.2f} {' '.join(sorted(shared))}".strip(), _weigh_share(dice)
    if left.vector is not None and right.vector is not None:
        cosine = round(float(left.vector @ right.vector), 3)
        yield "meaning", f"{cosine:.2f}", _weigh_meaning(cosine)
    elif own > 0:
        yield "meaning", "not known", _NO_VECTORS


def _weigh_share(dice: float) -> float:
    return max(_NO_WORDS, _WORDS_SLOPE * (dice - _WORDS_MIDDLE))


def _weigh_meaning(cosine: float) -> float:
    return max(-_MEANING_MOST, min(_MEANING_MOST, _MEANING_SLOPE * (cosine - _MEANING_MIDDLE)))
