"""Whom an event was done to where its own clause does not say, as in "The navy also sent a destroyer".

News leaves out what the reader knows by then. What stands out is the side that the one who acts has dealt with in the
events around, that is named nearby, and that the text is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model.event import Argument, Event
from kg.model.mention import Mention
from kg.model.span import Span
from kg.resolve.event_parties import Parties

#: Types whose recipient is left out because it is known. Who takes to the streets often does so against nobody named; who
#: arrests or seizes does it to people of no side; whom sanctions hit is said where they are told of.
_FILLED = frozenset(
    {
        "AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "MOBILIZE",
        "ASSAULT",
    }
)  # fmt: skip
_ALL = re.compile(r"(?:all|any|every|everyone|everybody|anyone|anybody|nobody|other|others)\b", re.IGNORECASE)
#: Types whose recipient owns the place, or sides with the captives, that the text tells of.
_OF_PLACES = frozenset({"ASSAULT", "THREATEN", "MOBILIZE", "RETREAT", "AID"})
_OF_CAPTIVES = frozenset({"RETREAT"})
_CAPTIVES = frozenset(
    {
        "hostage", "hostages", "prisoner", "prisoners", "captive", "captives", "detainee", "detainees", "soldier", "soldiers",
        "sailor", "sailors", "men", "women", "people", "crew", "fighters", "remains", "bodies", "civilians", "pilot", "pilots",
    }
)  # fmt: skip
#: Who is attacked or threatened is no friend, who is helped no enemy: these dealings tell nothing of those deeds.
_HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN", "ACCUSE", "PROTEST"})
_FRIENDLY = frozenset({"AID", "COOPERATE", "SUPPORT", "CONSULT"})
#: Who mediates between two, or calls on both, tells that these two deal with each other.
_BETWEEN = frozenset({"CONSULT", "REQUEST"})
_BOTH, _CONFLICT = 2, "conflict"
#: Aid goes to whom others help or attack, whoever these are.
_SHARED_VICTIMS: Mapping[str, frozenset[str]] = {"AID": frozenset({"AID", "ASSAULT"})}
#: How much an event between two sides counts for each sentence that it is further away, and at most.
_FADING, _MOST_DEALINGS = 0.9, 2.0
_SAME_SENTENCE, _LAST_SENTENCE = 0.6, 0.5
_STANDING = 2.0
#: The score that is sure, the least one, and the least lead over the next side.
_SURE, _LEAST, _LEAD = 1.1, 0.75, 0.2
#: Who withdraws or gives way often does so to nobody in particular.
_OFTEN_OPEN = frozenset({"RETREAT", "CONCEDE"})
_SURER = 1.25
#: A side named in fewer sentences is not what a reader bears in mind.
_LEAST_SENTENCES = 2


class ImpliedRecipients:
    """Completes the events of one document."""

    def __init__(self, text: str, parties: Parties) -> None:
        self._text = text
        self._parties = parties
        self._dealings: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._victims: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._sentences = {side: parties.standing[side] for side in parties.naming}
        total = sum(len(found) for found in parties.naming.values())
        self._shares = {side: len(found) / total for side, found in parties.naming.items()}

    def complete(self, events: Sequence[Event]) -> list[Event]:
        """Return the events in their order, those that leave their recipient out with the one that is implied."""
        for event in events:
            self._remember(event)
        by_sentence: dict[Span, list[Event]] = defaultdict(list)
        for event in events:
            by_sentence[event.sentence].append(event)
        completed = [self._share(event, by_sentence[event.sentence]) for event in events]
        # What is sure comes first: it tells who deals with whom.
        for least in (_SURE, _LEAST):
            for at, event in enumerate(completed):
                completed[at] = self._complete(event, least)
                if completed[at].recipients != event.recipients:
                    self._remember(completed[at])
        return completed

    def _share(self, event: Event, beside: Sequence[Event]) -> Event:
        """Return an event that names no recipient with that of the same deed of the same actors in its sentence."""
        own = self._list_actors(event.actors)
        if event.type not in _FILLED or not own or any(argument.mention for argument in event.recipients):
            return event
        for other in beside:
            is_same = other.type == event.type and other.polarity == event.polarity
            named = tuple(argument for argument in other.recipients if argument.mention)
            if is_same and named and other is not event and self._list_actors(other.actors) == own:
                return event.model_copy(update={"recipients": named})
        return event

    def _list_actors(self, arguments: Iterable[Argument]) -> list[str]:
        found = (self._parties.find_actor(argument.mention) for argument in arguments)
        return [actor.iri for actor in found if actor is not None]

    def _remember(self, event: Event) -> None:
        sentence = self._parties.find_sentence(event)
        actors, recipients = self._list_sides(event.actors), self._list_sides(event.recipients)
        for actor in actors:
            for recipient in recipients:
                if actor != recipient:
                    self._dealings[actor].append((sentence, recipient, event.type))
                    self._dealings[recipient].append((sentence, actor, event.type))
        if len(recipients) == _BOTH and event.type in _BETWEEN:
            for one, other in (recipients, recipients[::-1]):
                self._dealings[one].append((sentence, other, _CONFLICT))
        for recipient in recipients:
            self._victims[event.type].append((sentence, recipient))

    def _list_sides(self, arguments: Iterable[Argument]) -> list[str]:
        found = (self._parties.find_side(argument.mention) for argument in arguments)
        return list(dict.fromkeys(side for side in found if side is not None))

    def _complete(self, event: Event, least: float) -> Event:
        own = self._list_sides(event.actors)
        open_ones = [argument for argument in event.recipients if self._is_open(event, argument)]
        if event.type not in _FILLED or len(open_ones) < len(event.recipients) or not (own or open_ones):
            return event
        side = self._choose(event, own, max(least, _SURER) if event.type in _OFTEN_OPEN else least)
        mention = None if side is None else self._find_nearest(side, event.trigger[0].begin)
        if mention is None:
            return event
        if any(argument.mention for argument in open_ones):
            # The place or the captives are told of; whose they are is implied.
            recipients = tuple(argument.model_copy(update={"mention": mention.id}) for argument in open_ones[:1])
        else:
            recipients = (*event.recipients, Argument(mention=mention.id, spans=mention.spans))
        return event.model_copy(update={"recipients": recipients})

    def _is_open(self, event: Event, argument: Argument) -> bool:
        """Tell whether a recipient is none that acts: nobody, a mere place that is struck or left, captives who are freed."""
        actor = self._parties.find_actor(argument.mention)
        if actor is None:
            # "Called on all sides" means more than one that stands out.
            return _ALL.match(self._text, argument.spans[0].begin) is None
        if self._parties.find_side(argument.mention) is not None:
            return False
        if actor.type == "Place":
            return event.type in _OF_PLACES
        mention = self._parties.mentions[argument.mention or ""]
        return event.type in _OF_CAPTIVES and mention.kind == "nominal" and mention.name.split()[-1].casefold() in _CAPTIVES

    def _choose(self, event: Event, own: Sequence[str], least: float) -> str | None:
        scores: defaultdict[str, float] = defaultdict(float)
        sentence = self._parties.find_sentence(event)
        other = _FRIENDLY if event.type in _HOSTILE else _HOSTILE if event.type in _FRIENDLY else frozenset()
        dealings = [(at, side) for one in own for at, side, kind in self._dealings[one] if kind not in other]
        for event_type in sorted(_SHARED_VICTIMS.get(event.type, ())):
            dealings += self._victims[event_type]
        for at, side in dealings:
            scores[side] += _FADING ** abs(sentence - at)
        for side in scores:
            scores[side] = min(scores[side], _MOST_DEALINGS)
        for side, sentences in self._sentences.items():
            scores[side] += _SAME_SENTENCE if sentence in sentences else _LAST_SENTENCE if sentence - 1 in sentences else 0
            scores[side] += _STANDING * self._shares[side]
        ranked = sorted(
            (
                (score, side)
                for side, score in scores.items()
                if side not in own and len(self._sentences.get(side, ())) >= _LEAST_SENTENCES
            ),
            reverse=True,
        )
        if not ranked or ranked[0][0] < least:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD:
            return None
        return ranked[0][1]

    def _find_nearest(self, side: str, begin: int) -> Mention | None:
        """Return the last mention of a side before an offset, one of the state itself at first, else the first one behind it."""
        own = self._parties.find_nearest(side, begin)
        if own is not None:
            return own
        mentions = self._parties.naming[side]
        before = [mention for mention in mentions if mention.spans[0].begin < begin]
        return before[-1] if before else mentions[0]
