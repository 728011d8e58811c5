"""Which actor or concept a person means by a name."""

from __future__ import annotations

import re
import unicodedata

from kg.errors import ActorAmbiguousError, ActorMissingError, ParameterInvalidError
from kg.query.binding import bind_terms
from kg.query.reader import Reader, read_rows, to_text
from kg.store.terms import NamedNode, OxLiteral

_QID = re.compile(r"Q[1-9][0-9]*", re.IGNORECASE)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
_WIKIDATA = "http://www.wikidata.org/entity/"
_SCHEMES = "https://sayso.example/scheme/"

# Only what has a type in the actors graph is an actor: concepts have labels, too.
_NAMES = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?actor ?label ?name
WHERE {
  VALUES ?type { kg:Actor kg:Person kg:State kg:Organisation kg:Group kg:Place }
  GRAPH ?graph {
    ?actor a ?type ; skos:prefLabel ?label .
    OPTIONAL { ?actor skos:altLabel ?name }
  }
}
"""
# What has this very label is found by it, however many actors there are.
_LABELLED = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?actor
WHERE {
  VALUES (?label_param) { (UNDEF) }
  GRAPH ?graph { ?actor skos:prefLabel ?label_param ; a ?type }
  FILTER(?type IN (kg:Actor, kg:Person, kg:State, kg:Organisation, kg:Group, kg:Place))
}
"""
_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?label
WHERE {
  VALUES (?iri_param) { (UNDEF) }
  GRAPH ?graph { ?iri_param skos:prefLabel ?label }
}
"""
_IDENTIFIED = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?actor ?label
WHERE {
  VALUES (?iri_param) { (UNDEF) }
  GRAPH ?graph { ?actor owl:sameAs ?iri_param ; skos:prefLabel ?label }
}
"""
_NOTATIONS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?concept ?notation
WHERE {
  VALUES (?namespace_param) { (UNDEF) }
  GRAPH ?graph { ?concept skos:notation ?notation }
  FILTER(STRSTARTS(STR(?concept), STR(?namespace_param)))
}
"""


def fold_name(name: str) -> str:
    """Return the name as it is compared: without case, diacritics and repeated white space."""
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def resolve_actor(reader: Reader, name: str) -> NamedNode:
    """Return the actor that a label, alias, QID or IRI means.

    The exact label goes before a label that differs in case or diacritics, and that before an alias.

    Raises:
        ActorMissingError: nothing fits.
        ActorAmbiguousError: several actors fit equally well.
    """
    iri = _to_iri(name.strip())
    if iri is not None:
        found = _find_identified(reader, iri)
        if found:
            return _choose(name, found)
    labelled = _find_labelled(reader, name)
    if labelled:
        return _choose(name, labelled)
    folded = fold_name(name)
    rows = [(to_text(actor), to_text(label), to_text(alias)) for actor, label, alias in read_rows(reader, _NAMES)]
    tiers = (
        {(label, actor) for actor, label, _ in rows if fold_name(label) == folded},
        {(label, actor) for actor, label, alias in rows if alias and fold_name(alias) == folded},
    )
    for tier in tiers:
        if tier:
            return _choose(name, tier)
    raise ActorMissingError(name)


def resolve_concept(reader: Reader, parameter: str, scheme: str, notation: str) -> NamedNode:
    """Return the concept of `https://sayso.example/scheme/{scheme}/` that has this notation, in whatever case.

    Raises:
        ParameterInvalidError: none has; the message lists those that there are.
    """
    namespace = OxLiteral(f"{_SCHEMES}{scheme}/")
    rows = read_rows(reader, bind_terms(_NOTATIONS, ["namespace"], {"namespace": namespace}))
    concepts = {to_text(text): concept for concept, text in rows}
    for text in sorted(concepts):
        concept = concepts[text]
        if text.casefold() == notation.strip().casefold() and isinstance(concept, NamedNode):
            return concept
    listed = ", ".join(sorted(concepts)) or "nothing, since this store holds no such scheme"
    raise ParameterInvalidError(f"{parameter}={notation!r}: not in the scheme {scheme}; it has {listed}")


def to_iri(name: str) -> NamedNode | None:
    """Return an absolute IRI, with or without angle brackets, as a term; None for anything else."""
    bare = name[1:-1] if name.startswith("<") and name.endswith(">") else name
    if not _IRI.fullmatch(bare):
        return None
    try:
        return NamedNode(bare)
    except ValueError:
        return None


def _to_iri(name: str) -> NamedNode | None:
    if _QID.fullmatch(name):
        return NamedNode(_WIKIDATA + name.upper())
    return to_iri(name)


def _find_labelled(reader: Reader, name: str) -> set[tuple[str, str]]:
    """Return (label, IRI) of the actors that are called exactly so."""
    try:
        text = bind_terms(_LABELLED, ["label"], {"label": OxLiteral(name)})
    except ValueError:
        return set()  # what no store can hold
    return {(name, to_text(actor)) for (actor,) in read_rows(reader, text)}


def _find_identified(reader: Reader, iri: NamedNode) -> set[tuple[str, str]]:
    """Return (label, IRI) of what has this IRI itself, else of what is declared to be the same as it."""
    exact = {(to_text(label), iri.value) for (label,) in read_rows(reader, bind_terms(_LABELS, ["iri"], {"iri": iri}))}
    if exact:
        return exact
    rows = read_rows(reader, bind_terms(_IDENTIFIED, ["iri"], {"iri": iri}))
    return {(to_text(label), to_text(actor)) for actor, label in rows}


def _choose(name: str, found: set[tuple[str, str]]) -> NamedNode:
    if len({iri for _, iri in found}) > 1:
        raise ActorAmbiguousError(name, tuple(sorted(found)))
    return NamedNode(next(iri for _, iri in found))
