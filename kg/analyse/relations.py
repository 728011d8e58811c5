"""Relations between two nodes, each with its evidence, and their sums."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kg.errors import ParameterInvalidError

#: What a year and a month lack of their first day, by their length.
_FIRST_DAYS = {4: "-01-01", 7: "-01"}
_DATE_LENGTH = 10


class Node(NamedTuple):
    """An actor, or a frame of the `discourse` projection.

    Attributes:
        iri: what tells nodes apart.
        label: what is shown; the IRI where the graph has no label.
        type: `Person`, `State`, `Organisation`, `Group`, `Place`, `Frame`; `Actor` where the graph has none.
        wikidata: IRI of the Wikidata item; empty where unknown.
        iso2: country code of a state; empty where unknown.
    """

    iri: str
    label: str
    type: str
    wikidata: str = ""
    iso2: str = ""


class Relation(NamedTuple):
    """One claim, event or role seen as a tie between two nodes.

    Attributes:
        source: IRI of who speaks, acts or holds a post.
        target: IRI of who is spoken of, acted on, or where the post is held.
        kind: `speaks-of`, `reports`, `role`, `supportive`, `critical` (stances), a PLOVER type, or `affirms`, `rejects`,
            `asks` (discourse).
        evidence: IRI of the claim, event or role.
        confidence: 0 to 1.
        day: ISO date of the event where the text tells it, else of publication; empty where unknown.
        details: (name, value) pairs, sorted: frame, polarity, cue-type, modality, title.
    """

    source: str
    target: str
    kind: str
    evidence: str
    confidence: float
    day: str = ""
    details: tuple[tuple[str, str], ...] = ()


class Edge(NamedTuple):
    """Relations of one kind (or of all kinds) from one node to another, summed.

    Attributes:
        kind: the kind; several are joined by a space, sorted.
        weight: number of different claims, events and roles; 1 or more.
        confidence: that of the surest one.
        evidence: IRIs of all of them, sorted; as many as `weight`.
        first_seen: earliest `day`; empty where none is known. last_seen: the latest.
        details: every (name, value) pair of any of them, sorted.
    """

    source: str
    target: str
    kind: str
    weight: int
    confidence: float
    evidence: tuple[str, ...]
    first_seen: str = ""
    last_seen: str = ""
    details: tuple[tuple[str, str], ...] = ()


class Filters(NamedTuple):
    """Which relations stay.

    Attributes:
        kinds: only these kinds; None for all.
        since: not before this day. A relation without a day is left out where `since` or `until` is given.
        until: not after this day, the day itself included.
        min_confidence: 0 to 1.
        unreal: whether events stay that did not happen as far as the text tells: negated, future, hypothetical.
    """

    kinds: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float = 0.0
    unreal: bool = False

    def find_objection(self, relation: Relation) -> str | None:
        """Return why the relation is left out, None where it stays."""
        if self.kinds is not None and relation.kind not in self.kinds:
            return "of another kind"
        if relation.confidence < self.min_confidence:
            return "below the confidence asked for"
        if self.since or self.until:
            if not relation.day:
                return "without a date"
            day = date.fromisoformat(relation.day)
            if (self.since and day < self.since) or (self.until and day > self.until):
                return "outside the dates asked for"
        if not self.unreal:
            details = dict(relation.details)
            modality = details.get("modality", "actual")
            if modality != "actual":
                return f"{modality} events"
            if "modality" in details and details.get("polarity") == "negated":
                return "negated events"
        return None


def check_filters(filters: Filters) -> None:
    """Raise `ParameterInvalidError` where no relation at all could pass."""
    if not 0.0 <= filters.min_confidence <= 1.0:
        raise ParameterInvalidError(f"confidence {filters.min_confidence}: must lie between 0 and 1")
    if filters.since and filters.until and filters.since > filters.until:
        raise ParameterInvalidError(f"since {filters.since} is after until {filters.until}; swap them")


def to_day(*literals: str) -> str:
    """Return the ISO date that the first usable literal begins with; empty where none is usable.

    An xsd:date or xsd:dateTime gives its calendar day where it was published: an offset is not converted. A month
    (xsd:gYearMonth) or year (xsd:gYear) gives its first day.
    """
    for literal in literals:
        try:
            return date.fromisoformat(literal[:_DATE_LENGTH] + _FIRST_DAYS.get(len(literal), "")).isoformat()
        except ValueError:
            continue
    return ""


def sum_relations(relations: Iterable[Relation], *, by_kind: bool) -> tuple[Edge, ...]:
    """Return one edge a pair (and kind, where `by_kind`), sorted by source, target, kind.

    A claim that is met twice for one pair counts once.
    """
    groups: dict[tuple[str, str, str], list[Relation]] = {}
    for relation in relations:
        groups.setdefault((relation.source, relation.target, relation.kind if by_kind else ""), []).append(relation)
    return tuple(_sum_group(source, target, group) for (source, target, _), group in sorted(groups.items()))


def _sum_group(source: str, target: str, group: list[Relation]) -> Edge:
    days = sorted({relation.day for relation in group if relation.day})
    evidence = tuple(sorted({relation.evidence for relation in group}))
    return Edge(
        source=source,
        target=target,
        kind=" ".join(sorted({relation.kind for relation in group})),
        weight=len(evidence),
        confidence=max(relation.confidence for relation in group),
        evidence=evidence,
        first_seen=days[0] if days else "",
        last_seen=days[-1] if days else "",
        details=tuple(sorted({detail for relation in group for detail in relation.details})),
    )
