"""How much a store holds, by kind."""

from __future__ import annotations

from kg.query.reader import Reader, read_rows, to_text

# A node of several documents' graphs (an actor) has its class in one graph only, all others are one document's.
_CLASSES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?class (COUNT(DISTINCT ?node) AS ?count)
WHERE {
  VALUES ?class {
    kg:Document kg:Mention kg:Claim kg:Event kg:Role kg:Proposition kg:CodedEvent kg:Occurrence
    kg:Actor kg:Person kg:State kg:Organisation kg:Group kg:Place
  }
  GRAPH ?graph { ?node a ?class }
}
GROUP BY ?class
"""
_MODALITIES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?modality (COUNT(DISTINCT ?event) AS ?count)
WHERE { GRAPH ?document { ?event a kg:Event ; kg:modality ?modality } }
GROUP BY ?modality
"""
_UNSPOKEN = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT (COUNT(DISTINCT ?claim) AS ?count)
WHERE { GRAPH ?document { ?claim a kg:Claim FILTER NOT EXISTS { ?claim kg:speaker ?speaker } } }
"""

_ACTOR_TYPES = ("Person", "State", "Organisation", "Group", "Place", "Actor")
_EVENT_MODALITIES = ("actual", "future", "hypothetical")


def count_contents(reader: Reader) -> tuple[tuple[str, int], ...]:
    """Return pairs of a name and a count, always the same names in the same order; all zero for an empty store.

    `actors` is the sum of the types below it, `events` that of its modalities; `occurrences` are what these report, `coded
    events` rows of tables; `claims without a known speaker` are
    among the `claims`.
    """
    classes = _read_counts(reader, _CLASSES)
    modalities = _read_counts(reader, _MODALITIES)
    ((unspoken,),) = read_rows(reader, _UNSPOKEN)
    return (
        ("documents", classes.get("Document", 0)),
        ("mentions", classes.get("Mention", 0)),
        ("actors", sum(classes.get(name, 0) for name in _ACTOR_TYPES)),
        *((f"actors: {name}", classes.get(name, 0)) for name in _ACTOR_TYPES),
        ("claims", classes.get("Claim", 0)),
        ("claims without a known speaker", int(to_text(unspoken))),
        ("events", classes.get("Event", 0)),
        *((f"events: {name}", modalities.get(name, 0)) for name in _EVENT_MODALITIES),
        ("occurrences", classes.get("Occurrence", 0)),
        ("coded events", classes.get("CodedEvent", 0)),
        ("roles", classes.get("Role", 0)),
        ("propositions", classes.get("Proposition", 0)),
    )


def _read_counts(reader: Reader, text: str) -> dict[str, int]:
    """Return counts by the last part of an IRI."""
    return {to_text(name).rpartition("#")[2].rpartition("/")[2]: int(to_text(count)) for name, count in read_rows(reader, text)}
