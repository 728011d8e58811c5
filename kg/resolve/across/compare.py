"""Two actors compared: features that speak for and against identity, their sum, and a verdict."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kg.model.identity import ActorProfile, ActorReference, Comparison, Feature, Verdict
from kg.resolve.across import weights
from kg.resolve.across.body_names import BodyName, relate_body_names
from kg.resolve.across.evidence import BODIES, Evidence, Gatherer
from kg.resolve.across.personal_names import PersonalName, Relation, relate_names
from kg.resolve.entries import RegistryActor

#: Further apart than this no career goes.
_CAREER_YEARS = 40
#: Below this cosine company is shared by chance; from one half on it counts in full.
_LEAST_LIKENESS = 0.05
_FULL_LIKENESS = 2.0
_STRENGTH: dict[Relation, int] = {
    "equal": 0, "variant": 1, "middle": 2, "initial": 2, "nickname": 3, "acronym": 3, "bare": 4, "bare-variant": 5,
    "near": 6, "near-bare": 7,
    "none": 9,
}  # fmt: skip


class Score(NamedTuple):
    """A comparison before it is written down.

    Attributes:
        features: (name, detail, weight), the prior first; empty for two names that have nothing to do with each other.
        total: log-odds of identity.
        relation: how the names stand to each other, the best of all pairs.
    """

    features: tuple[tuple[str, str, float], ...]
    total: float
    relation: Relation

    @property
    def verdict(self) -> Verdict:
        """Same, different or unsure by the two thresholds."""
        if self.total >= weights.SAME:
            return "same"
        return "different" if self.total <= weights.DIFFERENT else "unsure"

    @property
    def probability(self) -> float:
        """The log-odds as a probability, to four digits."""
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, self.total)))), 4)


_NO_NAME = Score((), -9.0, "none")


class Comparer:
    """Compares the actors of one block.

    Args:
        gatherer: knows the registered actors.
        profiles: of the whole block: how common its surnames are and how rare its company is, is counted in it.
    """

    def __init__(self, gatherer: Gatherer, profiles: Iterable[ActorProfile]) -> None:
        self._gatherer = gatherer
        self._mentioned: Counter[str] = Counter()
        self._documents = 0
        for profile in profiles:
            self._documents += 1
            self._mentioned.update(profile.company)
        self._bearers: dict[str, int] = {}

    def note_bearers(self, persons: Iterable[Evidence]) -> None:
        """Count who bears which surname, by given names as they are compared."""
        given: dict[str, set[str]] = {}
        for person in persons:
            for form, _ in person.names[:1]:
                if isinstance(form, PersonalName) and form.given:
                    given.setdefault(form.family, set()).add(form.given[0])
        self._bearers = {family: len(names) for family, names in given.items()}

    def compare(self, left: Evidence, right: Evidence) -> Score:
        """Return how likely both are one; the same for both orders but for the details' order of words."""
        relation, detail, one, other = self._relate(left, right)
        if relation == "none":
            return _NO_NAME
        features = [("prior", "", weights.PRIOR.value), *self._weigh_name(relation, detail, one, other)]
        features += self._weigh_gender(left, right)
        features += self._weigh_parts(left, right)
        features += self._weigh_posts(left, right)
        features += self._weigh_company(left, right)
        features += _weigh_time(left, right)
        if left.registered and right.registered and left.registered.isdisjoint(right.registered):
            features.append(("registered", "each has a row of its own", weights.FEATURES["registered"].value))
        if relation != "equal" and not left.documents.isdisjoint(right.documents):
            key = "same-document" if relation == "acronym" else "told-apart"
            features.append(("document", "one text names both", weights.FEATURES[key].value))
        return Score(tuple(features), sum(weight for _, _, weight in features), relation)

    def _relate(self, left: Evidence, right: Evidence) -> tuple[Relation, str, object, object]:
        best: tuple[Relation, str, object, object] = ("none", "", None, None)
        if (left.type in BODIES) != (right.type in BODIES) or (left.type not in BODIES and left.type != right.type):
            return best
        for one, one_written in left.names:
            for other, other_written in right.names:
                if isinstance(one, PersonalName) and isinstance(other, PersonalName):
                    relation = relate_names(one, other)
                elif isinstance(one, BodyName) and isinstance(other, BodyName):
                    relation = relate_body_names(one, other)
                else:
                    relation = "equal" if one == other else "none"
                if _STRENGTH[relation] < _STRENGTH[best[0]]:
                    sign = "=" if relation == "equal" else "~"
                    best = (relation, f"{one_written} {sign} {other_written}", one, other)
                    if relation == "equal":
                        return best
        return best

    def _weigh_name(self, relation: Relation, detail: str, one: object, other: object) -> Iterator[tuple[str, str, float]]:
        if relation == "acronym":
            assert isinstance(one, BodyName)
            yield "name", f"{detail} (acronym)", weights.ACRONYM[max(2, min(4, len(one.initials)))].value
            return
        if isinstance(one, PersonalName) and isinstance(other, PersonalName):
            if not one.given and not other.given:
                yield "name", f"{detail} (surnames)", weights.BOTH_BARE.value
                return
            yield "name", detail if relation == "equal" else f"{detail} ({relation})", weights.NAMES[relation].value
            bearers = max(self._bearers.get(one.family, 1), self._bearers.get(other.family, 1))
            if bearers > 1:
                yield "commonness", f"{bearers} bear the surname", weights.COMMONNESS.value * math.log(bearers)
            if one.generation != other.generation and one.given and other.given:
                yield "generation", one.generation or other.generation, weights.FEATURES["generation"].value
            return
        yield "name", detail if relation == "equal" else f"{detail} ({relation})", weights.NAMES[relation].value

    def _weigh_gender(self, left: Evidence, right: Evidence) -> Iterator[tuple[str, str, float]]:
        if left.gender in {"male", "female"} and right.gender in {"male", "female"}:
            key = "gender-same" if left.gender == right.gender else "gender-differs"
            yield "gender", f"{left.gender}, {right.gender}", weights.FEATURES[key].value

    def _weigh_parts(self, left: Evidence, right: Evidence) -> Iterator[tuple[str, str, float]]:
        shared = left.affiliations & right.affiliations
        states = {iri for iri in shared if iri in left.countries or iri in right.countries or self._is_state(iri)}
        if states:
            yield "country", _list(states), weights.FEATURES["country-same"].value
        if shared - states:
            yield "organisation", _list(shared - states), weights.FEATURES["organisation-same"].value
        if shared:
            return
        if left.affiliations and right.affiliations:
            ones, others = self._find_states(left), self._find_states(right)
            if ones and others:
                key = "country-differs" if left.type == "Person" else "body-country-differs"
                weight = weights.FEATURES[key].value + _weigh_repetition(left, right)
                yield "country", f"{_list(ones)} / {_list(others)}", weight
            else:
                detail = f"{_list(left.affiliations)} / {_list(right.affiliations)}"
                yield "organisation", detail, weights.FEATURES["part-differs"].value
            return
        known, text = (left, right) if left.affiliations else (right, left)
        mentioned = self._find_states(known) & text.company.keys()
        if mentioned:
            yield "country", f"{_list(mentioned)} is mentioned", weights.FEATURES["country-mentioned"].value

    def _is_state(self, iri: str) -> bool:
        row = self._gatherer.registered.get(iri)
        return row is not None and row.type == "State"

    def _find_states(self, evidence: Evidence) -> set[str]:
        return evidence.countries | {iri for iri in evidence.affiliations if self._is_state(iri)}

    def _weigh_posts(self, left: Evidence, right: Evidence) -> Iterator[tuple[str, str, float]]:
        if left.type != "Person":
            return
        ones, others = _find_titles(left), _find_titles(right)
        shared = sorted(ones & others)
        has_shared_part = bool(left.affiliations & right.affiliations)
        if shared:
            held = [title for title in shared if _is_at_one_time(title, left, right)]
            high = [title for title in held if title in weights.HIGH_OFFICES]
            if not held:
                key = "post-other-time"
            elif has_shared_part:
                key = "post-same-held" if high else "post-same"
            else:
                key = "post-alike"
            yield "post", ", ".join(high or held or shared), weights.FEATURES[key].value
        elif ones and others and not has_shared_part and left.affiliations and right.affiliations:
            detail = f"{', '.join(sorted(ones)[:2])} / {', '.join(sorted(others)[:2])}"
            yield "post", detail, weights.FEATURES["post-differs"].value

    def _weigh_company(self, left: Evidence, right: Evidence) -> Iterator[tuple[str, str, float]]:
        if len(left.company) > len(right.company):
            left, right = right, left
        apart = left.affiliations | right.affiliations
        counts, others = len(left.profiles), len(right.profiles)
        rows = []
        product = []
        for iri, count in left.company.items():
            if iri in right.company and iri not in apart:
                one, other = count / counts, right.company[iri] / others
                rarity = self._find_rarity(iri)
                rows.append((math.sqrt(one * other) * rarity, iri))
                product.append(one * other * rarity * rarity)
        # Of two actors in many documents each, some company is shared by chance: how alike it is on the whole tells.
        likeness = math.fsum(product) / (self._measure_spread(left) * self._measure_spread(right)) if product else 0.0
        if likeness >= _LEAST_LIKENESS:
            rows.sort(key=lambda row: (-row[0], row[1]))
            weight = min(weights.MOST_COMPANY, weights.FEATURES["company"].value * math.fsum(share for share, _ in rows))
            yield "company", _list(iri for _, iri in rows[:3]), weight * min(1.0, _FULL_LIKENESS * likeness)
        elif all(any(iri not in apart for iri in side.company) for side in (left, right)):
            yield "company", "hardly anybody in common", weights.FEATURES["company-differs"].value

    def _measure_spread(self, evidence: Evidence) -> float:
        if evidence.spread < 0:
            count = len(evidence.profiles)
            squares = ((times / count * self._find_rarity(iri)) ** 2 for iri, times in evidence.company.items())
            evidence.spread = math.sqrt(math.fsum(squares))
        return evidence.spread

    def _find_rarity(self, iri: str) -> float:
        row = self._gatherer.registered.get(iri)
        base = weights.RARITY["Organisation" if row is None else row.type]
        count = max(1, self._mentioned[iri])
        return base * math.log1p(self._documents / count) / math.log1p(self._documents)


