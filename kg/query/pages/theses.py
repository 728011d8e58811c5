"""Theses: what several claims say or deny, in whatever words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from kg.model.base import Frozen
from kg.query.pages.lines import DocumentLine, make_document
from kg.query.pages.nodes import Actor, Concept, Node, describe_nodes, name_in_texts, name_nodes
from kg.query.pages.paging import Paging, cut_page
from kg.query.pages.parameters import PageNumber
from kg.query.reader import Reader, read_rows, to_text


class ThesisLine(Frozen):
    """A thesis.

    Attributes:
        claim: IRI of the claim that is most like the others; `content` are its words.
        affirming, denying: claims of either side.
        publishers: independent ones.
        cohesion: the least likeness of a claim to that one, 0 to 1.
    """

    iri: str
    claim: str
    content: str
    about: tuple[Actor, ...]
    frames: tuple[Concept, ...]
    affirming: int
    denying: int
    documents: int
    publishers: int
    cohesion: float
    reasons: tuple[str, ...]
    document: DocumentLine


class Sides(NamedTuple):
    """A thesis by IRI, and how many claims affirm and deny it."""

    iri: str
    affirming: int
    denying: int

    @property
    def is_disputed(self) -> bool:
        """Whether it has claims on both sides."""
        return bool(self.affirming and self.denying)


class ThesisListParameters(Frozen):
    """Which theses, and which page of them."""

    disputed: Literal["", "yes"] = Field("", description="Only those that some affirm and others deny.")
    page: PageNumber = 1


class ThesisList(Frozen):
    """Theses, those of most claims first."""

    paging: Paging
    theses: tuple[ThesisLine, ...]


def list_theses(reader: Reader, given: ThesisListParameters) -> ThesisList:
    """Return a page of the theses."""
    found = [sides for sides in choose_theses(reader) if sides.is_disputed or not given.disputed]
    paging, chosen = cut_page(found, given.page)
    return ThesisList(paging=paging, theses=read_theses(reader, chosen))


def choose_theses(reader: Reader) -> list[Sides]:
    """Return all theses, those of most claims first, equals by IRI."""
    counts: Counter[tuple[str, str]] = Counter()
    for thesis, side, count in read_rows(reader, _SIDES):
        if thesis is not None:
            counts[to_text(thesis), to_text(side).rpartition("#")[2]] += int(to_text(count))
    theses = {Sides(iri, counts[iri, "affirms"], counts[iri, "denies"]) for iri, _ in counts}
    return sorted(theses, key=lambda sides: (-sides.affirming - sides.denying, sides.iri))


def count_sides(thesis: str, members: Mapping[str, str]) -> Sides:
    """Return how many claims affirm and deny a thesis.

    Args:
        thesis: its IRI.
        members: its claims, as `kg.query.pages.choosing.list_members` gives them.
    """
    counts = Counter(members.values())
    return Sides(thesis, counts["affirms"], counts["denies"])


def read_theses(reader: Reader, chosen: Sequence[Sides]) -> tuple[ThesisLine, ...]:
    """Return theses in the order given; those that the store does not know are left out."""
    nodes = describe_nodes(reader, (sides.iri for sides in chosen))
    known = [(sides, nodes[sides.iri]) for sides in chosen if "Thesis" in nodes[sides.iri].kinds]
    claims = describe_nodes(reader, (node.one("exemplar") for _, node in known))
    documents = describe_nodes(reader, (claim.document for claim in claims.values()))
    names = name_nodes(reader, (iri for _, node in known for name in ("about", "frame") for iri in node.all(name)))
    lines = []
    for sides, node in known:
        claim = claims[node.one("exemplar")]
        document = claim.document
        lines.append(
            ThesisLine(
                iri=sides.iri,
                claim=claim.iri,
                content=claim.one("content"),
                about=names.actors_of(node.all("about")),
                frames=tuple(names.concept(frame) for frame in node.all("frame")),
                affirming=sides.affirming,
                denying=sides.denying,
                documents=node.number("documentCount"),
                publishers=node.number("publisherCount"),
                cohesion=float(node.one("cohesion") or 0),
                reasons=name_in_texts(reader, node.all("reason")),
                document=make_document(documents.get(document) or Node(document, {})),
            )
        )
    return tuple(lines)


_SIDES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?thesis ?side (COUNT(DISTINCT ?claim) AS ?count)
WHERE {
  VALUES ?side { kg:affirms kg:denies }
  GRAPH ?claims { ?claim ?side ?thesis }
}
GROUP BY ?thesis ?side
"""
