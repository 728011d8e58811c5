"""Which event types reports of one event can differ in."""

from __future__ import annotations

from kg.model.event import EventType

_PAIRS = (
    "AGREE SUPPORT", "AGREE CONSULT", "CONSULT SUPPORT", "AGREE CONCEDE", "COOPERATE AID", "ACCUSE REJECT", "ACCUSE THREATEN",
    "REQUEST THREATEN", "SANCTION COERCE", "COERCE ASSAULT", "MOBILIZE ASSAULT", "PROTEST ASSAULT",
)  # fmt: skip
#: Types of one quad class that one deed is told as: talks that agree, an ultimatum, a raid that arrests; in either order.
_CONFUSED = frozenset(pair for text in _PAIRS for pair in (tuple(text.split()), tuple(reversed(text.split()))))

#: Where both sides do the same: who is told of as the actor is the reporter's choice.
MUTUAL: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})

#: Deeds that differ by what was said: one side can do several of them to another in a day.
SPOKEN: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


def is_confused(left: EventType, right: EventType) -> bool:
    """Whether reports of one event can be coded as these two different types."""
    return (left, right) in _CONFUSED
