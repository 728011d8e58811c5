"""Everything about one actor: names, posts, what it says, what is said of it, how it stands to others, what it does."""

from __future__ import annotations

from collections import Counter

from pydantic import Field

from kg.errors import ActorMissingError
from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.pages.choosing import ClaimChoice, EventChoice, choose_claims, choose_events
from kg.query.pages.lines import ClaimLine, EventLine, read_claims, read_events
from kg.query.pages.nodes import Actor, describe_actors, name_nodes, to_node
from kg.query.pages.paging import PART_SIZE
from kg.query.pages.parameters import ThingParameters
from kg.query.pages.positions import Relation, read_relations
from kg.query.pages.posts import PostLine, read_posts
from kg.query.pages.tallies import ConceptTally, count_rows, tally_concepts
from kg.query.pages.timeline import Series, make_series
from kg.query.reader import Reader, read_rows, to_text
from kg.store.terms import NamedNode

_OTHERS = 10
_RELATIONS = 12
_CODES = {"iso2": "ISO 3166", "iso3": "ISO 3166-3", "cowNumber": "COW", "cameoActor": "CAMEO", "geonames": "GeoNames"}


class Code(Frozen):
    """What a register calls the actor."""

    scheme: str
    code: str


class OtherTally(Frozen):
    """Another actor, and how many claims tie the two."""

    actor: Actor
    count: int


class StanceTally(Frozen):
    """Another actor, and how many claims are critical of, neutral to or supportive of somebody."""

    actor: Actor
    critical: int
    neutral: int
    supportive: int


class ActorPage(Frozen):
    """One actor."""

    actor: Actor
    names: tuple[str, ...] = Field(description="What else it is called, sorted.")
    same_as: tuple[str, ...] = Field(description="IRIs of the same actor elsewhere.")
    codes: tuple[Code, ...]
    parts_of: tuple[Actor, ...] = Field(description="The states or bodies that it belongs to.")
    presumed_same: tuple[Actor, ...] = Field(description="Actors that it may be, and that a person may decide on.")
    is_registered: bool = Field(description="Whether it stands in the registry of actors.")
    mentions: int = Field(description="Places that name, describe or stand for it.")
    documents: int = Field(description="Documents that mention it.")
    posts: tuple[PostLine, ...] = Field(description="Those that it holds, and those held in it; texts first.")
    series: Series = Field(description="Claims by and about it, and its events, over time.")
    says_total: int
    says: tuple[ClaimLine, ...] = Field(description="The latest claims that it makes.")
    said_of_total: int
    said_of: tuple[ClaimLine, ...] = Field(description="The latest claims about it.")
    frames_used: tuple[ConceptTally, ...] = Field(description="Frames of what it says.")
    frames_received: tuple[ConceptTally, ...] = Field(description="Frames that are said of it.")
    speaks_of: tuple[OtherTally, ...] = Field(description="Whom most of its claims are about.")
    spoken_of_by: tuple[OtherTally, ...] = Field(description="Who makes most claims about it.")
    stances_given: tuple[StanceTally, ...] = Field(description="How it stands to others.")
    stances_received: tuple[StanceTally, ...] = Field(description="How others stand to it.")
    relations: tuple[Relation, ...] = Field(description="Who takes sides on the same matters.")
    acts_total: int
    acts: tuple[EventLine, ...] = Field(description="The latest events in which it acts.")
    acted_on_total: int
    acted_on: tuple[EventLine, ...] = Field(description="The latest events in which it is acted on.")
    event_types: tuple[ConceptTally, ...] = Field(description="Types of the events in which it acts.")


def read_actor(reader: Reader, given: ThingParameters) -> ActorPage:
    """Return one actor.

    Raises:
        ActorMissingError: the store knows no actor by this IRI.
    """
    node = to_node(given.iri)
    names = name_nodes(reader, [given.iri])
    if node is None or given.iri not in names.actors:
        raise ActorMissingError(given.iri)
    iri = given.iri
    told = describe_actors(reader, [iri])[iri]
    near = name_nodes(reader, (*told.all("partOf"), *told.all("presumedSame")))
    says = choose_claims(reader, ClaimChoice(speaker=iri))
    said_of = choose_claims(reader, ClaimChoice(said_of=iri))
    acts = choose_events(reader, EventChoice(actor=iri))
    acted_on = choose_events(reader, EventChoice(recipient=iri))
    mentions = _count(reader, _MENTIONED, node)
    return ActorPage(
        actor=names.actor(iri),
        names=tuple(name for name in told.all("skos:altLabel") if name != names.actor(iri).label),
        same_as=told.all("owl:sameAs"),
        codes=tuple(Code(scheme=scheme, code=code) for name, scheme in _CODES.items() for code in told.all(name)),
        parts_of=near.actors_of(told.all("partOf")),
        presumed_same=near.actors_of(told.all("presumedSame")),
        is_registered=told.one("registered") == "true",
        mentions=sum(mentions.values()),
        documents=len(mentions),
        posts=read_posts(reader, node),
        series=make_series({*says, *said_of}, {*acts, *acted_on}),
        says_total=len(says),
        says=read_claims(reader, [chosen.iri for chosen in says[:PART_SIZE]]),
        said_of_total=len(said_of),
        said_of=read_claims(reader, [chosen.iri for chosen in said_of[:PART_SIZE]]),
        frames_used=tally_concepts(reader, _count(reader, _FRAMES_USED, node), _OTHERS),
        frames_received=tally_concepts(reader, _count(reader, _FRAMES_RECEIVED, node), _OTHERS),
        speaks_of=_tally_others(reader, _count(reader, _SPEAKS_OF, node)),
        spoken_of_by=_tally_others(reader, _count(reader, _SPOKEN_OF_BY, node)),
        stances_given=_tally_stances(reader, _STANCES_GIVEN, node),
        stances_received=_tally_stances(reader, _STANCES_RECEIVED, node),
        relations=read_relations(reader, iri, _RELATIONS),
        acts_total=len(acts),
        acts=read_events(reader, [chosen.iri for chosen in acts[:PART_SIZE]]),
        acted_on_total=len(acted_on),
        acted_on=read_events(reader, [chosen.iri for chosen in acted_on[:PART_SIZE]]),
        event_types=tally_concepts(reader, _count(reader, _EVENT_TYPES, node), _OTHERS),
    )


