"""The ontology's own files: as quads of the ontology's graph, and as frames for extraction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_args

from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import ResourceInvalidError
from kg.model.frame import Frame, TargetRole
from kg.rdf import namespaces as ns
from kg.rdf.terms import XSD, Iri, Literal, Quad, Term, to_text
from kg.rdf.wordings import compile_wording
from kg.resources import find_resource

_FOLDERS = ("schemes", "alignments")
_LINKS = (ns.BROADER, ns.RELATED, ns.OPPOSITE)


def find_ontology_files() -> tuple[Path, ...]:
    """Return `kg.ttl`, then the schemes and the alignments by name; the shapes are no part of the graph."""
    root = find_resource("ontology")
    return (root / "kg.ttl", *(path for folder in _FOLDERS for path in sorted((root / folder).glob("*.ttl"))))


def ontology_quads() -> tuple[Quad, ...]:
    """Return classes, properties, concepts and alignments in the ontology's graph, sorted, each quad once.

    Raises:
        ResourceInvalidError: a file is no Turtle, or has a blank node, which would get another name on each run.
    """
    return tuple(sorted({quad for path in find_ontology_files() for quad in _read_quads(path)}))


def read_frames(path: Path | None = None) -> tuple[Frame, ...]:
    """Return the frames of a scheme, sorted by notation, patterns in code point order.

    Args:
        path: a Turtle file; by default the scheme that the project ships.

    Raises:
        ResourceInvalidError: the file is no Turtle, a concept lacks its notation or patterns, or one is no regular expression.
    """
    path = path or find_resource("ontology/schemes/frames.ttl")
    graph = _parse(path)
    concepts = sorted(str(concept) for concept in graph.subjects(URIRef(ns.TYPE.value), URIRef(ns.SKOS + "Concept")))
    return tuple(sorted((_read_frame(graph, concept, path) for concept in concepts), key=lambda frame: frame.notation))


def _read_frame(graph: Graph, concept: str, path: Path) -> Frame:
    def read(predicate: Iri) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in graph.objects(URIRef(concept), URIRef(predicate.value))))

    def read_expressions(pattern: Iri, wording: Iri) -> tuple[str, ...]:
        try:
            return tuple(sorted({*read(pattern), *map(compile_wording, read(wording))}))
        except ValueError as error:
            raise ResourceInvalidError(str(path), f"<{concept}>: {error}") from error

    notations, roles = read(ns.NOTATION), read(ns.TARGET_ROLE) or ("doer",)
    patterns = read_expressions(ns.PATTERN, ns.WORDING)
    exclusions = read_expressions(ns.EXCLUSION, ns.EXCEPT_WORDING)
    if len(notations) != 1 or not patterns:
        raise ResourceInvalidError(str(path), f"<{concept}> needs one skos:notation and a kg:pattern or kg:wording or more")
    if len(roles) != 1 or roles[0] not in get_args(TargetRole):
        raise ResourceInvalidError(str(path), f"<{concept}>: kg:targetRole is one of {', '.join(get_args(TargetRole))}")
    # What wordings are compiled to is valid; to check a thousand of them at each start costs more than to read the file.
    for expression in (*read(ns.PATTERN), *read(ns.EXCLUSION)):
        try:
            re.compile(expression, re.IGNORECASE)
        except re.error as error:
            raise ResourceInvalidError(str(path), f"<{concept}>: {expression!r} is no regular expression ({error})") from error
    cue_types = tuple(sorted(value.rpartition("/")[2] for value in read(ns.FRAME_CUE_TYPE)))
    return Frame(
        notation=notations[0],
        patterns=patterns,
        exclusions=exclusions,
        cue_types=cue_types,
        target_role=cast("TargetRole", roles[0]),
        holds_if=read(ns.HOLDS_IF) == ("true",),
        label=" / ".join(read(ns.PREF_LABEL)),
        definition=" ".join(read(ns.DEFINITION)),
        examples=read(ns.EXAMPLE),
        counter_examples=read(ns.COUNTER_EXAMPLE),
        related=tuple(sorted({name.rpartition("/")[2] for link in _LINKS for name in read(link)})),
        opposites=tuple(sorted(name.rpartition("/")[2] for name in read(ns.OPPOSITE))),
    )


def _read_quads(path: Path) -> Iterator[Quad]:
    for subject, predicate, value in _parse(path):
        yield Quad(_to_iri(subject, path), _to_iri(predicate, path), _to_term(value, path), ns.ONTOLOGY_GRAPH)


def _parse(path: Path) -> Graph:
    try:
        return Graph().parse(str(path), format="turtle")
    except (BadSyntax, ParserError, UnicodeDecodeError) as error:
        raise ResourceInvalidError(str(path), f"not valid Turtle ({' '.join(str(error).split())[:200]})") from error
    except FileNotFoundError as error:
        raise ResourceInvalidError(str(path), "no such file") from error


def _to_iri(node: Node, path: Path) -> Iri:
    if isinstance(node, BNode):
        raise ResourceInvalidError(str(path), "has a blank node; give it an IRI")
    return Iri(str(node))


def _to_term(node: Node, path: Path) -> Term:
    if not isinstance(node, RdfLiteral):
        return _to_iri(node, path)
    return to_text(str(node), node.language) if node.language else Literal(str(node), str(node.datatype or XSD + "string"))
