"""Projections of the graph onto actors: who speaks of whom, who does what to whom, who holds which post.

A projection keeps every single claim, event and role as a `Relation`; `to_multigraph` and `to_digraph`
give it to networkx. Nodes are sorted by IRI, edges by source, target and kind, whatever the order of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from kg.analyse.relations import Edge, Filters, Node, Relation, check_filters, sum_relations, to_day
from kg.analyse.rows import Reader, read_rows
from kg.errors import ParameterInvalidError
from kg.query.sides import find_side

if TYPE_CHECKING:
    MultiDiGraph = nx.MultiDiGraph[str]
    DiGraph = nx.DiGraph[str]


class Projection(NamedTuple):
    """Part of the graph as nodes and relations.

    Attributes:
        names: the projections that it joins, as asked for.
        nodes: every end of a relation, by IRI, sorted; actors without any relation are not in it.
        relations: sorted.
        left_out: (reason, number of relations) of those that the filters turned away, sorted by reason.
        found: (name, number) of the different claims, events or roles behind each projection, those that the filters
            turned away too.
    """

    names: tuple[str, ...]
    nodes: dict[str, Node]
    relations: tuple[Relation, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    found: tuple[tuple[str, int], ...] = ()


def read_projection(reader: Reader, names: Iterable[str], filters: Filters | None = None) -> Projection:
    """Return one or several of `PROJECTIONS` as one, filtered.

    Raises:
        ParameterInvalidError: a name is unknown, or a filter has no sense.
    """
    chosen = tuple(names)
    for name in chosen:
        if name not in PROJECTIONS:
            raise ParameterInvalidError(f"{name!r}: no such projection; there are {', '.join(PROJECTIONS)}")
    limits = filters or Filters()
    check_filters(limits)
    nodes = {node.iri: node for node in read_actors(reader)}
    kept: set[Relation] = set()
    left_out: Counter[str] = Counter()
    found: dict[str, set[str]] = {name: set() for name in chosen}
    for name in chosen:
        for relation, frame in PROJECTIONS[name](reader):
            found[name].add(relation.evidence)
            objection = "neutral stances" if relation.kind == "neutral" else limits.find_objection(relation)
            if objection:
                left_out[objection] += 1
                continue
            kept.add(relation)
            if frame is not None:
                nodes[frame.iri] = frame
    relations = tuple(sorted(kept))
    ends = sorted({end for relation in relations for end in (relation.source, relation.target)})
    return Projection(
        names=chosen,
        nodes={iri: nodes.get(iri) or Node(iri, iri, "Actor") for iri in ends},
        relations=relations,
        left_out=tuple(sorted(left_out.items())),
        found=tuple((name, len(evidence)) for name, evidence in found.items()),
    )


def to_multigraph(projection: Projection) -> MultiDiGraph:
    """Return one edge a relation; its key is the kind and the IRI of its evidence.

    Node attributes: label, type, wikidata, iso2. Edge attributes: kind, weight (1), confidence, day,
    evidence (a tuple of one IRI) and the relation's details, several values joined by a space.
    """
    graph: MultiDiGraph = nx.MultiDiGraph()
    _add_nodes(graph, projection)
    for relation in projection.relations:
        graph.add_edge(
            relation.source,
            relation.target,
            key=f"{relation.kind} {relation.evidence}",
            kind=relation.kind,
            weight=1,
            confidence=relation.confidence,
            day=relation.day,
            evidence=(relation.evidence,),
            **join_details(relation.details),
        )
    return graph


def to_digraph(projection: Projection) -> DiGraph:
    """Return one edge a pair, all kinds summed: `weight` counts different claims, events and roles.

    Edge attributes: kind (kinds joined by a space), weight, confidence (of the surest), evidence (sorted IRIs),
    first_seen, last_seen.
    """
    graph: DiGraph = nx.DiGraph()
    _add_nodes(graph, projection)
    for edge in sum_relations(projection.relations, by_kind=False):
        graph.add_edge(edge.source, edge.target, **_edge_attributes(edge))
    return graph


def join_details(details: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return each name once, its values joined by `; `, sorted."""
    names = sorted({name for name, _ in details})
    return {name: "; ".join(sorted({value for other, value in details if other == name})) for name in names}


def _add_nodes(graph: MultiDiGraph | DiGraph, projection: Projection) -> None:
    for iri, node in projection.nodes.items():
        graph.add_node(iri, label=node.label, type=node.type, wikidata=node.wikidata, iso2=node.iso2)


def _edge_attributes(edge: Edge) -> dict[str, Any]:
    return {
        "kind": edge.kind,
        "weight": edge.weight,
        "confidence": edge.confidence,
        "evidence": edge.evidence,
        "first_seen": edge.first_seen,
        "last_seen": edge.last_seen,
    }


