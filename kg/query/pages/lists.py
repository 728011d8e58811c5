"""The lists of claims and of events, page by page."""

from __future__ import annotations

from pydantic import Field

from kg.model.base import Frozen
from kg.query.pages.choosing import choose_claims, choose_events
from kg.query.pages.lines import ClaimLine, EventLine, read_claims, read_events
from kg.query.pages.paging import Paging, cut_page
from kg.query.pages.parameters import (
    Chip,
    ClaimParameters,
    EventParameters,
    PageNumber,
    list_chips,
    to_claim_choice,
    to_event_choice,
)
from kg.query.reader import Reader


class ClaimListParameters(ClaimParameters):
    """Which claims, and which page of them."""

    page: PageNumber = 1


class EventListParameters(EventParameters):
    """Which events, and which page of them."""

    page: PageNumber = 1


class ClaimList(Frozen):
    """Claims, the latest published first."""

    chips: tuple[Chip, ...] = Field(description="The filters in force.")
    paging: Paging
    claims: tuple[ClaimLine, ...]


class EventList(Frozen):
    """Events, the latest first."""

    chips: tuple[Chip, ...] = Field(description="The filters in force.")
    paging: Paging
    events: tuple[EventLine, ...]


def list_claims(reader: Reader, given: ClaimListParameters) -> ClaimList:
    """Return a page of the claims that fit.

    Raises:
        ActorMissingError, ActorAmbiguousError, ParameterInvalidError: see `to_claim_choice`.
    """
    choice = to_claim_choice(reader, given)
    paging, chosen = cut_page(choose_claims(reader, choice), given.page)
    return ClaimList(chips=list_chips(reader, choice), paging=paging, claims=read_claims(reader, [c.iri for c in chosen]))


def list_events(reader: Reader, given: EventListParameters) -> EventList:
    """Return a page of the events that fit; errors are those of `list_claims`."""
    choice = to_event_choice(reader, given)
    paging, chosen = cut_page(choose_events(reader, choice), given.page)
    return EventList(chips=list_chips(reader, choice), paging=paging, events=read_events(reader, [c.iri for c in chosen]))
