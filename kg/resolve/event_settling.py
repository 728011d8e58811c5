"""The events of one document once it is known whom its mentions mean."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.actor import Actor
from kg.model.annotation import Extraction, Link
from kg.model.event import Event
from kg.model.mention import Mention
from kg.resolve.event_nominals import DescribedParties, find_home
from kg.resolve.event_parties import Parties, drop_doubles, raise_places
from kg.resolve.implied_recipients import ImpliedRecipients


def settle_parties(text: str, extraction: Extraction, links: Sequence[Link], actors: Sequence[Actor]) -> tuple[Event, ...]:
    """Return the extraction's events in their order, with the parties that identities tell.

    Args:
        text: of the document.
        extraction: with its mentions and events.
        links: one for each mention.
        actors: all that the links name, and the states that they belong to.
    """
    if not extraction.events:
        return ()
    by_iri = {actor.iri: actor for actor in actors}
    parties = Parties(extraction.mentions, {link.mention: link.actor for link in links}, by_iri)
    described = DescribedParties(parties, extraction.posts, find_home(parties, _find_dateline(extraction)))
    events = [drop_doubles(described.name(raise_places(event, parties)), parties) for event in extraction.events]
    return tuple(ImpliedRecipients(text, parties).complete(events))


def _find_dateline(extraction: Extraction) -> Mention | None:
    return next((mention for mention in extraction.mentions if mention.by == "dateline"), None)
