"""Earlier mentions of one document that a pronoun or "the minister" may mean, with how salient they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from math import exp, log
from typing import NamedTuple

from kg.model.mention import Gender, Mention, MentionType, Number
from kg.resolve.ranker import Ranker
from kg.resolve.ranking import Standing, describe_persons
from kg.resolve.salience import is_bound, may_follow, weigh, weigh_actor
from kg.resolve.view import View

#: As far as people look back: antecedents of third-person pronouns in news lie within three sentences almost always.
_SENTENCES = 3
#: Enough for the longest sentences; keeps look-up linear in the number of mentions.
_MENTIONS = 40
#: A body that is called "the alliance" was named within the last pages at least.
_FAR_MENTIONS = 400
#: A name that a pronoun points forward to is one of the next few.
_AHEAD_MENTIONS = 6
#: Two actors whose log-odds are nearer than this are as likely.
_TIE = 0.4
#: The same for the fitted weights of persons.
_PERSON_TIE = 0.1
#: The same for two that "and" joins: which one is the nearer tells little.
_JOINED_TIE = 0.7
#: What an actor of doubtful fit loses, as a multiple of the logarithm of the fit.
_FIT_WEIGHT = 2.0


class Antecedent(NamedTuple):
    """A linked mention: what it means and what is known of that actor."""

    mention: Mention
    actor: str
    type: MentionType
    number: Number
    gender: Gender


class Antecedents:
    """The linked mentions so far, in order of text."""

    def __init__(self, view: View, ranker: Ranker) -> None:
        """Start without mentions."""
        self._view = view
        self._ranker = ranker
        self._names: Counter[str] = Counter()
        self._pronouns: Counter[str] = Counter()
        self._all_names: Counter[str] = Counter()
        self._opening: set[str] = set()
        self._seen: list[Antecedent] = []
        self._counts: Counter[str] = Counter()
        self._first = ""
        self._ahead: list[Antecedent] = []
        self._ahead_begins: list[int] = []

    def append(self, antecedent: Antecedent) -> None:
        """Add the next mention of the text."""
        self._seen.append(antecedent)
        self._counts[antecedent.actor] += 1
        self._names[antecedent.actor] += antecedent.mention.kind == "name"
        self._pronouns[antecedent.actor] += antecedent.mention.kind == "pronoun" and not antecedent.mention.is_quoted
        if antecedent.mention.sentence == 0:
            self._opening.add(antecedent.actor)
        if not self._first and antecedent.type == "Person":
            self._first = antecedent.actor

    def announce(self, names: Iterable[Antecedent]) -> None:
        """Give the persons' names of the whole text, in order, so that a pronoun may point forward to one."""
        self._ahead = list(names)
        self._all_names = Counter(antecedent.actor for antecedent in self._ahead)
        self._ahead_begins = [self._view.begins[antecedent.mention.id] for antecedent in self._ahead]

    def find_back(self, mention: Mention, *, sentences: int | None = None) -> Iterator[Antecedent]:
        """Yield those that begin before the mention, nearest first, at most so many sentences back.

        Those that overlap with it ("[[Russian] officials]") and the other side of its speech or event are left out.
        """
        opponents = {
            link.actor for link in self._seen[-_MENTIONS:] if link.mention.id in self._view.opponents.get(mention.id, ())
        }
        for antecedent in reversed(self._seen[-_MENTIONS:] if sentences is not None else self._seen[-_FAR_MENTIONS:]):
            if sentences is not None and mention.sentence - antecedent.mention.sentence > sentences:
                return
            if antecedent.actor not in opponents and not _overlaps(antecedent.mention, mention):
                yield antecedent

    def choose_person(
        self, mention: Mention, fits: Callable[[Antecedent], float], *, excluded: Container[str], favoured: Mapping[str, float]
    ) -> tuple[str, float] | None:
        """Return (actor, probability) of the person whom "he" or "she" most likely means; None where nobody fits.

        The arguments are those of `choose`.
        """
        near: dict[str, list[tuple[int, Mention]]] = {}
        genders: dict[str, Gender] = {}
        for rank, antecedent in enumerate(self._find_near(mention)):
            if antecedent.actor not in excluded and fits(antecedent) > 0:
                near.setdefault(antecedent.actor, []).append((rank, antecedent.mention))
                genders[antecedent.actor] = antecedent.gender
        persons = {
            actor: Standing(
                mentions=mentions,
                names=self._names[actor],
                pronouns=self._pronouns[actor],
                all_names=self._all_names[actor],
                is_first=actor == self._first,
                opens=actor in self._opening,
                gender=genders[actor],
                added=favoured.get(actor, 0.0),
            )
            for actor, mentions in near.items()
        }
        if not persons:
            return None
        scores = self._ranker.rank(mention, describe_persons(mention, persons, self._view))
        ranked = sorted(scores, key=lambda actor: (-scores[actor], actor))
        is_joined = len(ranked) > 1 and self._are_joined(*(near[actor][0][1] for actor in ranked[:2]))
        return self._choose_best(mention, scores, _JOINED_TIE if is_joined else _PERSON_TIE)

    def _are_joined(self, left: Mention, right: Mention) -> bool:
        """Return whether "and" or "or" alone stands between two mentions that are no subjects."""
        first, second = sorted((left, right), key=lambda m: m.spans[0].begin)
        between = self._view.document.text[first.spans[-1].end : second.spans[0].begin]
        return between in {" and ", " or "} and not first.is_subject

    def choose(
        self, mention: Mention, fits: Callable[[Antecedent], float], *, excluded: Container[str], favoured: Mapping[str, float]
    ) -> tuple[str, float] | None:
        """Return (actor, probability) of the most salient antecedent within three sentences.

        Of several that are as likely, the last speaker in this paragraph or the one before is meant, else the last
        subject; the probability is 0.0 where neither tells them apart. None where nobody fits.

        Args:
            mention: the pronoun.
            fits: a factor from 0 (cannot be meant) to 1, by type, number and gender.
            excluded: actors that cannot be meant.
            favoured: actor to what is added to its log-odds.
        """
        scores: dict[str, float] = {}
        for rank, antecedent in enumerate(self._find_near(mention)):
            factor = 0.0 if antecedent.actor in excluded else fits(antecedent)
            if factor > 0:
                score = weigh(antecedent.mention, mention, rank, self._view) + _FIT_WEIGHT * log(factor)
                scores[antecedent.actor] = max(scores.get(antecedent.actor, score), score)
        if not scores:
            return None
        for actor in scores:
            scores[actor] += favoured.get(actor, 0.0) + weigh_actor(self._counts[actor], is_first=actor == self._first)
        return self._choose_best(mention, scores, _TIE)

    def _choose_best(self, mention: Mention, scores: Mapping[str, float], tie: float) -> tuple[str, float]:
        """Return the likeliest actor with its probability; with 0.0 where another is nearer to it than `tie` tells apart."""
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        best = ranked[0][1]
        probability = 1.0 / sum(exp(score - best) for _, score in ranked)
        likely = [actor for actor, score in ranked if best - score < tie]
        if len(likely) > 1:
            chosen = self._break_tie(mention, likely)
            return (likely[0], 0.0) if chosen is None else (chosen, probability)
        return likely[0], probability

    def _find_near(self, mention: Mention) -> Iterator[Antecedent]:
        """Yield those in front of the mention, nearest first, then the names behind it that it may point forward to."""
        yield from self.find_back(mention, sentences=_SENTENCES)
        place = bisect_right(self._ahead_begins, self._view.begins[mention.id])
        for antecedent in self._ahead[place : place + _AHEAD_MENTIONS]:
            if may_follow(antecedent.mention, mention):
                yield antecedent

    def find_bound(self, mention: Mention) -> set[str]:
        """Return the actors that grammar forbids an object pronoun to mean."""
        return {a.actor for a in self.find_back(mention, sentences=0) if is_bound(a.mention, mention)}

    def _break_tie(self, mention: Mention, likely: list[str]) -> str | None:
        """Return who of the likely spoke last in this paragraph or the one before, else who was the last subject."""
        near = [a for a in self.find_back(mention, sentences=_SENTENCES) if a.actor in likely]
        paragraph = self._view.find_paragraph(mention)
        for antecedent in near:
            is_near = paragraph - self._view.find_paragraph(antecedent.mention) <= 1
            if is_near and antecedent.type == "Person" and antecedent.mention.id in self._view.speeches:
                return antecedent.actor
        for antecedent in near:
            is_inside = antecedent.type == "Person" or antecedent.mention.sentence == mention.sentence
            if antecedent.mention.is_subject and is_inside and antecedent.mention.is_quoted == mention.is_quoted:
                return antecedent.actor
        return None


def _overlaps(left: Mention, right: Mention) -> bool:
    return any(a.begin < b.end and b.begin < a.end for a in left.spans for b in right.spans)