def read_actors(reader: Reader) -> Iterator[Node]:
    """Yield each actor once: with several labels or classes, the first in alphabetical order."""
    seen: set[str] = set()
    rows = sorted(
        read_rows(reader, "nodes-actors"), key=lambda row: [row[c] for c in ("actor_iri", "type", "label", "wikidata", "iso2")]
    )
    for row in rows:
        if row["actor_iri"] not in seen:
            seen.add(row["actor_iri"])
            yield Node(row["actor_iri"], row["label"], row["type"], row["wikidata"], row["iso2"])


_Found = tuple[Relation, Node | None]


def _merge_details(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Join the relations that differ in details only (one row a frame, or a target) into one."""
    groups: dict[Relation, set[tuple[str, str]]] = {}
    for relation in relations:
        groups.setdefault(relation._replace(details=()), set()).update(relation.details)
    for relation, details in groups.items():
        yield relation._replace(details=tuple(sorted(details)))


def _speaks_of(reader: Reader) -> Iterator[_Found]:
    relations = (
        Relation(
            source=row["speaker_iri"],
            target=row["about_iri"],
            kind="speaks-of",
            evidence=row["claim"],
            confidence=float(row["confidence"]),
            day=to_day(row["published"]),
            details=_details(
                {
                    "cue_type": row["cue_type"],
                    "frame": row["frame"],
                    "denied_frame": row["frame"] if row["denied"] == "true" else "",
                    "polarity": row["polarity"],
                }
            ),
        )
        for row in read_rows(reader, "edges-speaks-of")
    )
    for relation in _merge_details(relations):
        yield relation, None


def _events(reader: Reader) -> Iterator[_Found]:
    for row in read_rows(reader, "edges-events"):
        yield (
            Relation(
                source=row["actor_iri"],
                target=row["recipient_iri"],
                kind=row["type"],
                evidence=row["event"],
                confidence=float(row["confidence"]),
                day=to_day(row["date"], row["published"]),
                details=_details({"modality": row["modality"], "polarity": row["polarity"]}),
            ),
            None,
        )


def _roles(reader: Reader) -> Iterator[_Found]:
    for row in read_rows(reader, "edges-roles"):
        former = "former" if row["former"] == "true" else "current"
        yield (
            Relation(
                source=row["person_iri"],
                target=row["organisation_iri"],
                kind="role",
                evidence=row["role"],
                confidence=float(row["confidence"]),
                day=to_day(row["published"]),
                details=_details({"held": former, "title": row["title"]}),
            ),
            None,
        )


def _reports(reader: Reader) -> Iterator[_Found]:
    for row in read_rows(reader, "edges-nested"):
        yield (
            Relation(
                source=row["outer_speaker_iri"],
                target=row["inner_speaker_iri"],
                kind="reports",
                evidence=row["claim"],
                confidence=float(row["confidence"]),
                day=to_day(row["published"]),
            ),
            None,
        )


def _stances(reader: Reader) -> Iterator[_Found]:
    """Yield the stances; their kind is the stance. Neutral ones tie nobody: `read_projection` counts them alone."""
    for row in read_rows(reader, "edges-stances"):
        yield (
            Relation(
                source=row["speaker_iri"],
                target=row["towards_iri"],
                kind=row["stance"],
                evidence=row["claim"],
                confidence=float(row["confidence"]),
                day=to_day(row["published"]),
            ),
            None,
        )


def _discourse(reader: Reader) -> Iterator[_Found]:
    frames: dict[str, Node] = {}
    relations: list[Relation] = []
    for row in read_rows(reader, "edges-frames"):
        frames[row["frame_iri"]] = Node(row["frame_iri"], row["frame_label"], "Frame")
        relations.append(
            Relation(
                source=row["speaker_iri"],
                target=row["frame_iri"],
                kind=_to_stance(row),
                evidence=row["claim"],
                confidence=float(row["confidence"]),
                day=to_day(row["published"]),
                details=_details({"about": row["about"], "cue_type": row["cue_type"]}),
            )
        )
    for relation in _merge_details(relations):
        yield relation, frames[relation.target]


def _to_stance(row: Mapping[str, str]) -> str:
    """Return how a speaker stands to a frame, as discourse network analysis codes it: agreement or not; `asks` is neither."""
    side = find_side(row["frame"], row["cue_type"], is_denied=row["denied"] == "true", is_unsaid=row["cue_negated"] == "true")
    # Of what was not said the query has beliefs alone.
    return {"affirmed": "affirms", "negated": "rejects", None: "asks"}[side]


def _details(values: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in values.items() if value))


#: What can be asked for, by name.
PROJECTIONS: dict[str, Callable[[Reader], Iterator[_Found]]] = {
    "speaks-of": _speaks_of,
    "events": _events,
    "roles": _roles,
    "reports": _reports,
    "stances": _stances,
    "discourse": _discourse,
}
