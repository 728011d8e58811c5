"""What is clustered: pieces of evidence, the judgements that they fall under, and clusters that respect these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model.identity import ActorProfile, ActorReference, Judgement
from kg.resolve.across.evidence import Evidence

#: (number of a judgement that keeps apart, its side).
Mark = tuple[int, int]
#: (document, actor).
Key = tuple[str, str]


class Marks(NamedTuple):
    """What judgements say of one profile: sides of those that say different, and of those that say different or unsure."""

    different: frozenset[Mark]
    apart: frozenset[Mark]


NO_MARKS = Marks(frozenset(), frozenset())


def meet(left: Iterable[Mark], right: frozenset[Mark]) -> bool:
    """Return whether the marks hold both sides of one judgement."""
    return any((number, 1 - side) in right for number, side in left)


@dataclass(slots=True, eq=False)
class Node:
    """Profiles that nothing tears apart any more.

    Attributes:
        is_short: only a surname, initials or an acronym is known.
        place: its number among the nodes of its block.
    """

    evidence: Evidence
    marks: Marks = NO_MARKS
    is_short: bool = False
    is_named: bool = True
    place: int = -1

    @property
    def key(self) -> Key:
        """The smallest (document, actor)."""
        return self.evidence.key


class Judged:
    """Judgements of one block, laid over its profiles.

    A side that means every document of an IRI leaves out the profile that the other side means within that IRI.
    """

    def __init__(self, judgements: Iterable[Judgement], profiles: Sequence[ActorProfile]) -> None:
        by_actor: dict[str, list[Key]] = defaultdict(list)
        for profile in profiles:
            by_actor[profile.actor].append((profile.document, profile.actor))
        self.same: list[tuple[list[Key], list[Key]]] = []
        self.applied: list[Judgement] = []
        self._different: dict[Key, set[Mark]] = defaultdict(set)
        self._apart: dict[Key, set[Mark]] = defaultdict(set)
        self.torn: dict[str, set[Key]] = defaultdict(set)
        for number, judgement in enumerate(sort_judgements(judgements)):
            left, right = (find_keys(side, by_actor) for side in (judgement.left, judgement.right))
            left, right = _take_out(left, right), _take_out(right, left)
            if not left or not right:
                continue
            self.applied.append(judgement)
            if judgement.verdict == "same":
                self.same.append((left, right))
                continue
            for side, keys in enumerate((left, right)):
                for key in keys:
                    self._apart[key].add((number, side))
                    if judgement.verdict == "different":
                        self._different[key].add((number, side))
            if judgement.left.actor == judgement.right.actor:
                self.torn[judgement.left.actor].update(side[0] for side in (left, right) if len(side) == 1)

    def find_marks(self, keys: Iterable[Key]) -> Marks:
        """Return what judgements say of these profiles."""
        if not self._apart:
            return NO_MARKS
        listed = list(keys)
        return Marks(
            frozenset(mark for key in listed for mark in self._different.get(key, ())),
            frozenset(mark for key in listed for mark in self._apart.get(key, ())),
        )


def sort_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return each judgement once, in an order that does not depend on how they came."""
    return sorted(set(judgements), key=lambda j: (to_pair(j), j.verdict, j.date, j.author, j.note))


def to_pair(judgement: Judgement) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the two that are judged as (actor, document or ""), the smaller first."""
    one, other = sorted((side.actor, side.document or "") for side in (judgement.left, judgement.right))
    return one, other


def find_keys(reference: ActorReference, by_actor: Mapping[str, Sequence[Key]]) -> list[Key]:
    """Return the profiles that a reference means; empty where no document has it."""
    keys = by_actor.get(reference.actor, ())
    return [key for key in keys if reference.document is None or key[0] == reference.document]


def _take_out(keys: list[Key], other: list[Key]) -> list[Key]:
    if len(other) < len(keys):
        inner = set(other)
        return [key for key in keys if key not in inner]
    return [] if keys == other else keys


@dataclass(slots=True)
class _Cluster:
    members: list[Node]
    different: frozenset[Mark]
    apart: frozenset[Mark]
    documents: set[str] = field(default_factory=set)


class Clusters:
    """Nodes in clusters; a node is alone until it is joined."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        """Number the nodes in the order that they are given in."""
        for place, node in enumerate(nodes):
            node.place = place
        self._parents = list(range(len(nodes)))
        self._clusters = {
            node.place: _Cluster([node], node.marks.different, node.marks.apart, set(node.evidence.documents)) for node in nodes
        }

    def _find(self, place: int) -> int:
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place

    def get(self, node: Node) -> _Cluster:
        """Return the cluster of a node."""
        return self._clusters[self._find(node.place)]

    def are_one(self, left: Node, right: Node) -> bool:
        """Return whether both are in one cluster."""
        return self._find(left.place) == self._find(right.place)

    def may_join(self, left: Node, right: Node, *, by_judgement: bool = False) -> bool:
        """Return whether no judgement keeps their clusters apart; one that says unsure gives way to one that says same."""
        one, other = self.get(left), self.get(right)
        if by_judgement:
            return not meet(one.different, other.different)
        return not meet(one.apart, other.apart)

    def join(self, left: Node, right: Node) -> None:
        """Put two nodes and all that is with them into one cluster."""
        one, other = self._find(left.place), self._find(right.place)
        if one == other:
            return
        if len(self._clusters[one].members) < len(self._clusters[other].members):
            one, other = other, one
        self._parents[other] = one
        kept, gone = self._clusters[one], self._clusters.pop(other)
        if len(gone.documents) > len(kept.documents):
            kept.documents, gone.documents = gone.documents, kept.documents
        kept.documents |= gone.documents
        kept.members += gone.members
        kept.different |= gone.different
        kept.apart |= gone.apart

    def all(self) -> list[list[Node]]:
        """Return the clusters, each with its nodes in order, by their first nodes."""
        found = (sorted(cluster.members, key=lambda n: n.place) for cluster in self._clusters.values())
        return sorted(found, key=lambda members: members[0].place)