def _weigh_repetition(left: Evidence, right: Evidence) -> float:
    """Return what a contradiction weighs more because several documents on each side tell it."""
    times = max(1, min(left.located, right.located))
    return max(weights.MOST_REPEATED, weights.FEATURES["country-repeated"].value * math.log(times))


def _find_titles(evidence: Evidence) -> set[str]:
    return evidence.titles.keys() | {post.title for _, post in evidence.posts}


def _is_at_one_time(title: str, left: Evidence, right: Evidence) -> bool:
    """Return whether both can have the office at once; also where no date is known."""
    for one, other in ((left, right), (right, left)):
        posts = [post for _, post in one.posts if post.title == title]
        if posts and title in other.titles:
            days = [day for day in other.titles[title] if day]
            return not days or any(post.is_held_at(day) for post in posts for day in days)
    ones, others = left.titles.get(title), right.titles.get(title)
    if ones is None or others is None or ones[0] is None or others[0] is None:
        return True
    return _count_gap(ones, others) <= weights.OFFICE_DAYS


def _weigh_time(left: Evidence, right: Evidence) -> Iterator[tuple[str, str, float]]:
    if left.type == "Person" and left.dates and right.dates:
        years = _count_gap(left.dates, right.dates) // 365
        if years > _CAREER_YEARS:
            yield "time", f"{years} years between", weights.FEATURES["time"].value


