"""An annotation as quads: all that one text yields, in one graph that bears the document's name."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model.annotation import Annotation
from kg.rdf.attributions import find_attribution_quads
from kg.rdf.document import find_document_quads
from kg.rdf.events import find_event_quads
from kg.rdf.evidence import GraphWriter
from kg.rdf.mentions import find_mention_quads
from kg.rdf.propositions import find_proposition_quads
from kg.rdf.roles import find_role_quads
from kg.rdf.stances import find_stance_quads
from kg.rdf.terms import Quad


def to_quads(annotation: Annotation, *, extractor_version: str, canonical: Mapping[str, str] | None = None) -> tuple[Quad, ...]:
    """Return the document's graph, sorted, each quad once; labels of actors are not in it.

    Args:
        annotation: a document with what was found in it; an empty extraction gives the document alone.
        extractor_version: what the graph depends on beside the text: code, rules, model, registry.
        canonical: IRIs that stand for others of the resolution, where the same actor is known from other documents.
    """
    writer = GraphWriter(annotation, canonical)
    quads = {
        *find_document_quads(annotation, writer, extractor_version),
        *find_mention_quads(annotation, writer),
        *find_attribution_quads(annotation, writer),
        *find_event_quads(annotation, writer),
        *find_role_quads(annotation, writer),
        *find_proposition_quads(annotation, writer),
        *find_stance_quads(annotation, writer),
    }
    return tuple(sorted(quads))
