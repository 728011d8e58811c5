"""What the page shows, read from a store: statements with their sentences, and the ties that they are evidence of."""

from __future__ import annotations

from typing import NamedTuple

from kg.analyse.projections import read_projection
from kg.analyse.relations import Filters, Node, Relation, sum_relations, to_day
from kg.analyse.rows import Reader, read_rows
from kg.export.layout import Look, find_looks
from kg.export.network import Network, NetworkNode
from kg.export.statements import Record, Statement, read_record
from kg.model.span import Span

#: The projections whose ties share the places of their nodes, so that an actor stays where it is from view to view.
ACTOR_FAMILIES = ("speaks-of", "events", "roles", "stances")
#: Ties between actors and frames: nodes of another kind, with places of their own.
FRAME_FAMILIES = ("discourse",)


class PageContent(NamedTuple):
    """All that a page shows.

    Attributes:
        record: claims and events, as the table shows them.
        roles: posts and affiliations, as statements of the kind `Role`, sorted as those of `record`.
        nodes: every end of a relation, by IRI, sorted.
        relations: of each family (`ACTOR_FAMILIES`, `FRAME_FAMILIES`), sorted; each has its statement in `record` or `roles`.
        actor_looks: how the nodes of `ACTOR_FAMILIES` are drawn, by IRI. frame_looks: those of `FRAME_FAMILIES`.
        left_out: (reason, number) of ties without a sentence to show, and of statements that the filters turned away.
    """

    record: Record
    roles: tuple[Statement, ...]
    nodes: dict[str, Node]
    relations: dict[str, tuple[Relation, ...]]
    actor_looks: dict[str, Look]
    frame_looks: dict[str, Look]
    left_out: tuple[tuple[str, int], ...]


def read_page(reader: Reader, filters: Filters) -> PageContent:
    """Return the content, filtered by date and confidence.

    Events that did not happen as far as the text tells (negated, future, hypothetical) are in the record and join nobody.

    Raises:
        ParameterInvalidError: a filter has no sense.
    """
    limits = filters._replace(kinds=None)
    record = read_record(reader, limits)
    roles = _read_roles(reader, limits)
    known = record.statements.keys() | {role.iri for role in roles}
    nodes: dict[str, Node] = {}
    relations: dict[str, tuple[Relation, ...]] = {}
    left_out = dict(record.left_out)
    for family in (*ACTOR_FAMILIES, *FRAME_FAMILIES):
        projection = read_projection(reader, [family], limits)
        kept = tuple(relation for relation in projection.relations if relation.evidence in known)
        relations[family] = kept
        ends = {end for relation in kept for end in (relation.source, relation.target)}
        nodes |= {iri: node for iri, node in projection.nodes.items() if iri in ends}
        if len(kept) < len(projection.relations):
            reason = "ties without a sentence"
            left_out[reason] = left_out.get(reason, 0) + len(projection.relations) - len(kept)
    return PageContent(
        record=record,
        roles=roles,
        nodes=dict(sorted(nodes.items())),
        relations=relations,
        actor_looks=_find_looks(nodes, [relation for family in ACTOR_FAMILIES for relation in relations[family]]),
        frame_looks=_find_looks(nodes, [relation for family in FRAME_FAMILIES for relation in relations[family]]),
        left_out=tuple(sorted(left_out.items())),
    )


def _read_roles(reader: Reader, filters: Filters) -> tuple[Statement, ...]:
    found: dict[str, Statement] = {}
    for row in read_rows(reader, "nodes-roles"):
        facts = {"title": row["title"], "held": "former" if row["former"] == "true" else "", "rule": row["rule"]}
        role = Statement(
            iri=row["role"],
            kind="Role",
            words=row["title"],
            quote=row["quote"],
            span=Span(int(row["begin"]), int(row["end"])),
            parts=(),
            day=to_day(row["published"]),
            confidence=float(row["confidence"]),
            document=row["document"],
            facts=tuple(sorted((name, value) for name, value in facts.items() if value)),
        )
        relation = Relation("", "", role.kind, role.iri, role.confidence, role.day)
        if role.iri not in found and filters.find_objection(relation) is None:
            found[role.iri] = role
    return tuple(sorted(found.values(), key=lambda role: (role.document, role.span, role.iri)))


def _find_looks(nodes: dict[str, Node], relations: list[Relation]) -> dict[str, Look]:
    ends = sorted({end for relation in relations for end in (relation.source, relation.target)})
    edges = sum_relations(relations, by_kind=True)
    network_nodes = tuple(NetworkNode(iri, nodes[iri].label, nodes[iri].type) for iri in ends)
    return find_looks(Network("page", network_nodes, edges, len(relations)))
