"""Rules for pronouns: whom "he", "it", "I" and "we" mean."""

from __future__ import annotations

from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.antecedents import Antecedent, Antecedents
from kg.resolve.guess import AMBIGUOUS, UNRESOLVED, Guess
from kg.resolve.view import View

_FIRST = frozenset({"i", "me", "my", "mine", "myself"})
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
#: Two actors whose weights are nearer than this are as likely: the pronoun stays unresolved.
_MARGIN = 0.08


class Pronouns:
    """The rules over one document.

    `link_of` resolves another mention, wherever it stands ("I will", he said); `represents` gives the actor for whom
    a person speaks (the country or organisation of the post), None where unknown.
    """

    def __init__(
        self, view: View, antecedents: Antecedents, link_of: Callable[[str], str | None], represents: Callable[[str], str | None]
    ) -> None:
        """Keep what the rules look at."""
        self._view = view
        self._antecedents = antecedents
        self._link_of = link_of
        self._represents = represents
        self._author = next((m.id for m in view.extraction.mentions if m.kind == "author"), None)

    def resolve(self, mention: Mention) -> Guess:
        """Link a pronoun; relative and other pronouns stay unresolved."""
        word = mention.name.casefold()
        if word in _FIRST or word in _FIRST_PLURAL:
            return self._resolve_first(mention, is_plural=word in _FIRST_PLURAL)
        if word in _SECOND:
            speech = self._view.find_enclosing_speech(mention)
            actor = None if speech is None or speech.addressee is None else self._link_of(speech.addressee)
            return UNRESOLVED if actor is None else Guess(actor, "pronoun", 0.6)
        fits = _FITS.get(next((group for group in _FITS if word in group), frozenset()))
        if fits is None:
            return UNRESOLVED
        chosen = self._antecedents.choose(mention, fits)
        if chosen is None:
            return UNRESOLVED
        actor, margin = chosen
        if margin < _MARGIN:
            return AMBIGUOUS
        return Guess(actor, "pronoun", 0.75 if margin > 0.3 else 0.6)

    def _resolve_first(self, mention: Mention, *, is_plural: bool) -> Guess:
        """Link "I" to who speaks, "we" to whom the speaker represents; outside of any speech, "I" to the author."""
        speech = self._view.find_enclosing_speech(mention)
        source = self._author if speech is None and not mention.is_quoted else None
        if speech is not None:
            source = speech.source_mention
        actor = None if source is None or source == mention.id else self._link_of(source)
        if actor is None:
            return UNRESOLVED
        if not is_plural:
            return Guess(actor, "pronoun", 0.85)
        body = self._represents(actor)
        return Guess(actor, "pronoun", 0.5) if body is None else Guess(body, "pronoun", 0.6)


def _fits_male(antecedent: Antecedent) -> float:
    return _fit_person(antecedent, "male")


def _fits_female(antecedent: Antecedent) -> float:
    return _fit_person(antecedent, "female")


def _fit_person(antecedent: Antecedent, gender: str) -> float:
    if antecedent.type != "Person" or antecedent.number == "plural":
        return 0.0
    if antecedent.gender == gender:
        return 1.0
    return 0.85 if antecedent.gender == "unknown" else 0.0


def _fits_neuter(antecedent: Antecedent) -> float:
    if antecedent.number == "plural":
        return 0.0
    return {"State": 1.0, "Organisation": 1.0, "Group": 0.7, "Place": 0.5}.get(antecedent.type, 0.0)


def _fits_plural(antecedent: Antecedent) -> float:
    if antecedent.number == "plural":
        return 1.0
    return {"Group": 0.9, "Organisation": 0.6, "State": 0.5}.get(antecedent.type, 0.0)


_FITS: dict[frozenset[str], Callable[[Antecedent], float]] = {
    _MALE: _fits_male,
    _FEMALE: _fits_female,
    _NEUTER: _fits_neuter,
    _PLURAL: _fits_plural,
}
