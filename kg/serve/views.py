"""The views: what can be looked at, each once as a page and once as JSON, from the same function of a store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from kg.model.base import Frozen
from kg.query.pages import (
    actor,
    asked,
    claim,
    directory,
    document,
    event,
    found,
    frames,
    lists,
    overview,
    parameters,
    picture,
    theses,
    timeline,
)


class View(NamedTuple):
    """One kind of page.

    Attributes:
        name: of the template, and of the place in the menu.
        path: of the page; that of the JSON has `/api` before it, `/api/overview` for the first one.
        summary: what it shows, in a line.
        parameters: what its address may hold.
        read: gives the page from an open reader and the parameters.
        page: what that returns.
        complete: fills in what the address left to the moment of the request.
    """

    name: str
    path: str
    summary: str
    parameters: type[Frozen]
    read: Callable[[Any, Any], Frozen]
    page: type[Frozen]
    complete: Callable[[Any], Frozen] = lambda given: given

    @property
    def api_path(self) -> str:
        """Where its JSON is."""
        return f"/api{self.path}" if self.path != "/" else "/api/overview"


def _complete_search(given: found.SearchParameters) -> found.SearchParameters:
    return given if given.today else given.model_copy(update={"today": datetime.now(tz=UTC).date()})


VIEWS = (
    View("overview", "/", "The store at a glance", parameters.NoParameters, overview.read_overview, overview.Overview),
    View(
        "search",
        "/search",
        "Actors, claims and events by a name, a question or a meaning",
        found.SearchParameters,
        found.find_anything,
        found.Found,
        _complete_search,
    ),
    View("actors", "/actors", "The actors", directory.ActorListParameters, directory.list_actors, directory.ActorList),
    View("actor", "/actor", "One actor", parameters.ThingParameters, actor.read_actor, actor.ActorPage),
    View("claims", "/claims", "The claims", lists.ClaimListParameters, lists.list_claims, lists.ClaimList),
    View("claim", "/claim", "One claim", parameters.ThingParameters, claim.read_claim, claim.ClaimPage),
    View("events", "/events", "The events", lists.EventListParameters, lists.list_events, lists.EventList),
    View("event", "/event", "One event", parameters.ThingParameters, event.read_event, event.EventPage),
    View("frames", "/frames", "The frames", parameters.NoParameters, frames.list_frames, frames.FrameList),
    View("frame", "/frame", "One frame", frames.FrameParameters, frames.read_frame, frames.FramePage),
    View(
        "theses", "/theses", "What several claims say or deny", theses.ThesisListParameters, theses.list_theses, theses.ThesisList
    ),
    View(
        "documents",
        "/documents",
        "The documents",
        directory.DocumentListParameters,
        directory.list_documents,
        directory.DocumentList,
    ),
    View("document", "/document", "One document", parameters.ThingParameters, document.read_document, document.DocumentPage),
    View(
        "timeline",
        "/timeline",
        "Claims and events over time",
        timeline.TimelineParameters,
        timeline.read_timeline,
        timeline.Timeline,
    ),
    View(
        "network",
        "/network",
        "Who speaks of whom, who acts on whom",
        picture.PictureParameters,
        picture.read_picture,
        picture.Picture,
    ),
    View("queries", "/queries", "The named queries", parameters.NoParameters, asked.list_named, asked.QueryList),
)
