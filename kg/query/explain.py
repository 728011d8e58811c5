"""Why the graph says something: every sentence, or row of a table, behind a claim, event, role or plain triple."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import ActorMissingError, ClaimMissingError
from kg.query.binding import bind_terms
from kg.query.evidence import KG, Explanation, find_explanation
from kg.query.lookup import resolve_actor, to_iri
from kg.query.reader import Reader, read_rows, to_text
from kg.store.terms import NamedNode, OxLiteral

_PREFIXES = {
    "kg": KG,
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "frame": "https://sayso.example/scheme/frame/",
    "plover": "https://sayso.example/scheme/plover/",
    "cue": "https://sayso.example/scheme/cue-type/",
    "polarity": "https://sayso.example/scheme/polarity/",
    "modality": "https://sayso.example/scheme/modality/",
    "speech": "https://sayso.example/scheme/speech/",
    "wd": "http://www.wikidata.org/entity/",
}

# What states a triple: the claim, event or role at its subject or object; or one that has both of its ends,
# which is how "Kask kg:about Putin" or "Canada kg:recipient Ukraine" is read.
_STATING = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?evidence
WHERE {
  VALUES (?subject_param ?predicate_param ?object_param) { (UNDEF UNDEF UNDEF) }
  VALUES ?kind { kg:Claim kg:Event kg:Role kg:CodedEvent }
  {
    GRAPH ?document { ?subject_param ?predicate_param ?object_param . ?evidence a ?kind }
    FILTER(?evidence = ?subject_param || ?evidence = ?object_param)
  }
  UNION
  {
    GRAPH ?document {
      ?evidence a ?kind ; ?predicate_param ?object_param ; ?other ?subject_param .
      FILTER(?other != ?predicate_param || ?subject_param = ?object_param)
    }
  }
}
ORDER BY ?evidence
"""
# A literal with these characters, and a concept whose notation they are.
_VALUES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?value
WHERE {
  VALUES (?text_param) { (UNDEF) }
  { GRAPH ?graph { ?subject ?property ?value } }
  UNION
  { GRAPH ?graph { ?value skos:notation ?notation } }
  FILTER(STR(COALESCE(?notation, ?value)) = ?text_param && (BOUND(?notation) || ISLITERAL(?value)))
}
ORDER BY ?value
"""


def explain_claim(reader: Reader, iri: str) -> Explanation:
    """Return the evidence of a claim, event, role or coded event.

    Args:
        reader: an open store.
        iri: with or without angle brackets.

    Raises:
        ClaimMissingError: it is no absolute IRI, or none of these in this store.
    """
    node = to_iri(iri.strip())
    found = find_explanation(reader, node) if node is not None else None
    if found is None:
        raise ClaimMissingError(f"{iri!r}: no claim, event or role has this IRI; `kg query who-claims` lists claims")
    return found


def explain_triple(reader: Reader, subject: str, predicate: str, target: str) -> tuple[Explanation, ...]:
    """Return the evidence of every claim, event, role or coded event that states a triple, by IRI.

    A triple is stated as it stands (`Kask kg:says <claim>`, `<claim> kg:about Putin`), or by something that has both ends:
    `Kask about Putin` finds the claims by Kask that are about Putin, `Canada recipient Ukraine` the events.

    Args:
        reader: an open store.
        subject: an IRI, a QID, or an actor's name.
        predicate: an IRI, a prefixed name (`org:member`), or a bare name of the ontology (`says`).
        target: as `subject`, or a concept's notation, or a literal's exact characters.

    Raises:
        ActorMissingError: subject or target is nothing that this store knows.
        ActorAmbiguousError: a name fits several actors.
        ClaimMissingError: nothing states it.
    """
    first = _read_node(reader, subject)
    objects = _read_objects(reader, target)
    property_node = _read_predicate(predicate)
    found = {
        iri: find_explanation(reader, NamedNode(iri))
        for last in objects
        for iri in _find_stating(reader, first, property_node, last)
    }
    explanations = tuple(found[iri] for iri in sorted(found))
    if not explanations:
        raise ClaimMissingError(f"{subject!r} {predicate!r} {target!r}: nothing in this store says so")
    return tuple(explanation for explanation in explanations if explanation is not None)


def _find_stating(reader: Reader, subject: NamedNode, predicate: NamedNode, target: NamedNode | OxLiteral) -> Iterator[str]:
    terms = {"subject": subject, "predicate": predicate, "object": target}
    for (evidence,) in read_rows(reader, bind_terms(_STATING, list(terms), terms)):
        yield to_text(evidence)


def _read_node(reader: Reader, text: str) -> NamedNode:
    return to_iri(text.strip()) or resolve_actor(reader, text)


def _read_predicate(text: str) -> NamedNode:
    prefix, separator, name = text.strip().partition(":")
    if not separator:
        prefix, name = "kg", prefix
    is_prefixed = prefix in _PREFIXES and not name.startswith("//")
    iri = to_iri(_PREFIXES[prefix] + name if is_prefixed else text.strip())
    if iri is None:
        raise ClaimMissingError(
            f"{text!r}: no predicate; write an IRI, a prefixed name such as org:member, or a name such as says"
        )
    return iri


def _read_objects(reader: Reader, text: str) -> Iterable[NamedNode | OxLiteral]:
    try:
        return [_read_node(reader, text)]
    except ActorMissingError:
        rows = read_rows(reader, bind_terms(_VALUES, ["text"], {"text": OxLiteral(text)}))
        values = [value for (value,) in rows if isinstance(value, NamedNode | OxLiteral)]
        if not values:
            raise
        return values
