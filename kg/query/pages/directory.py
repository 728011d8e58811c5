"""The lists of actors and of documents, page by page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kg.model.base import Frozen
from kg.query.lookup import fold_name
from kg.query.pages.choosing import read_days
from kg.query.pages.lines import DocumentLine, read_documents
from kg.query.pages.nodes import Actor
from kg.query.pages.paging import Paging, cut_page
from kg.query.pages.parameters import PageNumber, Text
from kg.query.pages.tallies import count_mentions, count_speakers, count_subjects
from kg.query.reader import Reader, read_rows, to_text

ActorType = Literal["", "Person", "State", "Organisation", "Group", "Place"]
_TYPES = ("Person", "State", "Organisation", "Group", "Place")


class ActorListParameters(Frozen):
    """Which actors, in which order, and which page of them."""

    q: Text = Field("", description="What a name holds, without regard to case and accents.")
    type: ActorType = Field("", description="Of what kind they are.")
    order: Literal["says", "said-of", "mentions", "name"] = Field("says", description="Which come first.")
    page: PageNumber = 1


class ActorEntry(Frozen):
    """An actor, and how many claims it makes and is the subject of, and how often it is mentioned."""

    actor: Actor
    says: int
    said_of: int
    mentions: int


class ActorList(Frozen):
    """Actors."""

    paging: Paging
    actors: tuple[ActorEntry, ...]


class DocumentListParameters(Frozen):
    """Which documents, and which page of them."""

    q: Text = Field("", description="What title, publisher or path hold, without regard to case and accents.")
    publisher: Text = Field("", description="The publisher, exactly.")
    page: PageNumber = 1


class DocumentEntry(Frozen):
    """A document, and how many claims and events it yields; coded events are the rows of a table."""

    document: DocumentLine
    claims: int
    events: int


class DocumentList(Frozen):
    """Documents, the latest published first."""

    paging: Paging
    documents: tuple[DocumentEntry, ...]


def list_actors(reader: Reader, given: ActorListParameters) -> ActorList:
    """Return a page of the actors that fit; those of which equal numbers are told by mentions, then by name."""
    says, said_of, mentions = count_speakers(reader), count_subjects(reader), count_mentions(reader)
    entries = [
        ActorEntry(actor=actor, says=says[actor.iri], said_of=said_of[actor.iri], mentions=mentions[actor.iri])
        for actor in find_actors(reader, given.q, given.type)
    ]
    counts = {"says": "says", "said-of": "said_of", "mentions": "mentions"}
    entries.sort(key=lambda entry: (entry.actor.label.casefold(), entry.actor.iri))
    if given.order != "name":
        entries.sort(key=lambda entry: (-getattr(entry, counts[given.order]), -entry.mentions))
    paging, shown = cut_page(entries, given.page)
    return ActorList(paging=paging, actors=tuple(shown))


def find_actors(reader: Reader, text: str = "", kind: str = "") -> list[Actor]:
    """Return the actors of which a name holds a text, without regard to case and accents; all for an empty text.

    In order of IRI.
    """
    wanted = fold_name(text)
    labels: dict[str, str] = {}
    types: dict[str, str] = {}
    for actor, label, class_ in read_rows(reader, _ACTORS):
        iri, name = to_text(actor), to_text(label)
        labels[iri] = min(labels.get(iri, name), name)
        types[iri] = to_text(class_).rpartition("#")[2]
    fitting = {iri for iri, label in labels.items() if wanted in fold_name(label)}
    if wanted:
        aliases = ((to_text(actor), to_text(alias)) for actor, alias in read_rows(reader, _ALIASES))
        fitting |= {iri for iri, alias in aliases if iri in labels and wanted in fold_name(alias)}
    return [
        Actor(iri=iri, label=labels[iri], type=types[iri] if types[iri] in _TYPES else "Actor")
        for iri in sorted(fitting)
        if kind in ("", types[iri])
    ]


def list_documents(reader: Reader, given: DocumentListParameters) -> DocumentList:
    """Return a page of the documents that fit; those without a date come last."""
    wanted = fold_name(given.q)
    found = []
    for document, title, publisher, path in read_rows(reader, _DOCUMENTS):
        words = fold_name(" ".join(map(to_text, (title, publisher, path))))
        if wanted in words and given.publisher in ("", to_text(publisher)):
            found.append(to_text(document))
    days = read_days(reader, found)
    found = sorted(sorted(set(found)), key=lambda iri: days.get(iri, ""), reverse=True)
    paging, shown = cut_page(found, given.page)
    counts = {kind: _count_parts(reader, text) for kind, text in _PARTS.items()}
    return DocumentList(
        paging=paging,
        documents=tuple(
            DocumentEntry(document=line, claims=counts["claims"].get(line.iri, 0), events=counts["events"].get(line.iri, 0))
            for line in read_documents(reader, shown)
        ),
    )


def _count_parts(reader: Reader, text: str) -> dict[str, int]:
    return {to_text(document): int(to_text(count)) for document, count in read_rows(reader, text) if document is not None}


_ACTORS = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?actor ?label ?class
WHERE {
  VALUES ?class { kg:Actor kg:Person kg:State kg:Organisation kg:Group kg:Place }
  GRAPH ?actors { ?actor a ?class ; skos:prefLabel ?label }
}
"""
_ALIASES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?actor ?alias WHERE { GRAPH ?actors { ?actor skos:altLabel ?alias } }
"""
_DOCUMENTS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?document ?title ?publisher ?path
WHERE {
  GRAPH ?document {
    ?document a kg:Document .
    OPTIONAL { ?document dcterms:title ?title }
    OPTIONAL { ?document dcterms:publisher ?publisher }
    OPTIONAL { ?document kg:path ?path }
  }
}
"""
_PARTS = {
    "claims": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?document (COUNT(?claim) AS ?count) WHERE { GRAPH ?document { ?claim a kg:Claim } } GROUP BY ?document
""",
    "events": """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?document (COUNT(?event) AS ?count)
WHERE { VALUES ?kind { kg:Event kg:CodedEvent } GRAPH ?document { ?event a ?kind } }
GROUP BY ?document
""",
}
