"""Which claims and events a list holds: everything that is given must hold; newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from kg.model.attribution import Polarity
from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.pages.nodes import list_nodes, to_node
from kg.query.reader import Reader, read_rows, to_text
from kg.query.search_filters import ClaimFilters, locate_claims
from kg.store.terms import NamedNode

EventKind = Literal["event", "coded"]

_DAY_LENGTH = 10
#: Of more nodes than these it takes less time to read what all have than to look each up.
_MOST_LOOKED_UP = 10_000
_SCHEMES = "https://sayso.example/scheme/"


class ClaimChoice(Frozen):
    """What claims of a list must be; actors, theses and documents are IRIs, concepts are notations, empty for any.

    Attributes:
        said_of: whom the content is about, or where a frame is given, of whom the frame is said.
        towards: to whom its speaker takes a stance; stance: which one, its notation.
        side: whether the claim affirms or denies, by cue and content together: see `kg.query.search_filters`.
        since, until: days of publication, both included; claims without a date are left out then.
    """

    speaker: str = ""
    said_of: str = ""
    addressee: str = ""
    frame: str = ""
    cue: str = ""
    side: Polarity | None = None
    towards: str = ""
    stance: str = ""
    thesis: str = ""
    document: str = ""
    since: date | None = None
    until: date | None = None


class EventChoice(Frozen):
    """What events of a list must be; actors, places, occurrences and documents are IRIs, empty for any.

    Attributes:
        party: who acts or is acted on.
        type: notation of a PLOVER type, or of one of the four broader classes.
        kind: of texts, or of coded tables; None for both.
        since, until: days of the event, or where the text tells none, of publication; both included.
    """

    actor: str = ""
    recipient: str = ""
    party: str = ""
    place: str = ""
    type: str = ""
    modality: str = ""
    occurrence: str = ""
    document: str = ""
    kind: EventKind | None = None
    since: date | None = None
    until: date | None = None


class Chosen(NamedTuple):
    """One entry of a list: its IRI, and the day that places it in time; empty where none is known."""

    iri: str
    day: str


def choose_claims(reader: Reader, choice: ClaimChoice) -> list[Chosen]:
    """Return the claims that fit, the latest published first, those of one document in its order, those without a day last."""
    filters = ClaimFilters(
        speaker=choice.speaker,
        about=(choice.said_of,) if choice.said_of else (),
        addressee=choice.addressee,
        frame=choice.frame,
        polarity=choice.side,
        cue_types=(choice.cue,) if choice.cue else (),
    )
    listed = [set(list_members(reader, choice.thesis))] if choice.thesis else []
    listed += [_list_stances(reader, choice)] if choice.towards or choice.stance else []
    if filters != ClaimFilters():
        found = locate_claims(reader, filters)
    elif choice.document:
        found = _list_claims_in(reader, choice.document)
    elif listed:
        found = _list_all(reader, _CLAIMS_AMONG.replace(_CELLS, list_nodes(set.intersection(*listed))))
    else:
        found = _list_all(reader, _ALL_CLAIMS)
    found = [pair for pair in found if choice.document in ("", pair[1]) and all(pair[0] in claims for claims in listed)]
    days = read_days(reader, {document for _, document in found})
    return _order(((claim, days.get(document, "")) for claim, document in found), choice.since, choice.until)


def choose_events(reader: Reader, choice: EventChoice) -> list[Chosen]:
    """Return the events that fit, the latest first, those of one document in its order, those without a day last."""
    if choice == EventChoice(since=choice.since, until=choice.until, kind=choice.kind):
        found = [pair for kind in _list_kinds(choice) for pair in _list_all(reader, _ALL_EVENTS[kind])]
    else:
        found = _locate_events(reader, choice)
    days = read_days(reader, {document for _, document in found})
    told = _look_up(reader, _EVENT_DATES, {event for event, _ in found})
    return _order(((event, told.get(event) or days.get(document, "")) for event, document in found), choice.since, choice.until)


def read_days(reader: Reader, documents: Collection[str] | None = None) -> dict[str, str]:
    """Return when documents were published, as the graph has it; those without a date are left out.

    Args:
        reader: an open store.
        documents: IRIs of those to look at, of which all others may be told, too; None for all.
    """
    return _look_up(reader, _DAYS, documents)


def _look_up(reader: Reader, text: str, iris: Collection[str] | None) -> dict[str, str]:
    """Return what a query of two columns tells of some nodes: of each of few of them alone, else of all that there are."""
    is_few = iris is not None and len(iris) <= _MOST_LOOKED_UP
    values = f"VALUES ?node {{ {list_nodes(iris or ())} }}" if is_few else ""
    return {to_text(node): to_text(value) for node, value in read_rows(reader, text.replace(_VALUES, values))}


def _list_claims_in(reader: Reader, document: str) -> list[tuple[str, str]]:
    node = to_node(document)
    rows = read_rows(reader, bind_terms(_CLAIMS_IN, ["document"], {"document": node})) if node else ()
    return [(to_text(claim), document) for (claim,) in rows]


def list_members(reader: Reader, thesis: str) -> dict[str, str]:
    """Return the claims of a thesis, and whether each `affirms` or `denies` it; empty where there is no such thesis."""
    node = to_node(thesis)
    if node is None:
        return {}
    rows = read_rows(reader, bind_terms(_MEMBERS, ["thesis"], {"thesis": node}))
    return {to_text(claim): to_text(side).rpartition("#")[2] for claim, side in rows}


def _list_stances(reader: Reader, choice: ClaimChoice) -> set[str]:
    """Return the claims that show a stance to somebody, or a certain stance."""
    iris = {"towards": choice.towards, "stance": f"{_SCHEMES}stance/{choice.stance}" if choice.stance else ""}
    given = {name: to_node(iri) for name, iri in iris.items() if iri}
    terms = {name: node for name, node in given.items() if node is not None}
    if len(terms) < len(given):
        return set()  # what is no IRI is no node
    text = _STANCES if choice.towards else _STANCES_OF_ALL
    return {to_text(claim) for (claim,) in read_rows(reader, bind_terms(text, ["towards", "stance"], terms))}


def to_reading_order(iri: str) -> tuple[str, int, str]:
    """Return a key by which parts of one document are in the order of their numbers: `#a9` before `#a10`."""
    document, _, part = iri.rpartition("#")
    return document, len(part), part


_ALL_CLAIMS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?claim ?document WHERE { GRAPH ?document { ?claim a kg:Claim } }
"""
_ALL_EVENTS: Mapping[EventKind, str] = {
    "event": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?event ?document WHERE { GRAPH ?document { ?event a kg:Event } }
""",
    "coded": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?event ?document WHERE { GRAPH ?document { ?event a kg:CodedEvent } }
""",
}
_CLAIMS_IN = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?claim WHERE { VALUES (?document_param) { (UNDEF) } GRAPH ?document_param { ?claim a kg:Claim } }
"""
# Stand where the cells of a VALUES block go, or all of it; nothing but what `list_nodes` gives is put there.
_CELLS = "<urn:cells>"
_VALUES = "VALUES ?node { <urn:cells> }"
# Of thousands of listed nodes engines would look for each among all that are claims, were it asked for its class.
_CLAIMS_AMONG = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim ?document WHERE { GRAPH ?document { VALUES ?claim { <urn:cells> } ?claim kg:content ?content } }
"""
# Every part of a document has the document's own date, so that one look-up a document is enough.
_DAYS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?node ?published WHERE { VALUES ?node { <urn:cells> } GRAPH ?node { ?node kg:published ?published } }
"""
_EVENT_DATES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?node ?date WHERE { GRAPH ?document { VALUES ?node { <urn:cells> } ?node kg:date ?date } }
"""
_MEMBERS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim ?side
WHERE {
  VALUES (?thesis_param) { (UNDEF) }
  VALUES ?side { kg:affirms kg:denies }
  GRAPH ?graph { ?claim ?side ?thesis_param }
}
"""
_STANCES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim
WHERE {
  VALUES (?towards_param ?stance_param) { (UNDEF UNDEF) }
  GRAPH ?document { ?shown kg:towards ?towards_param ; kg:withinClaim ?claim ; kg:stance ?stance_param }
}
"""
# Engines begin with the stances then, not with all that anybody is towards.
_STANCES_OF_ALL = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim
WHERE {
  VALUES (?towards_param ?stance_param) { (UNDEF UNDEF) }
  GRAPH ?document { ?shown kg:stance ?stance_param ; kg:withinClaim ?claim }
}
"""
_PREFIXES = """PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_KINDS = {"event": "kg:Event", "coded": "kg:CodedEvent"}
# Each line alone: what is not asked for is not looked at.
_LINES: Mapping[str, str] = {
    "actor": "    ?event kg:actor ?actor_param .\n",
    "recipient": "    ?event kg:recipient ?recipient_param .\n",
    "party": "    { ?event kg:actor ?party_param } UNION { ?event kg:recipient ?party_param }\n",
    "place": "    ?event kg:place ?place_param .\n",
    "type": "    ?event kg:eventType ?type .\n",
    "modality": "    ?event kg:modality ?modality_param .\n",
}
_BROADER = """  FILTER(?type = ?type_param || EXISTS { GRAPH ?schemes { ?type skos:broader ?type_param } })
"""
_OCCURRENCE = """  GRAPH ?occurrences { ?occurrence_param kg:reports ?event }
"""