def _count_gap(left: tuple[str | None, str | None], right: tuple[str | None, str | None]) -> int:
    """Return the days between two periods; 0 where they overlap. All four dates are known."""
    days = [date.fromisoformat(f"{day}-01-01"[:10] if len(day) < 10 else day[:10]).toordinal() for day in (*left, *right) if day]
    return max(0, days[2] - days[1], days[0] - days[3])


def _list(iris: Iterable[str]) -> str:
    """Return what people read of IRIs: "state/no, org/nato"."""
    return ", ".join(sorted(iri.rpartition("actor/")[2] for iri in iris)[:4])


def to_comparison(left: ActorReference, right: ActorReference, score: Score, verdict: Verdict | None = None) -> Comparison:
    """Write a score down, the smaller reference first; `verdict` where others than the two decided it."""
    if (right.actor, right.document or "") < (left.actor, left.document or ""):
        left, right = right, left
    features = tuple(Feature(name=name, detail=detail, weight=round(weight, 2)) for name, detail, weight in score.features)
    return Comparison(left=left, right=right, features=features, score=score.probability, verdict=verdict or score.verdict)


def compare_actors(
    left: Sequence[ActorProfile], right: Sequence[ActorProfile], registered: Mapping[str, RegistryActor]
) -> Comparison:
    """Compare two actors by all that documents tell of each, as if nobody else bore their names.

    Args:
        left: profiles of the one, one or more.
        right: profiles of the other.
        registered: registered actors by IRI: those of the profiles and of what they are part of and mentioned beside.
    """
    gatherer = Gatherer(registered)
    one, other = gatherer.gather(left), gatherer.gather(right)
    comparer = Comparer(gatherer, [*left, *right])
    references = [ActorReference(actor=e.key[1], document=e.key[0] if len(e.profiles) == 1 else None) for e in (one, other)]
    return to_comparison(references[0], references[1], comparer.compare(one, other))
