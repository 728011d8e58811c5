"""The first page: how much there is, what is new, who speaks most, and what is disputed."""

from __future__ import annotations

from pydantic import Field

from kg.model.base import Frozen
from kg.query.pages.choosing import ClaimChoice, EventChoice, choose_claims, choose_events, read_days
from kg.query.pages.lines import ClaimLine, DocumentLine, read_claims, read_documents
from kg.query.pages.parameters import NoParameters
from kg.query.pages.tallies import (
    ActorTally,
    ConceptTally,
    count_frames,
    count_speakers,
    count_subjects,
    tally_actors,
    tally_concepts,
)
from kg.query.pages.theses import ThesisLine, choose_theses, read_theses
from kg.query.pages.timeline import Series, make_series
from kg.query.reader import Reader
from kg.query.statistics import count_contents

_CLAIMS = 12
_ACTORS = 15
_FRAMES = 15
_DOCUMENTS = 8
_THESES = 6


class Count(Frozen):
    """How many there are of a kind, as `kg stats` names it."""

    name: str
    number: int


class Overview(Frozen):
    """The store at a glance."""

    counts: tuple[Count, ...] = Field(description="As `kg stats` counts.")
    series: Series = Field(description="Claims and events over time.")
    claims: tuple[ClaimLine, ...] = Field(description="The latest published.")
    actors: tuple[ActorTally, ...] = Field(description="Those who speak and are spoken of most.")
    frames: tuple[ConceptTally, ...] = Field(description="The most frequent ones.")
    disputed: tuple[ThesisLine, ...] = Field(description="What some affirm and others deny, the most reported first.")
    documents: tuple[DocumentLine, ...] = Field(description="The latest published.")


def read_overview(reader: Reader, _: NoParameters) -> Overview:
    """Return the store at a glance; all is empty or zero for an empty store."""
    claims = choose_claims(reader, ClaimChoice())
    days = read_days(reader)
    latest = sorted(sorted(days), key=lambda iri: days[iri], reverse=True)[:_DOCUMENTS]
    disputed = [thesis for thesis in choose_theses(reader) if thesis.is_disputed][:_THESES]
    return Overview(
        counts=tuple(Count(name=name, number=number) for name, number in count_contents(reader)),
        series=make_series(claims, choose_events(reader, EventChoice())),
        claims=read_claims(reader, [chosen.iri for chosen in claims[:_CLAIMS]]),
        actors=tally_actors(reader, count_speakers(reader), count_subjects(reader), _ACTORS),
        frames=tally_concepts(reader, count_frames(reader), _FRAMES),
        disputed=read_theses(reader, disputed),
        documents=read_documents(reader, latest),
    )