def _count(reader: Reader, text: str, actor: NamedNode) -> Counter[str]:
    return count_rows(reader, bind_terms(text, ["actor"], {"actor": actor}))


def _tally_others(reader: Reader, counts: Counter[str]) -> tuple[OtherTally, ...]:
    chosen = sorted(counts, key=lambda iri: (-counts[iri], iri))[:_OTHERS]
    names = name_nodes(reader, chosen)
    return tuple(OtherTally(actor=names.actor(iri), count=counts[iri]) for iri in chosen)


def _tally_stances(reader: Reader, text: str, actor: NamedNode) -> tuple[StanceTally, ...]:
    counts: dict[str, Counter[str]] = {}
    for other, stance, count in read_rows(reader, bind_terms(text, ["actor"], {"actor": actor})):
        if other is not None:
            counts.setdefault(to_text(other), Counter())[to_text(stance).rpartition("/")[2]] += int(to_text(count))
    order = sorted(counts, key=lambda iri: (-counts[iri]["critical"] - counts[iri]["supportive"], -counts[iri]["neutral"], iri))
    chosen = order[:_OTHERS]
    names = name_nodes(reader, chosen)
    return tuple(
        StanceTally(
            actor=names.actor(iri),
            critical=counts[iri]["critical"],
            neutral=counts[iri]["neutral"],
            supportive=counts[iri]["supportive"],
        )
        for iri in chosen
    )


_MENTIONED = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?document (COUNT(?mention) AS ?count)
WHERE { VALUES (?actor_param) { (UNDEF) } GRAPH ?document { ?mention kg:refersTo ?actor_param } }
GROUP BY ?document
"""
_FRAMES_USED = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?frame (COUNT(DISTINCT ?claim) AS ?count)
WHERE { VALUES (?actor_param) { (UNDEF) } GRAPH ?document { ?claim kg:speaker ?actor_param ; kg:frame ?frame } }
GROUP BY ?frame
"""
_FRAMES_RECEIVED = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?frame (COUNT(DISTINCT ?claim) AS ?count)
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  GRAPH ?document {
    # Of several frames of a claim each has its own targets.
    { ?framing kg:ofActor ?actor_param ; kg:inFrame ?frame . ?claim kg:framing ?framing }
    UNION
    { ?claim kg:frameTarget ?actor_param ; kg:frame ?frame . FILTER NOT EXISTS { ?claim kg:framing ?any } }
  }
}
GROUP BY ?frame
"""
_SPEAKS_OF = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?other (COUNT(DISTINCT ?claim) AS ?count)
WHERE { VALUES (?actor_param) { (UNDEF) } GRAPH ?document { ?claim kg:speaker ?actor_param ; kg:about ?other } }
GROUP BY ?other
"""
_SPOKEN_OF_BY = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?other (COUNT(DISTINCT ?claim) AS ?count)
WHERE { VALUES (?actor_param) { (UNDEF) } GRAPH ?document { ?claim kg:about ?actor_param ; kg:speaker ?other } }
GROUP BY ?other
"""
_STANCES_GIVEN = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?other ?stance (COUNT(DISTINCT ?node) AS ?count)
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  GRAPH ?document { ?node kg:holder ?actor_param ; kg:towards ?other ; kg:stance ?stance }
}
GROUP BY ?other ?stance
"""
_STANCES_RECEIVED = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?other ?stance (COUNT(DISTINCT ?node) AS ?count)
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  GRAPH ?document { ?node kg:towards ?actor_param ; kg:holder ?other ; kg:stance ?stance }
}
GROUP BY ?other ?stance
"""
_EVENT_TYPES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?type (COUNT(DISTINCT ?event) AS ?count)
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  GRAPH ?document { ?event kg:actor ?actor_param ; kg:eventType ?type ; a ?kind . FILTER(?kind IN (kg:Event, kg:CodedEvent)) }
}
GROUP BY ?type
"""
