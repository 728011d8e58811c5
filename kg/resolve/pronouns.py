"""Rules for pronouns: whom "he", "it", "I" and "we" mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.resolve.antecedents import Antecedent, Antecedents
from kg.resolve.guess import AMBIGUOUS, UNRESOLVED, Guess
from kg.resolve.turns import Turns
from kg.resolve.view import View, find_sources

_FIRST = frozenset({"i", "me", "my", "mine", "myself"})
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_THEIR = frozenset({"their", "theirs"})
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
#: "took it with him": here the pronoun may mean the subject.
_PLACING = frozenset({"with", "around", "behind", "before", "near", "beside", "above", "below", "about", "after", "for"})
_OBJECT = re.compile(r"\s*(?:[.,;:)?!]|$|(?:in|at|on|to|from|by|for|of|with|that|as|and|over|last|this)\b)")
#: A quotation is mostly about whom its speaker has just spoken of.
_TOPIC_WEIGHT = 0.8
#: "X said [she] feared": whoever speaks comes first within the speaker's own indirect speech.
_OWN_WEIGHT = 0.6
#: Confidence of a pronoun: its probability within these bounds.
_LEAST, _MOST = 0.4, 0.85
#: As far back as what a speaker said before still tells whom a quotation is about.
_TOPIC_SENTENCES = 2


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
        self._turns = Turns(view)
        self._belonging: dict[tuple[str, str], bool] = {}
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
        excluded, favoured = self._weigh_speaker(mention)
        if fits is _fits_plural:
            fits = self._fit_people(mention, favoured)
        if mention.preposition not in _PLACING:
            excluded |= self._antecedents.find_bound(mention) or self._find_own_subject(mention)
        is_person = fits in {_fits_male, _fits_female}
        choose = self._antecedents.choose_person if is_person else self._antecedents.choose
        chosen = choose(mention, fits, excluded=excluded, favoured=favoured)
        if chosen is None:
            return UNRESOLVED
        actor, probability = chosen
        if probability == 0:
            return AMBIGUOUS
        return Guess(actor, "pronoun", round(min(max(probability, _LEAST), _MOST), 2))

    def _fit_people(self, mention: Mention, topics: Mapping[str, float]) -> Callable[[Antecedent], float]:
        """Return whom "they" may mean: a state only in somebody's mouth, and by "their" only where they speak of it.

        "Their" is mostly of people whom the same sentence names ("a way for groups to express their views").
        """
        is_own = mention.name.casefold() in _THEIR

        def fit(antecedent: Antecedent) -> float:
            is_state = antecedent.type == "State" and antecedent.number != "plural"
            is_topic = mention.is_quoted and (not is_own or antecedent.mention.is_quoted or antecedent.actor in topics)
            return 0.0 if is_state and not is_topic else _fits_plural(antecedent)

        return fit

    def _is_object(self, mention: Mention) -> bool:
        """Return whether a pronoun is an object of a verb ("him", "them", "her" without a noun behind it)."""
        word = mention.name.casefold()
        if mention.is_subject or word not in {"him", "her", "them"}:
            return False
        before = self._view.text_before(mention).split()
        if before and before[-1].casefold() in _PLACING:
            return False
        return word != "her" or _OBJECT.match(self._view.document.text, mention.spans[-1].end) is not None

    def _find_own_subject(self, mention: Mention) -> set[str]:
        """Return the actor of the nearest subject in front, in the same sentence, where a text without a parse has an object."""
        if mention.clauses or not self._is_object(mention):
            return set()
        near = self._antecedents.find_back(mention, sentences=0)
        return {next((a.actor for a in near if a.mention.is_subject and a.mention.is_quoted == mention.is_quoted), "")}

    def _weigh_speaker(self, mention: Mention) -> tuple[set[str], dict[str, float]]:
        """Return (actors that a third-person pronoun cannot mean, actor to added weight) by whose words it stands in.

        Nobody calls themselves "he" in a quotation or in an interview; there the pronoun is likelier to mean whom the
        same speaker has just spoken of. In indirect speech it is likelier to mean the speaker.
        """
        excluded: set[str] = self._turns.find_parties(mention, self._link_of)
        favoured: dict[str, float] = {}
        speech = self._view.find_enclosing_speech(mention)
        while speech is not None:
            is_outside = False
            for source in (self._view.mentions[other] for other in find_sources(speech)):
                speaker = None if source.id == mention.id else self._link_of(source.id)
                is_outside = mention.is_quoted and not source.is_quoted
                if is_outside and speaker is not None:
                    excluded.add(speaker)
                    self._weigh_topics(mention, speech, speaker, excluded, favoured)
                elif speaker is not None:
                    favoured.setdefault(speaker, _OWN_WEIGHT)
            speech = None if is_outside else self._view.find_parent(speech)
        return excluded, favoured

    def _weigh_topics(
        self, mention: Mention, speech: Attribution, speaker: str, excluded: set[str], favoured: dict[str, float]
    ) -> None:
        """Exclude for whom the speaker of a quotation speaks from "they"; favour whom the speaker has just spoken of."""
        body = self._represents(speaker) if mention.number == "plural" else None
        if body is not None:
            excluded.add(body)
        for other in self._view.find_earlier_speeches(speech, mention.sentence - _TOPIC_SENTENCES):
            if any(self._link_of(source) == speaker for source in find_sources(other)):
                topics = (*other.about, *(() if other.addressee is None else (other.addressee,)))
                actors = (self._link_of(topic) for topic in topics if self._view.begins[topic] < self._view.begins[mention.id])
                favoured.update((actor, _TOPIC_WEIGHT) for actor in actors if actor is not None)

    def _resolve_first(self, mention: Mention, *, is_plural: bool) -> Guess:
        """Link "I" to who speaks, "we" to whom the speaker represents; outside of any speech, "I" to the author."""
        speech = self._view.find_enclosing_speech(mention)
        source = None if speech is None else speech.source_mention
        if source is None or source == mention.id:
            is_own = speech is None and not mention.is_quoted
            source = self._turns.find_speaker(mention) or (self._author if is_own else None)
        actor = None if source is None or source == mention.id else self._link_of(source)
        if actor is None:
            return UNRESOLVED
        if not is_plural:
            return Guess(actor, "pronoun", 0.85)
        if speech is not None and speech.other_source_mentions:
            return self._resolve_joint(speech)
        body = self._represents(actor)
        if body is None:
            return Guess(actor, "pronoun", 0.5)
        return Guess(body, "pronoun", 0.6) if self._belongs(actor, body) else UNRESOLVED

    def _belongs(self, actor: str, body: str) -> bool:
        """Return whether the document itself says of an actor that it belongs to a body.

        Whom only the registry knows for a minister may say "we" of a party, a cabinet or a city.
        """
        if (actor, body) not in self._belonging:
            owned = ((m, other) for m, others in self._view.affiliations.items() for other in others)
            is_told = any(self._link_of(m) == actor and self._link_of(other) == body for m, other in owned)
            self._belonging[actor, body] = is_told
        return self._belonging[actor, body]

    def _resolve_joint(self, speech: Attribution) -> Guess:
        """Link the "we" of several speakers to the body that all of them speak for; to nobody where that is not one."""
        actors = [self._link_of(source) for source in find_sources(speech)]
        bodies = {None if actor is None else self._represents(actor) for actor in actors}
        body = bodies.pop() if len(bodies) == 1 else None
        return UNRESOLVED if body is None else Guess(body, "pronoun", 0.6)


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
