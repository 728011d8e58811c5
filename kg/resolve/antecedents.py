"""Earlier mentions of one document that a pronoun or "the minister" may mean, with how salient they are."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple

from kg.model.mention import Gender, Mention, MentionType, Number
from kg.resolve.view import View

#: As far as people look back: antecedents of third-person pronouns in news lie within three sentences almost always.
_SENTENCES = 3
#: Enough for the longest sentences; keeps look-up linear in the number of mentions.
_MENTIONS = 40
#: A body that is called "the alliance" was named within the last pages at least.
_FAR_MENTIONS = 400
#: Two actors whose weights are nearer than this are as likely.
MARGIN = 0.08
#: A new paragraph often changes the subject.
_PARAGRAPH_LOSS = 0.12


class Antecedent(NamedTuple):
    """A linked mention: what it means and what is known of that actor."""

    mention: Mention
    actor: str
    type: MentionType
    number: Number
    gender: Gender


class Antecedents:
    """The linked mentions so far, in order of text."""

    def __init__(self, view: View) -> None:
        """Start without mentions."""
        self._view = view
        self._seen: list[Antecedent] = []

    def append(self, antecedent: Antecedent) -> None:
        """Add the next mention of the text."""
        self._seen.append(antecedent)

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

    def choose(
        self, mention: Mention, fits: Callable[[Antecedent], float], *, excluded: Container[str], favoured: Mapping[str, float]
    ) -> tuple[str, float] | None:
        """Return (actor, margin to the next actor) of the most salient antecedent within three sentences.

        Of several that are as likely, the last speaker in this paragraph or the one before is meant, else the last
        subject; the margin is 0.0 where neither tells them apart.

        Args:
            mention: the pronoun.
            fits: a factor from 0 (cannot be meant) to 1. Subjects, speakers and the near count more; what others say in
                quotation marks counts less for a pronoun outside of them.
            excluded: actors that cannot be meant.
            favoured: actor to what is added to its weight.
        """
        scores: dict[str, float] = {}
        for rank, antecedent in enumerate(self.find_back(mention, sentences=_SENTENCES)):
            factor = 0.0 if antecedent.actor in excluded else fits(antecedent)
            if factor > 0:
                score = factor * (self._weigh(antecedent.mention, mention, rank) + favoured.get(antecedent.actor, 0.0))
                scores[antecedent.actor] = max(scores.get(antecedent.actor, 0.0), score)
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        best = ranked[0][1]
        likely = [actor for actor, score in ranked if best - score < MARGIN]
        if len(likely) > 1:
            chosen = self._break_tie(mention, likely)
            return (likely[0], 0.0) if chosen is None else (chosen, MARGIN)
        return likely[0], best - (ranked[1][1] if len(ranked) > 1 else 0.0)

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

    def _weigh(self, candidate: Mention, mention: Mention, rank: int) -> float:
        weight = 1.0 - 0.22 * (mention.sentence - candidate.sentence) - 0.01 * min(rank, 20)
        weight -= _PARAGRAPH_LOSS * min(self._view.find_paragraph(mention) - self._view.find_paragraph(candidate), 2)
        is_speaker = candidate.id in self._view.speeches
        if candidate.is_subject or is_speaker:
            weight += 0.45
        if is_speaker and mention.id in self._view.speeches:
            weight += 0.25
        if candidate.is_quoted and not mention.is_quoted:
            weight -= 0.6
        if candidate.id in self._view.affiliated_to:
            weight -= 0.35
        return max(weight, 0.05)


def _overlaps(left: Mention, right: Mention) -> bool:
    return any(a.begin < b.end and b.begin < a.end for a in left.spans for b in right.spans)
