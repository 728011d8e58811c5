"""The actors that a store knows, and what it says of one of them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.catalogue import find_query
from kg.query.lookup import resolve_actor
from kg.query.reader import Reader, read_rows, to_text
from kg.query.run import run_named_query

_TYPES = ("Person", "State", "Organisation", "Group", "Place", "Actor")

_ACTORS = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?actor ?label ?type
WHERE {
  VALUES ?type { kg:Actor kg:Person kg:State kg:Organisation kg:Group kg:Place }
  GRAPH ?graph { ?actor a ?type ; skos:prefLabel ?label }
}
"""
_CLAIMS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(DISTINCT ?claim) AS ?count)
WHERE { GRAPH ?document { ?claim a kg:Claim ; kg:speaker ?actor . FILTER NOT EXISTS { ?claim kg:cueNegated true } } }
GROUP BY ?actor
"""
_MENTIONS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(DISTINCT ?mention) AS ?count)
WHERE { GRAPH ?document { ?mention a kg:Mention ; kg:refersTo ?actor } }
GROUP BY ?actor
"""
_IDENTITY = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?property ?value
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  VALUES ?property { skos:prefLabel skos:altLabel owl:sameAs }
  GRAPH ?graph { ?actor_param ?property ?value }
}
ORDER BY ?property ?value
"""

Row = Mapping[str, str]


class ActorEntry(Frozen):
    """One line of the list of actors.

    Attributes:
        type: `Person`, `State`, `Organisation`, `Group`, `Place`; `Actor` where no more is known.
        claims: number of claims that it is the speaker of, those left unsaid not counted.
        mentions: number of places where a text names, describes or stands for it.
    """

    iri: str
    label: str
    type: str
    claims: int
    mentions: int


class ActorReport(Frozen):
    """All that the store says of one actor. Rows are those of the named queries, by column; unbound is empty.

    Attributes:
        names: label first, then aliases, sorted.
        same_as: IRIs of the same actor elsewhere.
        roles: of `posts`: those that it holds, and those held in it.
        says: of `claims-by`.
        said_of: of `claims-about`.
        events: of `events-between`: those where it acts, then those where it is acted on.
    """

    entry: ActorEntry
    names: tuple[str, ...]
    same_as: tuple[str, ...]
    roles: tuple[Row, ...]
    says: tuple[Row, ...]
    said_of: tuple[Row, ...]
    events: tuple[Row, ...]


def list_actors(reader: Reader) -> tuple[ActorEntry, ...]:
    """Return every actor, most claims first, then most mentions, then by label and IRI; empty for an empty store."""
    claims = _read_counts(reader, _CLAIMS)
    mentions = _read_counts(reader, _MENTIONS)
    labels: dict[str, str] = {}
    types: dict[str, set[str]] = {}
    for actor, label, kind in read_rows(reader, _ACTORS):
        iri = to_text(actor)
        labels[iri] = min(labels.get(iri, to_text(label)), to_text(label))
        types.setdefault(iri, set()).add(to_text(kind).rpartition("#")[2])
    entries = (
        ActorEntry(
            iri=iri,
            label=label,
            type=next(kind for kind in _TYPES if kind in types[iri]),
            claims=claims.get(iri, 0),
            mentions=mentions.get(iri, 0),
        )
        for iri, label in labels.items()
    )
    return tuple(sorted(entries, key=lambda entry: (-entry.claims, -entry.mentions, entry.label, entry.iri)))


def describe_actor(reader: Reader, name: str) -> ActorReport:
    """Return what the store says of an actor.

    Args:
        reader: an open store.
        name: label, alias, QID or IRI.

    Raises:
        ActorMissingError: nothing fits.
        ActorAmbiguousError: several actors fit equally well.
    """
    entry, names, same_as = identify_actor(reader, name)
    iri = entry.iri
    return ActorReport(
        entry=entry,
        names=names,
        same_as=same_as,
        roles=(*_rows(reader, "posts", {"person": iri}), *_rows(reader, "posts", {"organisation": iri})),
        says=_rows(reader, "claims-by", {"speaker": iri}),
        said_of=_rows(reader, "claims-about", {"about": iri}),
        events=(*_rows(reader, "events-between", {"actor": iri}), *_rows(reader, "events-between", {"recipient": iri})),
    )


def identify_actor(reader: Reader, name: str) -> tuple[ActorEntry, tuple[str, ...], tuple[str, ...]]:
    """Return an actor's line in the list, its names and its IRIs elsewhere, as in `ActorReport`; raises as `describe_actor`."""
    node = resolve_actor(reader, name)
    entry = next(entry for entry in list_actors(reader) if entry.iri == node.value)
    aliases: set[str] = set()
    same_as: list[str] = []
    for found, value in read_rows(reader, bind_terms(_IDENTITY, ["actor"], {"actor": node})):
        if to_text(found).endswith("sameAs"):
            same_as.append(to_text(value))
        elif to_text(value) != entry.label:
            aliases.add(to_text(value))
    return entry, (entry.label, *sorted(aliases)), tuple(same_as)


def _read_counts(reader: Reader, text: str) -> dict[str, int]:
    return {to_text(actor): int(to_text(count)) for actor, count in read_rows(reader, text) if actor is not None}


def _rows(reader: Reader, name: str, values: Mapping[str, str]) -> tuple[Row, ...]:
    result = run_named_query(reader, find_query(name), values)
    return tuple(dict(zip(result.variables, map(to_text, row), strict=True)) for row in result.rows)
