"""What a page is asked for: the parameters of its address, as people write them, and what they mean in a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kg.model.attribution import Polarity
from kg.model.base import Frozen
from kg.query.lookup import resolve_actor, resolve_concept
from kg.query.pages.choosing import ClaimChoice, EventChoice
from kg.query.pages.nodes import Actor, Names, name_nodes
from kg.query.reader import Reader
from kg.query.search_filters import name_notation

Iri = Annotated[str, Field(min_length=1, max_length=4000)]
Text = Annotated[str, Field(max_length=4000)]
ActorName = Annotated[str, Field(max_length=4000, json_schema_extra={"x-kind": "actor"})]
PageNumber = Annotated[int, Field(ge=1, le=10_000_000, description="Which page of the list, from 1.")]
Since = Annotated[date | None, Field(description="First day, YYYY-MM-DD.")]
Until = Annotated[date | None, Field(description="Last day, YYYY-MM-DD, that day included.")]


class NoParameters(Frozen):
    """A page that is asked for nothing in particular."""


class ThingParameters(Frozen):
    """One thing of the store."""

    iri: Iri = Field(description="IRI of it, as the graph has it.")


class ClaimParameters(Frozen):
    """Which claims are listed; everything that is given must hold. Actors by name, alias, QID or IRI."""

    speaker: ActorName = Field("", description="Who says it.")
    about: ActorName = Field("", description="Whom it is about; with a frame, of whom the frame is said.")
    addressee: ActorName = Field("", description="Who is spoken to.")
    frame: Text = Field("", description="Notation of a frame, such as stalling.")
    cue: Text = Field("", description="Kind of cue, such as denial.")
    towards: ActorName = Field("", description="To whom its speaker takes a stance.")
    stance: Literal["", "critical", "neutral", "supportive"] = Field("", description="Which stance it shows.")
    side: Polarity | Literal[""] = Field("", description="Whether it affirms or denies, by cue and content together.")
    thesis: Text = Field("", description="IRI of a thesis that it affirms or denies.")
    document: Text = Field("", description="IRI of the document that it stands in.")
    since: Since = None
    until: Until = None


class EventParameters(Frozen):
    """Which events are listed; everything that is given must hold. Actors by name, alias, QID or IRI."""

    actor: ActorName = Field("", description="Who acts.")
    recipient: ActorName = Field("", description="Who is acted on.")
    party: ActorName = Field("", description="Who acts or is acted on.")
    place: ActorName = Field("", description="Where it happens.")
    type: Text = Field("", description="PLOVER type, such as AID, or one of the four broader classes.")
    modality: Literal["", "actual", "future", "hypothetical"] = Field("", description="Whether it happened, as the text tells.")
    occurrence: Text = Field("", description="IRI of an occurrence that it reports.")
    document: Text = Field("", description="IRI of the document that it stands in.")
    kind: Literal["", "event", "coded"] = Field("", description="Events of texts, or rows of coded tables.")
    since: Since = None
    until: Until = None


class Chip(Frozen):
    """One filter in force: the parameter's name, its value as it was resolved, and what it is called."""

    name: str
    value: str
    label: str


def to_claim_choice(reader: Reader, given: ClaimParameters) -> ClaimChoice:
    """Return what the parameters mean in a store.

    Raises:
        ActorMissingError, ActorAmbiguousError: a name fits no actor, or several.
        ParameterInvalidError: there is no such frame or kind of cue.
    """
    return ClaimChoice(
        speaker=_find_actor(reader, given.speaker),
        said_of=_find_actor(reader, given.about),
        addressee=_find_actor(reader, given.addressee),
        frame=_find_concept(reader, "frame", "frame", given.frame),
        cue=_find_concept(reader, "cue", "cue-type", given.cue),
        towards=_find_actor(reader, given.towards),
        stance=given.stance,
        side=given.side or None,
        thesis=given.thesis,
        document=given.document,
        since=given.since,
        until=given.until,
    )


def to_event_choice(reader: Reader, given: EventParameters) -> EventChoice:
    """Return what the parameters mean in a store; errors are those of `to_claim_choice`."""
    return EventChoice(
        actor=_find_actor(reader, given.actor),
        recipient=_find_actor(reader, given.recipient),
        party=_find_actor(reader, given.party),
        place=_find_actor(reader, given.place),
        type=_find_concept(reader, "type", "plover", given.type),
        modality=given.modality,
        occurrence=given.occurrence,
        document=given.document,
        kind=given.kind or None,
        since=given.since,
        until=given.until,
    )


#: By choice's field: the name of the parameter.
_CLAIM_NAMES = {"said_of": "about"}


def list_chips(reader: Reader, choice: ClaimChoice | EventChoice) -> tuple[Chip, ...]:
    """Return the filters in force, in the order of the parameters; none for everything."""
    given: Mapping[str, object] = {name: value for name, value in choice if value}
    names: Names = name_nodes(reader, (str(value) for value in given.values()))
    return tuple(
        Chip(name=_CLAIM_NAMES.get(name, name), value=str(value), label=_name_value(names, str(value)))
        for name, value in given.items()
    )


def _name_value(names: Names, value: str) -> str:
    actor = names.actors.get(value, Actor(iri=value, label=value))
    return actor.label


def _find_actor(reader: Reader, name: str) -> str:
    if not name.strip():
        return ""
    # Links hold IRIs; only a name needs all names.
    return name if name in name_nodes(reader, [name]).actors else resolve_actor(reader, name).value


def _find_concept(reader: Reader, parameter: str, scheme: str, notation: str) -> str:
    return name_notation(resolve_concept(reader, parameter, scheme, notation)) if notation.strip() else ""