def _list_all(reader: Reader, text: str) -> list[tuple[str, str]]:
    return [(to_text(node), to_text(document)) for node, document in read_rows(reader, text)]


def _list_kinds(choice: EventChoice) -> tuple[EventKind, ...]:
    return (choice.kind,) if choice.kind else ("event", "coded")


def _locate_events(reader: Reader, choice: EventChoice) -> list[tuple[str, str]]:
    given = _list_terms(choice)
    terms = {name: node for name, node in given if node is not None}
    if len(terms) < len(given):
        return []  # what is no IRI is no node
    names = list(terms)
    lines = ["SELECT DISTINCT ?event ?document\nWHERE {\n"]
    if names:
        cells = " ".join(["UNDEF"] * len(names))
        lines.append("  VALUES (" + " ".join("?" + name + "_param" for name in names) + ") { (" + cells + ") }\n")
    if choice.occurrence:
        lines.append(_OCCURRENCE)
    lines.append("  GRAPH ?document {\n")
    lines.append("    VALUES ?kind { " + " ".join(_KINDS[kind] for kind in _list_kinds(choice)) + " }\n    ?event a ?kind .\n")
    lines += [text for name, text in _LINES.items() if name in terms]
    lines.append("  }\n")
    if choice.type:
        lines.append(_BROADER)
    text = bind_terms(_PREFIXES + "".join(lines) + "}\n", names, terms)
    found = [(to_text(event), to_text(document)) for event, document in read_rows(reader, text)]
    return [(event, document) for event, document in found if choice.document in ("", document)]


def _list_terms(choice: EventChoice) -> list[tuple[str, NamedNode | None]]:
    iris = {name: getattr(choice, name) for name in ("actor", "recipient", "party", "place", "occurrence")}
    iris["type"] = f"{_SCHEMES}plover/{choice.type}" if choice.type else ""
    iris["modality"] = f"{_SCHEMES}modality/{choice.modality}" if choice.modality else ""
    return [(name, to_node(iri)) for name, iri in iris.items() if iri]


def _order(found: Iterable[tuple[str, str]], since: date | None, until: date | None) -> list[Chosen]:
    first = since.isoformat() if since else ""
    last = until.isoformat() if until else ""
    chosen = [
        Chosen(iri, day)
        for iri, day in set(found)
        if not (first or last) or (day and day[:_DAY_LENGTH] >= first and (not last or day[:_DAY_LENGTH] <= last))
    ]
    chosen.sort(key=lambda entry: to_reading_order(entry.iri))
    chosen.sort(key=lambda entry: entry.day, reverse=True)
    return chosen
