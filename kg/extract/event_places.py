"""Where an event takes place: the place phrase in the clause of its trigger, or in what is struck."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.extract.event_clauses import expand_conjuncts, find_children, find_objects
from kg.extract.event_dates import EventDates
from kg.extract.event_mentions import MentionIndex
from kg.extract.event_triggers import Trigger
from kg.extract.token_table import TokenTable
from kg.model.mention import Mention

_LOCATIVES = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "across", "off", "throughout", "within", "along", "on", "into", "by"}
)
#: "Over Norland" is where it flies for deeds, and what it is about for words.
_OVER = frozenset({"over", "above", "through"})
_INNER = frozenset({"in", "at", "near", "of", "outside", "inside", "around", "off", "from", "on", "between"})
#: Deeds with a place: what "a school in Varna" suffers is suffered in Varna.
_BODILY = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
#: "In [Norland's] capital" is in Norland, "in [Norland's] custody" need not be.
_PARTS_OF_STATES = frozenset(
    {
        "capital", "city", "town", "village", "region", "province", "district", "east", "west", "north", "south", "territory",
        "water", "waters", "airspace", "port", "border", "coast", "island", "county", "oblast", "parliament", "embassy", "soil",
    }
)  # fmt: skip
_DEEPEST = 3


class EventPlaces:
    """Finds the places of the events of one text.

    Args:
        table: the parsed text.
        index: its mentions by token.
        dates: of its events, to know in whose clause each is told of.
    """

    def __init__(self, table: TokenTable, index: MentionIndex, dates: EventDates) -> None:
        self._table = table
        self._index = index
        self._dates = dates

    def find_place(
        self, trigger: Trigger, used: Collection[int], recipients: Collection[int], governor: int | None = None
    ) -> str | None:
        """Return the mention id of the city, region or state in which an event takes place; None where the text does not tell.

        A city goes before a state; a place that acts or is acted on is no such place, but a city that is struck is.

        Args:
            trigger: where the event is told of.
            used: heads of the phrases of its actors and recipients.
            recipients: those of its recipients alone.
            governor: as for the date of the event.
        """
        for owners in self._dates.find_owners(trigger, governor):
            found = [
                mention
                for owner in owners
                for head in self._find_located(owner, trigger)
                if head not in used
                for mention in self._find_within(head)
            ]
            if found:
                return next((mention for mention in found if mention.type == "Place"), found[0]).id
        if trigger.group.type == "ASSAULT":
            struck = [mention for head in recipients for mention in self._find_within(head) if mention.type == "Place"]
            return struck[0].id if struck else None
        return None

    def _find_located(self, owner: int, trigger: Trigger) -> Iterator[int]:
        """Yield the heads of the place phrases at a word: of its own prepositions, then of what it strikes."""
        table = self._table
        is_bodily = trigger.group.type in _BODILY
        anchors = [owner]
        if is_bodily and table.kinds[owner] == "VERB":
            anchors += find_objects(table, owner)
        elif not trigger.is_verb and owner == trigger.head:
            # "talks with Norland in Geneva": the parser may hang the place on the party.
            anchors += [p for of in find_children(table, owner, "prep") for p in find_children(table, of, "pobj")]
        for anchor in anchors:
            for preposition in find_children(table, anchor, "prep"):
                for one in (preposition, *find_children(table, preposition, "prep")):
                    form = table.lowers[one]
                    if form in _LOCATIVES or (is_bodily and form in _OVER):
                        for governed in find_children(table, one, "pobj"):
                            yield from expand_conjuncts(table, governed)

    def _find_within(self, head: int, depth: int = 0) -> Iterator[Mention]:
        """Yield the places that a phrase is or lies in, the nearest first: "the airport in [Varna]", "the town of [Varna]"."""
        table = self._table
        own = self._find_place_at(head)
        if own is not None:
            yield own
            return
        if depth == _DEEPEST or table.kinds[head] == "VERB":
            return
        for child in find_children(table, head, "compound", "nmod", "appos", "poss"):
            mention = self._find_place_at(child)
            if mention is not None and (mention.type == "Place" or table.lemmas[head] in _PARTS_OF_STATES):
                yield mention
        for preposition in find_children(table, head, "prep"):
            if table.lowers[preposition] in _INNER:
                for governed in find_children(table, preposition, "pobj"):
                    yield from self._find_within(governed, depth + 1)

    def _find_place_at(self, token: int) -> Mention | None:
        mention = self._index.find(token)
        return mention if mention is not None and mention.kind == "name" and mention.type in {"Place", "State"} else None
