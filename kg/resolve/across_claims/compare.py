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
from kg.resolve.across_claims.sides import find_relation
from kg.resolve.across_events.parties import Match, match_sides

#: What two claims about one actor are with nothing else known: mostly two things.
_PRIOR = -2.6
#: By how well the parties match, see `kg.resolve.across_events.parties`.
_PARTIES = ((0.9, 1.0), (0.6, 0.6), (0.3, 0.0), (0.0, -1.0))
_ONE_SIDED = -0.2
_SAME_SUBJECT, _OTHER_SUBJECT = 0.5, -1.5
_SAME_RELATION, _SAME_FRAME, _OTHER_FRAME = 0.9, 1.6, -0.6
_SAME_NUMBER, _OTHER_NUMBER = 0.6, -3.5
#: Share of stems in common (Dice), and what each stem in common adds at most.
_WORDS_SLOPE, _WORDS_MIDDLE, _WORDS_MOST, _MOST_PER_WORD = 5.0, 0.25, 3.0, 1.1
_NO_WORDS = -0.7
#: Cosine of the sentence vectors, linear in between; without vectors nothing is said.
_COSINES = ((0.3, -3.0), (0.45, -1.6), (0.6, 0.0), (0.75, 1.8), (0.9, 3.2))
#: Relations that say nothing of what is meant.
_LIGHT = frozenset({"be", "have", "do", "say", "make", "take", "get", "go", "come", "give", "put"})


class Prepared(NamedTuple):
    """A wording with what comparing asks of it again and again; made by `prepare`."""

    wording: Wording
    parties: dict[str, Party]
    content: frozenset[str]
    relations: frozenset[str]
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
        relations=frozenset(one.lemma for one in wording.predications if one.lemma not in _LIGHT),
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


def to_probability(log_odds: float) -> float:
    """Return the probability of log-odds, three decimals."""
    return round(1 / (1 + math.exp(-log_odds)), 3)


def _sum(features: Sequence[tuple[str, str, float]] | Iterator[tuple[str, str, float]]) -> float:
    return round(_PRIOR + sum(weight for _, _, weight in features), 3)


def find_contradiction(left: Prepared, right: Prepared) -> str:
    """Return what excludes that two wordings are of one thesis, in words; empty where nothing does.

    Excluded are: what is and what will, ought to or would be; what is held and what is only retold; a frame of one actor and
    of another; other parties; who does and to whom it is done turned round; and other numbers of the same.
    """
    one, other = left.wording, right.wording
    if one.mood != other.mood:
        return f"{one.mood} / {other.mood}"
    if one.is_held != other.is_held:
        return "held / retold"
    if not _match(left, right).share and one.parties and other.parties:
        return f"{', '.join(left.parties)} / {', '.join(right.parties)}"
    if frame := _find_turned_frame(left, right):
        return f"{frame} of others"
    if turned := _find_turned_roles(one.predications, other.predications):
        return f"{turned} turned round"
    return ""


def _match(left: Prepared, right: Prepared) -> Match:
    return match_sides(left.wording.parties, right.wording.parties)


def _find_turned_frame(left: Prepared, right: Prepared) -> str:
    """Return a frame that both take up of actors that cannot be one; empty for none, and where they share another one."""
    found = ""
    for frame, ours, theirs in _list_shared_frames(left.wording, right.wording):
        if not ours or not theirs or _match_actors(left, right, ours, theirs):
            return ""
        found = frame
    return found


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
        yield "parties", ", ".join(match.names) or f"{match.share:.2f}", weight
    elif left.parties or right.parties:
        yield "parties", "not told", _ONE_SIDED
    yield from _compare_subjects(left, right)
    if shared := left.relations & right.relations:
        yield "relation", " ".join(sorted(shared)), _SAME_RELATION
    frames = [frame for frame, _, _ in _list_shared_frames(left.wording, right.wording)]
    if frames:
        yield "frame", " ".join(frames), _SAME_FRAME
    elif left.wording.frames and right.wording.frames:
        yield "frame", "others", _OTHER_FRAME
    yield from _compare_quantities(left, right)
    yield from _compare_words(left, right)
    if left.vector is not None and right.vector is not None:
        cosine = round(float(left.vector @ right.vector), 3)
        yield "meaning", f"{cosine:.2f}", _interpolate(cosine)


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
    if not left.content or not right.content:
        return
    shared = left.content & right.content
    dice = 2 * len(shared) / (len(left.content) + len(right.content))
    if dice >= _WORDS_MIDDLE:
        weight = min(_WORDS_MOST, _WORDS_SLOPE * (dice - _WORDS_MIDDLE), _MOST_PER_WORD * len(shared))
    else:
        weight = _NO_WORDS * (1 - dice / _WORDS_MIDDLE)
    yield "words", f"{dice:.2f} {' '.join(sorted(shared))}".strip(), weight


def _interpolate(cosine: float) -> float:
    """Return the weight of a cosine: that of the nearest bound outside of the table, linear within."""
    low, high = _COSINES[0], _COSINES[-1]
    if cosine <= low[0]:
        return low[1]
    for point in _COSINES[1:]:
        if cosine <= point[0]:
            return low[1] + (point[1] - low[1]) * (cosine - low[0]) / (point[0] - low[0])
        low = point
    return high[1]
