"""Whom an event was done to where its own clause does not say, as in "The navy also sent a destroyer".

News leaves out what the reader knows by then. What stands out is the side that the one who acts has dealt with in the
events around, that is named nearby, and that the text is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.event_refining import Found
from kg.extract.event_sides import Sides
from kg.extract.token_table import TokenTable
from kg.model.event import Argument, Event
from kg.model.mention import Mention

#: Types whose recipient is left out because it is known. Who takes to the streets often does so against nobody named.
_FILLED = frozenset(
    {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
        "MOBILIZE", "COERCE", "ASSAULT", "SANCTION",
    }
)  # fmt: skip
#: Types whose recipient owns the place, or sides with the captives, that the text tells of.
_OF_PLACES = frozenset({"ASSAULT", "THREATEN", "MOBILIZE", "RETREAT"})
_OF_CAPTIVES = frozenset({"RETREAT"})
#: Aid goes to whom others help or attack, whoever these are.
_SHARED_VICTIMS: Mapping[str, frozenset[str]] = {"AID": frozenset({"AID", "ASSAULT"})}
#: How much an event between two sides counts for each sentence that it is further away, and at most.
_FADING, _MOST_DEALINGS = 0.9, 2.0
_SAME_SENTENCE, _LAST_SENTENCE = 0.6, 0.5
_STANDING = 2.0
#: The least score, and the least lead over the next side.
_LEAST, _LEAD = 1.1, 0.15
#: A side named in fewer sentences is not what a reader bears in mind.
_LEAST_SENTENCES = 2


class ImpliedRecipients:
    """Completes the events of one text.

    Args:
        table: the tokens.
        sides: of the text's mentions.
    """

    def __init__(self, table: TokenTable, sides: Sides) -> None:
        self._table = table
        self._sides = sides
        self._dealings: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._victims: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._mentions: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
        for mention in sides.named:
            side = sides.find(mention.id)
            first, last = table.find_tokens(mention.spans[0].begin, mention.spans[0].end)
            if side is not None and first < last:
                self._mentions[side].append((first, mention))
        self._known = {
            side for side, found in self._mentions.items() if len({table.sentences[at] for at, _ in found}) >= _LEAST_SENTENCES
        }
        total = sum(len(found) for found in self._mentions.values())
        self._shares = {side: len(found) / total for side, found in self._mentions.items()}

    def complete(self, found: Sequence[Found]) -> list[Event]:
        """Return the events in their order, those that leave their recipient out with the one that is implied."""
        for head, event in found:
            self._remember(self._table.sentences[head], event)
        return [self._complete(one) for one in found]

    def _remember(self, sentence: int, event: Event) -> None:
        actors, recipients = self._list_sides(event.actors), self._list_sides(event.recipients)
        for actor in actors:
            for recipient in recipients:
                if actor != recipient:
                    self._dealings[actor].append((sentence, recipient))
                    self._dealings[recipient].append((sentence, actor))
        for recipient in recipients:
            self._victims[event.type].append((sentence, recipient))

    def _list_sides(self, arguments: Iterable[Argument]) -> list[str]:
        found = (self._sides.find(argument.mention) for argument in arguments)
        return list(dict.fromkeys(side for side in found if side is not None))

    def _complete(self, one: Found) -> Event:
        event = self._raise_capitals(one)
        own = self._list_sides(event.actors)
        open_ones = [argument for argument in event.recipients if self._is_open(event, argument)]
        if event.type not in _FILLED or len(open_ones) < len(event.recipients) or not (own or open_ones):
            return event
        side = self._choose(one, own)
        if side is None:
            return event
        mention = self._find_nearest(side, one.head)
        if any(argument.mention for argument in open_ones):
            # The place or the captives are told of; whose they are is implied.
            recipients = tuple(argument.model_copy(update={"mention": mention.id}) for argument in open_ones[:1])
        else:
            recipients = (*event.recipients, Argument(mention=mention.id, spans=mention.spans))
        return event.model_copy(update={"recipients": recipients})

    def _raise_capitals(self, one: Found) -> Event:
        """Return the event with the state in place of a capital that is visited or struck, where the text names the state."""
        recipients = []
        for argument in one.event.recipients:
            mention, side = self._sides.get(argument.mention), self._sides.find(argument.mention)
            if mention is not None and mention.type == "Place" and side in self._mentions:
                states = [(first, other) for first, other in self._mentions[side] if other.type == "State"]
                if states:
                    nearest = min(states, key=lambda pair: (abs(pair[0] - one.head), pair[0]))[1]
                    recipients.append(argument.model_copy(update={"mention": nearest.id}))
                    continue
            recipients.append(argument)
        return one.event.model_copy(update={"recipients": tuple(recipients)})

    def _is_open(self, event: Event, argument: Argument) -> bool:
        """Tell whether a recipient is none that acts: nobody, a mere place that is struck or left, captives who are freed."""
        mention = self._sides.get(argument.mention)
        if mention is None:
            return True
        if self._sides.find(mention.id) is not None:
            return False
        if mention.type == "Place":
            return event.type in _OF_PLACES
        return event.type in _OF_CAPTIVES and mention.kind == "nominal"

    def _choose(self, one: Found, own: Sequence[str]) -> str | None:
        scores: defaultdict[str, float] = defaultdict(float)
        sentence = self._table.sentences[one.head]
        dealings = [pair for side in own for pair in self._dealings[side]]
        for event_type in sorted(_SHARED_VICTIMS.get(one.event.type, ())):
            dealings += self._victims[event_type]
        for at, side in dealings:
            scores[side] += _FADING ** abs(sentence - at)
        for side in scores:
            scores[side] = min(scores[side], _MOST_DEALINGS)
        for side, mentions in self._mentions.items():
            distances = {sentence - self._table.sentences[first] for first, _ in mentions}
            scores[side] += _SAME_SENTENCE if 0 in distances else _LAST_SENTENCE if 1 in distances else 0
            scores[side] += _STANDING * self._shares[side]
        ranked = sorted(
            ((score, side) for side, score in scores.items() if side not in own and side in self._known), reverse=True
        )
        if not ranked or ranked[0][0] < _LEAST:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD:
            return None
        return ranked[0][1]

    def _find_nearest(self, side: str, head: int) -> Mention:
        """Return the last mention of a side before a token, else the first one behind it."""
        before = [mention for first, mention in self._mentions[side] if first < head]
        return before[-1] if before else self._mentions[side][0][1]
