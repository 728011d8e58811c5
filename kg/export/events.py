"""Events of a store with all that tables of coded events have a column for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from kg.analyse.projections import read_actors
from kg.analyse.relations import Filters, Node, Relation, check_filters, to_day
from kg.analyse.rows import Reader, read_rows
from kg.model.event import EventType
from kg.rdf import namespaces as ns


class State(NamedTuple):
    """The state that an actor is or belongs to, with the codes of data sets; empty where unknown."""

    label: str = ""
    iso3: str = ""
    cow: str = ""
    cameo: str = ""


class Party(NamedTuple):
    """An actor or recipient; what is unknown is empty.

    Attributes:
        name: its label; the words of the text or table where nobody knows who it is.
        type: class of actor. wikidata: QID.
        raw: the words of text or table; where an event has several parties, of all of them, joined by `; `.
        code: CAMEO's code as a table gave it. sectors: as a table gave them; only where the event has one party on a side.
    """

    name: str
    type: str = ""
    wikidata: str = ""
    state: State = State()
    raw: str = ""
    code: str = ""
    sectors: tuple[str, ...] = ()


class Story(NamedTuple):
    """What is known of the document that tells of an event; nothing of a table's.

    Attributes:
        language: ISO 639-1. version: of the extractor that read it.
        people, organizations, locations: labels of those whom it mentions, sorted; states count as locations.
    """

    language: str = ""
    version: str = ""
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()


class EventRecord(NamedTuple):
    """An event; what is unknown is empty or None.

    Attributes:
        iri: of the event. identifier: of the table that it comes from.
        type: a PLOVER root; None for CAMEO codes that PLOVER has dropped.
        date: of the event: ISO 8601, of a day, month or year.
        actors, recipients: sorted by name; empty where none is known.
        geonames: id of the place.
        intensity: as a table gave it.
        reported_by: who tells of it, where only a claim does; several joined by `; `.
        published: day of publication. publisher, url: of the report.
        is_coded: whether it comes from a table.
    """

    iri: str
    identifier: str
    type: EventType | None
    mode: str
    cameo: str
    contexts: tuple[str, ...]
    date: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: str
    place_state: State
    place_type: str
    intensity: float | None
    article_count: int | None
    confidence: float | None
    reported_by: str
    published: str
    publisher: str
    url: str
    quote: str
    is_coded: bool
    geonames: str = ""
    story: Story = Story()


def read_event_records(reader: Reader, filters: Filters) -> tuple[tuple[EventRecord, ...], tuple[tuple[str, int], ...]]:
    """Return the events that the filters let through, by date and IRI, and how many were left out for which reason.

    Events that did not happen as far as the text tells (negated, future, hypothetical) are left out unless `unreal`.
    Kinds are PLOVER types. Events of tables have no confidence and pass any.

    Raises:
        ParameterInvalidError: a filter has no sense.
    """
    check_filters(filters)
    actors = {node.iri: node for node in read_actors(reader)}
    states: dict[str, State] = {}
    for row in read_rows(reader, "nodes-states"):
        states.setdefault(row["actor_iri"], State(row["state"], row["iso3"], row["cow"], row["cameo"]))
    parts: dict[str, dict[str, list[str]]] = {}
    for row in read_rows(reader, "event-parts"):
        parts.setdefault(row["event"], {}).setdefault(row["part"], []).append(row["value"])
    publishers = {row["document"]: (row["publisher"], row["url"]) for row in read_rows(reader, "nodes-documents")}
    stories = _read_stories(reader)
    left_out: Counter[str] = Counter()
    rows: dict[str, dict[str, str]] = {}
    for row in read_rows(reader, "event-rows"):
        before = rows.get(row["event"])
        if before is None:
            rows[row["event"]] = row
        elif row["reported_by"] not in before["reported_by"].split("; "):
            before["reported_by"] += f"; {row['reported_by']}"
    records: list[EventRecord] = []
    for iri, row in rows.items():
        objection = filters.find_objection(_to_relation(row))
        if objection is not None:
            left_out[objection] += 1
            continue
        publisher, url = publishers.get(row["document"], ("", ""))
        told = parts.get(iri, {})
        place = actors.get(row["place_iri"])
        records.append(
            EventRecord(
                iri=iri,
                identifier=row["identifier"],
                type=cast("EventType", row["type"]) if row["type"] else None,
                mode=row["mode"],
                cameo=row["cameo"],
                contexts=tuple(told.get("context", ())),
                date=row["date"],
                actors=_find_parties("actor", told, actors, states),
                recipients=_find_parties("recipient", told, actors, states),
                place=row["place"],
                place_state=states.get(row["place_iri"], State()),
                place_type="" if place is None else place.type,
                intensity=float(row["intensity"]) if row["intensity"] else None,
                article_count=int(row["article_count"]) if row["article_count"] else None,
                confidence=float(row["confidence"]) if row["confidence"] else None,
                reported_by=row["reported_by"],
                published=to_day(row["published"]),
                publisher=publisher,
                url=row["url"] or url,
                quote=row["quote"],
                is_coded=bool(row["identifier"]),
                geonames=row["geonames"],
                story=stories.get(row["document"], Story()),
            )
        )
    records.sort(key=lambda record: (record.date, record.iri))
    return tuple(records), tuple(sorted(left_out.items()))


def _read_stories(reader: Reader) -> dict[str, Story]:
    told: dict[str, dict[str, list[str]]] = {}
    for row in read_rows(reader, "event-stories"):
        told.setdefault(row["document"], {}).setdefault(row["part"], []).append(row["value"])
    return {
        document: Story(
            language="; ".join(parts.get("language", ())),
            version="; ".join(parts.get("version", ())),
            people=tuple(parts.get("Person", ())),
            organizations=tuple(parts.get("Organisation", ())),
            locations=tuple(sorted({*parts.get("Place", ()), *parts.get("State", ())})),
        )
        for document, parts in told.items()
    }


def _to_relation(row: Mapping[str, str]) -> Relation:
    details = (("modality", row["modality"]), ("polarity", row["polarity"]))
    confidence = float(row["confidence"]) if row["confidence"] else 1.0
    return Relation("", "", row["type"], row["event"], confidence, to_day(row["date"], row["published"]), details)


def _find_parties(
    side: str, told: Mapping[str, list[str]], actors: Mapping[str, Node], states: Mapping[str, State]
) -> tuple[Party, ...]:
    """Return those who are known; where nobody is, who the text or table speaks of, in its words."""
    words = told.get(f"{side}-text", [])
    known = told.get(side, [])
    is_one = max(len(words), len(known)) == 1
    codes = told.get(f"{side}-code", []) if is_one else []
    sectors = tuple(told.get(f"{side}-sector", ())) if is_one else ()
    raw = "; ".join(words)
    code = codes[0] if len(codes) == 1 else ""
    if not known:
        return tuple(Party(word, raw=raw, code=code, sectors=sectors) for word in words)
    nodes: Iterable[Node] = (actors.get(iri) or Node(iri, iri, "") for iri in known)
    parties = (
        Party(
            name=node.label or node.iri,
            type=node.type,
            wikidata=node.wikidata.removeprefix(ns.WIKIDATA),
            state=states.get(node.iri, State()),
            raw=raw,
            code=code,
            sectors=sectors,
        )
        for node in nodes
    )
    return tuple(sorted(parties))
