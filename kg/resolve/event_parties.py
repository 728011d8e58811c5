"""Whom the parties of events are once mentions are resolved: the state of a place, and whom a clause leaves out.

Extraction names the phrase that acts or is acted on. Only now is it known that "Bukova" lies in Vostia and that "it" is Norland.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from kg.model.actor import Actor
from kg.model.event import Argument, Event
from kg.model.mention import Mention

_HALVES = frozenset({"North", "South"})
_NAMING = frozenset({"name", "demonym"})


class Parties:
    """The mentions of one document by what they mean.

    Args:
        mentions: of the document.
        links: IRI of the actor that each mention means, by mention id; None or absent where it means none.
        actors: by IRI; all that `links` names, and the states that they belong to.
    """

    def __init__(self, mentions: Sequence[Mention], links: Mapping[str, str | None], actors: Mapping[str, Actor]) -> None:
        self.mentions = {mention.id: mention for mention in mentions}
        self._links = links
        self._actors = actors
        ordered = sorted((m for m in mentions if m.spans), key=lambda m: (m.spans[0].begin, m.id))
        self._begins = [mention.spans[0].begin for mention in ordered]
        self._sentences = [mention.sentence for mention in ordered]
        #: Mentions in order of text that name a side themselves, by side.
        self.naming: dict[str, list[Mention]] = {}
        self._by_actor: dict[str, list[Mention]] = {}
        #: Indices of the sentences that speak of a side, by name or not.
        self.standing: dict[str, set[int]] = {}
        for mention in ordered:
            actor = self.find_actor(mention.id)
            side = self.find_side(mention.id)
            if actor is None or side is None:
                continue
            if actor.type != "Person":
                self.standing.setdefault(side, set()).add(mention.sentence)
                if mention.kind in _NAMING:
                    self.naming.setdefault(side, []).append(mention)
                    self._by_actor.setdefault(actor.iri, []).append(mention)

    def find_actor(self, mention: str | None) -> Actor | None:
        """Return the actor that a mention means; None for None and where it means none."""
        iri = None if mention is None else self._links.get(mention)
        return None if iri is None else self._actors.get(iri)

    def find_side(self, mention: str | None) -> str | None:
        """Return the IRI of the state that whom a mention means is or belongs to, else its own.

        None for a place, for somebody whom only this document knows, and where the mention means nobody.
        """
        actor = self.find_actor(mention)
        if actor is None:
            return None
        if actor.type == "State":
            return actor.iri
        if actor.type == "Place":
            return None
        if actor.country is not None:
            return actor.country
        return None if actor.is_local else actor.iri

    def find_sentence(self, event: Event) -> int:
        """Return the index of an event's sentence: that of its first mention, of the last one before it where it has none."""
        at = bisect_left(self._begins, event.sentence.begin)
        if at < len(self._begins) and self._begins[at] < event.sentence.end:
            return self._sentences[at]
        return self._sentences[at - 1] if at else 0

    def find_half(self, label: str) -> str | None:
        """Return the IRI of the one state named that "the North" or "the South" is; None for other places."""
        if label not in _HALVES:
            return None
        found = {iri for iri in self.naming if (actor := self._actors.get(iri)) and actor.label.startswith(f"{label} ")}
        return found.pop() if len(found) == 1 else None

    def find_nearest(self, iri: str, begin: int) -> Mention | None:
        """Return the last mention that names the state or body `iri` before an offset, else the first behind it; None without."""
        named = self._by_actor.get(iri, [])
        at = bisect_left(named, begin, key=lambda mention: mention.spans[0].begin)
        return named[max(0, at - 1)] if named else None


def raise_places(event: Event, parties: Parties) -> Event:
    """Return the event with the state in place of a town that acts or is acted on, where the text names the state."""
    sides: dict[str, tuple[Argument, ...]] = {}
    for name, arguments in (("actors", event.actors), ("recipients", event.recipients)):
        raised = tuple(_raise_place(argument, event, parties) for argument in arguments)
        if raised != arguments:
            sides[name] = raised
    return event.model_copy(update=sides) if sides else event


def _raise_place(argument: Argument, event: Event, parties: Parties) -> Argument:
    actor = parties.find_actor(argument.mention)
    if actor is None or actor.type != "Place":
        return argument
    country = actor.country or parties.find_half(actor.label)
    state = None if country is None else parties.find_nearest(country, event.trigger[0].begin)
    return argument if state is None else argument.model_copy(update={"mention": state.id})


def drop_doubles(event: Event, parties: Parties) -> Event:
    """Return the event with every party once; whoever acts is not acted on by the same deed, and waters undergo none."""
    actors = _take_once(event.actors, parties, set())
    seen = {actor.iri for argument in actors if (actor := parties.find_actor(argument.mention)) is not None}
    recipients = _take_once(tuple(_without_waters(one, parties) for one in event.recipients), parties, seen)
    if (actors, recipients) == (event.actors, event.recipients):
        return event
    return event.model_copy(update={"actors": actors, "recipients": recipients})


def _without_waters(argument: Argument, parties: Parties) -> Argument:
    mention = parties.mentions.get(argument.mention or "")
    is_waters = mention is not None and mention.by == "landform"
    return argument.model_copy(update={"mention": None}) if is_waters else argument


def _take_once(arguments: Iterable[Argument], parties: Parties, seen: set[str]) -> tuple[Argument, ...]:
    """Return the arguments, those whose actor is in `seen` left out; `seen` is added to."""
    kept: list[Argument] = []
    for argument in arguments:
        actor = parties.find_actor(argument.mention)
        if actor is None or actor.iri not in seen:
            kept.append(argument)
        if actor is not None:
            seen.add(actor.iri)
    return tuple(kept)
